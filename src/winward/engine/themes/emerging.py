"""Themes that come up beyond chance more often, or less often, than in their own history."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.stats import beta

GROWING, QUIET, NEITHER = "growing", "quiet", ""
# Of the themes called growing or quiet, at most this share may be so by chance.
FALSE_DISCOVERIES = 0.10
INTERVAL = 0.90
# With many signals a change of a few percent is beyond chance, too, and no news.
LEAST_CHANGE = 1.2
# How many degrees of freedom all themes lend to the spread of one: a year of months says little about a single theme.
_LENT = 10.0
_SPREADS = np.array([0.0, *np.geomspace(1e-3, 20.0, 100)])
# Windows by rule: the last three months against the year before; a short history is looked at by the month.
_RECENT_AND_LEAST_HISTORY = ((3, 6), (1, 3))
_HISTORY = 12

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Trends:
    """Parallel, one entry a theme.

    trend: "growing", "quiet" or "". growth: how many times as often as in its history it came up of late; inf where it
    never had before, nan where it never came up. low, high: the 90% interval, 0 to inf. chance: the two-sided
    probability of so large a change without any.
    """

    trend: list[str]
    growth: Floats
    low: Floats
    high: Floats
    chance: Floats


def windows(months: int) -> tuple[int, int] | None:
    """How many of the last `months` with evidence are recent, and how many before them are the history; None where
    these are too few to tell."""
    for recent, least in _RECENT_AND_LEAST_HISTORY:
        if months >= recent + least:
            return recent, min(months - recent, _HISTORY)
    return None


def trends_of(counts: NDArray[np.int64], exposure: Floats, recent: int) -> Trends:
    """What grows and what goes quiet, over all themes at once.

    counts: (themes, periods), how many voices spoke of each theme in each period, oldest first. exposure: (periods,),
    how many voices were heard at all, above 0. recent: how many of the last periods are compared with those before.

    Counts spread as negative binomial around exposure × rate, with a spread per theme that leans on that of all. They
    are divided by how much wider than Poisson that makes their sum, and compared given their total (the exact binomial
    test and its interval). Sources: Przyborowski and Wilenski (1940), Clopper and Pearson (1934), Breslow (1984),
    McCarthy, Chen and Smyth (2012), Benjamini and Hochberg (1995). Raises ValueError where a window is empty.
    """
    if not 0 < recent < len(exposure) or exposure.min(initial=1) <= 0:
        raise ValueError("both windows need periods, and each period needs somebody who was heard")
    now = np.arange(len(exposure)) >= len(exposure) - recent
    spread = _spread(counts, exposure, now)
    width = _width(counts, exposure, now, spread) * _lasting(counts[:, ~now], exposure[~now], spread, recent)
    said = np.stack([counts[:, ~now].sum(axis=1), counts[:, now].sum(axis=1)]) / width
    heard = np.array([[exposure[~now].sum()], [exposure[now].sum()]]) / width
    chance, low, high = _compared(said, heard)
    growth = _ratio(said[1] / heard[1], said[0] / heard[0])
    return Trends(_named(growth, chance), growth, low, high, chance)


def _spread(counts: NDArray[np.int64], exposure: Floats, now: NDArray[np.bool_]) -> Floats:
    """(themes,) alpha of the variance mean + alpha × mean²: the least at which Pearson's statistic of the theme,
    together with a share of all themes', is no larger than its degrees of freedom."""
    expected, kept, freedom = np.zeros(counts.shape), np.zeros(len(exposure)), np.zeros(len(counts))
    for window in (now, ~now):
        share = exposure[window] / exposure[window].sum()
        said = counts[:, window].sum(axis=1, keepdims=True)
        expected[:, window], kept[window] = said * share, np.maximum(1 - share, 1e-9)
        freedom += (said[:, 0] > 0) * (window.sum() - 1)
    squares = (counts - expected) ** 2 / kept
    pearson = np.stack([_summed(squares, expected, alpha) for alpha in _SPREADS])
    lent = _LENT * (pearson.sum(axis=1, keepdims=True) / max(freedom.sum(), 1.0) - 1)
    enough = pearson - freedom + lent <= 0
    enough[-1] = True
    found: Floats = _SPREADS[enough.argmax(axis=0)]
    return found


