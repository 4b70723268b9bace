"""Segments and quarters beside each other, change over time, and what if a theme no longer cost us anything."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.template.loader import render_to_string

from winward.faces.exports import lists
from winward.faces.web.asked import whole
from winward.faces.web.drawing import axis_of
from winward.faces.web.errors import refused
from winward.faces.web.exporting import exported
from winward.faces.web.kept import kept
from winward.faces.web.sliced import slice_form, slice_of
from winward.usecases.compare import BY, ComparedParts, compare_parts
from winward.usecases.list_themes import list_themes
from winward.usecases.over_time import over_time
from winward.usecases.quotes import NotFound
from winward.usecases.theme_rows import COSTS
from winward.usecases.what_if import what_if

NAMES = {
    "segment": "segments",
    "region": "regions",
    "product": "product lines",
    "owner": "sellers",
    "quarter": "quarters",
}


def compare(request: HttpRequest) -> HttpResponse:
    return _page(request, "pages/compare.html", lambda: _compared(request))


def _page(request: HttpRequest, template: str, draw: Callable[[], str]) -> HttpResponse:
    try:
        drawn = kept(request, draw)
    except ValueError as problem:
        return refused(request, problem)
    return render(request, template, {"drawn": drawn})


def _compared(request: HttpRequest) -> str:
    found = _parts(request)
    told = [(one.low, one.high) for row in found.rows for one in (row.first, row.second) if one.told]
    changes = [(row.low, row.high) for row in found.rows if row.told]
    clear = [row for row in found.rows if row.turn != "can't tell"]
    context = {
        "found": found,
        "by_names": NAMES,
        "axis": axis_of(told),
        "changes": axis_of(changes),
        "groups": [
            ("Differ beyond chance", clear),
            ("Can’t tell", [row for row in found.rows if row.turn == "can't tell"]),
        ],
        "address": request.GET.urlencode(),
    }
    return render_to_string("parts/compared.html", context, request)


def _parts(request: HttpRequest) -> ComparedParts:
    by = request.GET.get("by", "segment")
    # A name chosen for what was compared before means nothing for what is compared now.
    a, b = (request.GET.get(name, "") if request.GET.get("of", by) == by else "" for name in ("a", "b"))
    return compare_parts(by if by in BY else "segment", a, b, slice_of(request))


def export_compared(request: HttpRequest, ending: str) -> HttpResponseBase:
    try:
        found = _parts(request)
    except ValueError as problem:
        return refused(request, problem)
    return exported(ending, lambda: lists.comparison_table(found), lambda: lists.comparison_forest(found))


def changes(request: HttpRequest) -> HttpResponse:
    return _page(request, "pages/over_time.html", lambda: _over_time(request))


def _over_time(request: HttpRequest) -> str:
    found = over_time(slice_of(request))
    told = [(one.low, one.high) for row in found.rows for one in row.periods if one.told]
    context = {
        "found": found,
        "axis": axis_of(told),
        "changes": axis_of((row.low, row.high) for row in found.rows if row.told),
        "form": slice_form(request),
        "address": request.GET.urlencode(),
    }
    return render_to_string("parts/over_time.html", context, request)


def export_changes(request: HttpRequest, ending: str) -> HttpResponseBase:
    try:
        found = over_time(slice_of(request))
    except ValueError as problem:
        return refused(request, problem)
    return exported(ending, lambda: lists.over_time_table(found))


def if_gone(request: HttpRequest) -> HttpResponse:
    return _page(request, "pages/what_if.html", lambda: _if_gone(request))


def _if_gone(request: HttpRequest) -> str:
    ticked = [number for text in request.GET.getlist("theme") if (number := whole(text)) is not None]
    rows = list_themes().rows
    context = {
        "found": what_if(ticked, slice_of(request)) if ticked else None,
        "rows": rows,
        "ticked": ticked,
        "costly": [row.id for row in rows if row.verdict == COSTS],
    }
    return render_to_string("parts/what_if.html", context, request)


def of_theme(request: HttpRequest, theme_id: int) -> HttpResponse:
    """The part of a theme's page that takes a fit: asked for once the page is there. Nothing if the theme was merged
    or ended since."""
    try:
        return HttpResponse(kept(request, lambda: _of_theme(request, theme_id)))
    except NotFound:
        return HttpResponse()


def _of_theme(request: HttpRequest, theme_id: int) -> str:
    found = over_time()
    row = next((row for row in found.rows if row.id == theme_id), None)
    told = [(one.low, one.high) for one in row.periods if one.told] if row else []
    context = {
        "found": found,
        "row": row,
        "periods": list(zip(found.periods, row.periods, strict=True)) if row else [],
        "axis": axis_of(told),
        "what_if": what_if([theme_id]),
        "theme": theme_id,
    }
    return render_to_string("parts/theme_weighed.html", context, request)
