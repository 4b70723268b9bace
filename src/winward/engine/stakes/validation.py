"""How well the model foretells deals that it hasn't seen."""

from collections.abc import Hashable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import expit

from winward.engine.stakes.differences import pooled_peak
from winward.engine.stakes.exposure import Flags, Floats

FOLDS = 5
BINS = 10
COMMON = 0.01
FEWEST_COMMON = 10


@dataclass(frozen=True, slots=True)
class Bin:
    """Deals whose predicted chance is alike: mean predicted chance, share won, how many."""

    predicted: float
    won: float
    deals: int


def foretold(x: Floats, won: Flags, rows: Sequence[Hashable], seed: int) -> Floats:
    """Each deal's chance to be won from a model that saw neither it nor an exact copy of it. x: (deals, p), the
    intercept first."""
    if not len(won):
        return np.zeros(0)
    fold, chance = _folds(rows, won, seed), np.full(len(won), won.mean())
    for held_out in range(FOLDS):
        seen = fold != held_out
        if 0 < won[seen].sum() < seen.sum():
            peak, _ = pooled_peak(x[seen], won[seen], 1)
            chance[~seen] = expit(x[~seen] @ peak.coefficients)
    return chance


def calibration(chance: Floats, won: Flags) -> tuple[Bin, ...]:
    """Tenths of the deals by predicted chance, lowest first."""
    tenths = np.array_split(np.argsort(chance, kind="stable"), min(BINS, max(1, len(won))))
    return tuple(Bin(float(chance[t].mean()), float(won[t].mean()), len(t)) for t in tenths if len(t))


def _folds(rows: Sequence[Hashable], won: Flags, seed: int) -> NDArray[np.int64]:
    """Equal rows share a fold, unless so many are equal that the row is a common combination and not a copy.

    Won and lost deals are dealt evenly: folds of unlike win rates push the AUC of knowing nothing below one half.
    """
    numbers: dict[Hashable, int] = {}
    group = np.array([numbers.setdefault(row, len(numbers)) for row in rows], dtype=np.int64)
    common = np.bincount(group)[group] > max(FEWEST_COMMON, COMMON * len(rows))
    group[common] = len(numbers) + np.arange(int(common.sum()))
    _, group = np.unique(group, return_inverse=True)
    win_rate = np.bincount(group, weights=won) / np.bincount(group)
    order = np.lexsort((np.random.default_rng(seed).random(len(win_rate)), win_rate))
    fold = np.empty(len(order), dtype=np.int64)
    fold[order] = np.arange(len(order)) % FOLDS
    return np.asarray(fold[group])
