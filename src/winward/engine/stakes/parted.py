"""One theme's effect in each part of the deals, drawn from its posterior while every other theme may change as well."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.interpolate import CubicSpline
from scipy.linalg import cho_factor, cho_solve
from scipy.special import expit

from winward.engine.stakes.differences import controls_of, pooled_peak
from winward.engine.stakes.exposure import Exposure, Flags, Floats
from winward.engine.stakes.logistic import Peak, climb, log_likelihood
from winward.engine.stakes.marginal import GRID, toggled
from winward.engine.stakes.pooling import THEME_SD, pooled_precision

PartOf = NDArray[np.intp]

WIDER = 1.3
FINE = 241
APARTS = np.geomspace(0.05, 1.5, 10)
FIRST_APART = 0.3
# How far one theme's log-odds may lie from part to part; beforehand as likely as a half-normal(1) has it.
GAPS = np.array([0.1, 0.3, 0.6, 1.0, 1.5, 2.2])


@dataclass(frozen=True, slots=True)
class Prior:
    """Of one theme's log-odds in the parts, an equal mixture over `gaps`: a common effect N(0, common²) and what each
    part adds to it N(0, gap²), each gap weighed by a half-normal(1)."""

    common: float
    gaps: Floats

    def widest(self, parts: int) -> Floats:
        """The covariance (parts, parts) under the largest gap."""
        return np.asarray(self.common**2 + float(self.gaps.max()) ** 2 * np.eye(parts))

    def height(self, at: Floats) -> Floats:
        """The logarithm of its density at (draws, parts), up to a constant; the inverse covariance is by Sherman and
        Morrison."""
        parts, square, total = at.shape[1], (at**2).sum(axis=1), at.sum(axis=1) ** 2
        gap, every = self.gaps[:, None] ** 2, self.gaps[:, None] ** 2 + parts * self.common**2
        inside = (square - self.common**2 / every * total) / gap
        heights = -inside / 2 - (parts - 1) / 2 * np.log(gap) - np.log(every) / 2 - gap / 2
        highest = heights.max(axis=0)
        return np.asarray(highest + np.log(np.exp(heights - highest).sum(axis=0)))


# What parts say of one another is for the estimates; what they say of a change is for its interval and the verdict.
POOLED = Prior(THEME_SD, GAPS)
WEAK = Prior(1.0, np.array([np.sqrt(THEME_SD**2 - 1.0)]))


@dataclass(frozen=True, slots=True)
class Drawn:
    """effects: (draws, parts), average marginal effects on the win probability. weight: (draws,), summing to one."""

    effects: Floats
    weight: Floats

    def interval(self, of: Floats, level: float) -> tuple[float, float, float]:
        """Mean, low and high of (draws,)."""
        order = np.argsort(of)
        below = np.cumsum(self.weight[order])
        low, high = np.interp([(1 - level) / 2, (1 + level) / 2], below, of[order])
        return float(self.weight @ of), float(low), float(high)

    def doubt(self, of: Floats) -> float:
        above = float(self.weight @ (of > 0))
        return min(1.0, 2 * min(above, 1 - above))


@dataclass(frozen=True, slots=True)
class Field:
    """The pooled fit over all parts. x: (deals, p): controls with the parts' flags, themes, and each theme's change
    along the contrast. along: (parts,), the contrast's place of each part. rows: the deals of each part. crossed:
    (parts, p, themes), the likelihood's information of each theme's flag in each part with x; gradients: likewise."""

    x: Floats
    won: Flags
    controls: int
    themes: int
    along: Floats
    rows: list[NDArray[np.intp]]
    peak: Peak
    spread: float
    apart: float
    crossed: Floats
    gradient: Floats
    gradients: Floats

    def precision(self, themes: int) -> Floats:
        """The prior's, of the controls, so many themes and their changes."""
        return _precision(self.controls, themes, self.spread, self.apart)


