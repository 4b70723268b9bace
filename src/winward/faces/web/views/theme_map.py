"""The map of all themes."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string

from winward.faces.web.asked import number
from winward.faces.web.kept import kept
from winward.faces.web.treemap import treemap
from winward.usecases.map_themes import map_themes


def theme_map(request: HttpRequest) -> HttpResponse:
    return render(request, "pages/theme_map.html", {"drawn": kept(request, lambda: _drawn(request))})


def _drawn(request: HttpRequest) -> str:
    found = map_themes(number(request, "area"))
    context = {"map": found, "drawing": treemap(found.areas)}
    return render_to_string("parts/theme_map.html", context, request)
