"""Columns that know the outcome: filled in after it, or because of it. They explain nothing and are refused."""

import numpy as np
from scipy.stats import rankdata

from winward.engine.stakes.coding import Column, as_numbers, is_missing, level_flags, levels
from winward.engine.stakes.exposure import Flags, Floats

NEARLY_PERFECT = 0.95
BY_CHANCE = 1e-6
PURE = 0.99


def leaks(column: Column, won: Flags) -> bool:
    """Whether the column alone tells won from lost nearly perfectly, or is filled in after one outcome only."""
    return _separation(column, won) >= NEARLY_PERFECT or _filled_by_outcome(column, won)


def auc(score: Floats, won: Flags) -> float:
    """The chance that a won deal scores above a lost one, ties counting half; one half where there is no such pair."""
    wins, losses = int(won.sum()), int((~won).sum())
    if not wins or not losses:
        return 0.5
    return float((rankdata(score)[won].sum() - wins * (wins + 1) / 2) / (wins * losses))


def _separation(column: Column, won: Flags) -> float:
    """The best AUC of the column: of its levels' win rates, each deal left out of its own, and of its numbers."""
    flags = level_flags(levels(column))[1]
    won_beside = flags @ (won @ flags) - won + won.mean()
    beside = flags @ flags.sum(axis=0)
    by_level = auc(won_beside / beside, won)
    numbers = as_numbers(column)
    if numbers is None:
        return by_level
    known = ~np.isnan(numbers)
    by_number = auc(numbers[known], won[known])
    return max(by_level, by_number, 1 - by_number)


def _filled_by_outcome(column: Column, won: Flags) -> bool:
    """Filled (or empty) only in deals of one outcome, too often for chance."""
    empty = np.array([is_missing(cell) for cell in column])
    return any(_one_sided(won[part], won) for part in (empty, ~empty) if part.any() and not part.all())


def _one_sided(part: Flags, won: Flags) -> bool:
    return any(
        same.mean() >= PURE and base ** len(same) < BY_CHANCE
        for same, base in ((part, won.mean()), (~part, (~won).mean()))
    )
