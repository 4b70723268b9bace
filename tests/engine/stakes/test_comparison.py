"""Parts of the deals beside each other: special cases. What is planted is found again in tests/truth."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from winward.engine.stakes import Comparison, Exposure, compare, linear_contrast

SECOND_LESS_FIRST = np.array([-1.0, 1.0])


def exposure(mentions: np.ndarray, won: np.ndarray) -> Exposure:
    deals = len(won)
    return Exposure(mentions, won, np.zeros((deals, 1)), np.zeros((deals, 0)), np.ones(deals))


def planted(seed: int = 1, deals: int = 800, shift: float = -2.5) -> tuple[Exposure, np.ndarray]:
    """Three themes; the first costs in the second part alone."""
    rng = np.random.default_rng(seed)
    part, mentions = rng.integers(0, 2, deals), rng.random((deals, 3)) < 0.4
    chance = 1 / (1 + np.exp(-(0.5 + shift * mentions[:, 0] * part)))
    return exposure(mentions, rng.random(deals) < chance), part


def test_a_theme_that_costs_in_one_part_alone_is_found() -> None:
    deals, part = planted()
    told = compare(deals, part, SECOND_LESS_FIRST, seed=0)
    assert told.turn == ("more", "can't tell", "can't tell")
    assert told.change_high[0] < 0
    assert told.high[1, 0] < 0


def test_parts_the_other_way_round_say_the_opposite() -> None:
    deals, part = planted()
    told, turned = compare(deals, part, SECOND_LESS_FIRST, seed=0), compare(deals, 1 - part, SECOND_LESS_FIRST, seed=0)
    assert turned.turn[0] == "less"
    assert np.allclose(told.change, -turned.change, atol=0.02)
    assert np.allclose(told.difference, turned.difference[::-1], atol=0.02)


def test_the_change_lies_in_its_interval_and_counts_add_up() -> None:
    deals, part = planted(seed=5)
    told = compare(deals, part, SECOND_LESS_FIRST, seed=0)
    assert ((told.change_low <= told.change) & (told.change <= told.change_high)).all()
    assert ((told.low <= told.difference) & (told.difference <= told.high)).all()
    assert (told.won_with + told.lost_with).sum(axis=0).tolist() == deals.mentions.sum(axis=0).tolist()
    assert (told.won + told.lost).sum() == len(part)


def test_the_same_deals_say_the_same_again() -> None:
    deals, part = planted()
    one, other = (compare(deals, part, SECOND_LESS_FIRST, seed=4) for _ in range(2))
    assert (one.change_low == other.change_low).all()


def test_complete_separation_stays_finite_and_inside() -> None:
    rng = np.random.default_rng(2)
    mentions, part = rng.random((60, 2)) < 0.3, np.arange(60) % 2
    told = compare(exposure(mentions, ~mentions[:, 0] & (rng.random(60) < 0.7)), part, SECOND_LESS_FIRST, seed=0)
    for values in (told.low, told.high, told.difference):
        assert (np.abs(values) <= 1).all()
    assert np.isfinite(told.change).all()


@pytest.mark.parametrize("deals", [0, 1, 11, 23])
def test_too_few_deals_tell_nothing(deals: int) -> None:
    rng = np.random.default_rng(0)
    told = compare(
        exposure(rng.random((deals, 2)) < 0.5, rng.random(deals) < 0.5), np.arange(deals) % 2, SECOND_LESS_FIRST, seed=0
    )
    says_nothing(told, 0)
    says_nothing(told, 1)


def test_a_theme_said_in_one_part_alone_tells_nothing_of_a_difference() -> None:
    deals, part = planted()
    only_first = deals.mentions & np.array([True, True, False])
    only_first[:, 2] = (part == 0) & deals.mentions[:, 2]
    told = compare(exposure(only_first, deals.won), part, SECOND_LESS_FIRST, seed=0)
    says_nothing(told, 2)
    assert told.turn[0] == "more"


def says_nothing(told: Comparison, theme: int) -> None:
    assert (told.change_low[theme], told.change_high[theme], told.turn[theme]) == (-2, 2, "can't tell")
    assert (told.low[:, theme] == -1).all()
    assert (told.high[:, theme] == 1).all()


@given(st.integers(2, 12))
@settings(max_examples=11)
def test_a_linear_contrast_gives_the_last_less_the_first_of_a_line(parts: int) -> None:
    weights, line = linear_contrast(parts), 3.0 + 0.7 * np.arange(parts)
    assert weights.sum() == pytest.approx(0)
    assert weights @ line == pytest.approx(line[-1] - line[0])
