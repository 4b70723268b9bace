"""Where one person stands, and what is negotiated at all: ranked, named, moved and taken away."""

from collections.abc import Callable, Iterable
from functools import partial

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from winward.faces.web.asked import numbers, whole
from winward.faces.web.decided import attempt, told
from winward.faces.web.permissions import needs
from winward.usecases.decide import Decision
from winward.usecases.initiatives.initiative_rows import existing
from winward.usecases.room import positions, terms
from winward.usecases.room.negotiation import terms_of
from winward.usecases.room.positions import Given, PositionPage, Ranking


def position(request: HttpRequest, seat_id: int) -> HttpResponse:
    if request.method == "POST":
        return keep(request, seat_id)
    page = positions.position(seat_id)
    initiative = {"id": page.initiative, "name": page.initiative_name}
    return render(request, "pages/position.html", {"page": page, "initiative": initiative})


@needs("editor")
def keep(request: HttpRequest, seat_id: int) -> HttpResponse:
    """The whole form, each time that something in it moves."""
    given = _given(request, positions.position(seat_id))
    decision = attempt(request, lambda by: positions.take(seat_id, given, by))
    if request.headers.get("HX-Request"):
        return render(request, "parts/position_kept.html", {"decision": decision, "seat": seat_id})
    told(request, decision)
    return redirect("position", seat_id)


def _given(request: HttpRequest, page: PositionPage) -> Given:
    """Numbers say the places, 1 first; equal numbers are alike, and what has none is not ranked."""
    drawn = {one.id: whole(request.POST.get(f"line-{one.id}", "")) for one in page.by_term}
    return Given(
        terms=_levels(request, "term", page.terms),
        options={one.id: _levels(request, "option", one.ranking) for one in page.by_term},
        refused=numbers(".".join(request.POST.getlist("refused"))),
        line=drawn,
        otherwise=request.POST.get("otherwise", ""),
    )


def _levels(request: HttpRequest, what: str, ranking: Ranking) -> list[list[int]]:
    rows: Iterable[tuple[int, str]] = [*(row for level in ranking.levels for row in level), *ranking.unranked]
    return positions.by_place({number: whole(request.POST.get(f"{what}-{number}", "")) for number, _ in rows})


def negotiated(request: HttpRequest, initiative_id: int) -> HttpResponse:
    """What is negotiated, to be changed."""
    initiative = existing(initiative_id)
    return render(request, "pages/terms.html", {"initiative": initiative, "terms": terms_of(initiative)})


@require_POST
@needs("editor")
def add_term(request: HttpRequest, initiative_id: int) -> HttpResponse:
    """Its options stand in lines of their own."""
    options = request.POST.get("options", "").splitlines()
    name = request.POST.get("name", "")
    made = attempt(request, lambda by: terms.add_term(initiative_id, name, options, by))
    if made:
        told(request, made[0])
    return redirect("terms" if "stay" in request.POST else "room", initiative_id)


@require_POST
@needs("editor")
def add_option(request: HttpRequest, term_id: int) -> HttpResponse:
    initiative = terms.existing_term(term_id).initiative_id
    told(request, attempt(request, lambda by: terms.add_option(term_id, request.POST.get("name", ""), by)))
    return redirect("terms", initiative)


@require_POST
@needs("editor")
def change_term(request: HttpRequest, term_id: int) -> HttpResponse:
    initiative = terms.existing_term(term_id).initiative_id
    name = request.POST.get("name", "")
    ways: dict[str, Callable[[str], Decision | None]] = {
        "rename": lambda by: terms.rename_term(term_id, name, by),
        "up": partial(terms.move_term, term_id, "up"),
        "down": partial(terms.move_term, term_id, "down"),
        "remove": partial(terms.remove_term, term_id),
    }
    return _done(request, ways, initiative)


@require_POST
@needs("editor")
def change_option(request: HttpRequest, option_id: int) -> HttpResponse:
    initiative = terms.existing_option(option_id).term.initiative_id
    name = request.POST.get("name", "")
    ways: dict[str, Callable[[str], Decision | None]] = {
        "rename": lambda by: terms.rename_option(option_id, name, by),
        "up": partial(terms.move_option, option_id, "up"),
        "down": partial(terms.move_option, option_id, "down"),
        "remove": partial(terms.remove_option, option_id),
    }
    return _done(request, ways, initiative)


def _done(request: HttpRequest, ways: dict[str, Callable[[str], Decision | None]], initiative: int) -> HttpResponse:
    """The way that the button names; a name that is typed and sent by the Enter key renames."""
    way = ways.get(request.POST.get("do", "rename"))
    if way is None:
        messages.error(request, "There is no such way to change it.")
    else:
        told(request, attempt(request, way))
    return redirect("terms", initiative)
