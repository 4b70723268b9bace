"""A 90% range as a distribution that fits what the quantity can be at all."""

from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray
from scipy.special import expit, logit, ndtri

Floats = NDArray[np.float64]
Support = Literal["positive", "share", "any"]
# The normal distribution's 95th percentile: between minus and plus this lie nine in ten.
Z95 = float(ndtri(0.95))


class RangeError(ValueError):
    """The range can't be of such a quantity; says why."""


@dataclass(frozen=True, slots=True)
class Range:
    """A normal distribution, on the support's own scale: of the logarithm where positive, of the log-odds for a share.

    centre, spread: its mean and standard deviation there. spread is 0 for a known value.
    """

    centre: float
    spread: float
    support: Support

    def at(self, chance: Floats) -> Floats:
        """The values below which the quantity lies with each chance (0 to 1)."""
        if not self.spread:
            return np.full(len(chance), self.centre)
        return self._back(self.centre + self.spread * np.asarray(ndtri(chance)))

    def _back(self, scaled: Floats) -> Floats:
        if self.support == "positive":
            return np.asarray(np.exp(scaled))
        return np.asarray(expit(scaled)) if self.support == "share" else scaled


def ranged(low: float, high: float, support: Support) -> Range:
    """low, high: the 5th and 95th percentile, in base units; alike for a known value. Raises RangeError."""
    if not (np.isfinite(low) and np.isfinite(high)):
        raise RangeError("the range needs two finite numbers.")
    if low > high:
        raise RangeError("the low end of the range is above its high end; swap them.")
    if low == high:
        return Range(low, 0.0, "any")
    if support == "positive" and low <= 0:
        raise RangeError("it can't be 0 or less, so its range must begin above 0; if it can, add `support: any`.")
    if support == "share" and (low <= 0 or high >= 1):
        raise RangeError("a share lies between 0 and 1 (0% and 100%), and so must both ends of its range.")
    bottom, top = _scaled(np.array([low, high]), support)
    return Range(float(bottom + top) / 2, float(top - bottom) / (2 * Z95), support)


def _scaled(values: Floats, support: Support) -> Floats:
    if support == "positive":
        return np.asarray(np.log(values))
    return np.asarray(logit(values)) if support == "share" else values
