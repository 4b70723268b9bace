from dataclasses import replace

import numpy as np
import pytest
from tests.truth.stakes_companies import Kind, companies

from winward.engine.stakes import Exposure, estimate
from winward.engine.stakes.recall import Alarm, alarms
from winward.engine.stakes.shares import share_with_interval

CLOSED, OPEN, THEMES = 250, 100, 25


def warned_of(planted: float, seed: int, how_many: int = 20) -> list[tuple[Exposure, list[Alarm]]]:
    """The open deals of each simulated company, whose outcome is known here alone, and the alarms."""
    found = []
    for company in companies(how_many, Kind(CLOSED + OPEN, THEMES, planted), seed):
        rows = np.arange(CLOSED + OPEN)
        closed, still_open = company.exposure.of(rows[:CLOSED]), company.exposure.of(rows[CLOSED:])
        unseen = replace(still_open, won=np.zeros(OPEN, dtype=bool))
        found.append((still_open, alarms(estimate(closed, seed=1), closed, unseen, seed=1)))
    return found


def test_deals_that_are_warned_of_are_lost_far_more_often_than_the_others() -> None:
    warned, others = [], []
    for deals, found in warned_of(planted=0.2, seed=11):
        flagged = np.isin(np.arange(OPEN), [alarm.deal for alarm in found])
        warned.extend(~deals.won[flagged])
        others.extend(~deals.won[~flagged])
    assert len(warned) > 0.1 * len(others)
    assert np.mean(warned) > 0.8 > 0.55 > np.mean(others)


def test_where_nothing_costs_deals_there_is_hardly_a_warning() -> None:
    alarmed = [len(found) for _, found in warned_of(planted=0.0, seed=12)]
    assert np.mean(np.array(alarmed) > 0) <= 0.10


def test_no_warning_is_without_a_costly_theme_that_came_up_in_the_deal() -> None:
    for deals, found in warned_of(planted=0.2, seed=13, how_many=3):
        for alarm in found:
            assert alarm.themes
            assert deals.mentions[alarm.deal, list(alarm.themes)].all()
            assert 0 < alarm.low <= alarm.fall <= alarm.high <= 1


def few(closed: int) -> Exposure:
    mentions = np.ones((closed, 1), dtype=bool)
    return Exposure(
        mentions, np.zeros(closed, dtype=bool), np.ones((closed, 1)), np.zeros((closed, 0)), np.ones(closed)
    )


@pytest.mark.parametrize("closed", [0, 1, 30])
def test_too_few_deals_or_only_losses_raise_none(closed: int) -> None:
    assert alarms(estimate(few(closed), seed=1), few(closed), few(5), seed=1) == []


def test_a_share_of_few_deals_has_a_wide_interval_within_bounds() -> None:
    share, low, high = share_with_interval(3, 3)
    assert (share, high) == (1.0, 1.0)
    assert 0.4 < low < 0.6
    assert share_with_interval(0, 400)[2] < 0.01
