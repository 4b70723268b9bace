"""A plan as whoever has its signed link sees it, without signing in."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from winward.faces.web.plan_drawing import drawn
from winward.usecases.plans.shared_plan import shared
from winward.usecases.quotes import NotFound

# The address is the key: no search engine may keep it, and no other site may be told it.
HEADERS = {"X-Robots-Tag": "noindex, nofollow, noarchive", "Referrer-Policy": "no-referrer"}


@login_not_required
@require_safe
@never_cache
def shared_plan(request: HttpRequest, token: str) -> HttpResponse:
    try:
        found = shared(token, timezone.localdate())
    except NotFound as problem:
        return _answer(request, {"problem": problem}, 404)
    context = {"shared": found, "plan": found.plan, "drawn": drawn(found.plan)}
    context |= {"us": found.us, "ours": f"{found.us}’s", "customer": "Customer"}
    return _answer(request, context, 200)


def _answer(request: HttpRequest, context: dict[str, object], status: int) -> HttpResponse:
    return HttpResponse(render_to_string("pages/shared_plan.html", context, request), status=status, headers=HEADERS)
