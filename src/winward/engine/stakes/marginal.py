"""One coefficient's own posterior: its density on a grid, with every other coefficient integrated out by Laplace."""

from dataclasses import dataclass

import numpy as np
from scipy.interpolate import CubicSpline
from scipy.special import expit

from winward.engine.stakes.exposure import Flags, Floats
from winward.engine.stakes.logistic import Peak, log_likelihood

GRID = np.linspace(-4.5, 4.5, 13)
FINE = 601


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


def marginal(x: Floats, won: Flags, precision: Floats, at: int, peak: Peak) -> Marginal:
    """The posterior of coefficient `at`, from the posterior's `peak` under `precision`.

    At each of 13 values the others move to their conditional peak by one Newton step from the straight path, and
    the determinant of their curvature there integrates them out. Source: Tierney and Kadane (1986).
    """
    covariance = np.linalg.inv(peak.information + precision)
    sd = float(np.sqrt(covariance[at, at]))
    path = covariance[:, at] / covariance[at, at]
    values = peak.coefficients[at] + sd * GRID
    points = peak.coefficients + sd * GRID[:, None] * path
    moved, log_density = _integrated(x, won, precision, at, points)
    return _smoothed(values, log_density, _effects(x, moved, at))


def _integrated(x: Floats, won: Flags, precision: Floats, at: int, points: Floats) -> tuple[Floats, Floats]:
    """The conditional peaks (13, p) and the log density (13,) with all but `at` integrated out."""
    others = np.delete(np.arange(x.shape[1]), at)
    log_odds = x @ points.T
    chance = expit(log_odds)
    weighted = x[:, others].T[None] * (chance * (1 - chance)).T[:, None, :]
    curvature = weighted @ x[:, others] + precision[np.ix_(others, others)]
    slope = ((won[:, None] - chance).T @ x - points @ precision)[:, others]
    step = np.linalg.solve(curvature, slope[:, :, None])[:, :, 0]
    height = log_likelihood(won[:, None], log_odds).sum(axis=0) - ((points @ precision) * points).sum(axis=1) / 2
    moved = points.copy()
    moved[:, others] += step
    return moved, height + (slope * step).sum(axis=1) / 2 - np.linalg.slogdet(curvature)[1] / 2


def _effects(x: Floats, points: Floats, at: int) -> Floats:
    """The average marginal effect at each point. Source: Gelman and Pardoe (2007)."""
    without = x @ points.T - np.outer(x[:, at], points[:, at])
    effects: Floats = (expit(without + points[:, at]) - expit(without)).mean(axis=0)
    return effects


def _smoothed(values: Floats, log_density: Floats, effects: Floats) -> Marginal:
    fine = np.linspace(values[0], values[-1], FINE)
    density = np.exp(CubicSpline(values, log_density - log_density.max())(fine))
    below = np.concatenate([[0.0], np.cumsum((density[1:] + density[:-1]) / 2)])
    return Marginal(fine, below / below[-1], np.interp(fine, values, effects))