def _summed(squares: Floats, expected: Floats, alpha: float) -> Floats:
    variance = expected + alpha * expected**2
    summed: Floats = np.divide(squares, variance, out=np.zeros_like(squares), where=expected > 0).sum(axis=1)
    return summed


def _lasting(counts: NDArray[np.int64], exposure: Floats, spread: Floats, size: int) -> float:
    """How much wider sums over `size` periods of the history spread than the single periods let expect, over all
    themes; at least 1. Above 1 where what people talk of lasts longer than a period."""
    blocks = len(exposure) // size
    if size == 1 or blocks < 2:
        return 1.0
    of = np.arange(blocks * size).reshape(blocks, size) + len(exposure) - blocks * size
    said, heard = counts[:, of].sum(axis=2), exposure[of].sum(axis=1)
    share = heard / heard.sum()
    mean = said.sum(axis=1, keepdims=True) * share
    each = said.sum(axis=1)[:, None, None] * exposure[of] / heard.sum()
    variance = (mean + spread[:, None] * (each**2).sum(axis=2)) * (1 - share)
    found = np.divide((said - mean) ** 2, variance, out=np.zeros_like(mean), where=mean > 0).sum()
    return max(1.0, float(found) / max(int((said.sum(axis=1) > 0).sum()) * (blocks - 1), 1))


def _width(counts: NDArray[np.int64], exposure: Floats, now: NDArray[np.bool_], spread: Floats) -> Floats:
    """(2, themes) for the history and the recent window: the variance of the sum over its mean, as if nothing had
    changed between them."""
    mean = counts.sum(axis=1, keepdims=True) * exposure / exposure.sum()
    return np.stack(
        [1 + spread * (mean[:, of] ** 2).sum(axis=1) / np.maximum(mean[:, of].sum(axis=1), 1e-9) for of in (~now, now)]
    )


def _compared(said: Floats, heard: Floats) -> tuple[Floats, Floats, Floats]:
    """(themes,) the two-sided chance of so large a difference, and the ends of the ratio's interval.

    said, heard: (2, themes). Given their total, the recent count is binomial; counts need not be whole.
    """
    before, now = said
    by_chance = heard[1] / heard.sum(axis=0)
    rises = _beta_below(by_chance, now, before + 1)
    falls = 1 - _beta_below(by_chance, now + 1, before)
    tail = (1 - INTERVAL) / 2
    low = np.where(now > 0, beta.ppf(tail, np.maximum(now, 1e-9), before + 1), 0.0)
    high = np.where(before > 0, beta.ppf(1 - tail, now + 1, np.maximum(before, 1e-9)), 1.0)
    odds = heard[1] / heard[0]
    return np.minimum(1.0, 2 * np.minimum(rises, falls)), _ratio(low, 1 - low) / odds, _ratio(high, 1 - high) / odds


def _beta_below(at: Floats, one: Floats, other: Floats) -> Floats:
    """The distribution function, also where a parameter is 0 and all of it lies at one end."""
    inside = beta.cdf(at, np.maximum(one, 1e-9), np.maximum(other, 1e-9))
    return np.where(one <= 0, 1.0, np.where(other <= 0, 0.0, inside))


def _ratio(above: Floats, below: Floats) -> Floats:
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.asarray(above / below)


def _named(growth: Floats, chance: Floats) -> list[str]:
    sure = _discovered(chance)
    up, down = sure & (growth >= LEAST_CHANGE), sure & (growth <= 1 / LEAST_CHANGE)
    return [GROWING if grew else QUIET if fell else NEITHER for grew, fell in zip(up, down, strict=True)]


def _discovered(chance: Floats) -> NDArray[np.bool_]:
    """Benjamini and Hochberg's step-up rule."""
    ranked = np.sort(chance)
    below = np.flatnonzero(ranked <= FALSE_DISCOVERIES * np.arange(1, len(chance) + 1) / max(len(chance), 1))
    return chance <= (ranked[below[-1]] if len(below) else -1.0)
