"""The people of an initiative on their map, one of them, and what is decided and learnt about them."""

from collections.abc import Callable
from typing import TypeVar

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from winward.faces.web.asked import day_in, whole
from winward.faces.web.decided import attempt, back, told
from winward.faces.web.people_grid import grid
from winward.faces.web.permissions import needs
from winward.faces.web.said_where import said_where
from winward.faces.web.views.steps import tied_steps
from winward.usecases.decide import Decision
from winward.usecases.people import grounds, stakeholders, stances
from winward.usecases.people.seats import INFLUENCE, INITIATIVE_PARTS, STANCES
from winward.usecases.people.show_stakeholder import show_stakeholder
from winward.usecases.people.stakeholder_map import people_of
from winward.usecases.people.stakeholders import KINDS, Described, Place, Seated
from winward.usecases.quotes import NotFound

Value = TypeVar("Value")
CHOICES = {"kinds": KINDS, "influences": INFLUENCE, "stances": STANCES}


def people(request: HttpRequest, initiative_id: int) -> HttpResponse:
    page = people_of(initiative_id, timezone.localdate())
    context = {"page": page, "grid": grid([one.seat for one in page.people]), "parts": INITIATIVE_PARTS, **CHOICES}
    return render(request, "pages/people_of_initiative.html", context)


def stakeholder(request: HttpRequest, stakeholder_id: int) -> HttpResponse:
    today, first = timezone.localdate(), request.GET.get("ask", "")
    page = show_stakeholder(stakeholder_id, today, first)
    context = {"page": page, "today": today, "first": first, **CHOICES}
    context |= tied_steps("stakeholder", stakeholder_id)
    return render(request, "pages/stakeholder.html", context)


@require_POST
@needs("editor")
def seat(request: HttpRequest, initiative_id: int) -> HttpResponse:
    told(request, _tried(request, lambda by: _seat(request, Place(initiative=initiative_id), by)))
    return redirect("people", initiative_id)


@require_POST
@needs("editor")
def seat_in_deal(request: HttpRequest, deal_id: int) -> HttpResponse:
    told(request, _tried(request, lambda by: _seat(request, Place(deal=deal_id), by)))
    return back(request, otherwise=reverse("deal", args=[deal_id]))


def _seat(request: HttpRequest, place: Place, by: str) -> Decision:
    return stakeholders.seat_new_person(_described(request), place, _seated(request), by)[1]


@require_POST
@needs("editor")
def describe(request: HttpRequest, stakeholder_id: int) -> HttpResponse:
    who = _described(request)
    told(request, _tried(request, lambda by: stakeholders.describe_person(stakeholder_id, who, by)))
    return redirect("stakeholder", stakeholder_id)


@require_POST
@needs("editor")
def remove(request: HttpRequest, stakeholder_id: int) -> HttpResponse:
    told(request, _tried(request, lambda by: stakeholders.remove_person(stakeholder_id, by)))
    return back(request, otherwise=reverse("initiatives"))


@require_POST
@needs("contributor")
def add_ground(request: HttpRequest, stakeholder_id: int) -> HttpResponse:
    said = request.POST

    def add(by: str) -> Decision:
        document, signal = said_where(said.get("where", ""))
        return grounds.add_ground(stakeholder_id, said.get("moves", ""), by, document, said.get("quote", ""), signal)[1]

    told(request, _tried(request, add))
    return redirect("stakeholder", stakeholder_id)


@require_POST
@needs("editor")
def remove_ground(request: HttpRequest, ground_id: int) -> HttpResponse:
    told(request, _tried(request, lambda by: grounds.remove_ground(ground_id, by)))
    return back(request, otherwise=reverse("initiatives"))


@require_POST
@needs("editor")
def change_seat(request: HttpRequest, seat_id: int) -> HttpResponse:
    """Change the seat, or take it away."""
    if request.POST.get("verdict") == "remove":
        told(request, _tried(request, lambda by: stakeholders.remove_seat(seat_id, by)))
    else:
        told(request, _tried(request, lambda by: stakeholders.change_seat(seat_id, _seated(request), by)))
    return back(request, otherwise=reverse("initiatives"))


@require_POST
@needs("editor")
def take_stance(request: HttpRequest, seat_id: int) -> HttpResponse:
    said = request.POST

    def take(by: str) -> Decision:
        document, signal = said_where(said.get("where", ""))
        on = day_in(said.get("on", "")) or timezone.localdate()
        stance, why, quote = _stance(said.get("stance", "")), said.get("why", ""), said.get("quote", "")
        return stances.take_stance(seat_id, stance, on, by, why, document, quote, signal)[1]

    told(request, _tried(request, take))
    return back(request, otherwise=reverse("initiatives"))


@require_POST
@needs("editor")
def remove_stance(request: HttpRequest, stance_id: int) -> HttpResponse:
    told(request, _tried(request, lambda by: stances.remove_stance(stance_id, by)))
    return back(request, otherwise=reverse("initiatives"))


def _tried(request: HttpRequest, do: Callable[[str], Value]) -> Value | None:
    """What a form names and isn't there is said above the form, not on a page of its own."""

    def done(by: str) -> Value:
        try:
            return do(by)
        except NotFound as problem:
            raise ValueError(str(problem)) from problem

    return attempt(request, done)


def _described(request: HttpRequest) -> Described:
    said = request.POST
    return Described(
        name=said.get("name"),
        kind=said.get("kind"),
        role=said.get("role"),
        metric=said.get("metric"),
        projects=said.get("projects"),
        team=None if "kind" not in said else "team" in said,
        contact=whole(said.get("contact", "")),
    )


def _seated(request: HttpRequest) -> Seated:
    """A box that isn't ticked isn't sent, so that the form as a whole says whether there is a veto."""
    said = request.POST
    return Seated(said.get("part"), whole(said.get("influence", "")), "veto" in said if "part" in said else None)


def _stance(text: str) -> int:
    """As the form sends it; what is none is refused with words."""
    return next((stance for stance in STANCES if str(stance) == text), 99)
