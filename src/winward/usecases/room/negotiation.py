"""What is negotiated about an initiative, and where everyone stands: records as the bargain takes them."""

from collections import Counter, defaultdict
from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache

import numpy as np

from winward.engine.bargaining import Game, Package, Position, Rule, game_of, option_values
from winward.records.agreements import Option, Term
from winward.records.initiatives import Initiative
from winward.records.stakeholders import Seat
from winward.sources.games import GameFile
from winward.usecases.initiatives.initiative_rows import existing

Levels = tuple[tuple[int, ...], ...]


@dataclass(frozen=True, slots=True)
class Negotiable:
    """A term. options: (id, name) in the order of the page."""

    id: int
    name: str
    options: tuple[tuple[int, str], ...]

    def at(self, option: int) -> int | None:
        """The option's place; None where it is none of this term's."""
        return next((at for at, (number, _) in enumerate(self.options) if number == option), None)

    def names(self, option: int) -> str:
        return next(name for number, name in self.options if number == option)


@lru_cache(maxsize=1024)
def _values(ranks: tuple[int, ...]) -> "np.typing.NDArray[np.float64]":
    """Few orders come again and again; nobody may write to what this gives."""
    return option_values(ranks)


@dataclass(frozen=True)
class Seated:
    """Somebody at the table, and what they said. terms, options: levels of ids, the most important and the best first,
    what stands together is alike; only what is still negotiated. line: in each term the least that is good enough."""

    id: int
    stakeholder: int
    name: str
    kind: str
    part: str
    veto: bool
    terms: Levels
    options: Mapping[int, Levels]
    refused: frozenset[int]
    line: Mapping[int, int]
    otherwise: str
    # Whether a what-if changed it.
    supposed: bool = False

    @property
    def decides(self) -> bool:
        return self.part == Seat.Part.DECIDES

    @property
    def silent(self) -> bool:
        """Nobody asked them what they would rather have; what they can't accept may be known."""
        return not self.options

    def importance(self, terms: Sequence[Negotiable]) -> tuple[int, ...]:
        """(terms,), the rank of each from 1, and 0 for what doesn't matter. Who ranks a term's options without ranking
        the term puts it behind those that they ranked."""
        ranks = {number: rank for rank, level in enumerate(self.terms, 1) for number in level}
        last = len(self.terms) + 1
        return tuple(ranks.get(term.id, last if term.id in self.options else 0) for term in terms)

    def worth(self, term: Negotiable) -> "np.typing.NDArray[np.float64]":
        """(options,), from 1 for the best to 0; all 0 where they ranked none. Options left out are worst."""
        levels = self.options.get(term.id, ())
        if not levels:
            return np.zeros(len(term.options))
        ranks = {number: rank for rank, level in enumerate(levels, 1) for number in level}
        return _values(tuple(ranks.get(number, len(levels) + 1) for number, _ in term.options))

    def position(self, terms: Sequence[Negotiable]) -> Position:
        values = [self.worth(term) for term in terms]
        return Position(
            values=np.concatenate(values),
            refused=np.array([number in self.refused for term in terms for number, _ in term.options]),
            ranks=self.importance(terms),
            least=self._least(terms, values) if self.line else 0.0,
        )

    def _least(self, terms: Sequence[Negotiable], values: "list[np.typing.NDArray[np.float64]]") -> Package:
        """Where no line is drawn, the worst would do if the rest were good enough."""
        drawn = [term.at(self.line[term.id]) if term.id in self.line else None for term in terms]
        return tuple(int(own.argmin()) if at is None else at for at, own in zip(drawn, values, strict=True))


