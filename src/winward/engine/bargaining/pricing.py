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
from winward.engine.bargaining.game import ROUNDING, Flags, Game, Packages, Points
from winward.engine.bargaining.solver import INFINITE, Columns, Program, Solved

# Tangents of the logarithm before the first solution, as shares of the most that a person can gain.
FIRST_TANGENTS = (0.1, 0.3, 0.6, 1.0)
TANGENT_ROUNDS = 30
CLOSE = 1e-3
# Prices stay finite where somebody gains nothing.
SMALLEST_SHARE = 1e-4
# How many partial packages are followed: few first, for a good package, which then rules out the more; then all, unless
# they are more than this.
FIRST_WIDTH, MOST_WIDTH = 20_000, 600_000
COUNTING_STEPS = 500
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
    ceiling = prices.constant + tops.sum()
    short = np.repeat(tops, game.sizes) - prices.columns
    climbed = climb(game, aim, prices.start, np.flatnonzero(np.isfinite(prices.columns)))[None, :]
    best = float(worth(game, aim, game.totals(climbed))[0])
    for width in (FIRST_WIDTH, MOST_WIDTH):
        slack = ceiling - best + ROUNDING * max(1.0, abs(ceiling))
        if width == MOST_WIDTH and _at_most(game, short, slack) > width:
            break
        packages, left_out = _followed(game, short, slack, width)
        packages = np.concatenate([climbed.astype(packages.dtype), packages])
        found = _worths(game, aim, packages)
        best = max(best, float(found.max()))
        if left_out > ceiling - best:
            break
    if best == -np.inf:
        return None
    near = found >= best - ROUNDING * max(1.0, abs(best))
    bound = max(best, ceiling - left_out)
    allowed = short <= ceiling - best + ROUNDING * max(1.0, abs(ceiling))
    return Remaining(np.unique(packages[near].astype(np.intp), axis=0), best, bound, allowed)


def _at_most(game: Game, short: Points, slack: float) -> float:
    """No more partial packages than this have to be followed: counted with shortfalls rounded down to steps."""
    if not np.isfinite(slack):
        return np.inf
    steps = np.floor(np.minimum(short / max(slack, 1e-300), 2.0) * COUNTING_STEPS).astype(np.intp)
    counts, most = np.zeros(COUNTING_STEPS + 1), 1.0
    counts[0] = 1.0
    for term in _narrow_first(game, short <= slack):
        within = [step for step in steps[game.term_of == term] if step <= COUNTING_STEPS]
        counts = np.sum([np.concatenate([np.zeros(step), counts[: len(counts) - step]]) for step in within], axis=0)
        most = max(most, float(counts.sum()))
    return most


def _narrow_first(game: Game, may_be: Flags) -> list[int]:
    """The terms, those with the fewest options that may be first."""
    open_options = np.add.reduceat(may_be.astype(np.intp), game.starts)
    return [int(term) for term in np.argsort(open_options, kind="stable")]


