"""Small games of every shape: people who gain nothing, options refused, rules that let some say no."""

from itertools import product

import numpy as np
from hypothesis import strategies as st

from winward.engine.bargaining import Game, Package, Rule


@st.composite
def games(draw: st.DrawFn, people: int = 5, terms: int = 5, options: int = 4) -> Game:
    sizes = tuple(draw(st.lists(st.integers(1, options), min_size=1, max_size=terms)))
    count = draw(st.integers(1, people))
    chance = np.random.default_rng(draw(st.integers(0, 2**32)))
    points = chance.integers(0, draw(st.sampled_from([3, 20, 100])), (count, sum(sizes))).astype(float)
    refused = chance.random(points.shape) < draw(st.sampled_from([0.0, 0.1, 0.3]))
    free = Game(sizes, points, np.zeros(count), refused)
    demanding = draw(st.sampled_from([0.3, 0.6, 1.0]))
    least = np.round(free.most - free.span + demanding * free.span * chance.random(count))
    vetoes = frozenset(map(int, np.flatnonzero(chance.random(count) < 0.3)))
    return Game(sizes, points, least, refused, Rule(draw(st.integers(0, count - 1)), vetoes))


def every_package(game: Game) -> list[Package]:
    return list(product(*map(range, game.sizes)))


def additive(people: int, terms: int, options: int, seed: int, least: float) -> Game:
    """Points of 0 to 100, with weights uniform on the simplex; everyone accepts from `least` on."""
    chance = np.random.default_rng(seed)
    weights = chance.dirichlet(np.ones(terms), people)
    values = chance.random((people, terms, options))
    values -= values.min(axis=2, keepdims=True)
    values /= values.max(axis=2, keepdims=True)
    points = 100 * (values * weights[:, :, None]).reshape(people, -1)
    return Game((options,) * terms, points, np.full(people, least), np.zeros(points.shape, dtype=bool))