def fitted(exposure: Exposure, part: PartOf, contrast: Floats) -> Field:
    """part: (deals,), each from 0 to parts − 1, every part with a deal. contrast: (parts,), summing to zero."""
    parts, mentions = len(contrast), exposure.mentions.astype(float)
    controls, along = _controls(exposure, part, parts), contrast / np.ptp(contrast)
    x = np.column_stack([controls, mentions, mentions * along[part][:, None]])
    peak, spread, apart = _peak(x, exposure.won, controls.shape[1])
    chance = expit(x @ peak.coefficients)
    weighted, left = x * (chance * (1 - chance))[:, None], exposure.won - chance
    rows = [np.flatnonzero(part == one) for one in range(parts)]
    return Field(
        x, exposure.won, controls.shape[1], mentions.shape[1], along, rows, peak, spread, apart,
        crossed=np.stack([weighted[own].T @ mentions[own] for own in rows]),
        gradient=x.T @ left,
        gradients=np.stack([left[own] @ mentions[own] for own in rows]),
    )  # fmt: skip


def _controls(exposure: Exposure, part: PartOf, parts: int) -> Floats:
    measured = np.where(np.ptp(exposure.recorded, axis=0) > 0, exposure.recorded.std(axis=0), 1.0)
    return np.column_stack(
        [controls_of(exposure, exposure.recorded.mean(axis=0), measured), np.eye(parts)[part][:, 1:]]
    )


def _peak(x: Floats, won: Flags, controls: int) -> tuple[Peak, float, float]:
    """The peak with every theme's change pooled towards none, the spread of themes, and that of their changes."""
    themes = (x.shape[1] - controls) // 2
    together, spread = pooled_peak(x[:, : controls + themes], won, controls)
    start = np.concatenate([together.coefficients, np.zeros(themes)])
    peak = climb(x, won, _precision(controls, themes, spread, FIRST_APART), start)
    apart = _likeliest_apart(peak, controls, spread)
    return climb(x, won, _precision(controls, themes, spread, apart), peak.coefficients), spread, apart


def _precision(controls: int, themes: int, spread: float, apart: float) -> Floats:
    whole = np.eye(controls + 2 * themes) / apart**2
    whole[: controls + themes, : controls + themes] = pooled_precision(controls, themes, spread)
    return whole


def _likeliest_apart(peak: Peak, controls: int, spread: float) -> float:
    """The spread of changes with the highest marginal likelihood under the quadratic expansion, times a half-normal(1)
    prior. Source: MacKay (1992), the evidence framework."""
    heights, themes = [], (len(peak.score) - controls) // 2
    for apart in APARTS:
        factor = cho_factor(peak.information + _precision(controls, themes, spread, float(apart)))
        fit = float(peak.score @ cho_solve(factor, peak.score)) / 2
        heights.append(fit - np.log(np.diag(factor[0])).sum() - themes * np.log(apart) - apart**2 / 2)
    return float(APARTS[int(np.argmax(heights))])


@dataclass(frozen=True, slots=True)
class Own:
    """One theme's log-odds β in the parts, all other coefficients integrated out: their log likelihood is close to
    score·β − ½ β·information·β, plus in each part what the quadratic misses; effect: what they come to, in each part.
    bounds: (parts, 2), between which the last two are known."""

    score: Floats
    information: Floats
    bounds: Floats
    missed: list[Callable[[Floats], Floats]]
    effect: list[Callable[[Floats], Floats]]

    def drawn(self, prior: Prior, normal: Floats) -> Drawn:
        """Weighted draws under a prior. normal: (draws, parts), standard. Source: importance sampling from the
        quadratic posterior, placed and widened as each part's exact density wants it."""
        covariance = np.linalg.inv(self.information + np.linalg.inv(prior.widest(normal.shape[1])))
        centre, width = self._placed(covariance @ self.score, np.sqrt(np.diag(covariance)))
        root = np.linalg.cholesky(covariance) * (WIDER * width / np.sqrt(np.diag(covariance)))[:, None]
        at = np.clip(centre + normal @ root.T, self.bounds[:, 0], self.bounds[:, 1])
        height = at @ self.score - ((at @ self.information) * at).sum(axis=1) / 2 + prior.height(at)
        height += (normal**2).sum(axis=1) / 2
        height += sum(missed(at[:, one]) for one, missed in enumerate(self.missed))
        weight = np.exp(height - height.max())
        effects = np.column_stack([effect(at[:, one]) for one, effect in enumerate(self.effect)])
        return Drawn(effects, weight / weight.sum())

    def _placed(self, mean: Floats, sd: Floats) -> tuple[Floats, Floats]:
        """Mean and standard deviation of each part's coefficient, with what the quadratic misses."""
        fine = np.linspace(self.bounds[:, 0], self.bounds[:, 1], FINE)
        height = np.column_stack([missed(fine[:, one]) for one, missed in enumerate(self.missed)])
        height = height - ((fine - mean) / sd) ** 2 / 2
        mass = np.exp(height - height.max(axis=0))
        mass /= mass.sum(axis=0)
        centre = (mass * fine).sum(axis=0)
        return centre, np.sqrt((mass * (fine - centre) ** 2).sum(axis=0)).clip(min=sd / 5)


