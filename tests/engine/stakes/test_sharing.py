from itertools import combinations
from math import factorial

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.special import expit

from winward.engine.stakes import shapley


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


@pytest.mark.parametrize("players", [1, 2, 3, 7, 11])
def test_equals_the_sum_over_all_subsets(players: int) -> None:
    rng = np.random.default_rng(players)
    base, effects = rng.normal(0, 1.5, 3), rng.normal(-0.5, 1.5, (3, players))
    expected = [by_all_subsets(*game) for game in zip(base.tolist(), effects.tolist(), strict=True)]
    np.testing.assert_allclose(shapley(base, effects), expected, atol=1e-7)


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
