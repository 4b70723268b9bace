import numpy as np

from winward.engine.stakes.verdicts import discoveries, more_deals_needed, more_deals_unseen, verdict


def test_discoveries_follow_benjamini_and_hochberg() -> None:
    doubts = np.array([0.3, 0.001, 0.02, 0.028, 0.9])
    assert discoveries(doubts, rate=0.05).tolist() == [False, True, True, True, False]
    assert discoveries(np.array([0.04, 0.5]), rate=0.05).tolist() == [False, False]
    assert discoveries(np.zeros(0)).tolist() == []


def test_a_discovery_whose_interval_holds_zero_is_not_told() -> None:
    assert verdict(True, -0.3, -0.1) == "costs"
    assert verdict(True, 0.1, 0.3) == "helps"
    assert verdict(True, -0.1, 0.1) == "can't tell"
    assert verdict(False, -0.3, -0.1) == "can't tell"


def test_more_deals_are_needed_the_wider_the_interval_and_none_once_narrow() -> None:
    assert more_deals_needed(100, -0.3, 0.3, 1.645) > more_deals_needed(100, -0.2, 0.2, 1.645) > 0
    assert more_deals_needed(100, -0.02, 0.02, 1.645) == 0
    assert more_deals_needed(100, -0.2, 0.2, 1.645) == 810


def test_an_unseen_theme_needs_more_deals_than_a_frequent_one() -> None:
    assert more_deals_unseen(5, 0, 1.645) > more_deals_unseen(5, 2, 1.645) > 500
