"""What deals would have come to, and open ones may come to, had some themes gone with no loss any more."""

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray
from scipy.special import expit

from winward.engine.stakes.differences import Fit, pooled_fit
from winward.engine.stakes.exposure import Exposure, Flags, Floats
from winward.engine.stakes.logistic import climb
from winward.engine.stakes.pooling import THEME_SD, pooled_precision
from winward.engine.stakes.revenue import known_amounts

DRAWS = 500
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


def fit_asking(closed: Exposure, themes: NDArray[np.intp]) -> Fit:
    """The pooled model, but with a weak N(0, 2²) prior of its own for each theme in question.

    Pooled effects are drawn towards one another, so that what leaving costly themes out comes to would be too little,
    and its interval too narrow to hold the truth."""
    pooled = pooled_fit(closed)
    x = np.column_stack([pooled.control_columns(closed), closed.mentions])
    asked = pooled.controls + themes
    others = np.delete(np.arange(x.shape[1]), asked)
    precision = np.eye(x.shape[1]) / THEME_SD**2
    shared = pooled_precision(pooled.controls, x.shape[1] - pooled.controls - len(themes), pooled.spread)
    precision[np.ix_(others, others)] = shared
    peak = climb(x, closed.won, precision, pooled.coefficients)
    covariance = np.asarray(np.linalg.inv(peak.information + precision), dtype=np.float64)
    return replace(pooled, coefficients=peak.coefficients, covariance=covariance)


def closed_without(asked: Fit, closed: Exposure, themes: NDArray[np.intp], seed: int, level: float = 0.90) -> Gain:
    """Had these themes gone with no difference in the closed deals where they came up. asked: `fit_asking` of them.

    A lost deal is won to the part of its chance of losing that goes with them, never more than once; a won one is lost
    to the part of its chance of winning that does. Themes taken together count a deal once. Source: Greenland and
    Robins (1988), the excess fraction.
    """

    def gain(before: Floats, after: Floats, won: Flags) -> Floats:
        rise, fall = np.maximum(after - before, 0.0), np.maximum(before - after, 0.0)
        return np.where(won, -fall / before, rise / (1 - before))

    return _summed(asked, closed, themes, gain, seed, level)


def open_without(asked: Fit, still_open: Exposure, themes: NDArray[np.intp], seed: int, level: float = 0.90) -> Gain:
    """The change of the expected number and amount of open deals won. `won` of open deals isn't read."""
    return _summed(asked, still_open, themes, lambda before, after, _: after - before, seed, level)


def _summed(fit: Fit, deals: Exposure, themes: NDArray[np.intp], gain: Change, seed: int, level: float) -> Gain:
    """Over the deals in which any of the themes came up; nothing changes in the others."""
    drawn = np.random.default_rng(seed).multivariate_normal(fit.coefficients, fit.covariance, DRAWS, method="eigh")
    coefficients = np.vstack([fit.coefficients, drawn])
    effects = coefficients[:, fit.controls :]
    touched = np.flatnonzero(deals.mentions[:, themes].any(axis=1))
    count, amount = np.zeros(1 + DRAWS), np.zeros(1 + DRAWS)
    for first in range(0, len(touched), DEALS_AT_ONCE):
        some = deals.of(touched[first : first + DEALS_AT_ONCE])
        odds = coefficients[:, : fit.controls] @ fit.control_columns(some).T + effects @ some.mentions.T
        without = odds - effects[:, themes] @ some.mentions[:, themes].T
        gained = gain(expit(odds), expit(without), some.won)
        count += gained.sum(axis=1)
        amount += gained @ np.maximum(known_amounts(some), 0.0)
    return Gain(*_range(count, level), *_range(amount, level))


def _range(values: Floats, level: float) -> tuple[float, float, float]:
    """The first is the point."""
    low, high = np.quantile(values[1:], [(1 - level) / 2, (1 + level) / 2])
    point = float(values[0])
    return point, min(float(low), point), max(float(high), point)
