"""Next steps: all of them by day, and what people decide about one."""

from collections.abc import Callable
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from winward.faces.web.asked import day_in, one_of, whole
from winward.faces.web.decided import attempt, back, told
from winward.faces.web.permissions import needs
from winward.usecases.decide import Decision
from winward.usecases.initiatives import steps as deciding
from winward.usecases.initiatives.steps import WHEN, StepRow, list_steps


@dataclass(frozen=True, slots=True)
class Group:
    when: str
    rows: list[StepRow]


def steps(request: HttpRequest) -> HttpResponse:
    owner, when = request.GET.get("owner", "").strip(), one_of(request, "when", WHEN)
    found = list_steps(timezone.localdate(), owner, when)
    groups = [Group(name, [row for row in found.rows if row.when == name]) for name in WHEN]
    shown = [group for group in groups if group.rows]
    context = {"found": found, "groups": shown, "whens": WHEN, "owner": owner, "when": when}
    return render(request, "pages/steps.html", context)


def tied_steps(tie: str, number: int) -> dict[str, object]:
    """What `parts/tied_steps.html` needs on the page of what the steps are tied to."""
    return {"steps": deciding.steps_of(tie, number, timezone.localdate()), "tie": tie, "tie_id": number}


@require_POST
@needs("editor")
def add(request: HttpRequest) -> HttpResponse:
    """Tied to what the form names."""
    said = request.POST
    ties = {name: number for name in deciding.TIES if (number := whole(said.get(name, ""))) is not None}
    day = day_in(said.get("due_on", ""))
    made = attempt(request, lambda by: deciding.add_step(said.get("what", ""), by, ties, said.get("owner", ""), day))
    told(request, made[1] if made else None)
    return back(request, otherwise=reverse("steps"))


@require_POST
@needs("editor")
def settle(request: HttpRequest, step_id: int) -> HttpResponse:
    """What the button says: done, open again, changed, or taken away."""
    given = {name: request.POST[name] for name in ("what", "owner", "due_on") if name in request.POST}
    acts: dict[str, Callable[[str], Decision | None]] = {
        "done": lambda by: deciding.finish_step(step_id, by, timezone.localdate()),
        "open": lambda by: deciding.finish_step(step_id, by, None),
        "change": lambda by: deciding.change_step(step_id, by, **given),
        "remove": lambda by: deciding.remove_step(step_id, by),
    }
    act = acts.get(request.POST.get("verdict", ""))
    told(request, attempt(request, act) if act else None)
    return back(request, otherwise=reverse("steps"))
