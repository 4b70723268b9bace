"""Lists as files: CSV and XLSX, and the themes as a picture."""

from django.http import HttpRequest, HttpResponseBase

from winward.engine.reading.kinds import KINDS
from winward.faces.exports import lists
from winward.faces.web.asked import number, one_of
from winward.faces.web.errors import refused
from winward.faces.web.exporting import exported
from winward.faces.web.sliced import slice_of
from winward.usecases.list_deals import every_deal
from winward.usecases.list_signals import SIDES, STATES, every_signal
from winward.usecases.list_themes import currency, list_themes
from winward.usecases.quarters import bounds


def themes(request: HttpRequest, ending: str) -> HttpResponseBase:
    try:
        found = list_themes(slice_of(request), "hidden" in request.GET)
    except ValueError as problem:
        return refused(request, problem)
    return exported(ending, lambda: lists.themes_table(found), lambda: lists.themes_forest(found))


def deals(request: HttpRequest, ending: str) -> HttpResponseBase:
    asked = {name: request.GET.get(name, "").strip() for name in ("segment", "quarter", "search")}
    asked["state"] = one_of(request, "state", ("lost", "won", "open"))
    theme = number(request, "theme")
    try:
        bounds(asked["quarter"] or "2000 Q1")
    except ValueError as problem:
        return refused(request, problem)
    return exported(ending, lambda: lists.deals_table(every_deal(**asked, theme=theme), currency()))


def signals(request: HttpRequest, ending: str) -> HttpResponseBase:
    rows = every_signal(
        one_of(request, "kind", KINDS),
        number(request, "theme"),
        one_of(request, "side", SIDES),
        one_of(request, "state", STATES),
    )
    return exported(ending, lambda: lists.signals_table(rows))