@dataclass(frozen=True)
class Negotiation:
    """terms: those that have options; bare: those that have none yet. seats: who decides, then who advises."""

    initiative: Initiative
    terms: tuple[Negotiable, ...]
    bare: tuple[Negotiable, ...]
    seats: tuple[Seated, ...]

    @property
    def deciding(self) -> list[Seated]:
        return [seat for seat in self.seats if seat.decides]

    @property
    def heard(self) -> list[Seated]:
        """Those who decide and of whom anything is known; the others accept what they are offered, for all we know."""
        return [seat for seat in self.deciding if not seat.silent or seat.refused]

    @cached_property
    def positions(self) -> list[Position]:
        """Of everybody at the table, whoever decides."""
        return [seat.position(self.terms) for seat in self.seats]

    @cached_property
    def game(self) -> Game:
        """Of everybody at the table, whoever decides."""
        return game_of(self.sizes, self.positions)

    @property
    def sizes(self) -> tuple[int, ...]:
        return tuple(len(term.options) for term in self.terms)

    @property
    def file(self) -> GameFile:
        """The bargain among those who decide. Needs terms, and somebody who was heard."""
        heard = self.heard
        vetoes = frozenset(at for at, seat in enumerate(heard) if seat.veto)
        return GameFile(
            name=self.initiative.name,
            terms=tuple(term.name for term in self.terms),
            options=tuple(tuple(name for _, name in term.options) for term in self.terms),
            people=tuple(seat.name for seat in heard),
            positions=tuple(seat.position(self.terms) for seat in heard),
            otherwise=tuple(seat.otherwise for seat in heard),
            rule=Rule(self.initiative.may_refuse, vetoes),
            proposal=None,
        )

    def package(self, options: Sequence[int], start: Package) -> Package:
        """One option a term: the last that is named of it, and where none is the one of `start`."""
        named = [[at for one in options if (at := term.at(one)) is not None] for term in self.terms]
        return tuple(found[-1] if found else before for found, before in zip(named, start, strict=True))

    def options(self, package: Package) -> list[int]:
        return [term.options[at][0] for term, at in zip(self.terms, package, strict=True)]


def negotiation(initiative_id: int) -> Negotiation:
    """Raises NotFound."""
    initiative = existing(initiative_id)
    terms = terms_of(initiative)
    parts = [Seat.Part.DECIDES, *(part for part in Seat.Part if part not in (Seat.Part.DECIDES, Seat.Part.INFORMED))]
    rows = Seat.objects.filter(initiative=initiative, removed=False, stakeholder__removed=False, part__in=parts)
    rows = rows.select_related("stakeholder").order_by("pk")
    names = Counter(row.stakeholder.name for row in rows)
    seats = sorted((_seated(row, terms, names[row.stakeholder.name] > 1) for row in rows), key=lambda s: not s.decides)
    settled = tuple(term for term in terms if term.options)
    return Negotiation(initiative, settled, tuple(term for term in terms if not term.options), tuple(seats))


def terms_of(initiative: Initiative) -> list[Negotiable]:
    own = defaultdict[int, list[tuple[int, str]]](list)
    options = Option.objects.filter(term__initiative=initiative, removed=False).order_by("place", "pk")
    for term, number, name in options.values_list("term", "pk", "name"):
        own[term].append((number, name))
    terms = Term.objects.filter(initiative=initiative, removed=False).order_by("place", "pk")
    return [Negotiable(number, name, tuple(own[number])) for number, name in terms.values_list("pk", "name")]


def _seated(row: Seat, terms: Sequence[Negotiable], namesake: bool) -> Seated:
    """What is no longer negotiated is left out, but it stays in the row: it may come back."""
    own = {term.id: {number for number, _ in term.options} for term in terms}
    ranked = {term: levels(row.ranks.get("options", {}).get(str(term), []), known) for term, known in own.items()}
    # Two of one name are told apart by what they are.
    name = f"{row.stakeholder.name} ({row.stakeholder.kind})" if namesake else row.stakeholder.name
    return Seated(
        id=row.pk,
        stakeholder=row.stakeholder_id,
        name=name,
        kind=row.stakeholder.role or row.stakeholder.kind,
        part=row.part,
        veto=row.veto and row.part == Seat.Part.DECIDES,
        terms=levels(row.ranks.get("terms", []), own),
        options={term: found for term, found in ranked.items() if found},
        refused=frozenset(row.refused) & frozenset[int]().union(*own.values()),
        line={term: at for term, known in own.items() if (at := row.good_enough.get(str(term))) in known},
        otherwise=row.otherwise,
    )


def levels(given: Sequence[Sequence[int]], known: Container[int]) -> Levels:
    found = (tuple(number for number in level if number in known) for level in given)
    return tuple(level for level in found if level)
