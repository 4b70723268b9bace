"""The cheapest way from a no to a yes, and trades of what matters little to one for what matters much to another."""

from dataclasses import dataclass

import numpy as np

from winward.engine.bargaining.choice import Choice
from winward.engine.bargaining.game import ROUNDING, Flags, Game, Package, Points
from winward.engine.bargaining.solver import INFINITE, Columns


@dataclass(frozen=True)
class Concession:
    """What wins one person's yes. package: with the least loss to the others, or None where no package would do.

    change: (people,), points by which each is then better or worse off. lost: who said yes and then says no.
    lower, lifted: what the person would have to let go instead, in points of the least and columns of options.
    """

    person: int
    package: Package | None
    change: Points
    lost: list[int]
    lower: float
    lifted: list[int]


@dataclass(frozen=True)
class Trade:
    """Two options moved at once. first gains by the first of them and gives by the second, second the other way round.

    changes: (term, option). change: (people,), points by which each is better or worse off.
    """

    changes: tuple[tuple[int, int], tuple[int, int]]
    first: int
    second: int
    change: Points


def concessions(game: Game, package: Package) -> list[Concession]:
    """One for each person who says no to the package. Raises Unsettled where a search was given up."""
    accepted = game.accepted(np.array([package]))[0]
    return [_concession(game, package, int(person), accepted) for person in np.flatnonzero(~accepted)]


def _concession(game: Game, package: Package, person: int, accepted: Flags) -> Concession:
    columns = game.starts + np.array(package)
    before = game.totals(np.array([package]))[0]
    short = float(max(game.least[person] - before[person], 0.0))
    lower = short if short > ROUNDING * game.span[person] else 0.0
    lifted = [int(column) for column in columns if game.refused[person, column]]
    found = _cheapest(game, package, person, accepted, before)
    if found is None:
        return Concession(person, None, np.zeros(game.people), [], lower, lifted)
    row = np.array([found])
    lost = [int(p) for p in np.flatnonzero(accepted & ~game.accepted(row)[0])]
    return Concession(person, found, game.totals(row)[0] - before, lost, lower, lifted)


def _cheapest(game: Game, package: Package, person: int, accepted: Flags, before: Points) -> Package | None:
    """First as few as possible lose their yes, then the others lose least in shares of their spans, then as few terms
    as possible change."""
    choice = Choice(game)
    choice.hold_yes([person])
    program = choice.program
    others = np.flatnonzero(np.arange(game.people) != person)
    loss = program.columns(np.zeros(len(others)), np.full(len(others), 1.0))
    rows = np.stack([choice.totals[others], loss], axis=1)
    program.rows(
        before[others],
        np.full(len(others), INFINITE),
        rows,
        np.stack([np.ones(len(others)), game.span[others]], axis=1),
    )
    agreeing = choice.yes[accepted]
    kept = np.full(len(agreeing), float(game.people))
    aims, factors = np.concatenate([loss, agreeing]), np.concatenate([-np.ones(len(others)), kept])
    program.aim(aims, factors)
    solved = program.solve()
    if solved is None:
        return None
    reached = float(solved.values[aims] @ factors)
    program.row(reached - 1e-7, INFINITE, aims, factors)
    program.aim(choice.options[game.starts + np.array(package)], np.ones(len(package)))
    return choice.package(program.solve() or solved)


def trades(game: Game, package: Package, most: int = 10) -> list[Trade]:
    """Pairs of terms to move by one option each, after which two people are both better off, each by giving on the one
    and gaining on the other; nobody who accepts the package may then refuse. Those in which nobody loses come first,
    then those in which the smaller of both gains is larger, in shares of their spans.
    """
    held = np.repeat(game.starts + np.array(package), game.sizes)
    step = (game.points - game.points[:, held]) / game.span[:, None]
    first, second = np.nonzero(game.term_of[:, None] < game.term_of[None, :])
    moved = ~np.isin(np.arange(len(held)), game.starts + np.array(package))
    pairs = moved[first] & moved[second]
    first, second = first[pairs], second[pairs]
    kept = _nobody_refuses(game, package, step[:, first] + step[:, second], first, second)
    return _ranked(game, step, first[kept], second[kept], most)


def _nobody_refuses(
    game: Game,
    package: Package,
    gain: Points,
    first: Columns,
    second: Columns,
) -> Flags:
    """(pairs,): whether everyone who accepts the package accepts it with this change."""
    row = np.array([package])
    totals = game.totals(row)[0][:, None] + gain * game.span[:, None]
    barred = game.refused[:, first] | game.refused[:, second]
    fine = (totals >= (game.least - ROUNDING * game.span)[:, None]) & ~barred
    kept: Flags = (fine | ~game.accepted(row)[0][:, None]).all(axis=0)
    return kept


def _ranked(game: Game, step: Points, first: Columns, second: Columns, most: int) -> list[Trade]:
    one, other = step[:, first], step[:, second]
    both = one + other
    by_first = np.where((one > ROUNDING) & (other < -ROUNDING) & (both > ROUNDING), both, -np.inf)
    by_second = np.where((one < -ROUNDING) & (other > ROUNDING) & (both > ROUNDING), both, -np.inf)
    smaller = np.minimum(by_first.max(axis=0), by_second.max(axis=0))
    losers = (both < -ROUNDING).any(axis=0)
    rows = [int(row) for row in np.lexsort((-smaller, losers)) if np.isfinite(smaller[row])][:most]
    return [
        Trade(
            (_option(game, first[row]), _option(game, second[row])),
            int(by_first[:, row].argmax()), int(by_second[:, row].argmax()), both[:, row] * game.span,
        )
        for row in rows
    ]  # fmt: skip


def _option(game: Game, column: int) -> tuple[int, int]:
    """(term, option)"""
    term = int(game.term_of[column])
    return term, int(column - game.starts[term])