def _followed(game: Game, short: Points, slack: float, width: int) -> tuple[Packages, float]:
    """Packages whose shortfalls sum to no more than slack, the `width` with the least at each term, and the least
    shortfall of those left out (inf if none)."""
    may_be = np.isfinite(short) & (short <= slack)
    open_options = [np.flatnonzero(may_be[game.term_of == term]) for term in range(len(game.sizes))]
    order = _narrow_first(game, may_be)
    small = np.uint8 if max(game.sizes) <= 1 << 8 else np.uint32
    packages, sums, left_out = np.zeros((1, len(order)), dtype=small), np.zeros(1), np.inf
    for term in order:
        options = open_options[term]
        longer = (sums[:, None] + short[game.starts[term] + options]).ravel()
        rows = np.flatnonzero(longer <= slack)
        if len(rows) > width:
            by_sum = rows[np.argpartition(longer[rows], width)]
            left_out = min(left_out, float(longer[by_sum[width:]].min()))
            rows = by_sum[:width]
        packages = packages[rows // len(options)]
        packages[:, term], sums = options[rows % len(options)], longer[rows]
    return packages, left_out


def _worths(game: Game, aim: Aim, packages: Packages) -> Points:
    found = [worth(game, aim, game.totals(packages[i : i + BLOCK])) for i in range(0, len(packages), BLOCK)]
    return np.concatenate(found) if found else np.zeros(0)


def prices(game: Game, aim: Aim) -> Prices | None:
    """The prices of the lowest ceiling. None where even mixed options don't give everyone the least they accept, or by
    nash somebody can't gain."""
    program, mixed = continuous(game)
    found = SOLVERS[aim](game, program, mixed)
    if found is None:
        return None
    people, constant, values = found
    barred = game.refused.any(axis=0)
    start = [int(values[mixed[game.term_of == term]].argmax()) for term in range(len(game.sizes))]
    return Prices(np.where(barred, -np.inf, people @ game.points), constant, np.array(start))


def continuous(game: Game) -> tuple[Program, Columns]:
    """One share of an option a column, summing to one over a term; nothing of what anybody refuses."""
    program = Program()
    mixed = program.columns(np.zeros(sum(game.sizes)), np.where(game.refused.any(axis=0), 0.0, 1.0))
    one = np.ones(len(game.sizes))
    program.rows(one, one, np.tile(mixed, (len(one), 1)), (game.term_of == np.arange(len(one))[:, None]).astype(float))
    return program, mixed


def _nash_prices(game: Game, program: Program, mixed: Columns) -> tuple[Points, float, Points] | None:
    """Tangents of the logarithm, at each solution another, until they touch. Any tangent plane gives a ceiling."""
    if not can_gain(game).all():
        return None
    shares = program.columns(np.zeros(game.people), np.ones(game.people))
    logs = program.columns(np.full(game.people, -40.0), np.zeros(game.people))
    scaled = game.points / game.at_stake[:, None]
    least = game.least / game.at_stake
    own = np.hstack([np.tile(mixed, (game.people, 1)), shares[:, None]])
    program.rows(least, least, own, np.hstack([scaled, -np.ones((game.people, 1))]))
    program.aim(logs, np.ones(game.people))
    for share in FIRST_TANGENTS:
        add_tangents(program, shares, logs, np.full(game.people, share))
    solved = _touched(program, shares, logs)
    if solved is None:
        return None
    gained = np.maximum(solved.values[shares], SMALLEST_SHARE)
    constant = float(np.log(gained).sum() - game.people - (least / gained).sum())
    return 1 / (gained * game.at_stake), constant, solved.values


def _touched(program: Program, shares: Columns, logs: Columns) -> Solved | None:
    """The solution at which the tangents come close to the logarithm."""
    solved = program.solve()
    for _ in range(TANGENT_ROUNDS):
        if solved is None:
            break
        gained = np.maximum(solved.values[shares], SMALLEST_SHARE)
        if solved.bound - np.log(gained).sum() < CLOSE:
            break
        add_tangents(program, shares, logs, gained)
        solved = program.solve()
    return solved


def add_tangents(program: Program, shares: Columns, logs: Columns, at: Points) -> None:
    """log(share) ≤ log(at) + (share − at)/at, for each person."""
    rows = np.stack([logs, shares], axis=1)
    program.rows(np.full(len(at), -INFINITE), np.log(at) - 1, rows, np.stack([np.ones(len(at)), -1 / at], axis=1))


def _utilitarian_prices(game: Game, program: Program, mixed: Columns) -> tuple[Points, float, Points] | None:
    """Everyone's point counts once, and more where it helps somebody to the least that they accept."""
    least = game.least - ROUNDING * game.span
    program.rows(least, np.full(game.people, INFINITE), np.tile(mixed, (game.people, 1)), game.points)
    program.aim(mixed, game.points.sum(axis=0))
    solved = program.solve()
    if solved is None:
        return None
    duals = _duals(solved, game.people)
    return 1 + duals, -float(duals @ least), solved.values


def _duals(solved: Solved, people: int) -> Points:
    """Of the last rows, one a person. The sign is the solver's affair; a price is never negative."""
    return np.abs(solved.duals[-people:])


SOLVERS: dict[Aim, Callable[[Game, Program, Columns], tuple[Points, float, Points] | None]] = {
    "nash": _nash_prices, "utilitarian": _utilitarian_prices,
}  # fmt: skip
