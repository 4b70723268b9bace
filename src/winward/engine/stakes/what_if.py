"""What deals would have come to, and open ones may come to, had some themes gone with no loss any more."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import expit

from winward.engine.stakes.exposure import Exposure, Flags, Floats
from winward.engine.stakes.postmortem import Draws
from winward.engine.stakes.revenue import known_amounts

DEALS_AT_ONCE = 2_000
Change = Callable[[Floats, Floats, Flags], Floats]


@dataclass(frozen=True, slots=True)
class Gain:
    """Deals won more than were, or than are to be expected, and their amount; each with the middle 90% of its
    posterior. Below zero where the themes go with winning. Deals without an amount count in deals alone."""

    deals: float
    deals_low: float
    deals_high: float
    amount: float
    amount_low: float
    amount_high: float


def closed_without(draws: Draws, closed: Exposure, themes: NDArray[np.intp], level: float = 0.90) -> Gain:
    """Had these themes gone with no difference in the closed deals where they came up.

    A lost deal is won to the part of its chance of losing that goes with them, never more than once; a won one is lost
    to the part of its chance of winning that does. Themes taken together count a deal once. Source: Greenland and
    Robins (1988), the excess fraction.
    """

    def gain(before: Floats, after: Floats, won: Flags) -> Floats:
        rise, fall = np.maximum(after - before, 0.0), np.maximum(before - after, 0.0)
        return np.where(won, -fall / before, rise / (1 - before))

    return _summed(draws, closed, themes, gain, level)


def open_without(draws: Draws, still_open: Exposure, themes: NDArray[np.intp], level: float = 0.90) -> Gain:
    """The change of the expected number and amount of open deals won. `won` of open deals isn't read."""
    return _summed(draws, still_open, themes, lambda before, after, _: after - before, level)


def _summed(draws: Draws, deals: Exposure, themes: NDArray[np.intp], gain: Change, level: float) -> Gain:
    """Over the deals in which any of the themes came up; nothing changes in the others."""
    touched = np.flatnonzero(deals.mentions[:, themes].any(axis=1))
    count, amount = np.zeros(len(draws.coefficients)), np.zeros(len(draws.coefficients))
    for first in range(0, len(touched), DEALS_AT_ONCE):
        some = deals.of(touched[first : first + DEALS_AT_ONCE])
        odds = draws.log_odds(some)
        without = odds - draws.themes[:, themes] @ some.mentions[:, themes].T
        gained = gain(expit(odds), expit(without), some.won)
        count += gained.sum(axis=1)
        amount += gained @ np.maximum(known_amounts(some), 0.0)
    return Gain(*_range(count, level), *_range(amount, level))


def _range(values: Floats, level: float) -> tuple[float, float, float]:
    """The first is the point."""
    low, high = np.quantile(values[1:], [(1 - level) / 2, (1 + level) / 2])
    point = float(values[0])
    return point, min(float(low), point), max(float(high), point)
