"""Win rates of groups on planted truth: intervals that hold, points that beat the raw rate, and special cases."""

import numpy as np
import pytest
from tests.truth.rival_companies import met

from winward.engine.stakes.matchups import WinRates, pooled_rates

# Rivals in a company, and how far their true rates lie apart.
CELLS = [(2, 0.10), (3, 0.03), (6, 0.05), (6, 0.15), (15, 0.10)]


def test_intervals_hold_and_points_beat_the_raw_rate() -> None:
    rng = np.random.default_rng(11)
    covered, pooled_error, raw_error = [], [], []
    for rivals, spread in CELLS:
        for _ in range(100 // rivals):
            truth, won, closed = met(rivals, spread, rng)
            rates = pooled_rates(won, closed)
            covered += ((rates.low <= truth) & (truth <= rates.high)).tolist()
            pooled_error += ((rates.rate - truth) ** 2).tolist()
            raw_error += ((rates.raw - truth) ** 2).tolist()
    assert 0.86 <= np.mean(covered) <= 0.95
    assert np.mean(pooled_error) < 0.5 * np.mean(raw_error)


def rates(won: list[int], closed: list[int]) -> WinRates:
    return pooled_rates(np.array(won, dtype=np.int64), np.array(closed, dtype=np.int64))


def test_a_rival_with_many_deals_keeps_its_rate_and_one_with_few_leans_on_the_others() -> None:
    found = rates([100, 0, 105, 95], [200, 2, 210, 190])
    assert found.rate[0] == pytest.approx(0.5, abs=0.02)
    assert 0.25 < found.rate[1] < 0.5
    assert found.raw[1] == 0.0
    assert found.high[0] - found.low[0] < 0.12 < found.high[1] - found.low[1]


def test_rivals_that_truly_differ_are_kept_apart() -> None:
    found = rates([180, 20, 100], [200, 200, 200])
    assert found.rate == pytest.approx([0.9, 0.1, 0.5], abs=0.03)


def test_without_a_closed_deal_the_others_are_all_that_is_known() -> None:
    found = rates([50, 0], [100, 0])
    assert np.isnan(found.raw[1])
    assert found.low[1] < found.low[0] < found.high[0] < found.high[1]


def test_no_rivals_have_no_rates() -> None:
    assert len(rates([], []).rate) == 0


@pytest.mark.parametrize(("won", "closed"), [([0], [1]), ([400_000], [400_000]), ([3], [1_000_000]), ([0, 5], [5, 5])])
def test_extremes_stay_between_nothing_and_all(won: list[int], closed: list[int]) -> None:
    found = rates(won, closed)
    assert ((found.low >= 0) & (found.low < found.high) & (found.high <= 1)).all()
    assert ((found.low <= found.rate) & (found.rate <= found.high)).all()
