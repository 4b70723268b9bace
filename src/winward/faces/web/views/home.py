"""The first page: are we winning, what changed, what needs me."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from winward.faces.web.drawing import Axis
from winward.usecases.show_home import show_home

RATES = Axis(0.0, 1.0)


def home(request: HttpRequest) -> HttpResponse:
    return render(request, "pages/home.html", {"home": show_home(timezone.localdate()), "axis": RATES})
