"""What people decide about an initiative's risks."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_POST

from winward.faces.web.asked import day_in
from winward.faces.web.decided import attempt, back, told
from winward.faces.web.permissions import needs
from winward.usecases.decide import Decision
from winward.usecases.initiatives import risks


@require_POST
@needs("editor")
def add(request: HttpRequest, initiative_id: int) -> HttpResponse:
    made = attempt(request, lambda by: risks.add_risk(initiative_id, by, **_fields(request)))
    told(request, made[1] if made else None)
    return back(request, otherwise=reverse("initiative", args=[initiative_id]))


@require_POST
@needs("editor")
def settle(request: HttpRequest, risk_id: int) -> HttpResponse:
    """What the button says: change it, close it, open it again, take it away, or that it came true."""
    said, day = request.POST, day_in(request.POST.get("due_on", ""))

    def fire(by: str) -> Decision:
        return risks.fire_risk(risk_id, by, said.get("owner", ""), day, said.get("step", ""))[1]

    acts: dict[str, Callable[[str], Decision | None]] = {
        "change": lambda by: risks.change_risk(risk_id, by, **_fields(request)),
        "close": lambda by: risks.settle_risk(risk_id, risks.CLOSED, by),
        "open": lambda by: risks.settle_risk(risk_id, risks.OPEN, by),
        "remove": lambda by: risks.remove_risk(risk_id, by),
        "fire": fire,
    }
    act = acts.get(said.get("verdict", ""))
    told(request, attempt(request, act) if act else None)
    return back(request, otherwise=reverse("initiatives"))


def _fields(request: HttpRequest) -> dict[str, str]:
    return {name: request.POST[name] for name in risks.FIELDS if name in request.POST}
