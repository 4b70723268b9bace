"""Where somebody stands: what they rank, what they can't accept, what is good enough, what they would do otherwise."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from winward.records.stakeholders import Seat
from winward.usecases import decide
from winward.usecases.alignment_files.named import one_of, option_of, term_of
from winward.usecases.decide import Decision
from winward.usecases.quotes import NotFound
from winward.usecases.room.negotiation import Levels, Negotiable, levels, terms_of
from winward.usecases.room.position_words import Names, moved


@dataclass(frozen=True, slots=True)
class Given:
    """What somebody says; ids of terms and options, the most important and the best first. line: by term, the least
    that is good enough. What is None stays as it was; of options and line the terms that are named change."""

    terms: Sequence[Sequence[int]] | None = None
    options: Mapping[int, Sequence[Sequence[int]]] | None = None
    refused: Sequence[int] | None = None
    line: Mapping[int, int | None] | None = None
    otherwise: str | None = None


@dataclass(frozen=True, slots=True)
class Ranking:
    """levels: the best first, what stands together is alike; unranked: the rest; both (id, name)."""

    levels: tuple[tuple[tuple[int, str], ...], ...]
    unranked: tuple[tuple[int, str], ...]


@dataclass(frozen=True, slots=True)
class OfTerm:
    """What somebody says of one term. line: the option, None where none is drawn."""

    id: int
    name: str
    ranking: Ranking
    refused: frozenset[int]
    line: int | None


@dataclass(frozen=True, slots=True)
class PositionPage:
    seat: int
    initiative: int
    initiative_name: str
    stakeholder: int
    name: str
    kind: str
    part: str
    terms: Ranking
    by_term: tuple[OfTerm, ...]
    otherwise: str


def position(seat_id: int) -> PositionPage:
    """Raises NotFound."""
    seat = existing_seat(seat_id)
    assert seat.initiative
    terms = [term for term in terms_of(seat.initiative) if term.options]
    ranked = levels(seat.ranks.get("terms", []), {term.id for term in terms})
    ranking = _ranking(ranked, [(term.id, term.name) for term in terms])
    order = [number for level in ranking.levels for number, _ in level]
    shown = sorted(terms, key=lambda term: order.index(term.id) if term.id in order else len(order))
    return PositionPage(
        seat=seat.pk,
        initiative=seat.initiative.pk,
        initiative_name=seat.initiative.name,
        stakeholder=seat.stakeholder_id,
        name=seat.stakeholder.name,
        kind=seat.stakeholder.role or seat.stakeholder.kind,
        part=seat.part,
        terms=ranking,
        by_term=tuple(_of_term(seat, term) for term in shown),
        otherwise=seat.otherwise,
    )


def _of_term(seat: Seat, term: Negotiable) -> OfTerm:
    own = {number for number, _ in term.options}
    ranked = levels(seat.ranks.get("options", {}).get(str(term.id), []), own)
    line = seat.good_enough.get(str(term.id))
    refused = frozenset(seat.refused) & own
    return OfTerm(term.id, term.name, _ranking(ranked, term.options), refused, line if line in own else None)


def _ranking(ranked: Levels, rows: Sequence[tuple[int, str]]) -> Ranking:
    names = dict(rows)
    placed = {number for level in ranked for number in level}
    shown = tuple(tuple((number, names[number]) for number in level) for level in ranked)
    return Ranking(shown, tuple(row for row in rows if row[0] not in placed))


def take(seat_id: int, given: Given, by: str) -> Decision | None:
    """Keep what somebody says. What is none of the initiative's terms or options is passed over; what people ranked of
    terms that were taken away is kept. None where nothing changes. Raises NotFound."""
    seat = existing_seat(seat_id)
    assert seat.initiative
    terms = terms_of(seat.initiative)
    after = _after(seat, given, {term.id: {number for number, _ in term.options} for term in terms})
    before = {"ranks": seat.ranks, "refused": seat.refused, "good_enough": seat.good_enough}
    names = Names.of(terms)
    said = moved({**before, "otherwise": seat.otherwise}, after, names)
    return decide.change("seat", seat_id, after, by, f"{seat.stakeholder.name} {'; '.join(said) or 'stays'}.")


def _after(seat: Seat, given: Given, own: Mapping[int, set[int]]) -> dict[str, Any]:
    after = dict[str, Any]()
    known = set[int]().union(*own.values())
    if given.terms is not None or given.options is not None:
        after["ranks"] = _ranks(seat.ranks, given, own)
    if given.refused is not None:
        gone = [number for number in seat.refused if number not in known]
        after["refused"] = sorted({*gone, *(number for number in given.refused if number in known)})
    if given.line is not None:
        drawn = {str(term): option for term, option in given.line.items() if option in own.get(term, ())}
        left = {term: option for term, option in seat.good_enough.items() if int(term) not in given.line}
        after["good_enough"] = {**left, **drawn}
    if given.otherwise is not None:
        after["otherwise"] = given.otherwise.strip()
    return after


def _ranks(before: Mapping[str, Any], given: Given, own: Mapping[int, set[int]]) -> dict[str, Any]:
    terms = before.get("terms", []) if given.terms is None else _listed(levels(given.terms, own))
    options = dict(before.get("options", {}))
    for term, ranked in (given.options or {}).items():
        options.pop(str(term), None)
        found = _listed(levels(ranked, own.get(term, ())))
        if found:
            options[str(term)] = found
    return {"terms": terms, "options": options}


def _listed(found: Levels) -> list[list[int]]:
    """As it comes back from the database, so that what is the same compares the same."""
    return [list(level) for level in found]


def rank(seat_id: int, ranked: Sequence[Sequence[str]], by: str, term: str = "") -> Decision | None:
    """By name: terms or, of a term, its options, the most important or best first. None where nothing changes. Raises
    NotFound and, for a name that isn't there or stands twice, ValueError."""
    seat = existing_seat(seat_id)
    assert seat.initiative
    terms = terms_of(seat.initiative)
    if not term:
        found = _numbers(ranked, {one.name: one.id for one in terms}, "term")
        return take(seat_id, Given(terms=found), by)
    own = term_of(terms, term)
    found = _numbers(ranked, {name: number for number, name in own.options}, "option")
    return take(seat_id, Given(options={own.id: found}), by)


