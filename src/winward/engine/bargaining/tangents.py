"""The product of gains over mixed options: its logarithm by tangents, which bound it from above wherever they touch."""

from dataclasses import dataclass

import numpy as np

from winward.engine.bargaining.game import Flags, Game, Points
from winward.engine.bargaining.solver import INFINITE, Columns, Program, Solved

# Tangents of the logarithm before the first solution, as shares of the most that a person can gain.
FIRST_TANGENTS = (0.1, 0.3, 0.6, 1.0)
ROUNDS = 30
CLOSE = 1e-3
# Prices stay finite where somebody gains nothing.
SMALLEST_SHARE = 1e-4


@dataclass(frozen=True)
class Plane:
    """Σ log(share) ≤ constant + people · totals, for all totals. people: (people,), the price of each one's points."""

    people: Points
    constant: float


def continuous(game: Game) -> tuple[Program, Columns]:
    """One share of an option a column, summing to one over a term; nothing of what anybody refuses."""
    program = Program()
    mixed = program.columns(np.zeros(sum(game.sizes)), np.where(game.refused.any(axis=0), 0.0, 1.0))
    one = np.ones(len(game.sizes))
    program.rows(one, one, np.tile(mixed, (len(one), 1)), (game.term_of == np.arange(len(one))[:, None]).astype(float))
    return program, mixed


class Tangents:
    """The linear program in which options of the open terms are mixed; tangents that were learnt stay."""

    def __init__(self, game: Game) -> None:
        self.game = game
        self.program, self.mixed = continuous(game)
        self.shares = self.program.columns(np.zeros(game.people), np.ones(game.people))
        self.logs = self.program.columns(np.full(game.people, -40.0), np.zeros(game.people))
        self.least = game.least / game.at_stake
        own = np.hstack([np.tile(self.mixed, (game.people, 1)), self.shares[:, None]])
        factors = np.hstack([game.points / game.at_stake[:, None], -np.ones((game.people, 1))])
        self.people = self.program.rows(self.least, self.least, own, factors)
        self.program.aim(self.logs, np.ones(game.people))
        for share in FIRST_TANGENTS:
            self._add(np.full(game.people, share))

    def _add(self, at: Points) -> None:
        """log(share) ≤ log(at) + (share − at)/at, for each person."""
        rows = np.stack([self.logs, self.shares], axis=1)
        factors = np.stack([np.ones(len(at)), -1 / at], axis=1)
        self.program.rows(np.full(len(at), -INFINITE), np.log(at) - 1, rows, factors)

    def only(self, may_be: Flags) -> None:
        """may_be: (columns,); nothing is mixed of others."""
        columns = self.mixed[~may_be]
        self.program.bound(columns, np.zeros(len(columns)), np.zeros(len(columns)))

    def settle(self, term: int) -> None:
        """The term is open no more; its rows stand first, one a term."""
        columns, none = self.mixed[self.game.term_of == term], np.zeros(1)
        self.program.bound_rows(np.array([term]), none, none)
        self.program.bound(columns, np.zeros(len(columns)), np.zeros(len(columns)))

    def over(self, totals: Points, rounds: int = ROUNDS) -> tuple[Plane, Points] | None:
        """The plane that is lowest, up to so many rounds, and (columns,) the mix it touches. None where no mix gives
        everyone the least they accept. totals: (people,), points from the settled terms."""
        low = self.least - totals / self.game.at_stake
        self.program.bound_rows(self.people, low, low)
        solved = self.program.solve()
        for _ in range(rounds):
            if solved is None or self._touches(solved):
                break
            self._add(self._gained(solved))
            solved = self.program.solve()
        return (self._plane(self._gained(solved)), solved.values[self.mixed]) if solved else None

    def _gained(self, solved: Solved) -> Points:
        return np.maximum(solved.values[self.shares], SMALLEST_SHARE)

    def _touches(self, solved: Solved) -> bool:
        return bool(solved.bound - np.log(self._gained(solved)).sum() < CLOSE)

    def _plane(self, gained: Points) -> Plane:
        constant = float(np.log(gained).sum() - len(gained) - (self.least / gained).sum())
        return Plane(1 / (gained * self.game.at_stake), constant)
