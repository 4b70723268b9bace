"""What is negotiated about an initiative, and what each seat has said of it so far."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from winward.engine.bargaining.unknowns import Said
from winward.records.initiatives import Initiative
from winward.records.stakeholders import Seat
from winward.usecases.room.negotiation import Negotiable, terms_of


@dataclass(frozen=True, slots=True)
class OptionSaid:
    """refused: they can't accept it. enough: it is the least that is good enough."""

    id: int
    name: str
    refused: bool
    enough: bool


@dataclass(frozen=True, slots=True)
class TermSaid:
    """place: 1 for what matters most to them, null where they didn't say."""

    id: int
    name: str
    place: int | None
    options: tuple[OptionSaid, ...]


def open_terms(initiative: Initiative | None) -> tuple[Negotiable, ...]:
    """Terms without options are left out: nothing can be said of them yet."""
    return tuple(term for term in terms_of(initiative) if term.options) if initiative else ()


def unranked(seat: Seat, terms: Sequence[Negotiable]) -> list[str]:
    """The terms of which the seat hasn't said how much they matter, or which options are better."""
    said, options = _ranks(seat.ranks.get("terms", ())), seat.ranks.get("options", {})
    return [
        term.name
        for term in terms
        if term.id not in said or any(number not in _ranks(options.get(str(term.id), ())) for number, _ in term.options)
    ]


def refused_names(seat: Seat, terms: Sequence[Negotiable]) -> list[str]:
    return [name for term in terms for number, name in term.options if number in seat.refused]


def said_of(seat: Seat, terms: Sequence[Negotiable], asked: bool) -> Said:
    """asked: whether they were asked what they can't accept."""
    by_term, options = _ranks(seat.ranks.get("terms", ())), seat.ranks.get("options", {})
    by_option = {number: rank for term in terms for number, rank in _ranks(options.get(str(term.id), ())).items()}
    columns = [number for term in terms for number, _ in term.options]
    return Said(
        terms=tuple(by_term.get(term.id, 0) for term in terms),
        options=tuple(by_option.get(number, 0) for number in columns),
        refused=np.array([number in seat.refused for number in columns], dtype=bool),
        good_enough=tuple(_place(term, seat.good_enough.get(str(term.id))) for term in terms),
        asked=asked,
    )


def _ranks(groups: Iterable[Iterable[int]]) -> dict[int, int]:
    """By id, from 1; what stands together has one rank."""
    return {number: rank for rank, group in enumerate(groups, 1) for number in group}


def _place(term: Negotiable, option: int | None) -> int:
    at = None if option is None else term.at(option)
    return -1 if at is None else at


def told(seat: Seat, terms: Sequence[Negotiable]) -> tuple[TermSaid, ...]:
    """Each term with what the seat said of it."""
    by_term = _ranks(seat.ranks.get("terms", ()))
    return tuple(
        TermSaid(
            term.id,
            term.name,
            by_term.get(term.id),
            tuple(
                OptionSaid(number, name, number in seat.refused, seat.good_enough.get(str(term.id)) == number)
                for number, name in term.options
            ),
        )
        for term in terms
    )
