"""Packages that may still be best, followed term by term by how far they fall short of a ceiling.

For Nash, one plane over the logarithm is loose far from where it touches. Where many partial packages stand, another is
laid where mixes of the open terms take one of them, which tells most of its neighbours apart from what can be best.
"""

from dataclasses import dataclass

import numpy as np

from winward.engine.bargaining.game import Flags, Game, Packages, Points
from winward.engine.bargaining.tangents import Plane, Tangents

# So many planes are laid at each term, in so many rounds, unless so few partial packages stand that it isn't worth it.
LESSONS, ROUNDS, FEW = 4, 2, 5_000


@dataclass(frozen=True)
class Ceiling:
    """No package is worth more than `height` less the shortfalls of its columns. short: (columns,), inf where refused.
    slack: a package that falls short by more can't be best."""

    height: float
    short: Points
    slack: float

    @property
    def may_be(self) -> Flags:
        """(columns,)"""
        return np.isfinite(self.short) & (self.short <= self.slack)


@dataclass(frozen=True)
class _Partial:
    """packages: (packages, terms), 0 where open. sums: (packages,), what each falls short by at least. totals:
    (packages, people), points of what is settled, kept only where planes are learnt."""

    packages: Packages
    sums: Points
    totals: Points


def followed(game: Game, ceiling: Ceiling, width: int, learning: bool = False) -> tuple[Packages, float]:
    """Packages whose shortfalls sum to no more than the slack, the `width` with the least at each term, and the least
    shortfall of those left out (inf if none). learning: with more planes, for Nash."""
    lessons = _Lessons(game, ceiling) if learning else None
    order = narrow_first(game, ceiling.may_be)
    small = np.uint8 if max(game.sizes) <= 1 << 8 else np.uint32
    partial = _Partial(np.zeros((1, len(order)), dtype=small), np.zeros(1), np.zeros((1, game.people)))
    left_out = np.inf
    for step, term in enumerate(order):
        columns = np.flatnonzero(ceiling.may_be & (game.term_of == term))
        longer = (partial.sums[:, None] + ceiling.short[columns]).ravel()
        if lessons:
            longer = lessons.taught(partial, columns, order[step + 1 :], longer)
        rows, cut = _least(longer, ceiling.slack, width)
        left_out = min(left_out, cut)
        partial = _grown(game, partial, columns, rows, longer, learning)
    return partial.packages, left_out


def narrow_first(game: Game, may_be: Flags) -> list[int]:
    """The terms, those with the fewest options that may be first."""
    open_options = np.add.reduceat(may_be.astype(np.intp), game.starts)
    return [int(term) for term in np.argsort(open_options, kind="stable")]


def _least(longer: Points, slack: float, width: int) -> tuple[Packages, float]:
    """The rows with the least, and the least of the others that are within the slack."""
    rows = np.flatnonzero(longer <= slack)
    if len(rows) <= width:
        return rows, np.inf
    by_sum = rows[np.argpartition(longer[rows], width)]
    return by_sum[:width], float(longer[by_sum[width:]].min())


def _grown(
    game: Game, partial: _Partial, columns: Packages, rows: Packages, longer: Points, learning: bool
) -> _Partial:
    """Each row is a partial package with one of the columns more."""
    before, column = rows // len(columns), columns[rows % len(columns)]
    packages, term = partial.packages[before], int(game.term_of[columns[0]])
    packages[:, term] = column - game.starts[term]
    totals = partial.totals[before] + game.points[:, column].T if learning else partial.totals[:1]
    return _Partial(packages, longer[rows], totals)


class _Lessons:
    def __init__(self, game: Game, ceiling: Ceiling) -> None:
        self.game, self.ceiling = game, ceiling
        self.tangents = Tangents(game)
        self.tangents.only(ceiling.may_be)
        self.tangents.over(np.zeros(game.people))
        self.chance = np.random.default_rng(0)

    def taught(self, partial: _Partial, columns: Packages, open_terms: list[int], longer: Points) -> Points:
        """(packages · columns,): their shortfalls by the planes that some of them teach, too."""
        self.tangents.settle(int(self.game.term_of[columns[0]]))
        for _ in range(LESSONS if open_terms else 0):
            rows = np.flatnonzero(longer <= self.ceiling.slack)
            if len(rows) <= FEW:
                break
            row = int(rows[self.chance.integers(len(rows))])
            own = partial.totals[row // len(columns)] + self.game.points[:, columns[row % len(columns)]]
            laid = self.tangents.over(own, ROUNDS)
            if laid:
                longer = np.maximum(longer, self._shortfalls(laid[0], partial, columns, open_terms))
            else:
                longer[row] = np.inf
        return longer

    def _shortfalls(self, plane: Plane, partial: _Partial, columns: Packages, open_terms: list[int]) -> Points:
        """(packages · columns,): of the ceiling, by this plane, with the best of each open term."""
        worths = np.where(self.ceiling.may_be, plane.people @ self.game.points, -np.inf)
        to_come = np.maximum.reduceat(worths, self.game.starts)[open_terms].sum()
        reached = (partial.totals @ plane.people)[:, None] + worths[columns] + to_come + plane.constant
        return np.asarray(self.ceiling.height - reached).ravel()
