"""Most for whoever gains least, without looking at every package."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings

from tests.engine.bargaining.games import additive, games
from winward.engine.bargaining import Game, Rule, levelling, solve
from winward.engine.bargaining.levelling import level
from winward.engine.bargaining.solving import best_package


@settings(max_examples=100, deadline=None)
@given(game=games(people=6, terms=6, options=4))
def test_the_same_package_as_looking_at_every_one(game: Game) -> None:
    """Down to the next-least and all after, and to the order of options."""
    game = replace(game, rule=Rule())
    found = best_package(game, "egalitarian")
    assert found.package == solve(game).best["egalitarian"].package
    assert found.gap == 0


def test_one_good_package_is_found_among_ten_to_the_fourteenth() -> None:
    """It gives everyone nine of ten points on each term, where other options give five in the mean."""
    chance = np.random.default_rng(4)
    points = chance.random((12, 20 * 5)) * 10
    planted = chance.integers(0, 5, 20)
    points[:, np.arange(20) * 5 + planted] = 9.0
    game = Game((5,) * 20, points, np.zeros(12), np.zeros(points.shape, dtype=bool))
    found = best_package(game, "egalitarian")
    assert found.gap == 0
    assert (game.totals(np.array([found.package])) >= 180.0).all()


def test_ten_people_and_fifteen_terms_are_settled() -> None:
    for seed in range(3):
        game = additive(people=10, terms=15, options=4, seed=seed, least=45.0)
        assert best_package(game, "egalitarian").gap == 0


def test_that_nobody_can_have_it_all_is_proven() -> None:
    game = additive(people=10, terms=15, options=4, seed=0, least=80.0)
    best = best_package(game, "egalitarian")
    assert (best.package, best.gap) == (None, 0.0)


def test_where_too_many_would_have_to_be_followed_it_ends_with_an_honest_bound(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(levelling, "MOST_LOOKED_AT", 60_000)
    game = additive(people=20, terms=40, options=8, seed=1, least=45.0)
    found = level(game)
    assert found is not None
    totals = game.totals(found.packages)
    assert np.isclose((totals - game.least).min(axis=1), found.worth).all()
    assert 17.0 <= found.worth < found.bound <= 19.16
