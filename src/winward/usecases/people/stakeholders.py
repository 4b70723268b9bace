"""People and teams whose yes is needed: adding, describing, seating and taking away."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction

from winward.records.accounts import Contact
from winward.records.deals import Deal
from winward.records.initiatives import Initiative
from winward.records.stakeholders import Seat, Stakeholder
from winward.usecases import decide
from winward.usecases.decide import Decision
from winward.usecases.people.seats import DEAL_PARTS, INFLUENCE, INITIATIVE_PARTS, existing_seat
from winward.usecases.quotes import NotFound

KINDS = tuple(str(kind) for kind in Stakeholder.Kind)
WRITTEN = ("name", "kind", "role", "metric", "projects")


@dataclass(frozen=True, slots=True)
class Place:
    """Where somebody gets a seat: an initiative or a deal."""

    initiative: int | None = None
    deal: int | None = None


@dataclass(frozen=True, slots=True)
class Seated:
    """part, influence, veto: as Seat has them; what is null stays as it is."""

    part: str | None = None
    influence: int | None = None
    veto: bool | None = None


@dataclass(frozen=True, slots=True)
class Described:
    """What is said of a person or team; what is null stays as it is."""

    name: str | None = None
    kind: str | None = None
    role: str | None = None
    metric: str | None = None
    projects: str | None = None
    team: bool | None = None
    contact: int | None = field(default=None)


def existing_stakeholder(stakeholder_id: int) -> Stakeholder:
    """Raises NotFound."""
    found = Stakeholder.objects.filter(pk=stakeholder_id, removed=False).select_related("contact__account").first()
    if found is None:
        raise NotFound(f"There is nobody with the number {stakeholder_id}.")
    return found


def add_person(who: Described, by: str) -> tuple[int, Decision]:
    """A person or team, in no seat yet. Raises ValueError without a name, or for what is no kind."""
    name, kind = (who.name or "").strip(), who.kind or ""
    _check(name, kind)
    values = {**_values(who), "name": name, "kind": kind}
    return decide.add("stakeholder", values, by, f"Added {name}.")


def describe_person(stakeholder_id: int, who: Described, by: str) -> Decision | None:
    """None where nothing changes. Raises NotFound, and ValueError as `add_person` does."""
    now, after = existing_stakeholder(stakeholder_id), _values(who)
    _check(after.get("name", now.name), after.get("kind", now.kind))
    return decide.change("stakeholder", stakeholder_id, after, by, f"What is known of {now.name} is changed.")


def remove_person(stakeholder_id: int, by: str) -> Decision | None:
    """Their seats and what rests on them stay, and come back with them when this is undone. Raises NotFound."""
    who = existing_stakeholder(stakeholder_id)
    return decide.change("stakeholder", stakeholder_id, {"removed": True}, by, f"Took {who.name} away.")


def give_seat(stakeholder_id: int, place: Place, seated: Seated, by: str) -> tuple[int, Decision]:
    """Raises NotFound, and ValueError where they have a seat there, or for what no seat can have."""
    who, name = existing_stakeholder(stakeholder_id), _name_of(place)
    there = Seat.objects.filter(initiative=place.initiative, deal=place.deal, removed=False)
    if there.filter(stakeholder=who).exists():
        raise ValueError(f"{who.name} has a seat there already.")
    part = seated.part or (Seat.Part.USER if place.deal is not None else Seat.Part.DECIDES)
    _check_seat(Seated(part, seated.influence, seated.veto), place.deal is not None)
    values = {
        "stakeholder_id": who.pk, "initiative_id": place.initiative, "deal_id": place.deal, "part": part,
        "influence": seated.influence or 3, "veto": bool(seated.veto),
    }  # fmt: skip
    return decide.add("seat", values, by, f"{who.name} has a seat in {name} now: {part}.")


@transaction.atomic
def seat_new_person(who: Described, place: Place, seated: Seated, by: str) -> tuple[int, Decision]:
    """Add a person, or take the one of this name and kind whom we know, and give them a seat. Returns the person's
    number, and the seat's decision. Raises as `give_seat` and `add_person` do."""
    known = _known(who)
    number = known.pk if known else add_person(who, by)[0]
    if known:
        given = {name: value for name, value in _values(who).items() if value and name not in ("name", "kind")}
        decide.change("stakeholder", number, given, by, f"What is known of {known.name} is changed.")
    return number, give_seat(number, place, seated, by)[1]


