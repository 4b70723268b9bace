"""The best package of a game with too many to look at all: price people, and keep what can still be best.

For any prices of people's points, a package is worth no more than the sum of its options' prices and a constant. The
continuous game, in which options are mixed, gives the prices for which that ceiling is lowest. An option that falls
short of its term's highest price by more than the ceiling exceeds the best known package can't be in the best one. What
is left is small enough to look at, and the answer is exact.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from winward.engine.bargaining.choosing import Aim, can_gain
from winward.engine.bargaining.climbing import climb, worth
from winward.engine.bargaining.following import Ceiling, followed
from winward.engine.bargaining.game import ROUNDING, Flags, Game, Packages, Points
from winward.engine.bargaining.solver import INFINITE, Solved
from winward.engine.bargaining.tangents import Tangents, continuous

# How many partial packages are followed: few first, for a good package, which then rules out the more.
FIRST_WIDTH, MOST_WIDTH = 20_000, 200_000
# Packages that are evaluated at once.
BLOCK = 1 << 16


@dataclass(frozen=True)
class Prices:
    """worth(package) ≤ constant + Σ of its columns' prices, for each package that everyone accepts.

    columns: (columns,), −inf where an option is refused. start: the package at which the continuous game points.
    """

    columns: Points
    constant: float
    start: Packages


@dataclass(frozen=True)
class Remaining:
    """The best packages known. bound: none, among all, is worth more. allowed: (columns,), options of what may be."""

    packages: Packages
    worth: float
    bound: float
    allowed: Flags


def remaining(game: Game, aim: Aim, prices: Prices) -> Remaining | None:
    """The best packages that everyone accepts, with a bound. None where none that everyone accepts is found.

    Each of a term's options falls short of the highest price by something; a package can be best only if its
    shortfalls sum to no more than the ceiling exceeds the best known worth.
    """
    tops = np.maximum.reduceat(prices.columns, game.starts)
    height = float(prices.constant + tops.sum())
    short = np.repeat(tops, game.sizes) - prices.columns
    climbed = climb(game, aim, prices.start, np.flatnonzero(np.isfinite(prices.columns)))[None, :]
    best = float(worth(game, aim, game.totals(climbed))[0])
    for width in (FIRST_WIDTH, MOST_WIDTH):
        ceiling = Ceiling(height, short, height - best + ROUNDING * max(1.0, abs(height)))
        learning = aim == "nash" and width == MOST_WIDTH
        packages, left_out = followed(game, ceiling, width, learning)
        packages = np.concatenate([climbed.astype(packages.dtype), packages])
        found = _worths(game, aim, packages)
        best = max(best, float(found.max()))
        if left_out > height - best or best == -np.inf:
            break
    if best == -np.inf:
        return None
    near = found >= best - ROUNDING * max(1.0, abs(best))
    bound = max(best, height - left_out)
    allowed = short <= height - best + ROUNDING * max(1.0, abs(height))
    return Remaining(np.unique(packages[near].astype(np.intp), axis=0), best, bound, allowed)


def _worths(game: Game, aim: Aim, packages: Packages) -> Points:
    found = [worth(game, aim, game.totals(packages[i : i + BLOCK])) for i in range(0, len(packages), BLOCK)]
    return np.concatenate(found) if found else np.zeros(0)


def prices(game: Game, aim: Aim) -> Prices | None:
    """The prices of the lowest ceiling. None where even mixed options don't give everyone the least they accept, or by
    nash somebody can't gain."""
    found = SOLVERS[aim](game)
    if found is None:
        return None
    people, constant, mix = found
    barred = game.refused.any(axis=0)
    start = [int(mix[game.term_of == term].argmax()) for term in range(len(game.sizes))]
    return Prices(np.where(barred, -np.inf, people @ game.points), constant, np.array(start))


def _nash_prices(game: Game) -> tuple[Points, float, Points] | None:
    """Any tangent plane gives a ceiling; the lowest touches where the mixed options are best."""
    laid = Tangents(game).over(np.zeros(game.people)) if can_gain(game).all() else None
    return (laid[0].people, laid[0].constant, laid[1]) if laid else None


def _utilitarian_prices(game: Game) -> tuple[Points, float, Points] | None:
    """Everyone's point counts once, and more where it helps somebody to the least that they accept."""
    program, mixed = continuous(game)
    least = game.least - ROUNDING * game.span
    program.rows(least, np.full(game.people, INFINITE), np.tile(mixed, (game.people, 1)), game.points)
    program.aim(mixed, game.points.sum(axis=0))
    solved = program.solve()
    if solved is None:
        return None
    duals = _duals(solved, game.people)
    return 1 + duals, -float(duals @ least), solved.values[mixed]


def _duals(solved: Solved, people: int) -> Points:
    """Of the last rows, one a person. The sign is the solver's affair; a price is never negative."""
    return np.abs(solved.duals[-people:])


SOLVERS: dict[Aim, Callable[[Game], tuple[Points, float, Points] | None]] = {
    "nash": _nash_prices, "utilitarian": _utilitarian_prices,
}  # fmt: skip
