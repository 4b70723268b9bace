"""Which open deals show what earlier losses showed: a chance of winning clearly below that of deals like them."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import expit

from winward.engine.stakes.differences import Fit, Stakes, sampled
from winward.engine.stakes.exposure import Exposure, Flags, Floats

# Where deals are very many, differences show that are too small to act on.
WORTH_A_WARNING = 0.10
DRAWS = 200
LEVEL = 0.90
# What is usually said in a deal is taken at this many evenly spaced steps, from the most harmful to the most helpful.
STEPS = 20
DEALS_AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class Alarm:
    """An open deal that shows what earlier losses showed.

    deal: its row. chance: of winning, 0 to 1, as fitted. fall: how far that is below the chance of a deal like it in
    all but what was said, at least 0.1; low, high: its 90% interval, wholly above 0. themes: columns of the clearly
    costly themes that came up in it, the costliest first; never none.
    """

    deal: int
    chance: float
    fall: float
    low: float
    high: float
    themes: tuple[int, ...]


def alarms(stakes: Stakes, closed: Exposure, still_open: Exposure, seed: int) -> list[Alarm]:
    """The open deals to be warned of, in their order.

    A deal is one of them if at least one theme that clearly costs deals came up in it, and its chance of winning is
    below the usual one by at least ten points, with a 90% interval that lies above zero. The usual chance is that of a
    deal with the same covariates and as much recorded of it, in which was said what is said in the closed deals. `won`
    of open deals isn't read. Where no theme is clearly costly there is no alarm.
    """
    costly = np.array([clear == "costs" for clear in stakes.verdict], dtype=bool)
    showing = np.flatnonzero((still_open.mentions & costly).any(axis=1))
    if not len(showing):
        return []
    drawn = _drawn(stakes.fit, seed)
    usual = _usually_said(stakes.fit, drawn, closed.of(sampled(len(closed.won), seed)))
    parts = [showing[first : first + DEALS_AT_ONCE] for first in range(0, len(showing), DEALS_AT_ONCE)]
    falls = [_falls(stakes.fit, drawn, usual, still_open.of(part)) for part in parts]
    found = zip(showing.tolist(), np.vstack(falls).tolist(), strict=True)
    return [
        Alarm(deal, chance, fall, low, high, _costliest(stakes.fit, still_open.mentions[deal] & costly))
        for deal, (chance, fall, low, high) in found
        if low > 0 and fall >= WORTH_A_WARNING
    ]


def _usually_said(fit: Fit, drawn: Floats, closed: Exposure) -> Floats:
    """(STEPS, 1 + draws), log-odds that what is said in closed deals adds, the most harmful first."""
    added = closed.mentions @ drawn[:, fit.controls :].T
    return np.asarray(np.quantile(added, (np.arange(STEPS) + 0.5) / STEPS, axis=0))


def _falls(fit: Fit, drawn: Floats, usual: Floats, deals: Exposure) -> Floats:
    """(deals, 4): each one's chance, how far that is below the usual, and the interval of this. drawn: (1 + draws, p),
    the fit itself first. usual: log-odds as `_usually_said` has them."""
    base = fit.control_columns(deals) @ drawn[:, : fit.controls].T
    chance = expit(base + deals.mentions @ drawn[:, fit.controls :].T)
    fall = np.mean([expit(base + said) for said in usual], axis=0) - chance
    low, high = np.quantile(fall[:, 1:], [(1 - LEVEL) / 2, (1 + LEVEL) / 2], axis=1)
    return np.column_stack([chance[:, 0], fall[:, 0], np.minimum(low, fall[:, 0]), np.maximum(high, fall[:, 0])])


def _drawn(fit: Fit, seed: int) -> Floats:
    draws = np.random.default_rng(seed).multivariate_normal(fit.coefficients, fit.covariance, DRAWS, method="eigh")
    return np.vstack([fit.coefficients, draws])


def _costliest(fit: Fit, came_up: Flags) -> tuple[int, ...]:
    columns: NDArray[np.intp] = np.flatnonzero(came_up)
    return tuple(columns[np.argsort(fit.themes[columns], kind="stable")].tolist())