def _numbers(ranked: Sequence[Sequence[str]], names: Mapping[str, int], what: str) -> list[list[int]]:
    found = [[one_of(name, names, what) for name in level] for level in ranked]
    every = [number for level in found for number in level]
    if len(set(every)) != len(every):
        raise ValueError(f"Each {what} can be ranked once.")
    return found


def refuse(seat_id: int, term: str, option: str, by: str, again: bool = False) -> Decision | None:
    """By name: they can't accept it or, `again`, they can. None where nothing changes. Raises NotFound, ValueError."""
    seat, own = _seat_and_term(seat_id, term)
    number = option_of(own, option)
    refused = set(seat.refused) - {number} if again else {*seat.refused, number}
    return take(seat_id, Given(refused=sorted(refused)), by)


def enough(seat_id: int, term: str, option: str, by: str) -> Decision | None:
    """By name: the least of the term that is good enough; no line with an empty option. None where nothing changes.
    Raises NotFound, ValueError."""
    _, own = _seat_and_term(seat_id, term)
    return take(seat_id, Given(line={own.id: option_of(own, option) if option else None}), by)


def _seat_and_term(seat_id: int, term: str) -> tuple[Seat, Negotiable]:
    seat = existing_seat(seat_id)
    assert seat.initiative
    return seat, term_of(terms_of(seat.initiative), term)


def existing_seat(seat_id: int) -> Seat:
    """At an initiative's table. Raises NotFound."""
    rows = Seat.objects.select_related("stakeholder", "initiative").filter(pk=seat_id, removed=False)
    row = rows.filter(initiative__removed=False, stakeholder__removed=False).first()
    if row is None:
        raise NotFound(f"There is no seat {seat_id}.")
    return row


def seat_named(initiative_id: int, name: str) -> int:
    """The seat of whom the name begins; of several the one with the very name. Raises ValueError."""
    rows = Seat.objects.filter(initiative=initiative_id, removed=False, stakeholder__removed=False)
    names = dict(rows.order_by("pk").values_list("pk", "stakeholder__name"))
    exact = [number for number, known in names.items() if known.casefold() == name.casefold()]
    found = exact or [number for number, known in names.items() if known.casefold().startswith(name.casefold())]
    if len(found) != 1:
        there = ", ".join(names.values()) or "nobody yet"
        raise ValueError(f"{'Several' if found else 'Nobody'} at this table of the name “{name}”; there is {there}.")
    return found[0]


def by_place(places: Mapping[int, int | None]) -> list[list[int]]:
    """Levels of ids from the number that each was given, 1 first; equal numbers are alike, None is unranked."""
    given = sorted({place for place in places.values() if place is not None})
    return [[number for number, place in places.items() if place == level] for level in given]
