"""One coefficient's own posterior: its density on a grid, with every other coefficient integrated out by Laplace."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from scipy.interpolate import CubicSpline
from scipy.special import expit

from winward.engine.stakes.exposure import Flags, Floats
from winward.engine.stakes.logistic import Peak, climb, log_likelihood

GRID = np.linspace(-4.5, 4.5, 13)
FINE = 601
FULL_WORK = 1.5e7
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


def marginal(x: Floats, won: Flags, precision: Floats, at: int, pooled: Peak, effect: Effect) -> Marginal:
    """The posterior of coefficient `at` under `precision`, a flag's, starting from the pooled posterior's peak.

    effect: from coefficients (k, p) to the average marginal effect (k,). Few deals get the full Laplace treatment;
    where its work would be too much, the pooled peak's quadratic expansion is exact enough for all but rare flags.
    """
    if len(GRID) * len(x) * x.shape[1] ** 2 <= FULL_WORK:
        values, points, log_density = _full(x, won, precision, at, pooled)
    else:
        values, points, log_density = _expanded(x, won, precision, at, pooled)
    return _smoothed(values, log_density, effect(points))


def toggled(x: Floats, at: int) -> Effect:
    """The average change of the win probability when flag `at` goes from 0 to 1 in each of the deals x (deals, p).

    Source: Gelman and Pardoe (2007), average predictive comparisons.
    """

    def effect(points: Floats) -> Floats:
        without = x @ points.T - np.outer(x[:, at], points[:, at])
        return np.asarray((expit(without + points[:, at]) - expit(without)).mean(axis=0))

    return effect


def _full(x: Floats, won: Flags, precision: Floats, at: int, pooled: Peak) -> tuple[Floats, Floats, Floats]:
    """At each of 13 values the others move to their conditional peak by one Newton step from the straight path, and
    the determinant of their curvature there integrates them out. Source: Tierney and Kadane (1986)."""
    peak = climb(x, won, precision, pooled.coefficients)
    covariance = np.linalg.inv(peak.information + precision)
    sd = np.sqrt(covariance[at, at])
    path = covariance[:, at] / covariance[at, at]
    points = peak.coefficients + sd * GRID[:, None] * path
    return points[:, at].copy(), *_integrated(x, won, precision, at, points)


def _expanded(x: Floats, won: Flags, precision: Floats, at: int, pooled: Peak) -> tuple[Floats, Floats, Floats]:
    """The likelihood is quadratic around the pooled peak, except in the deals with the flag where those are few."""
    covariance = np.linalg.inv(pooled.information + precision)
    centre, path = covariance @ pooled.score, covariance[:, at] / covariance[at, at]
    sd = np.sqrt(covariance[at, at])
    said = np.flatnonzero(x[:, at])
    if len(said) > FEW_ENOUGH:
        said = said[:0]

    def log_density(values: Floats) -> tuple[Floats, Floats]:
        points = centre + (values - centre[at])[:, None] * path
        return points, _corrected(x[said], won[said], pooled, points) - ((values - centre[at]) / sd) ** 2 / 2

    values = centre[at] + sd * GRID
    _, rough = log_density(values)
    mass = np.exp(rough - rough.max())
    middle = (mass @ values) / mass.sum()
    values = middle + np.sqrt(mass @ (values - middle) ** 2 / mass.sum()) * GRID
    return values, *log_density(values)


def _corrected(x: Floats, won: Flags, pooled: Peak, points: Floats) -> Floats:
    """The exact log likelihood of these deals less its quadratic expansion, at each point."""
    odds = (x @ pooled.coefficients)[:, None]
    chance, moved = expit(odds), x @ points.T - odds
    expansion = moved * (won[:, None] - chance) - moved**2 * chance * (1 - chance) / 2
    exact = log_likelihood(won[:, None], odds + moved) - log_likelihood(won[:, None], odds)
    return np.asarray((exact - expansion).sum(axis=0))


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


def _smoothed(values: Floats, log_density: Floats, effects: Floats) -> Marginal:
    fine = np.linspace(values[0], values[-1], FINE)
    density = np.exp(CubicSpline(values, log_density - log_density.max())(fine))
    below = np.concatenate([[0.0], np.cumsum((density[1:] + density[:-1]) / 2)])
    return Marginal(fine, below / below[-1], np.interp(fine, values, effects))
