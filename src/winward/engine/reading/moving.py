"""The smallest move of some heads that agrees with what was told of texts: a penalised logistic fit in their span."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import expit

Amounts = NDArray[np.float64]

STEPS, INNER, HALVINGS = 30, 25, 8
# The largest slope of the loss at which it is done, as a share of the largest at the start.
TOLERANCE = 1e-4
# A step is solved to this share of what it starts from.
INNER_TOLERANCE = 0.1


@dataclass(frozen=True)
class Told:
    """likeness: (texts, texts), inner products of the texts' columns. before: log-odds, signs: 1 for true and −1, and
    weights: 0 where nothing was said, all (texts, kinds). slopes: (kinds,), of the calibration."""

    likeness: NDArray[np.float32]
    before: Amounts
    signs: Amounts
    weights: Amounts
    slopes: Amounts
    penalty: float

    def spread(self, amounts: Amounts) -> Amounts:
        """What the texts' scores gain where so much of each text is added to the heads' weights. In float32, which
        halves the time and is precise enough: scores are rounded to it anyway."""
        return np.asarray(self.likeness @ amounts.astype(np.float32), np.float64)

    def loss(self, amounts: Amounts, gained: Amounts) -> Amounts:
        """(kinds,)"""
        unlikely = np.logaddexp(0, -self._margins(gained))
        return np.asarray((self.weights * unlikely + self.penalty / 2 * amounts * gained).sum(axis=0))

    def slope(self, amounts: Amounts, gained: Amounts) -> Amounts:
        """Of the loss, in the span: (texts, kinds); all 0 at the best."""
        surprise = expit(-self._margins(gained))
        return np.asarray(self.penalty * amounts - self.signs * self.weights * self.slopes * surprise)

    def bend(self, gained: Amounts) -> Amounts:
        """How fast each text's slope changes with its score: (texts, kinds)."""
        chance = expit(self._margins(gained))
        return np.asarray(self.weights * self.slopes**2 * chance * (1 - chance))

    def _margins(self, gained: Amounts) -> Amounts:
        return np.asarray(self.signs * (self.before + self.slopes * gained))


def moves(told: Told) -> Amounts:
    """How much of each text is added to each kind's weights: (texts, kinds).

    Newton steps, each solved by conjugate gradients in the lengths of the heads' weights: all kinds share each product
    with `likeness`, which is what takes the time. Source: Lin, Weng and Keerthi (2008), in the span of the texts.
    """
    amounts = np.zeros_like(told.before)
    gained = np.zeros_like(amounts)
    most = np.abs(told.slope(amounts, gained)).max(initial=0.0)
    for _ in range(STEPS):
        slope = told.slope(amounts, gained)
        if np.abs(slope).max(initial=0.0) <= TOLERANCE * most:
            break
        step, gain = _newton(told, slope, told.bend(gained))
        share = _share(told, amounts, gained, step, gain)
        amounts, gained = amounts + share * step, gained + share * gain
    return amounts


def _newton(told: Told, slope: Amounts, bend: Amounts) -> tuple[Amounts, Amounts]:
    """The step, and what scores gain by it: (bend · likeness + penalty) step = −slope, a system that is symmetric in
    the inner product of `likeness`."""
    step, gain = np.zeros_like(slope), np.zeros_like(slope)
    residual = -slope
    spread = told.spread(residual)
    direction, gained = residual, spread
    length = (residual * spread).sum(axis=0)
    enough = INNER_TOLERANCE**2 * length
    for _ in range(INNER):
        curved = bend * gained + told.penalty * direction
        share = _ratio(length, (curved * gained).sum(axis=0))
        step, gain = step + share * direction, gain + share * gained
        residual = residual - share * curved
        spread = told.spread(residual)
        longer = (residual * spread).sum(axis=0)
        if (longer <= enough).all():
            break
        turn = _ratio(longer, length)
        direction, gained, length = residual + turn * direction, spread + turn * gained, longer
    return step, gain


def _share(told: Told, amounts: Amounts, gained: Amounts, step: Amounts, gain: Amounts) -> Amounts:
    """Of each kind's step, all of it or the half, quarter … that makes its loss less."""
    share, before = np.ones(step.shape[1]), told.loss(amounts, gained)
    for _ in range(HALVINGS):
        worse = told.loss(amounts + share * step, gained + share * gain) > before
        if not worse.any():
            break
        share[worse] /= 2
    share[worse] = 0.0
    return share


def _ratio(above: Amounts, below: Amounts) -> Amounts:
    return np.divide(above, below, out=np.zeros_like(above), where=below > 0)
