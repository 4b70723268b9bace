import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from scipy.special import expit

from winward.engine.stakes import Exposure, Fit, attribute, estimate, lost_revenue, open_exposed


def fit_of(intercept: float, themes: list[float]) -> Fit:
    coefficients = np.array([intercept, 0.0, *themes])
    ends = np.tile(coefficients, (2, len(themes), 1))
    ends[0, :, 2:] -= 0.1 * np.eye(len(themes))
    ends[1, :, 2:] += 0.1 * np.eye(len(themes))
    return Fit(coefficients, np.eye(len(coefficients)) * 0.01, 2, np.zeros(1), np.ones(1), 1.0, ends)


def lost_deals(mentions: list[list[bool]], amount: list[float]) -> Exposure:
    deals = len(mentions)
    return Exposure(
        np.array(mentions, dtype=bool).reshape(deals, -1),
        np.zeros(deals, dtype=bool),
        np.zeros((deals, 1)),
        np.zeros((deals, 0)),
        np.array(amount, dtype=float),
    )


amounts = st.floats(-1e300, 1e300) | st.sampled_from([0.0, 5e-324, 1e-300, np.nan, np.inf, -np.inf])


@settings(max_examples=80, deadline=None)
@given(st.data())
def test_shares_and_the_unexplained_add_up_to_the_amount(data: st.DataObject) -> None:
    deals, themes = data.draw(st.integers(1, 5)), data.draw(st.integers(1, 8))
    mentions = data.draw(arrays(bool, (deals, themes)))
    effects = data.draw(st.lists(st.floats(-50, 50), min_size=themes, max_size=themes))
    amount = data.draw(arrays(float, deals, elements=amounts))
    fit = fit_of(data.draw(st.floats(-50, 50)), effects)
    lost = lost_deals(mentions.tolist(), amount.tolist())
    shares, unexplained = attribute(fit, lost)
    known = np.where(np.isfinite(amount), amount, 0.0)
    assert (shares >= 0).all()
    assert (shares.sum(axis=1) <= np.maximum(known, 0.0) * (1 + 1e-12)).all()
    assert (unexplained >= np.minimum(known, 0.0)).all()
    np.testing.assert_allclose(shares.sum(axis=1) + unexplained, known, rtol=1e-9, atol=1e-300)
    assert (shares[~mentions] == 0).all()
    revenue, total = lost_revenue(fit, lost), float(known.sum())
    assert revenue.amount.sum() + revenue.unexplained == pytest.approx(total, rel=1e-9, abs=1e-9 * np.abs(known).sum())
    assert (revenue.low <= revenue.amount).all()
    assert (revenue.amount <= revenue.high).all()
    assert revenue.unknown == int((~np.isfinite(amount)).sum())


def test_one_theme_takes_the_excess_fraction_of_the_loss() -> None:
    shares, unexplained = attribute(fit_of(0.4, [-1.5]), lost_deals([[True], [False]], [1000.0, 500.0]))
    excess = (expit(0.4) - expit(0.4 - 1.5)) / (1 - expit(0.4 - 1.5))
    assert shares[:, 0] == pytest.approx([1000 * excess, 0.0], rel=1e-6)
    assert unexplained == pytest.approx([1000 * (1 - excess), 500.0], rel=1e-6)


def test_a_theme_that_helps_gets_nothing_and_a_costlier_one_gets_more() -> None:
    shares, _ = attribute(fit_of(0.0, [-2.0, -0.5, 1.5]), lost_deals([[True, True, True]], [100.0]))
    assert shares[0, 2] == 0
    assert shares[0, 0] > shares[0, 1] > 0


def test_lost_revenue_brackets_its_point_and_counts_unknown_amounts_apart() -> None:
    rng = np.random.default_rng(3)
    mentions = rng.random((200, 6)) < 0.3
    won = rng.random(200) < expit(1.0 - 2.0 * mentions[:, 0])
    amount = np.where(rng.random(200) < 0.1, np.nan, 1000.0)
    exposure = Exposure(mentions, won, rng.normal(size=(200, 1)), np.zeros((200, 0)), amount)
    lost = exposure.lost
    revenue = lost_revenue(estimate(exposure, seed=1).fit, lost)
    assert (revenue.low <= revenue.amount).all()
    assert (revenue.amount <= revenue.high).all()
    assert revenue.unknown == int(np.isnan(lost.amount).sum())
    assert revenue.amount.sum() + revenue.unexplained == pytest.approx(np.nansum(lost.amount))
    assert revenue.amount.argmax() == 0
    assert revenue.low[0] > 0


def test_open_pipeline_is_exposed_by_mentions_and_expects_no_more_loss_than_that() -> None:
    pipeline = open_exposed(fit_of(0.5, [-1.0, 0.7]), lost_deals([[True, True], [True, False]], [300.0, 200.0]))
    assert pipeline.exposed.tolist() == [500.0, 300.0]
    assert pipeline.deals.tolist() == [2, 1]
    assert 0 < pipeline.expected_loss[0] < 500
    assert pipeline.expected_loss[1] == 0


def test_no_lost_deal_loses_nothing() -> None:
    nobody = lost_deals([[True, False]], [1.0]).of(np.zeros(1, dtype=bool))
    assert lost_revenue(fit_of(0.0, [-1.0, 0.0]), nobody).amount.tolist() == [0.0, 0.0]


def test_where_nothing_can_be_told_a_theme_may_go_with_nothing_or_with_all() -> None:
    rng = np.random.default_rng(0)
    few = Exposure(rng.random((8, 2)) < 0.5, np.arange(8) < 4, np.zeros((8, 1)), np.zeros((8, 0)), np.full(8, 100.0))
    revenue = lost_revenue(estimate(few, seed=0).fit, few.lost)
    said = few.lost.amount @ few.lost.mentions
    assert revenue.amount.tolist() == revenue.low.tolist() == [0.0, 0.0]
    assert revenue.high.tolist() == said.tolist()


def test_losses_shared_with_three_measures_of_what_was_recorded_are_those_of_their_own_deals() -> None:
    rng = np.random.default_rng(4)
    recorded = rng.normal(size=(400, 3)) * [1.0, 50.0, 0.0] + [0.0, 900.0, 4.0]
    mentions = rng.random((400, 2)) < 0.4
    won = rng.random(400) < expit(0.8 * recorded[:, 0] - 1.5 * mentions[:, 0])
    stakes = estimate(Exposure(mentions, won, recorded, np.zeros((400, 0)), np.ones(400)), seed=0)
    assert stakes.verdict == ("costs", "can't tell")
    assert stakes.fit.centre.shape == stakes.fit.scale.shape == (3,)
    assert stakes.fit.controls == 4
