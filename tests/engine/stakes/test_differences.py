import numpy as np
import pytest
from numpy.typing import NDArray
from scipy.optimize import minimize
from scipy.special import expit

from winward.engine.stakes import Exposure, Stakes, estimate


def exposure_of(
    mentions: NDArray[np.bool_], won: NDArray[np.bool_], recorded: NDArray[np.float64] | None = None
) -> Exposure:
    deals = len(won)
    recorded = np.zeros((deals, 1)) if recorded is None else recorded.reshape(deals, -1)
    return Exposure(mentions, won, recorded, np.zeros((deals, 0)), np.full(deals, np.nan))


def assert_honest(stakes: Stakes) -> None:
    for numbers in (stakes.difference, stakes.low, stakes.high, stakes.raw_difference):
        assert np.isfinite(numbers).all()
        assert (np.abs(numbers) <= 1).all()
    assert (stakes.low <= stakes.difference).all()
    assert (stakes.difference <= stakes.high).all()


def test_one_theme_without_covariates_is_the_two_by_two_table() -> None:
    said = np.repeat([True, False], 1000)
    won = np.concatenate([np.arange(1000) < 300, np.arange(1000) < 500])
    stakes = estimate(exposure_of(said[:, None], won), seed=0)
    half_width = 1.645 * np.sqrt(0.3 * 0.7 / 1000 + 0.5 * 0.5 / 1000)
    assert (stakes.won_with[0], stakes.lost_with[0], stakes.won_without[0], stakes.lost_without[0]) == (
        300,
        700,
        500,
        500,
    )
    assert stakes.raw_difference[0] == pytest.approx(-0.2)
    assert stakes.difference[0] == pytest.approx(-0.2, abs=0.005)
    assert stakes.low[0] == pytest.approx(-0.2 - half_width, abs=0.005)
    assert stakes.high[0] == pytest.approx(-0.2 + half_width, abs=0.005)
    assert stakes.verdict == ("costs",)
    assert stakes.more_deals == (None,)


def plain_logistic_effects(exposure: Exposure) -> NDArray[np.float64]:
    """Average marginal effects at the maximum of the likelihood, through a general optimiser."""
    x = np.column_stack([np.ones(len(exposure.won)), exposure.recorded, exposure.mentions])
    sign = np.where(exposure.won, -1.0, 1.0)
    best = minimize(
        lambda beta: np.logaddexp(0, sign * (x @ beta)).sum(),
        np.zeros(x.shape[1]),
        jac=lambda beta: x.T @ (sign * expit(sign * (x @ beta))),
        method="BFGS",
    ).x
    effects = []
    for theme in range(2, x.shape[1]):
        with_theme, without = x.copy(), x.copy()
        with_theme[:, theme], without[:, theme] = 1.0, 0.0
        effects.append((expit(with_theme @ best) - expit(without @ best)).mean())
    return np.array(effects)


def test_agrees_with_a_plain_logistic_regression_where_deals_are_many() -> None:
    rng = np.random.default_rng(11)
    recorded = rng.normal(size=2000)
    mentions = rng.random((2000, 8)) < expit(-1 + 0.8 * recorded[:, None])
    won = rng.random(2000) < expit(0.5 + 0.6 * recorded + mentions @ np.linspace(-1.2, 0.2, 8))
    exposure = exposure_of(mentions, won, recorded)
    stakes = estimate(exposure, seed=0)
    np.testing.assert_allclose(stakes.difference, plain_logistic_effects(exposure), atol=0.01)


def test_what_was_recorded_does_not_make_a_theme_look_costly() -> None:
    rng = np.random.default_rng(5)
    recorded = rng.normal(size=1500)
    mentions = rng.random((1500, 6)) < expit(-1 + 1.2 * recorded[:, None])
    won = rng.random(1500) < expit(-1.0 * recorded)
    stakes = estimate(exposure_of(mentions, won, recorded), seed=0)
    assert (stakes.raw_difference < -0.1).all()
    assert stakes.verdict == ("can't tell",) * 6


def test_the_same_input_and_seed_give_the_same_answer() -> None:
    rng = np.random.default_rng(0)
    exposure = exposure_of(rng.random((9000, 3)) < 0.3, rng.random(9000) < 0.5)
    assert estimate(exposure, seed=4).difference.tolist() == estimate(exposure, seed=4).difference.tolist()


@pytest.mark.parametrize(("deals", "themes"), [(0, 0), (0, 2), (1, 1), (11, 3), (12, 1), (20, 0), (13, 30)])
def test_few_deals_never_crash(deals: int, themes: int) -> None:
    rng = np.random.default_rng(deals)
    stakes = estimate(exposure_of(rng.random((deals, themes)) < 0.4, rng.random(deals) < 0.5), seed=0)
    assert_honest(stakes)
    assert len(stakes.verdict) == themes
    if deals < 12:
        assert set(stakes.verdict) <= {"can't tell"}
        assert all(needed is not None and needed > 100 for needed in stakes.more_deals)


@pytest.mark.parametrize("outcome", [True, False])
def test_all_won_or_all_lost_tells_nothing(outcome: bool) -> None:
    mentions = np.random.default_rng(0).random((40, 3)) < 0.4
    stakes = estimate(exposure_of(mentions, np.full(40, outcome)), seed=0)
    assert_honest(stakes)
    assert stakes.verdict == ("can't tell",) * 3
    assert stakes.low.tolist() == [-1.0] * 3


def test_a_theme_said_in_every_deal_or_in_none_is_not_told() -> None:
    rng = np.random.default_rng(1)
    mentions = rng.random((60, 3)) < 0.4
    mentions[:, 0], mentions[:, 1] = True, False
    stakes = estimate(exposure_of(mentions, rng.random(60) < 0.5), seed=0)
    assert_honest(stakes)
    assert stakes.verdict[:2] == ("can't tell", "can't tell")
    assert stakes.raw_difference[:2].tolist() == [0.0, 0.0]
    assert stakes.high[2] - stakes.low[2] < 1


def test_complete_separation_stays_finite_and_is_named() -> None:
    rng = np.random.default_rng(2)
    won = rng.random(60) < 0.5
    mentions = np.column_stack([~won, rng.random(60) < 0.3])
    stakes = estimate(exposure_of(mentions, won), seed=0)
    assert_honest(stakes)
    assert stakes.verdict == ("costs", "can't tell")


def test_the_interval_narrows_with_the_level() -> None:
    rng = np.random.default_rng(3)
    exposure = exposure_of(rng.random((100, 2)) < 0.4, rng.random(100) < 0.5)
    wide, narrow = estimate(exposure, seed=0, level=0.95), estimate(exposure, seed=0, level=0.5)
    assert (wide.low < narrow.low).all()
    assert (narrow.high < wide.high).all()


def test_an_exposure_refuses_parts_that_disagree() -> None:
    with pytest.raises(ValueError, match="one row for each of its 3 deals"):
        Exposure(np.zeros((2, 1), dtype=bool), np.zeros(3, dtype=bool), np.zeros((3, 1)), np.zeros((3, 0)), np.zeros(3))
    with pytest.raises(ValueError, match="finite"):
        exposure_of(np.zeros((2, 1), dtype=bool), np.zeros(2, dtype=bool), np.array([0.0, np.nan]))
