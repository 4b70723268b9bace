"""The adjusted win-rate difference of each theme, with an interval that holds its promise."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtri

from winward.engine.stakes.exposure import Exposure, Flags, Floats
from winward.engine.stakes.logistic import ROWS_AT_ONCE, Peak, climb
from winward.engine.stakes.marginal import Marginal, marginal, toggled
from winward.engine.stakes.pooling import likeliest_spread, pooled_precision, precision_in_question
from winward.engine.stakes.verdicts import Verdict, discoveries, more_deals_needed, more_deals_unseen, verdict

FEWEST_DEALS = 12
FIRST_SPREAD = 0.5
ROUNDS = 3
SAMPLE = 20_000
AVERAGED_OVER = 4_000
POINT_SPREAD = 0.5
Counts = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Fit:
    """The pooled model, ready for attribution.

    coefficients: (controls + themes,), log-odds: intercept, measures of what was recorded a standard deviation,
    covariates, themes (0 where a theme couldn't be fitted). covariance: of the same, in the same order. controls: how
    many come before the themes. centre, scale: (r,), of recorded. spread: how far theme effects differ from one
    another. ends: (2, themes, controls + themes), the coefficients where a theme's own stands at the low and at the
    high end of its interval and the others follow; NaN where nothing can be told of it.
    """

    coefficients: Floats
    covariance: Floats
    controls: int
    centre: Floats
    scale: Floats
    spread: float
    ends: Floats

    @property
    def themes(self) -> Floats:
        return self.coefficients[self.controls :]

    def log_odds_without_themes(self, deals: Exposure) -> Floats:
        """(deals,), of winning had no theme come up."""
        return self.control_columns(deals) @ self.coefficients[: self.controls]

    def control_columns(self, deals: Exposure) -> Floats:
        """(deals, controls)."""
        return controls_of(deals, self.centre, self.scale)


@dataclass(frozen=True, slots=True)
class Stakes:
    """One entry a theme. difference: the average marginal effect on the win probability, −1 to 1, drawn to the pooled
    one the more, the less the theme's own deals tell; low, high: its interval, of the theme alone. raw_difference: win
    rate with the theme minus without, unadjusted (0 where either side has no deal). more_deals: None where the verdict
    is clear."""

    difference: Floats
    low: Floats
    high: Floats
    raw_difference: Floats
    won_with: Counts
    lost_with: Counts
    won_without: Counts
    lost_without: Counts
    verdict: tuple[Verdict, ...]
    more_deals: tuple[int | None, ...]
    level: float
    fit: Fit


def estimate(exposure: Exposure, seed: int, level: float = 0.90) -> Stakes:
    """What each theme is associated with costing, from closed deals. `level` of the intervals hold the truth.

    With fewer than 12 deals, no win or no loss, and for a theme said in no deal or in all, the answer is "can't tell"
    between −1 and 1.
    """
    tellable = _tellable(exposure)
    fit, peak, x = _fitted(exposure, tellable)
    some, kept = x[sampled(len(x), seed)], _kept(fit.controls, tellable)
    difference, low, high, doubt = _blank(len(tellable))
    for at, theme in enumerate(np.flatnonzero(tellable)):
        own = _in_question(x, exposure.won, fit, peak, at, some)
        low[theme], high[theme] = own.interval(level)
        doubt[theme] = own.doubt
        fit.ends[:, theme] = 0.0
        fit.ends[:, theme, kept] = own.ends(level)
        difference[theme] = np.clip(own.drawn_to(fit.themes[theme], POINT_SPREAD), low[theme], high[theme])
    return _told(exposure, tellable, difference, low, high, doubt, level, fit)


def pooled_fit(exposure: Exposure) -> Fit:
    """The pooled model alone, for where no theme's own interval is asked for: its ends are NaN."""
    return _fitted(exposure, _tellable(exposure))[0]


def controls_of(deals: Exposure, centre: Floats, scale: Floats) -> Floats:
    """(deals, 1 + r + c): one, recorded in standard deviations, covariates."""
    return np.column_stack([np.ones(len(deals.won)), (deals.recorded - centre) / scale, deals.covariates])


def sampled(deals: int, seed: int) -> NDArray[np.intp]:
    """Deals enough to average an effect over: all, or 4,000 by chance."""
    if deals <= 2 * AVERAGED_OVER:
        return np.arange(deals)
    return np.random.default_rng(seed).choice(deals, AVERAGED_OVER, replace=False)


def _tellable(exposure: Exposure) -> Flags:
    """Themes said in some deals but not all, where there are enough deals of both outcomes."""
    deals, won = len(exposure.won), int(exposure.won.sum())
    said = exposure.mentions.sum(axis=0)
    enough = deals >= FEWEST_DEALS and 0 < won < deals
    return np.asarray((said > 0) & (said < deals) & enough, dtype=bool)


def _fitted(exposure: Exposure, tellable: Flags) -> tuple[Fit, Peak, Floats]:
    """The pooled fit over all themes, its ends still unknown, its peak over the tellable ones, and their design."""
    centre, scale = _centre_and_scale(exposure.recorded)
    controls = controls_of(exposure, centre, scale)
    x = _joined(controls, exposure.mentions, tellable)
    peak, spread = pooled_peak(x, exposure.won, controls.shape[1])
    covariance = np.linalg.inv(peak.information + pooled_precision(controls.shape[1], int(tellable.sum()), spread))
    kept = _kept(controls.shape[1], tellable)
    every, spread_out = np.zeros(len(kept)), np.zeros((len(kept), len(kept)))
    every[kept], spread_out[np.ix_(kept, kept)] = peak.coefficients, covariance
    ends = np.full((2, len(tellable), len(kept)), np.nan)
    return Fit(every, spread_out, controls.shape[1], centre, scale, spread, ends), peak, x


def _joined(controls: Floats, mentions: Flags, tellable: Flags) -> Floats:
    """(deals, controls + tellable themes), column by column in memory, and filled in blocks that stay in its cache."""
    x = np.empty((len(controls), controls.shape[1] + int(tellable.sum())), order="F")
    for first in range(0, len(x), ROWS_AT_ONCE):
        rows = slice(first, first + ROWS_AT_ONCE)
        x[rows, : controls.shape[1]], x[rows, controls.shape[1] :] = controls[rows], mentions[rows][:, tellable]
    return x


def _kept(controls: int, tellable: Flags) -> Flags:
    """Which of all coefficients are fitted."""
    return np.concatenate([np.ones(controls, dtype=bool), tellable])


def pooled_peak(x: Floats, won: Flags, controls: int) -> tuple[Peak, float]:
    """The pooled posterior's peak and the spread that it was found with. x: (deals, p), the controls first."""
    themes, known = x.shape[1] - controls, None
    start, spread = _rough_start(x, won, controls)
    for _ in range(ROUNDS):
        peak = climb(x, won, pooled_precision(controls, themes, spread), start, known)
        likeliest, start, known = likeliest_spread(peak, controls, themes), peak.coefficients, peak.information
        if likeliest == spread:
            break
        spread = likeliest
    else:
        peak = climb(x, won, pooled_precision(controls, themes, spread), start, known)
    return peak, spread


def _rough_start(x: Floats, won: Flags, controls: int) -> tuple[Floats, float]:
    """Coefficients and spread to start from: where deals are many, those of an even sample of them, so that few steps
    need to touch all."""
    every = len(x) // SAMPLE
    if every < 4:
        return np.zeros(x.shape[1]), FIRST_SPREAD
    peak, spread = pooled_peak(x[::every], won[::every], controls)
    return peak.coefficients, spread


def _in_question(x: Floats, won: Flags, fit: Fit, pooled: Peak, at: int, some: Floats) -> Marginal:
    """The posterior of one theme's coefficient under a weak prior of its own. some: the deals to average over."""
    precision = precision_in_question(fit.controls, x.shape[1] - fit.controls, fit.spread, at)
    column = fit.controls + at
    return marginal(x, won, precision, column, pooled, toggled(some, column))


def _centre_and_scale(recorded: Floats) -> tuple[Floats, Floats]:
    """(r,) each; a measure that doesn't vary is scaled by one."""
    if not len(recorded):
        return np.zeros(recorded.shape[1]), np.ones(recorded.shape[1])
    return recorded.mean(axis=0), np.where(np.ptp(recorded, axis=0) > 0, recorded.std(axis=0), 1.0)


def _blank(themes: int) -> tuple[Floats, Floats, Floats, Floats]:
    """Difference, low, high and doubt where nothing can be told."""
    return np.zeros(themes), np.full(themes, -1.0), np.ones(themes), np.ones(themes)


def _told(
    exposure: Exposure,
    tellable: Flags,
    difference: Floats,
    low: Floats,
    high: Floats,
    doubt: Floats,
    level: float,
    fit: Fit,
) -> Stakes:
    found = np.zeros(len(tellable), dtype=bool)
    found[tellable] = discoveries(doubt[tellable])
    verdicts = tuple(verdict(*row) for row in zip(found.tolist(), low.tolist(), high.tolist(), strict=True))
    needed = _needed(exposure, tellable, verdicts, low, high, float(ndtri((1 + level) / 2)))
    return Stakes(difference, low, high, *_counted(exposure), verdicts, needed, level, fit)


def _needed(
    exposure: Exposure, tellable: Flags, verdicts: Sequence[Verdict], low: Floats, high: Floats, z: float
) -> tuple[int | None, ...]:
    deals, said = len(exposure.won), exposure.mentions.sum(axis=0)
    fitted = [more_deals_needed(deals, below, above, z) for below, above in zip(low, high, strict=True)]
    unseen = [more_deals_unseen(deals, int(mentions), z) for mentions in said]
    return tuple(
        None if clear != "can't tell" else fitted[theme] if tellable[theme] else unseen[theme]
        for theme, clear in enumerate(verdicts)
    )


def _counted(exposure: Exposure) -> tuple[Floats, Counts, Counts, Counts, Counts]:
    """The raw difference, and won and lost deals with and without each theme."""
    mentions, won = exposure.mentions, exposure.won
    won_with, said = mentions[won].sum(axis=0, dtype=np.int64), mentions.sum(axis=0, dtype=np.int64)
    lost_with, won_without = said - won_with, int(won.sum()) - won_with
    lost_without = len(won) - said - won_without
    both = (said > 0) & (said < len(won))
    rate_with = won_with / np.maximum(said, 1)
    rate_without = won_without / np.maximum(len(won) - said, 1)
    return np.where(both, rate_with - rate_without, 0.0), won_with, lost_with, won_without, lost_without
