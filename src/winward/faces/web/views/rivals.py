"""Rivals: how we do against each, one of them, and the names that wait for a person's word."""

from collections.abc import Iterable

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.views.decorators.http import require_POST

from winward.faces.web.decided import told
from winward.faces.web.drawing import RATES, axis_of
from winward.faces.web.kept import kept
from winward.faces.web.permissions import needs
from winward.usecases.matchups import TypicalTheme
from winward.usecases.rivals import Rivals, dismiss_rival, list_rivals, name_rival
from winward.usecases.show_rival import show_rival


def rivals(request: HttpRequest) -> HttpResponse:
    found, drawn = kept(request, lambda: _listed(request))
    return render(request, "pages/rivals.html", {"rivals": found, "drawn": drawn})


def _listed(request: HttpRequest) -> tuple[Rivals, str]:
    found = list_rivals()
    context = {"matchups": found.matchups, "rates": RATES, "axis": axis_of(_spans(found.matchups.typical))}
    return found, render_to_string("parts/matchups.html", context, request)


def rival(request: HttpRequest, name: str) -> HttpResponse:
    found, drawn = kept(request, lambda: _one(request, name))
    return render(request, "pages/rival.html", {"name": found, "drawn": drawn})


def _one(request: HttpRequest, name: str) -> tuple[str, str]:
    page = show_rival(name)
    context = {"page": page, "row": page.matchup, "rates": RATES, "axis": axis_of(_spans(page.themes))}
    return page.matchup.name, render_to_string("parts/rival.html", context, request)


def _spans(themes: Iterable[TypicalTheme]) -> list[tuple[float, float]]:
    return [(theme.low, theme.high) for theme in themes]


@require_POST
@needs("editor")
def decide_rival(request: HttpRequest) -> HttpResponse:
    """The form names a rival, with other spellings by commas, or says that a name is none."""
    name, by = request.POST.get("name", ""), request.user.get_username()
    try:
        if request.POST.get("verdict") == "none":
            told(request, dismiss_rival(name, by))
        else:
            told(request, name_rival(name, by, request.POST.get("aliases", "").split(",")))
    except ValueError as problem:
        messages.error(request, str(problem))
    return redirect("rivals")
