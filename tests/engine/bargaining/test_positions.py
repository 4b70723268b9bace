"""From ranks to points, and all weights that agree with the ranks."""

import numpy as np
import pytest

from winward.engine.bargaining import Position, Rule, game_of, option_values, robustness
from winward.engine.bargaining.positions import centroid, drawn_games, weight_draws
from winward.engine.bargaining.solving import best_package


def test_centroids_of_three_terms() -> None:
    assert centroid([2, 1, 3]) == pytest.approx([5 / 18, 11 / 18, 2 / 18])


def test_terms_alike_share_their_places_and_others_do_not_count() -> None:
    assert centroid([1, 1, 0]) == pytest.approx([0.5, 0.5, 0.0])
    assert centroid([0, 0]) == pytest.approx([0.0, 0.0])


@pytest.mark.parametrize("ranks", [(1, 2, 3, 4), (3, 1, 2, 2), (1, 0, 2, 2)])
def test_draws_agree_with_the_ranks_and_their_mean_is_the_centroid(ranks: tuple[int, ...]) -> None:
    drawn = weight_draws(ranks, 40_000, np.random.default_rng(5))
    assert drawn.sum(axis=1) == pytest.approx(1)
    order = np.array(ranks)
    for higher, lower in zip(*np.nonzero((order[:, None] < order[None, :]) & (order[:, None] > 0)), strict=True):
        assert (drawn[:, higher] >= drawn[:, lower]).all()
    assert drawn.mean(axis=0) == pytest.approx(centroid(ranks), abs=4e-3)


def test_draws_are_uniform_over_all_that_agree() -> None:
    """Of two terms the larger weight is uniform between a half and 1."""
    drawn = weight_draws((1, 2), 40_000, np.random.default_rng(6))[:, 0]
    assert np.quantile(drawn, [0.1, 0.5, 0.9]) == pytest.approx([0.55, 0.75, 0.95], abs=5e-3)


def test_option_values() -> None:
    assert option_values([2, 1, 3]).tolist() == [0.5, 1.0, 0.0]
    assert option_values([1, 2, 2]).tolist() == [1.0, 0.0, 0.0]
    assert option_values([1, 1]).tolist() == [0.0, 0.0]


def ranked(*ranks: int, values: list[float], least: float | tuple[int, ...] = 0.0) -> Position:
    return Position(np.array(values), np.zeros(len(values), dtype=bool), ranks, least)


def test_a_package_just_good_enough_is_the_least() -> None:
    position = ranked(1, 2, values=[1.0, 0.0, 1.0, 0.0], least=(1, 0))
    assert game_of((2, 2), [position]).least == pytest.approx([25.0])


def test_how_often_each_accepts_is_the_share_of_weights() -> None:
    """The package gives the first term only: worth w to the one, who wants 60, and w lies evenly between ½ and 1."""
    wants = ranked(1, 2, values=[1.0, 0.0, 0.0, 1.0], least=60.0)
    found = robustness((2, 2), [wants], Rule(), (0, 0), seed=1, draws=1_000)
    assert found.accepts == pytest.approx([0.8], abs=0.04)


def test_a_package_that_all_prefer_stays_best_and_the_seed_decides_the_draws() -> None:
    alike = ranked(1, 2, values=[1.0, 0.0, 1.0, 0.0])
    assert robustness((2, 2), [alike, alike], Rule(), (0, 0), seed=1).best == 1
    split = [ranked(1, 2, values=[1.0, 0.5, 0.0, 1.0, 0.0]), ranked(2, 1, values=[0.0, 0.6, 1.0, 0.0, 1.0])]
    one, other, third = (robustness((3, 2), split, Rule(), (1, 0), seed=seed) for seed in (3, 3, 4))
    assert one.best == other.best
    assert 0 <= third.best <= 1


def test_with_many_packages_it_stays_best_about_as_often_as_solving_each_draw_says() -> None:
    chance = np.random.default_rng(7)
    sizes = (3,) * 9
    positions = [
        ranked(
            *map(int, chance.permutation(9) + 1),
            values=np.concatenate([chance.permutation([0.0, 0.5, 1.0]) for _ in sizes]).tolist(),
        )
        for _ in range(4)
    ]
    package = best_package(game_of(sizes, positions), "nash").package
    assert package is not None
    drawn = [best_package(game, "nash").package for game in drawn_games(sizes, positions, Rule(), 60, seed=5)]
    exact = np.mean([one == package for one in drawn])
    assert 0 < exact < 1
    assert robustness(sizes, positions, Rule(), package, seed=5, draws=60).best == pytest.approx(exact, abs=0.06)
