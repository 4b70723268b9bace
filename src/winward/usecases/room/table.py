"""A package on the table, and how it is for each person there: quick enough for every option that is moved."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Literal

import numpy as np

from winward.engine.bargaining import Package
from winward.engine.bargaining.game import ROUNDING, Flags, Game, Points
from winward.engine.bargaining.positions import weight_draws
from winward.usecases.room.negotiation import Negotiable, Negotiation, Seated

Verdict = Literal["yes", "no", "not asked"]
Tone = Literal["best", "good", "short", "worst", "refused", "alike", "unasked"]

# So many weights are drawn of all that agree with somebody's ranks; a share is right to ±5 points, 19 times in 20.
DRAWS = 400
SEED = 0
# How much a term matters to somebody is drawn in so many steps.
STEPS = 5


@dataclass(frozen=True, slots=True)
class Cell:
    """How a term's option suits a person. place: "best", "2nd", "last" of what they ranked. matters: 0 to 5, how much
    the term counts for them. says: the same in words."""

    person: str
    tone: Tone
    place: str
    matters: int
    says: str


@dataclass(frozen=True, slots=True)
class Move:
    """One option put in place of the one on the table. loses: places of those whose yes it would cost."""

    term: int
    option: int
    loses: tuple[int, ...]


@dataclass(frozen=True)
class Table:
    """People and terms by their places in the negotiation, which has both."""

    held: Negotiation
    package: Package

    @property
    def game(self) -> Game:
        return self.held.game

    @cached_property
    def totals(self) -> Points:
        """(people,)"""
        total: Points = self.game.totals(np.array([self.package]))[0]
        return total

    @cached_property
    def accepted(self) -> Flags:
        """(people,), whether each says yes, as far as is known."""
        accepted: Flags = self.game.accepted(np.array([self.package]))[0]
        return accepted

    @cached_property
    def verdicts(self) -> list[Verdict]:
        return [
            "no" if not yes else "not asked" if seat.silent else "yes"
            for seat, yes in zip(self.held.seats, self.accepted, strict=True)
        ]

    @property
    def passes(self) -> bool | None:
        """Whether the rule lets it through; None where that hangs on people whom nobody has asked."""
        deciding = [(seat, told) for seat, told in zip(self.held.seats, self.verdicts, strict=True) if seat.decides]
        refusing = [seat for seat, told in deciding if told == "no"]
        unasked = [seat for seat, told in deciding if told == "not asked"]
        may = self.held.initiative.may_refuse
        if len(refusing) > may or any(seat.veto for seat in refusing):
            return False
        sure = len(refusing) + len(unasked) <= may and not any(seat.veto for seat in unasked)
        return True if sure else None

    def weights(self, person: int) -> Points:
        """(terms,), points between the best and the worst option of each."""
        own, starts = self.game.points[person], self.game.starts
        spans: Points = np.maximum.reduceat(own, starts) - np.minimum.reduceat(own, starts)
        return spans

    def cells(self, person: int) -> list[Cell]:
        weights = self.weights(person)
        most = weights.max(initial=0.0) or 1.0
        steps = np.ceil(STEPS * weights / most).astype(int)
        return [self._cell(self.held.seats[person], term, int(step)) for term, step in enumerate(steps)]

    def _cell(self, seat: Seated, at: int, matters: int) -> Cell:
        term = self.held.terms[at]
        option, name = term.options[self.package[at]]
        tone, place = _place(seat, term, option)
        if tone == "good" and not _enough(seat, term, option):
            tone = "worst" if place == "last" else "short"
        line = seat.line.get(term.id)
        asks = f", less than “{term.names(line)}”, which is good enough" if tone in ("short", "worst") and line else ""
        return Cell(seat.name, tone, place, matters, f"“{name}” is {SAYS.get(tone, f'{place} for them')}{asks}")

    def short_of(self, person: int) -> list[int]:
        """Terms in which the package gives less than what would be good enough, what weighs most first."""
        seat, points = self.held.seats[person], self.game.points[person]
        lacking = {}
        for at, term in enumerate(self.held.terms):
            line = term.at(seat.line[term.id]) if term.id in seat.line else None
            if line is not None:
                columns = self._columns(at)
                lacking[at] = float(points[columns][line] - points[columns][self.package[at]])
        return [at for at in sorted(lacking, key=lambda one: -lacking[one]) if lacking[at] > 1e-9]

    def refused(self, person: int) -> list[int]:
        """Terms whose option on the table they can't accept."""
        seat, terms = self.held.seats[person], self.held.terms
        return [at for at, term in enumerate(terms) if term.options[self.package[at]][0] in seat.refused]

    @cached_property
    def holds(self) -> list[float]:
        """(people,), the share of all weights that agree with each one's ranks under which their answer stands."""
        return [self._holds(person) for person in range(len(self.held.seats))]

    def _holds(self, person: int) -> float:
        position = self.held.positions[person]
        if self.refused(person) or not isinstance(position.least, tuple) or position.ranks is None:
            return 1.0
        starts = self.game.starts
        over = position.values[starts + np.array(self.package)] - position.values[starts + np.array(position.least)]
        yes = float(np.mean(_drawn(position.ranks) @ over >= -ROUNDING))
        return yes if self.accepted[person] else 1 - yes

    def winning(self, person: int) -> Move | None:
        """The single option with which somebody who says no would say yes: first as few as possible of those who decide
        lose their yes, then the others lose least in shares of their spans. None where no single one does."""
        moves, accepted, loss = self._singles
        wins = np.flatnonzero(accepted[:, person])
        if not len(wins):
            return None
        decides = np.array([seat.decides for seat in self.held.seats])
        lost = self.accepted[None, :] & ~accepted[wins]
        key = np.lexsort((loss[wins].sum(axis=1) - loss[wins][:, person], (lost & decides).sum(axis=1)))
        best = int(wins[key[0]])
        term, option = moves[best]
        return Move(term, option, tuple(int(one) for one in np.flatnonzero(lost[key[0]])))

    @cached_property
    def _singles(self) -> tuple[list[tuple[int, int]], Flags, Points]:
        """Every package that differs in one option: (term, option), who accepts, and what each loses."""
        moves = [(t, o) for t, size in enumerate(self.game.sizes) for o in range(size) if o != self.package[t]]
        rows = np.tile(np.array(self.package, dtype=np.intp), (len(moves), 1))
        for row, (term, option) in enumerate(moves):
            rows[row, term] = option
        loss = np.maximum((self.totals - self.game.totals(rows)) / self.game.span, 0.0)
        return moves, self.game.accepted(rows), loss

    def _columns(self, term: int) -> slice:
        start = int(self.game.starts[term])
        return slice(start, start + self.game.sizes[term])


