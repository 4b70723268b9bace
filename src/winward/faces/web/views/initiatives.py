"""Initiatives: all of them, one as a hub, and what people decide about it and its risks."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from winward.faces.web.asked import numbers, one_of
from winward.faces.web.decided import attempt, back, told
from winward.faces.web.drawing import axis_of
from winward.faces.web.kept import kept
from winward.faces.web.permissions import needs
from winward.usecases.initiatives import initiatives as deciding
from winward.usecases.initiatives import risks
from winward.usecases.initiatives.initiative_need import Need
from winward.usecases.initiatives.list_initiatives import InitiativeRow, list_initiatives
from winward.usecases.initiatives.show_initiative import InitiativePage, show_initiative
from winward.usecases.quotes import NotFound
from winward.usecases.shape_themes import theme_called, titles

SHOWN, ACCOUNTS_SHOWN, NEEDS_SHOWN = 50, 8, 6
GROUPS = ((False, "Under way"), (True, "Shipped or stopped"))


@dataclass(frozen=True, slots=True)
class Group:
    title: str
    rows: list[InitiativeRow]
    hidden: int


def initiatives(request: HttpRequest) -> HttpResponse:
    return render(request, "pages/initiatives.html", {"drawn": kept(request, lambda: _list(request))})


def _list(request: HttpRequest) -> str:
    state, owner = one_of(request, "state", deciding.STATES), request.GET.get("owner", "").strip()
    found = list_initiatives(timezone.localdate(), state, owner)
    shown = len(found.rows) if "all" in request.GET else SHOWN
    groups = [_group(title, [row for row in found.rows if row.ended == ended], shown) for ended, title in GROUPS]
    context = {
        "found": found,
        "groups": [group for group in groups if group.rows],
        "states": deciding.STATES,
        "state": state,
        "owner": owner,
    }
    return render_to_string("parts/initiatives_list.html", context, request)


def _group(title: str, rows: list[InitiativeRow], shown: int) -> Group:
    return Group(title, rows[:shown], max(0, len(rows) - shown))


@require_POST
@needs("editor")
def start(request: HttpRequest) -> HttpResponse:
    """From the themes that are ticked, or the one whose page it is."""
    chosen, name = numbers(".".join(request.POST.getlist("theme"))), request.POST.get("name", "")
    made = attempt(request, lambda by: deciding.start_initiative(chosen, by, name))
    if made is None:
        return back(request, otherwise=reverse("themes"))
    told(request, made[1])
    return redirect("initiative", made[0])


def initiative(request: HttpRequest, initiative_id: int) -> HttpResponse:
    page, evidence, voices = kept(request, lambda: _drawn(request, initiative_id))
    context = {
        "page": page,
        "evidence": evidence,
        "voices": voices,
        "states": deciding.STATES,
        "levels": risks.LEVELS,
        "titles": titles(0),
        "tie": "initiative",
        "tie_id": page.id,
        "soon": timezone.localdate() + timedelta(days=7),
    }
    return render(request, "pages/initiative.html", context)


def _drawn(request: HttpRequest, initiative_id: int) -> tuple[InitiativePage, str, str]:
    """The initiative, and the two parts of its page without forms, whose tokens are each person's own."""
    page = show_initiative(initiative_id, timezone.localdate())
    everything = "all" in request.GET
    context = {
        "page": page,
        "axis": axis_of((row.low, row.high) for row in page.themes),
        "waiting": page.needed.rows if everything else _nearest(page.needed.rows),
        "accounts": page.asking if everything else page.asking[:ACCOUNTS_SHOWN],
        "asked": "&".join(f"theme={row.id}" for row in page.themes),
    }
    parts = ("parts/initiative_evidence.html", "parts/initiative_voices.html")
    evidence, voices = (render_to_string(part, context, request) for part in parts)
    return page, evidence, voices


def _nearest(rows: Sequence[Need]) -> list[Need]:
    """The first, and the one that sets the day wherever it stands."""
    return [row for place, row in enumerate(rows) if place < NEEDS_SHOWN or row.sets]


@require_POST
@needs("editor")
def change(request: HttpRequest, initiative_id: int) -> HttpResponse:
    """What the form holds of its words and its day."""
    given = {name: request.POST[name] for name in (*deciding.WORDS, "needed_by") if name in request.POST}
    told(request, attempt(request, lambda by: deciding.change_initiative(initiative_id, by, **given)))
    return redirect("initiative", initiative_id)


@require_POST
@needs("editor")
def put_state(request: HttpRequest, initiative_id: int) -> HttpResponse:
    state = request.POST.get("state", "")
    told(request, attempt(request, lambda by: deciding.put_state(initiative_id, state, by)))
    return redirect("initiative", initiative_id)


@require_POST
@needs("editor")
def put_effort(request: HttpRequest, initiative_id: int) -> HttpResponse:
    columns = [request.POST.getlist(name) for name in ("skill", "low", "high")]
    lines = list(zip(*columns, strict=False))
    told(request, attempt(request, lambda by: deciding.put_effort(initiative_id, lines, by)))
    return redirect("initiative", initiative_id)


@require_POST
@needs("editor")
def put_themes(request: HttpRequest, initiative_id: int) -> HttpResponse:
    """Serve one more theme, by its name, or one no longer, by its number."""
    wanted, gone = request.POST.get("theme", ""), numbers(request.POST.get("gone", ""))
    if gone:
        told(request, attempt(request, lambda by: deciding.serve_no_more(initiative_id, gone[0], by)))
    else:
        told(request, attempt(request, lambda by: deciding.serve(initiative_id, _theme(wanted), by)))
    return redirect("initiative", initiative_id)


def _theme(name: str) -> int:
    """A wrong name in a form isn't a page that isn't there."""
    try:
        return theme_called(name)
    except NotFound as problem:
        raise ValueError(str(problem)) from problem


@require_POST
@needs("editor")
def remove(request: HttpRequest, initiative_id: int) -> HttpResponse:
    told(request, attempt(request, lambda by: deciding.remove_initiative(initiative_id, by)))
    return redirect("initiatives")
