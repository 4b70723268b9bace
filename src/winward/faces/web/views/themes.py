"""Themes by stake, and one theme."""

from dataclasses import dataclass
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.views.decorators.http import require_POST

from winward.faces.web.decided import told
from winward.faces.web.drawing import axis_of
from winward.faces.web.errors import refused
from winward.faces.web.kept import kept
from winward.faces.web.permissions import needs, role
from winward.faces.web.sliced import slice_form, slice_of
from winward.faces.web.views.steps import tied_steps
from winward.usecases import decide, roles, shape_themes
from winward.usecases.initiatives.list_initiatives import initiatives_of
from winward.usecases.list_themes import list_themes
from winward.usecases.show_theme import ThemePage, show_theme
from winward.usecases.theme_rows import COSTS, HELPS, NOT_WEIGHED, UNCLEAR, ThemeRow

SHOWN = 25
GROUPS = {
    COSTS: ("Associated with losing", "won less often than in similar deals"),
    HELPS: ("Associated with winning", "won more often than in similar deals"),
    UNCLEAR: ("Can’t tell yet", "too few deals, or, among so many themes, it may be chance"),
    NOT_WEIGHED: ("Not weighed yet", "found since the last weighing"),
}


@dataclass(frozen=True, slots=True)
class Group:
    title: str
    note: str
    rows: list[ThemeRow]
    hidden: int


def themes(request: HttpRequest) -> HttpResponse:
    try:
        drawn = kept(request, lambda: _by_stake(request))
    except ValueError as problem:
        return refused(request, problem)
    return render(request, "pages/themes.html", {"drawn": drawn})


def _by_stake(request: HttpRequest) -> str:
    hidden, form = "hidden" in request.GET, slice_form(request)
    found = list_themes(slice_of(request), hidden)
    shown = len(found.rows) if "all" in request.GET else SHOWN
    groups = [_group(verdict, found.rows, shown) for verdict in GROUPS]
    context = {
        "themes": found,
        "groups": [group for group in groups if group.rows],
        "axis": axis_of((row.low, row.high) for group in groups for row in group.rows),
        "form": form,
        "hidden": hidden,
        "narrowed": hidden or form.narrowed,
        "choosing": roles.may(role(request), "editor"),
        "address": _address(request),
    }
    return render_to_string("parts/themes_by_stake.html", context, request)


def _address(request: HttpRequest) -> str:
    """What is asked for, to be said again in other addresses."""
    kept_parts = {name: value for name, value in request.GET.items() if name != "all" and value}
    return urlencode(kept_parts)


def _group(verdict: str, rows: tuple[ThemeRow, ...], shown: int) -> Group:
    of_it = [row for row in rows if row.verdict == verdict]
    return Group(*GROUPS[verdict], of_it[:shown], max(0, len(of_it) - shown))


def theme(request: HttpRequest, theme_id: int) -> HttpResponse:
    page, evidence = kept(request, lambda: _evidence(request, theme_id))
    if page.row.id != theme_id:
        return redirect("theme", page.row.id)
    context = {
        "page": page,
        "evidence": evidence,
        "axis": axis_of([(page.row.low, page.row.high)]),
        "initiatives": initiatives_of(theme_id),
        **tied_steps("theme", theme_id),
    }
    return render(request, "pages/theme.html", context)


def _evidence(request: HttpRequest, theme_id: int) -> tuple[ThemePage, str]:
    """The theme, and the part of its page without the forms, whose tokens are each person's own."""
    page = show_theme(theme_id)
    choosing = roles.may(role(request), "editor")
    context = {"page": page, "choosing": choosing, "titles": shape_themes.titles(page.row.id) if choosing else ()}
    return page, render_to_string("parts/theme_evidence.html", context, request)


@require_POST
@needs("editor")
def rename(request: HttpRequest, theme_id: int) -> HttpResponse:
    told(request, decide.rename_theme(theme_id, request.POST.get("name", ""), by=request.user.get_username()))
    return redirect("theme", theme_id)


@require_POST
@needs("editor")
def own(request: HttpRequest, theme_id: int) -> HttpResponse:
    told(request, decide.own_theme(theme_id, request.POST.get("owner", ""), by=request.user.get_username()))
    return redirect("theme", theme_id)