@lru_cache(maxsize=256)
def _drawn(ranks: tuple[int, ...]) -> Points:
    """(draws, terms). Of the same ranks the same, and they seldom change while options do."""
    return weight_draws(ranks, DRAWS, np.random.default_rng(SEED))


SAYS = {
    "refused": "what they can’t accept",
    "alike": "as good to them as the others",
    "unasked": "something nobody has asked them about",
}
PLACES = ("best", "2nd", "3rd")


def _place(seat: Seated, term: Negotiable, option: int) -> tuple[Tone, str]:
    """How the option stands among those of its term. What is neither best nor refused is "good" until it is held
    against what would be enough."""
    levels = seat.options.get(term.id, ())
    if option in seat.refused:
        return "refused", "can’t"
    if not levels:
        return ("unasked", "not asked") if seat.silent else ("alike", "any")
    place = _level(levels, option)
    if place == len(levels):
        return "good", "not ranked"
    if len(levels[0]) == len(term.options):
        return "alike", "alike"
    if place == 0:
        return "best", "best"
    return "good", "last" if place == len(levels) - 1 else PLACES[place] if place < 3 else f"{place + 1}th"


def _enough(seat: Seated, term: Negotiable, option: int) -> bool:
    """As good as the line that they drew; without one the better half is."""
    levels = seat.options[term.id]
    if term.id not in seat.line:
        every = sum(map(len, levels)) == len(term.options)
        return 2 * _level(levels, option) <= len(levels) - every
    return _level(levels, option) <= _level(levels, seat.line[term.id])


def _level(levels: Sequence[Sequence[int]], option: int) -> int:
    return next((at for at, level in enumerate(levels) if option in level), len(levels))
