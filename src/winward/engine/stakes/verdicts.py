"""What may be said of an effect: costs, helps, or can't tell and how many more deals it would take."""

import math
from typing import Literal

import numpy as np

from winward.engine.stakes.exposure import Flags, Floats

Verdict = Literal["costs", "helps", "can't tell"]

FALSE_DISCOVERIES = 0.08
WORTH_SEEING = 0.10
EIGHT_IN_TEN = 0.8416


def discoveries(doubts: Floats, rate: float = FALSE_DISCOVERIES) -> Flags:
    """Which of the doubts (two-sided, 0 to 1) stay small enough when all are looked at together.

    Source: Benjamini and Hochberg (1995).
    """
    order = np.argsort(doubts)
    passed = np.flatnonzero(doubts[order] <= rate * np.arange(1, len(doubts) + 1) / max(len(doubts), 1))
    found = np.zeros(len(doubts), dtype=bool)
    if len(passed):
        found[order[: passed[-1] + 1]] = True
    return found


def verdict(found: bool, low: float, high: float) -> Verdict:
    if not found or low <= 0 <= high:
        return "can't tell"
    return "costs" if high < 0 else "helps"


def more_deals_needed(deals: int, low: float, high: float, z: float) -> int:
    """About how many more closed deals would show a difference of 10 points four times in five, to two digits.

    z: the normal quantile of the interval's level. The interval's width shrinks with the root of the deals.
    """
    sd = (high - low) / (2 * z)
    return _two_digits(deals * (sd / _sd_that_shows(z)) ** 2 - deals)


def more_deals_unseen(deals: int, said: int, z: float) -> int:
    """The same where nothing could be fitted: for a win rate of one half, and a theme said in the share of deals seen
    so far, taken as a tenth at least and nine tenths at most."""
    share = min(max(said / max(deals, 1), 0.1), 0.9)
    return _two_digits(0.25 / (share * (1 - share)) / _sd_that_shows(z) ** 2 - deals)


def _sd_that_shows(z: float) -> float:
    return WORTH_SEEING / (z + EIGHT_IN_TEN)


def _two_digits(number: float) -> int:
    if number < 1:
        return 0
    size: int = 10 ** max(0, math.floor(math.log10(number)) - 1)
    return round(number / size) * size
