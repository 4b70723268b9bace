"""Packages that nobody can better without someone losing."""

import numpy as np
from hypothesis import given, settings

from tests.engine.bargaining.games import additive, every_package, games
from winward.engine.bargaining import Game, efficient_packages
from winward.engine.bargaining.efficient import efficient


@settings(max_examples=80, deadline=None)
@given(game=games(people=4, terms=4))
def test_the_same_as_comparing_all_pairs(game: Game) -> None:
    packages = every_package(game)
    totals = game.totals(np.array(packages))
    better = (totals[None] >= totals[:, None]).all(axis=2) & (totals[None] > totals[:, None]).any(axis=2)
    expected = {package for package, beaten in zip(packages, better.any(axis=1), strict=True) if not beaten}
    found = efficient_packages(game)
    assert found is not None
    assert {tuple(map(int, row)) for row in found} == expected


def test_equal_rows_stand_together() -> None:
    assert efficient(np.array([[1.0, 2.0], [1.0, 2.0], [0.0, 2.0], [2.0, 0.0]])).tolist() == [True, True, False, True]


def test_many_rows_are_compared_in_blocks() -> None:
    rows = np.random.default_rng(3).random((1_000, 3))
    better = np.array([((rows >= row).all(axis=1) & (rows > row).any(axis=1)).any() for row in rows])
    assert (efficient(rows) == ~better).all()


def test_too_many_are_not_counted() -> None:
    assert efficient_packages(additive(people=8, terms=12, options=6, seed=0, least=0.0), most=16_000) is None
