from itertools import combinations
from math import comb, factorial

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray
from scipy.special import expit

from winward.engine.stakes import shapley
from winward.engine.stakes.sharing import shapley_of_one


def by_all_subsets(base: float, effects: list[float]) -> list[float]:
    players = range(len(effects))
    values = [0.0 for _ in players]
    for player in players:
        others = [other for other in players if other != player]
        for size in range(len(effects)):
            weight = factorial(size) * factorial(len(effects) - 1 - size) / factorial(len(effects))
            for members in combinations(others, size):
                before = base + sum(effects[member] for member in members)
                values[player] += weight * (expit(before + effects[player]) - expit(before))
    return values


def by_every_mask(base: float, effects: NDArray[np.float64]) -> NDArray[np.float64]:
    """The definition over all subsets at once, for more players than a loop can take."""
    players = len(effects)
    members = (np.arange(2**players)[:, None] >> np.arange(players)) & 1 > 0
    chance, size = expit(base + members @ effects), members.sum(axis=1)
    weight = np.array([1 / (players * comb(players - 1, others)) for others in range(players)])
    rows = np.arange(len(members))
    return np.array(
        [
            ((chance[rows | 1 << player] - chance) * weight[np.minimum(size, players - 1)])[~members[:, player]].sum()
            for player in range(players)
        ]
    )


def by_counts(base: float, kinds: NDArray[np.float64], of_each: int) -> NDArray[np.float64]:
    """The definition where players come in kinds of `of_each` alike: coalitions of the same counts are taken together.
    Returns the value of one player of each kind."""
    players, values = len(kinds) * of_each, []
    for kind in range(len(kinds)):
        most = [of_each - (other == kind) for other in range(len(kinds))]
        counts = np.stack(np.meshgrid(*(np.arange(top + 1) for top in most), indexing="ij")).reshape(len(kinds), -1)
        ways = np.prod(
            [np.array([comb(top, n) for n in range(top + 1)])[row] for top, row in zip(most, counts, strict=True)],
            axis=0,
        )
        weight = np.array([1 / (players * comb(players - 1, others)) for others in range(players)])
        before = base + kinds @ counts
        values.append(float((ways * weight[counts.sum(axis=0)] * (expit(before + kinds[kind]) - expit(before))).sum()))
    return np.array(values)


@pytest.mark.parametrize("players", [1, 2, 3, 7, 11])
def test_equals_the_sum_over_all_subsets(players: int) -> None:
    rng = np.random.default_rng(players)
    base, effects = rng.normal(0, 1.5, 3), rng.normal(-0.5, 1.5, (3, players))
    expected = [by_all_subsets(*game) for game in zip(base.tolist(), effects.tolist(), strict=True)]
    np.testing.assert_allclose(shapley(base, effects), expected, atol=1e-7)


@pytest.mark.parametrize("players", [13, 14, 15])
def test_equals_the_sum_over_all_subsets_of_fifteen(players: int) -> None:
    rng = np.random.default_rng(players)
    base, effects = rng.normal(0, 2), rng.normal(-0.5, 2, players)
    np.testing.assert_allclose(shapley(np.array([base]), effects[None])[0], by_every_mask(base, effects), atol=1e-6)


@pytest.mark.parametrize("seed", range(4))
def test_is_exact_for_forty_players(seed: int) -> None:
    rng = np.random.default_rng(seed)
    base, kinds = rng.normal(0, 2), rng.normal(-0.3, 1.2, 4)
    values = shapley(np.array([base]), np.repeat(kinds, 10)[None])[0]
    np.testing.assert_allclose(values, np.repeat(by_counts(base, kinds, 10), 10), atol=1e-6)


@settings(max_examples=60, deadline=None)
@given(st.floats(-30, 30), st.lists(st.floats(-8, 8), min_size=1, max_size=12))
def test_the_value_of_one_alone_is_that_among_all(base: float, effects: list[float]) -> None:
    among_all = shapley(np.array([base]), np.array([effects]))[0, 0]
    alone = shapley_of_one(np.array([base]), np.array(effects[:1]), np.array([effects[1:]]))
    assert alone[0] == pytest.approx(among_all, abs=1e-6)


@pytest.mark.parametrize("base", [-1e9, 1e9])
def test_certain_outcomes_leave_nothing_to_share(base: float) -> None:
    assert np.abs(shapley(np.array([base]), np.array([[-2.0, 3.0]]))).max() < 1e-7


def test_forty_players_share_the_whole_change_and_equals_get_the_same() -> None:
    effects = np.repeat([[-0.3, -1.2, 0.4, -2.0]], 10, axis=1).reshape(1, 40)
    values = shapley(np.array([1.0]), effects)
    assert values.sum() == pytest.approx(expit(1.0 + effects.sum()) - expit(1.0), abs=1e-6)
    for effect in np.unique(effects):
        assert np.ptp(values[effects == effect]) < 1e-9


@settings(max_examples=60, deadline=None)
@given(st.floats(-30, 30), st.lists(st.floats(-8, 8), min_size=1, max_size=12))
def test_shares_add_up_and_keep_the_sign_of_the_effect(base: float, effects: list[float]) -> None:
    values = shapley(np.array([base]), np.array([effects]))[0]
    assert values.sum() == pytest.approx(expit(base + sum(effects)) - expit(base), abs=1e-7)
    assert all(value * effect >= -1e-7 for value, effect in zip(values, effects, strict=True))
    assert all(value == 0 for value, effect in zip(values, effects, strict=True) if effect == 0)
