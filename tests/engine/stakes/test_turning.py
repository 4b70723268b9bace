import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from winward.engine.stakes import turns


@pytest.mark.parametrize("draw", ["normal", "skewed", "mostly the same"])
def test_noise_turns_hardly_ever(draw: str) -> None:
    rng = np.random.default_rng(4)
    noise = {
        "normal": lambda: rng.normal(size=20),
        "skewed": lambda: rng.exponential(size=20) ** 2,
        "mostly the same": lambda: np.where(rng.random(20) < 0.25, 0.8, 0.0),
    }[draw]
    found = sum(bool(turns(noise(), seed)) for seed in range(200))
    assert found <= 20  # 5% are expected; 20 of 200 or more would come by chance in one of 400 such tests


def test_a_planted_turn_is_found_where_it_is() -> None:
    rng = np.random.default_rng(5)
    near = 0
    for seed in range(60):
        planted = np.concatenate([rng.normal(0.4, 0.3, 12), rng.normal(-0.3, 0.3, 9)])
        near += any(abs(turn.at - 12) <= 1 for turn in turns(planted, seed))
    assert near >= 48


def test_two_turns_are_told_with_the_means_between_them() -> None:
    quiet = np.tile([0.05, -0.05], 6)
    values = np.concatenate([quiet + 0.5, quiet - 0.5, quiet + 0.2])
    found = turns(values, 1)
    assert [turn.at for turn in found] == [12, 24]
    assert [(round(turn.before, 2), round(turn.after, 2)) for turn in found] == [(0.5, -0.5), (-0.5, 0.2)]
    assert all(turn.chance <= 0.05 for turn in found)


def test_a_change_that_is_too_small_to_matter_is_not_told() -> None:
    values = np.concatenate([np.tile([0.01, -0.01], 20), np.tile([0.11, 0.09], 20)])
    assert len(turns(values, 1)) == 1
    assert turns(values, 1, least=0.2) == ()


@settings(max_examples=60, deadline=None)
@given(arrays(float, st.integers(0, 25), elements=st.floats(-1, 1)), st.integers(0, 99))
def test_any_sequence_has_turns_in_order_within_it(values: np.ndarray, seed: int) -> None:
    found = turns(values, seed)
    assert found == turns(values, seed)
    places = [turn.at for turn in found]
    assert places == sorted(set(places))
    assert all(3 <= at <= len(values) - 3 for at in places)
    assert all(turn.chance <= 0.05 and turn.before != turn.after for turn in found)
    if len(values) < 6 or np.ptp(values) == 0:
        assert found == ()
