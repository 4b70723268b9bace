"""From what people rank to points: the centre of all weights that agree with the ranks, and draws from all of them."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from winward.engine.bargaining.game import ALL, Flags, Game, Package, Packages, Points, Rule

# What the favourite package is worth to someone who ranks, so that points read as percentages.
FULL = 100.0


@dataclass(frozen=True)
class Position:
    """What one person wants. Options stand in columns as in Game.

    values: (columns,). Beside ranks each option's worth within its term, best 1 and worst 0; without ranks the points
    themselves. ranks: (terms,), 1 for what matters most; terms of the same rank are in no known order, and 0 is a term
    that doesn't matter. least: the points below which the answer is no, or a package that is just good enough.
    refused: (columns,), what can't be accepted.
    """

    values: Points
    refused: Flags
    ranks: tuple[int, ...] | None = None
    least: float | Package = 0.0


def centroid(ranks: Sequence[int]) -> Points:
    """Rank-order-centroid weights, the mean of all weights that agree with the ranks. (terms,), summing to 1.

    Terms of one rank share their places' mean. Source: Barron (1992); Edwards and Barron (1994).
    """
    order, weights = np.asarray(ranks), np.zeros(len(ranks))
    ranked = np.flatnonzero(order)
    if not len(ranked):
        return weights
    places = np.cumsum(1 / np.arange(len(ranked), 0, -1))[::-1] / len(ranked)
    by_rank = ranked[np.argsort(order[ranked], kind="stable")]
    for rank in np.unique(order[ranked]):
        alike = order[by_rank] == rank
        weights[by_rank[alike]] = places[alike].mean()
    return weights


def weight_draws(ranks: Sequence[int], draws: int, generator: np.random.Generator) -> Points:
    """(draws, terms), uniform over all weights that agree with the ranks.

    Spacings of exponentials are uniform on the simplex; sorting them makes them uniform on its ordered part. Terms of
    one rank take their places in an order drawn anew each time.
    """
    order, weights = np.asarray(ranks), np.zeros((draws, len(ranks)))
    ranked = np.flatnonzero(order)
    if not len(ranked):
        return weights
    sizes = generator.exponential(size=(draws, len(ranked)))
    sizes = -np.sort(-sizes / sizes.sum(axis=1, keepdims=True), axis=1)
    ties = generator.random((draws, len(ranked)))
    places = np.argsort(np.argsort(order[ranked] + ties, axis=1), axis=1)
    weights[:, ranked] = np.take_along_axis(sizes, places, axis=1)
    return weights


def option_values(ranks: Sequence[int]) -> Points:
    """Each option's worth within its term, from ranks (1 is best): evenly spaced from 1 to 0.

    That is the mean of all values that agree with the ranks, where the best is worth 1 and the worst nothing.
    """
    levels = np.unique(ranks)
    if len(levels) == 1:
        return np.zeros(len(ranks))
    place: Points = np.searchsorted(levels, ranks) / (len(levels) - 1)
    return 1.0 - place


def game_of(sizes: Sequence[int], positions: Sequence[Position], rule: Rule = ALL) -> Game:
    """The game in which every rank counts by its centroid."""
    weights = [None if p.ranks is None else centroid(p.ranks) for p in positions]
    return _game(tuple(sizes), positions, weights, rule)


def drawn_games(sizes: Sequence[int], positions: Sequence[Position], rule: Rule, draws: int, seed: int) -> list[Game]:
    """Games that all agree with the ranks; each draws every person's weights anew."""
    generator = np.random.default_rng(seed)
    drawn = [None if p.ranks is None else weight_draws(p.ranks, draws, generator) for p in positions]
    return [_game(tuple(sizes), positions, [None if w is None else w[i] for w in drawn], rule) for i in range(draws)]


def _game(sizes: tuple[int, ...], positions: Sequence[Position], weights: Sequence[Points | None], rule: Rule) -> Game:
    points = np.stack([_points(p, w, sizes) for p, w in zip(positions, weights, strict=True)])
    starts = np.concatenate([[0], np.cumsum(sizes)[:-1]])
    least = [_least(p, own, starts) for p, own in zip(positions, points, strict=True)]
    return Game(sizes, points, np.array(least, dtype=float), np.stack([p.refused for p in positions]), rule)


def _points(position: Position, weights: Points | None, sizes: Sequence[int]) -> Points:
    return position.values if weights is None else FULL * position.values * np.repeat(weights, sizes)


def _least(position: Position, points: Points, starts: Packages) -> float:
    if isinstance(position.least, tuple):
        return float(points[starts + np.array(position.least)].sum())
    return position.least
