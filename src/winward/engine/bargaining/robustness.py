"""How far an answer depends on weights that nobody stated: over all that agree with the ranks."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations
from math import prod

import numpy as np

from winward.engine.bargaining.choosing import best_of
from winward.engine.bargaining.game import Game, Package, Packages, Points, Rule
from winward.engine.bargaining.listing import all_totals, best_among, numbered
from winward.engine.bargaining.positions import Position, drawn_games

DRAWS = 400
# Up to so many packages a draw looks at all of them; where they are more, at those that differ in one or two terms.
LOOK_AT = 5_000
# Where even these are more than so many, fewer draws look at them.
NEAR, FEWER_DRAWS = 4_000, 60


@dataclass(frozen=True)
class Robustness:
    """accepts: (people,), the share of draws in which each accepts the package. best: in which it stays best by nash,
    where packages are many against those that differ from it in one or two terms.

    Each is right to within ±5 points (best: ±13 where so many differ in two terms that only FEWER_DRAWS look at them),
    19 times in 20.
    """

    accepts: Points
    best: float


def robustness(
    sizes: Sequence[int], positions: Sequence[Position], rule: Rule, package: Package, seed: int, draws: int = DRAWS
) -> Robustness:
    """Weights are drawn uniformly from all that agree with each person's ranks, independently of the others'."""
    games = drawn_games(sizes, positions, rule, draws, seed)
    row = np.array([package])
    accepts = np.mean([game.accepted(row)[0] for game in games], axis=0)
    if games[0].packages <= LOOK_AT:
        return Robustness(accepts, float(np.mean([_best(game) == package for game in games])))
    by_one, by_two = _changed(sizes, package, 1), _changed(sizes, package, 2)
    looking = games if len(by_two) <= NEAR else games[:FEWER_DRAWS]
    return Robustness(accepts, float(np.mean([_stays_best(game, package, (by_one, by_two)) for game in looking])))


def _best(game: Game) -> Package | None:
    totals, accepted = all_totals(game)
    return best_of(game, "nash", totals, accepted, numbered(game, np.arange(game.packages)))


def _stays_best(game: Game, package: Package, near: Sequence[Packages]) -> bool:
    return all(best_among(game, "nash", packages) == package for packages in near)


def _changed(sizes: Sequence[int], package: Package, terms: int) -> Packages:
    """(packages, terms): all that differ from the package in no more than so many terms."""
    near = []
    for moved in combinations(range(len(sizes)), min(terms, len(sizes))):
        options = np.stack(np.unravel_index(np.arange(prod(sizes[term] for term in moved)), [sizes[t] for t in moved]))
        packages = np.tile(package, (options.shape[1], 1))
        packages[:, moved] = options.T
        near.append(packages)
    return np.unique(np.concatenate(near), axis=0)
