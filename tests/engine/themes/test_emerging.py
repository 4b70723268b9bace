"""Growth and silence on planted truth: how often chance is taken for either, and what a doubling needs to be seen."""

from dataclasses import dataclass

import numpy as np
import pytest
from numpy.typing import NDArray

from winward.engine.themes.emerging import trends_of, windows

MONTHS, RECENT = 15, 3
HISTORY = np.full(MONTHS, 40.0)


@dataclass(frozen=True)
class World:
    """Themes that come up at rates of their own; the first `moved` of them `times` as often of late. spread: of the
    negative binomial around that; lasting: how far a month's deviation carries into the next."""

    themes: int = 30
    mean: float = 4.0
    spread: float = 0.3
    moved: int = 0
    times: float = 2.0
    lasting: float = 0.0

    def seen(self, chance: np.random.Generator) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
        heard = chance.integers(20, 60, MONTHS).astype(float)
        rate = self.mean / 40 * np.exp(chance.normal(0, 0.8, (self.themes, 1))) * np.ones(MONTHS)
        rate[: self.moved, -RECENT:] *= self.times
        noise = chance.normal(size=(self.themes, MONTHS))
        for month in range(1, MONTHS):
            kept = self.lasting * noise[:, month - 1]
            noise[:, month] = kept + np.sqrt(1 - self.lasting**2) * noise[:, month]
        width = np.sqrt(np.log1p(self.spread))
        return chance.poisson(rate * heard * np.exp(width * noise - width**2 / 2)), heard

    def told(self, companies: int = 60, seed: int = 5) -> tuple[float, float, float]:
        """Over many companies the share of false discoveries, the share of the moved that were found, and the share of
        intervals that hold the truth."""
        chance = np.random.default_rng(seed)
        false, found, covered = [], [], []
        truth = np.where(np.arange(self.themes) < self.moved, self.times, 1.0)
        for _ in range(companies):
            counts, heard = self.seen(chance)
            trends = trends_of(counts, heard, RECENT)
            moving = np.array([trend != "" for trend in trends.trend])
            false.append(moving[self.moved :].sum() / max(moving.sum(), 1))
            found.append(moving[: self.moved].mean() if self.moved else 0.0)
            covered.append(((trends.low <= truth) & (truth <= trends.high))[counts.sum(axis=1) > 0].mean())
        return float(np.mean(false)), float(np.mean(found)), float(np.mean(covered))


@pytest.mark.parametrize(
    "world", [World(spread=0.0), World(), World(lasting=0.5), World(mean=10, themes=8, lasting=0.5), World(moved=3)]
)
def test_chance_is_rarely_taken_for_a_trend(world: World) -> None:
    # The nominal share is 10%; 60 companies know it to within about 8 points.
    assert world.told()[0] <= 0.18


def test_intervals_hold_their_promise() -> None:
    assert World(moved=3).told()[2] >= 0.88


def test_a_large_change_is_found_and_a_doubling_where_there_is_enough_to_see_it_by() -> None:
    assert World(mean=8, spread=0.0, moved=3).told()[1] >= 0.5
    assert World(mean=8, spread=0.1, moved=3, times=4.0).told()[1] >= 0.85


def test_what_had_never_come_up_is_new_and_has_no_upper_bound() -> None:
    counts = np.tile(np.full(MONTHS, 4), (6, 1))
    counts[0] = [0] * 12 + [5, 5, 5]
    trends = trends_of(counts, HISTORY, RECENT)
    assert trends.trend[:2] == ["growing", ""]
    assert np.isinf(trends.growth[0])
    assert np.isinf(trends.high[0])
    assert 1 < trends.low[0] < np.inf


def test_what_no_longer_comes_up_went_quiet() -> None:
    counts = np.tile(np.full(MONTHS, 6), (6, 1))
    counts[0, -RECENT:] = 0
    trends = trends_of(counts, HISTORY, RECENT)
    assert trends.trend[0] == "quiet"
    assert trends.growth[0] == trends.low[0] == 0
    assert trends.high[0] < 1


def test_a_theme_that_never_came_up_has_no_trend() -> None:
    trends = trends_of(np.zeros((2, MONTHS), dtype=np.int64), HISTORY, RECENT)
    assert trends.trend == ["", ""]
    assert np.isnan(trends.growth).all()


def test_a_small_change_is_no_news_however_sure() -> None:
    counts = np.tile(np.full(MONTHS, 4_000), (6, 1))
    counts[0, -RECENT:] = 4_400
    assert trends_of(counts, np.full(MONTHS, 40_000.0), RECENT).trend[0] == ""


def test_more_evidence_is_no_growth() -> None:
    heard = np.array([20.0] * 12 + [60.0] * 3)
    trends = trends_of(np.tile((heard / 5).astype(np.int64), (6, 1)), heard, RECENT)
    assert set(trends.trend) == {""}
    assert trends.growth == pytest.approx(1.0)


def test_no_themes() -> None:
    assert trends_of(np.zeros((0, MONTHS), dtype=np.int64), HISTORY, RECENT).trend == []


def test_windows_by_rule() -> None:
    assert [windows(months) for months in (3, 4, 8, 9, 15, 40)] == [None, (1, 3), (1, 7), (3, 6), (3, 12), (3, 12)]


def test_a_month_without_anybody_heard_is_refused() -> None:
    with pytest.raises(ValueError, match="heard"):
        trends_of(np.ones((1, 4), dtype=np.int64), np.array([1.0, 1.0, 0.0, 1.0]), 1)
