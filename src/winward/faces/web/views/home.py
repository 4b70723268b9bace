"""The first page: are we winning, what changed, what needs me."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils import timezone

from winward.faces.web.drawing import RATES
from winward.faces.web.kept import kept
from winward.usecases.show_home import Home, show_home


def home(request: HttpRequest) -> HttpResponse:
    found, drawn = kept(request, lambda: _now(request))
    return render(request, "pages/home.html", {"home": found, "drawn": drawn})


def _now(request: HttpRequest) -> tuple[Home, str]:
    found = show_home(timezone.localdate())
    return found, render_to_string("parts/home_now.html", {"home": found, "axis": RATES}, request)
