"""Every package of a game, in blocks of bounded memory."""

from collections.abc import Iterator

import numpy as np

from winward.engine.bargaining.choosing import Aim, best_of
from winward.engine.bargaining.game import Flags, Game, Package, Packages, Points

BLOCK = 1 << 16
# Of the acceptable packages, so many are kept to be shown.
KEPT = 200


def blocks(game: Game) -> Iterator[tuple[int, Points, Flags]]:
    """The number of the first package of each block, and of its packages (packages, people) totals and who accepts."""
    split = _split(game.sizes)
    before, within = range(split), range(split, len(game.sizes))
    tail, barred_tail = _sums(game, within), _barred(game, within)
    for block, (points, barred) in enumerate(zip(_sums(game, before), _barred(game, before), strict=True)):
        totals = points + tail if split else tail
        accepted = game.enough(totals)
        yield block * len(tail), totals, accepted & ~(barred | barred_tail) if game.refused.any() else accepted


def numbered(game: Game, numbers: Packages) -> Packages:
    """(packages, terms) from their numbers, in which the last term counts on fastest."""
    return np.stack(np.unravel_index(numbers, game.sizes), axis=1)


def all_totals(game: Game) -> tuple[Points, Flags]:
    """Of every package, in their order: (packages, people) totals, and whether each accepts."""
    everything = range(len(game.sizes))
    totals = _sums(game, everything)
    return totals, game.enough(totals) & ~_barred(game, everything)


def acceptable(game: Game) -> tuple[int, list[Package]]:
    """How many packages the rule lets through, and the first of them. Looks at every package once."""
    count, first = 0, list[Package]()
    for start, _, accepted in blocks(game):
        passed = np.flatnonzero(game.rule.passes(accepted))
        count += len(passed)
        first += map(tuple, numbered(game, start + passed[: KEPT - len(first)]).tolist())
    return count, first


def best_of_all(game: Game, aim: Aim) -> Package | None:
    """Looks at every package once."""
    winners = []
    for start, totals, accepted in blocks(game):
        passed = np.flatnonzero(game.rule.passes(accepted))
        winner = best_of(game, aim, totals[passed], accepted[passed], numbered(game, start + passed))
        winners += [winner] if winner else []
    return best_among(game, aim, np.array(winners)) if winners else None


def best_among(game: Game, aim: Aim, packages: Packages) -> Package | None:
    """packages: (packages, terms)"""
    return best_of(game, aim, game.totals(packages), game.accepted(packages), packages)


def _split(sizes: tuple[int, ...]) -> int:
    """The first term of the tail whose packages fit into one block."""
    size, split = 1, len(sizes)
    while split and size * sizes[split - 1] <= BLOCK:
        split -= 1
        size *= sizes[split]
    return split


def _sums(game: Game, terms: range) -> Points:
    """(partial packages, people): the points of every way to settle these terms, the last term fastest."""
    sums = np.zeros((1, game.people))
    for term in terms:
        options = game.points[:, game.term_of == term].T
        sums = (sums[:, None] + options[None]).reshape(-1, game.people)
    return sums


def _barred(game: Game, terms: range) -> Flags:
    """(partial packages, people): whether there is an option in it that a person can't accept."""
    barred = np.zeros((1, game.people), dtype=bool)
    for term in terms:
        options = game.refused[:, game.term_of == term].T
        barred = (barred[:, None] | options[None]).reshape(-1, game.people)
    return barred
