"""One coefficient's own posterior: its density on a grid, with the other coefficients following it."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from scipy.interpolate import CubicSpline
from scipy.linalg import cho_factor, cho_solve
from scipy.special import expit

from winward.engine.stakes.exposure import Flags, Floats
from winward.engine.stakes.logistic import Peak, log_likelihood

GRID = np.linspace(-4.5, 4.5, 13)
FINE = np.linspace(-4.5, 4.5, 601)
# From values at the grid to the cubic spline through them at FINE.
TO_FINE = CubicSpline(GRID, np.eye(len(GRID)))(FINE)
FEW_ENOUGH = 4_000
ONE_SD = [0.1587, 0.5, 0.8413]
Effect = Callable[[Floats], Floats]


@dataclass(frozen=True, slots=True)
class Marginal:
    """points: (k,), values of the coefficient. below: (k,), the chance that it is lower. effect: (k,), the average
    marginal effect on the win probability there, rising with the coefficient. path: how the coefficients follow it."""

    points: Floats
    below: Floats
    effect: Floats
    path: "Path"

    def interval(self, level: float) -> tuple[float, float]:
        """The middle `level` of the average marginal effect."""
        low, high = np.interp(self._middle(level), self.points, self.effect)
        return float(low), float(high)

    def ends(self, level: float) -> Floats:
        """(2, p), the coefficients at both ends of the middle `level`."""
        return self.path.at(self._middle(level))

    def drawn_to(self, value: float, spread: float) -> float:
        """The average marginal effect at the coefficient's median, drawn to `value` as a N(value, spread²) would."""
        lower, median, upper = np.interp(ONE_SD, self.below, self.points)
        variance = ((upper - lower) / 2) ** 2
        pull = variance / (variance + spread**2)
        return float(np.interp((1 - pull) * median + pull * value, self.points, self.effect))

    def _middle(self, level: float) -> Floats:
        return np.interp([(1 - level) / 2, (1 + level) / 2], self.below, self.points)

    @property
    def doubt(self) -> float:
        """Twice the smaller of the chances that the coefficient is above and below zero."""
        below = float(np.interp(0.0, self.points, self.below))
        return min(1.0, 2 * min(below, 1 - below))


@dataclass(frozen=True, slots=True)
class Path:
    """The line on which all coefficients follow one of them: centre (p,), its likeliest point under the quadratic;
    slope (p,), 1 for the one that leads."""

    centre: Floats
    slope: Floats
    leads: int

    def at(self, values: Floats) -> Floats:
        """(k, p), where the leading one has these values (k,)."""
        return np.asarray(self.centre + (values - self.centre[self.leads])[:, None] * self.slope)


def marginal(x: Floats, won: Flags, precision: Floats, at: int, near: Peak, effect: Effect) -> Marginal:
    """The posterior of coefficient `at`, a flag's, under `precision`.

    near: a peak of the same deals under any prior; the likelihood is taken as quadratic around it, except in the deals
    with the flag, where it is exact along the path on which the other coefficients follow. Where such deals are very
    many the quadratic is exact enough for them, too. effect: from coefficients (k, p) to the average marginal effect
    (k,). Source: the Laplace method of Tierney and Kadane (1986).
    """
    unit = np.eye(1, len(precision), at)[0]
    centre, column = cho_solve(cho_factor(near.information + precision), np.array([near.score, unit]).T).T
    path, sd, middle = Path(centre, column / column[at], at), np.sqrt(column[at]), centre[at]
    exact = np.flatnonzero(x[:, at] if np.count_nonzero(x[:, at]) <= FEW_ENOUGH else ())
    x_exact, won_exact = x[exact], won[exact]

    def log_density(values: Floats) -> Floats:
        return np.asarray(_corrected(x_exact, won_exact, near, path.at(values)) - ((values - middle) / sd) ** 2 / 2)

    values = _recentred(middle + sd * GRID, log_density)
    return _smoothed(values, log_density(values), effect(path.at(values)), path)


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


def _smoothed(values: Floats, log_density: Floats, effects: Floats, path: Path) -> Marginal:
    fine = np.interp(FINE, GRID, values)
    density = np.exp(TO_FINE @ (log_density - log_density.max()))
    below = np.concatenate([[0.0], np.cumsum((density[1:] + density[:-1]) / 2)])
    return Marginal(fine, below / below[-1], np.interp(fine, values, effects), path)
