"""Win rates of groups of deals, such as those against each rival, each with an interval that few deals don't fool."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import betaln, digamma, expit, polygamma

from winward.engine.stakes.exposure import Floats

Counts = NDArray[np.int64]

# What all groups have in common: the mean of their true rates, and how far they differ. A group's rate is
# Beta(mean·size, (1 − mean)·size); the spread is 1/√(size + 1), which is 0 for equal groups.
MEANS = (np.arange(30) + 0.5) / 30
SPREADS = np.linspace(0.01, 0.7, 18)
UNLIKELY = 1e-5
POINTS = 301
FARTHEST = 30.0


@dataclass(frozen=True, slots=True)
class WinRates:
    """One entry a group, each between 0 and 1. raw: won of closed, NaN where none closed. rate, low, high: drawn
    together as far as the groups are alike, with the interval."""

    raw: Floats
    rate: Floats
    low: Floats
    high: Floats


def pooled_rates(won: Counts, closed: Counts, level: float = 0.90) -> WinRates:
    """The win rate of each group, from won of closed deals (groups,).

    The groups' true rates come from one Beta distribution. Its mean and spread are not fixed at their best values,
    which would make intervals too narrow where groups are few, but weighed by their marginal likelihood under a flat
    prior on both. Source: the beta-binomial model of Gelman et al., Bayesian Data Analysis (3rd ed.), section 5.3.
    """
    if not len(won):
        return WinRates(*(np.zeros(0) for _ in range(4)))
    first, second, weight = _commons(won, closed)
    found = [
        _between(first + wins, second + losses, weight, level)
        for wins, losses in zip(won.tolist(), (closed - won).tolist(), strict=True)
    ]
    rate, low, high = np.array(found).T
    raw = np.where(closed > 0, won / np.maximum(closed, 1), np.nan)
    return WinRates(raw, rate, low, high)


def _commons(won: Counts, closed: Counts) -> tuple[Floats, Floats, Floats]:
    """(k,) each: the two parameters of what the groups may have in common, and how likely the deals make them; on a
    grid over all that is likely, laid anew where a first one finds that."""
    mean, spread, weight = _weighed(MEANS, SPREADS, won, closed)
    mean, spread, weight = _weighed(_within(mean, weight, MEANS), _within(spread, weight, SPREADS), won, closed)
    kept = weight > UNLIKELY
    size = spread[kept] ** -2 - 1
    return mean[kept] * size, (1 - mean[kept]) * size, weight[kept] / weight[kept].sum()


def _weighed(means: Floats, spreads: Floats, won: Counts, closed: Counts) -> tuple[Floats, Floats, Floats]:
    """(k,) each: every mean with every spread, and their likelihood beside that of the likeliest."""
    mean, spread = (grid.ravel() for grid in np.meshgrid(means, spreads))
    size = spread**-2 - 1
    first, second = mean * size, (1 - mean) * size
    each = betaln(first[:, None] + won, second[:, None] + closed - won) - betaln(first, second)[:, None]
    total = each.sum(axis=1)
    return mean, spread, np.exp(total - total.max())


def _within(value: Floats, weight: Floats, grid: Floats) -> Floats:
    """As many values as the grid has, from the lowest to the highest that is likely, and a step further."""
    likely, step = value[weight > UNLIKELY], grid[1] - grid[0]
    return np.linspace(max(likely.min() - step, grid[0]), min(likely.max() + step, grid[-1]), len(grid))


def _between(first: Floats, second: Floats, weight: Floats, level: float) -> tuple[float, float, float]:
    """Mean and middle `level` of a mixture of Beta distributions, on a grid of log-odds, where they have no poles."""
    log_odds = _grid(first, second, weight)
    density = np.exp(
        np.outer(first, log_odds) - np.outer(first + second, np.logaddexp(0, log_odds)) - betaln(first, second)[:, None]
    )
    below = np.cumsum(weight @ density)
    tails = np.interp([(1 - level) / 2, (1 + level) / 2], below / below[-1], log_odds)
    low, high = expit(tails)
    return float(weight @ (first / (first + second))), float(low), float(high)


def _grid(first: Floats, second: Floats, weight: Floats) -> Floats:
    """Log-odds that hold nearly all of the mixture."""
    middle = digamma(first) - digamma(second)
    mean = float(weight @ middle)
    sd = np.sqrt(float(weight @ (polygamma(1, first) + polygamma(1, second) + (middle - mean) ** 2)))
    return np.linspace(max(mean - 8 * sd, -FARTHEST), min(mean + 8 * sd, FARTHEST), POINTS)