def own(field: Field, theme: int) -> Own:
    """Of the theme with this place among the themes of the field."""
    column, change = field.controls + theme, field.controls + field.themes + theme
    kept = np.delete(np.arange(field.x.shape[1]), [column, change])
    at, crossed = field.peak.coefficients, field.crossed[:, kept, theme].T
    alone, now = np.diag(field.crossed[:, column, theme]), at[column] + at[change] * field.along
    beside = field.peak.information[np.ix_(kept, kept)]
    score = field.gradients[:, theme] + crossed.T @ at[kept] + alone @ now
    score_beside = field.gradient[kept] + beside @ at[kept] + crossed @ now
    factor = cho_factor(beside + field.precision(field.themes - 1))
    follow = np.zeros((field.x.shape[1], 1 + len(now)))
    follow[kept] = cho_solve(factor, np.column_stack([score_beside, -crossed]))
    score, information = score - crossed.T @ follow[kept, 0], alone + crossed.T @ follow[kept, 1:]
    return _along(field, score, information, follow, column)


def _along(field: Field, score: Floats, information: Floats, follow: Floats, column: int) -> Own:
    """follow: (p, 1 + parts), how the other coefficients follow the theme's: constant, and slopes."""
    covariance = np.linalg.inv(information + np.linalg.inv(WEAK.widest(len(score))))
    mean, bounds, missed, effect = covariance @ score, [], [], []
    for part, rows in enumerate(field.rows):
        said, sd = rows[field.x[rows, column] > 0], float(np.sqrt(covariance[part, part]))
        slope, start = covariance[part] / sd**2, float(mean[part])

        def points(values: Floats, slope: Floats = slope, start: float = start) -> Floats:
            path = follow[:, 0] + (mean + (values - start)[:, None] * slope) @ follow[:, 1:].T
            path[:, column] = values
            return np.asarray(path)

        def beyond(values: Floats, said: NDArray[np.intp] = said) -> Floats:
            return _beyond(field.x[said], field.won[said], field.peak, points(values))

        values = _recentred(start, sd, beyond)
        bounds.append(values[[0, -1]])
        missed.append(CubicSpline(values, beyond(values)))
        effect.append(_line(values, toggled(field.x[rows], column)(points(values))))
    return Own(score, information, np.array(bounds), missed, effect)


def _line(values: Floats, heights: Floats) -> Callable[[Floats], Floats]:
    return lambda at: np.interp(at, values, heights)


def _recentred(mean: float, sd: float, beyond: Callable[[Floats], Floats]) -> Floats:
    """The grid, moved and scaled to where the part's density is."""
    values = mean + sd * GRID
    height = beyond(values) - ((values - mean) / sd) ** 2 / 2
    mass = np.exp(height - height.max())
    middle = mass @ values / mass.sum()
    return np.asarray(middle + np.sqrt(mass @ (values - middle) ** 2 / mass.sum()) * 1.2 * GRID)


def _beyond(x: Floats, won: Flags, peak: Peak, points: Floats) -> Floats:
    """The exact log likelihood of these deals less its quadratic expansion at the peak, at each point."""
    odds = (x @ peak.coefficients)[:, None]
    chance, moved = expit(odds), x @ points.T - odds
    expansion = moved * (won[:, None] - chance) - moved**2 * chance * (1 - chance) / 2
    exact = log_likelihood(won[:, None], odds + moved) - log_likelihood(won[:, None], odds)
    return np.asarray((exact - expansion).sum(axis=0))