def change_seat(seat_id: int, seated: Seated, by: str) -> Decision | None:
    """None where nothing changes. Raises NotFound, and ValueError for what no seat can have."""
    seat = existing_seat(seat_id)
    part = seated.part or seat.part
    _check_seat(Seated(part, seated.influence, seated.veto), seat.deal_id is not None)
    given = {"part": part, "influence": seated.influence, "veto": seated.veto}
    after = {name: value for name, value in given.items() if value is not None}
    if seat.deal_id is None and part != Seat.Part.DECIDES:
        after["veto"] = False
    return decide.change("seat", seat_id, after, by, f"{seat.stakeholder.name}’s seat is changed.")


def remove_seat(seat_id: int, by: str) -> Decision | None:
    """Raises NotFound."""
    seat = existing_seat(seat_id)
    return decide.change("seat", seat_id, {"removed": True}, by, f"{seat.stakeholder.name} has no seat there any more.")


def _known(who: Described) -> Stakeholder | None:
    """Whom a seat is given to: by the CRM's contact, else by name and kind among those who are no other contact."""
    there = Stakeholder.objects.filter(removed=False)
    if who.contact is not None:
        by_contact = there.filter(contact=who.contact).first()
        if by_contact:
            return by_contact
    named = there.filter(name__iexact=(who.name or "").strip(), kind=who.kind)
    # Two customers may bear one name.
    return None if who.kind == Stakeholder.Kind.CUSTOMER else named.first()


def _values(who: Described) -> dict[str, Any]:
    given: Mapping[str, str | None] = {name: getattr(who, name) for name in WRITTEN}
    values: dict[str, Any] = {name: value.strip() for name, value in given.items() if value is not None}
    if who.team is not None:
        values["team"] = who.team
    if who.contact is not None:
        if not Contact.objects.filter(pk=who.contact).exists():
            raise NotFound(f"There is no contact {who.contact}.")
        values["contact_id"] = who.contact
    return values


def _check(name: str, kind: str) -> None:
    if not name:
        raise ValueError("A person or team needs a name.")
    if kind not in KINDS:
        raise ValueError(f"“{kind}” is no kind of stakeholder. The kinds are {', '.join(KINDS)}.")


def _check_seat(seated: Seated, in_deal: bool) -> None:
    parts = DEAL_PARTS if in_deal else INITIATIVE_PARTS
    if seated.part is not None and seated.part not in parts:
        raise ValueError(f"“{seated.part}” is no part there. The parts are {', '.join(parts)}.")
    if seated.veto and not in_deal and seated.part != Seat.Part.DECIDES:
        raise ValueError("Whoever holds a veto decides: give them that part first.")
    if seated.influence is not None and seated.influence not in INFLUENCE:
        raise ValueError("Influence goes from 1 (very little) to 5 (very much).")


def _name_of(place: Place) -> str:
    if place.initiative is not None and place.deal is None:
        there = Initiative.objects.filter(pk=place.initiative, removed=False)
        found, where = there.values_list("name", flat=True).first(), f"initiative {place.initiative}"
    elif place.deal is not None and place.initiative is None:
        found = Deal.objects.filter(pk=place.deal).values_list("name", flat=True).first()
        where = f"deal {place.deal}"
    else:
        raise ValueError("A seat is in an initiative or in a deal: name one of them.")
    if found is None:
        raise NotFound(f"There is no {where}.")
    return f"“{found}”"
