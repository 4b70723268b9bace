"""One coefficient's own posterior: its density on a grid, with the other coefficients following it."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from scipy.interpolate import CubicSpline
from scipy.special import expit

from winward.engine.stakes.exposure import Flags, Floats
from winward.engine.stakes.logistic import Peak, log_likelihood

GRID = np.linspace(-4.5, 4.5, 13)
FINE = 601
FEW_ENOUGH = 4_000
Effect = Callable[[Floats], Floats]


@dataclass(frozen=True, slots=True)
class Marginal:
    """points: (k,), values of the coefficient. below: (k,), the chance that it is lower. effect: (k,), the average
    marginal effect on the win probability there, rising with the coefficient."""

    points: Floats
    below: Floats
    effect: Floats

    def interval(self, level: float) -> tuple[float, float]:
        """The middle `level` of the average marginal effect."""
        tails = [(1 - level) / 2, (1 + level) / 2]
        low, high = np.interp(np.interp(tails, self.below, self.points), self.points, self.effect)
        return float(low), float(high)

    @property
    def doubt(self) -> float:
        """Twice the smaller of the chances that the coefficient is above and below zero."""
        below = float(np.interp(0.0, self.points, self.below))
        return min(1.0, 2 * min(below, 1 - below))


def marginal(x: Floats, won: Flags, precision: Floats, at: int, near: Peak, effect: Effect) -> Marginal:
    """The posterior of coefficient `at`, a flag's, under `precision`.

    near: a peak of the same deals under any prior; the likelihood is taken as quadratic around it, except in the deals
    with the flag, where it is exact along the path on which the other coefficients follow. Where such deals are very
    many the quadratic is exact enough for them, too. effect: from coefficients (k, p) to the average marginal effect
    (k,). Source: the Laplace method of Tierney and Kadane (1986).
    """
    covariance = np.linalg.inv(near.information + precision)
    centre, path, sd = covariance @ near.score, covariance[:, at] / covariance[at, at], np.sqrt(covariance[at, at])
    said = np.flatnonzero(x[:, at])
    exact = said if len(said) <= FEW_ENOUGH else said[:0]
    x_exact, won_exact = x[exact], won[exact]

    def log_density(values: Floats) -> Floats:
        points = centre + (values - centre[at])[:, None] * path
        return np.asarray(_corrected(x_exact, won_exact, near, points) - ((values - centre[at]) / sd) ** 2 / 2)

    values = _recentred(centre[at] + sd * GRID, log_density)
    return _smoothed(values, log_density(values), effect(centre + (values - centre[at])[:, None] * path))


def toggled(x: Floats, at: int) -> Effect:
    """The average change of the win probability when flag `at` goes from 0 to 1 in each of the deals x (deals, p).

    Source: Gelman and Pardoe (2007), average predictive comparisons.
    """

    def effect(points: Floats) -> Floats:
        without = x @ points.T - np.outer(x[:, at], points[:, at])
        return np.asarray((expit(without + points[:, at]) - expit(without)).mean(axis=0))

    return effect


def _recentred(values: Floats, log_density: Effect) -> Floats:
    """The grid moved and scaled to where the density is."""
    rough = log_density(values)
    mass = np.exp(rough - rough.max())
    middle = (mass @ values) / mass.sum()
    return np.asarray(middle + np.sqrt(mass @ (values - middle) ** 2 / mass.sum()) * GRID)


def _corrected(x: Floats, won: Flags, pooled: Peak, points: Floats) -> Floats:
    """The exact log likelihood of these deals less its quadratic expansion, at each point."""
    odds = (x @ pooled.coefficients)[:, None]
    chance, moved = expit(odds), x @ points.T - odds
    expansion = moved * (won[:, None] - chance) - moved**2 * chance * (1 - chance) / 2
    exact = log_likelihood(won[:, None], odds + moved) - log_likelihood(won[:, None], odds)
    return np.asarray((exact - expansion).sum(axis=0))


def _smoothed(values: Floats, log_density: Floats, effects: Floats) -> Marginal:
    fine = np.linspace(values[0], values[-1], FINE)
    density = np.exp(CubicSpline(values, log_density - log_density.max())(fine))
    below = np.concatenate([[0.0], np.cumsum((density[1:] + density[:-1]) / 2)])
    return Marginal(fine, below / below[-1], np.interp(fine, values, effects))
