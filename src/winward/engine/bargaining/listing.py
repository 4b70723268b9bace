"""Every package of a game, in blocks of bounded memory."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from winward.engine.bargaining.choosing import AIMS, Aim, best_of
from winward.engine.bargaining.game import Flags, Game, Package, Packages, Points

BLOCK = 1 << 16
# Of the acceptable packages, so many are kept to be shown.
KEPT = 200


@dataclass(frozen=True, slots=True)
class Listing:
    """acceptable: how many the rule lets through, with the first of them. best: None where there is none."""

    acceptable: int
    first: list[Package]
    best: dict[Aim, Package | None]


def blocks(game: Game) -> Iterator[tuple[Packages, Points, Flags]]:
    """(packages, terms), (packages, people) totals and (packages, people) whether each accepts, block by block."""
    split = _split(game.sizes)
    head, tail = (_sums(game, part) for part in (range(split), range(split, len(game.sizes))))
    barred_head, barred_tail = (_barred(game, part) for part in (range(split), range(split, len(game.sizes))))
    for number, (points, barred) in enumerate(zip(head, barred_head, strict=True)):
        totals = points + tail
        numbers = np.arange(number * len(tail), (number + 1) * len(tail))
        packages = np.stack(np.unravel_index(numbers, game.sizes), axis=1)
        yield packages, totals, game.enough(totals) & ~(barred | barred_tail)


def all_totals(game: Game) -> tuple[Points, Flags]:
    """Of every package, in their order: (packages, people) totals, and whether each accepts."""
    everything = range(len(game.sizes))
    totals = _sums(game, everything)
    return totals, game.enough(totals) & ~_barred(game, everything)


def listing(game: Game) -> Listing:
    """Looks at every package once."""
    count, first = 0, list[Package]()
    winners: dict[Aim, list[Package]] = {aim: [] for aim in AIMS}
    for packages, totals, accepted in blocks(game):
        passed = np.flatnonzero(game.rule.passes(accepted))
        count += len(passed)
        first += [tuple(map(int, packages[row])) for row in passed[: KEPT - len(first)]]
        for aim in AIMS if len(passed) else ():
            winner = best_of(game, aim, totals[passed], accepted[passed], packages[passed])
            winners[aim] += [winner] if winner else []
    return Listing(count, first, {aim: best_among(game, aim, found) for aim, found in winners.items()})


def best_among(game: Game, aim: Aim, packages: list[Package]) -> Package | None:
    if not packages:
        return None
    rows = np.array(packages)
    return best_of(game, aim, game.totals(rows), game.accepted(rows), rows)


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
    barred = np.zeros((1, game.people), dtype=bool)
    for term in terms:
        options = game.refused[:, game.term_of == term].T
        barred = (barred[:, None] | options[None]).reshape(-1, game.people)
    return barred
