"""The first page: are we winning, what changed, what needs me."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils import timezone

from winward.faces.web.drawing import RATES
from winward.faces.web.kept import kept
from winward.usecases.initiatives.steps import my_steps
from winward.usecases.show_home import Home, show_home


def home(request: HttpRequest) -> HttpResponse:
    found, now, below = kept(request, lambda: _now(request))
    mine = my_steps(request.user.get_username(), timezone.localdate())
    return render(request, "pages/home.html", {"home": found, "now": now, "mine": mine, "below": below})


def _now(request: HttpRequest) -> tuple[Home, str, str]:
    """What is the same for everybody: above one's own steps, and below them."""
    found = show_home(timezone.localdate())
    context = {"home": found, "axis": RATES}
    now, below = (render_to_string(f"parts/home_{part}.html", context, request) for part in ("now", "below"))
    return found, now, below
