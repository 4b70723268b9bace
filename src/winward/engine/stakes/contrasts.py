"""How much more often things come up in one group than in the others, among rows that say about as much."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtr, ndtri

from winward.engine.stakes.exposure import Flags, Floats

Counts = NDArray[np.int64]

FEWEST_A_STRATUM = 15
MOST_STRATA = 12


@dataclass(frozen=True, slots=True)
class Contrast:
    """One entry a column. here, elsewhere: in how many rows of the group, and of the others, it came up. difference:
    of the two shares, −1 to 1, among rows that say about as much, with its interval. doubt: two-sided, 0 to 1, that
    they don't differ; 1 where nothing can be compared."""

    here: Counts
    elsewhere: Counts
    difference: Floats
    low: Floats
    high: Floats
    doubt: Floats


def strata(recorded: Floats) -> Counts:
    """(rows,): which of up to twelve equal parts each row belongs to by how much was recorded of it; of fewer where
    rows are few. Three parts would leave a fifth of the difference that recording alone makes, five a tenth (Cochran
    1968)."""
    parts = min(MOST_STRATA, max(1, len(recorded) // FEWEST_A_STRATUM))
    bounds = np.quantile(recorded, np.arange(1, parts) / parts) if len(recorded) else np.zeros(0)
    return np.searchsorted(bounds, recorded, side="left").astype(np.int64)


def contrast(said: Flags, group: Flags, stratum: Counts, level: float = 0.90) -> Contrast:
    """said: (rows, columns). group: (rows,), those to tell from the others. stratum: (rows,), compared within.

    Each stratum weighs as much as it tells (Mantel and Haenszel 1959, whose test gives the doubt). The interval is
    Newcombe's hybrid of Wilson scores (1998, doi:10.1002/(SICI)1097-0258(19980430)17:8<873::AID-SIM779>3.0.CO;2-I) on
    the weighted shares, for as many rows as would tell as much at equal weight (Kish 1965).
    """
    here, elsewhere = _count(said, group, stratum), _count(said, ~group, stratum)
    inside, outside = _sizes(group, stratum), _sizes(~group, stratum)
    totals = here.sum(axis=0), elsewhere.sum(axis=0)
    both = (inside > 0) & (outside > 0)
    if not both.any():
        return Contrast(*totals, *_nothing(said.shape[1]))
    here, elsewhere, inside, outside = here[both], elsewhere[both], inside[both][:, None], outside[both][:, None]
    weight = inside * outside / (inside + outside)
    weight = weight / weight.sum()
    z = float(ndtri((1 + level) / 2))
    share, below, above = _share(here, inside, weight, z)
    other, other_below, other_above = _share(elsewhere, outside, weight, z)
    difference = share - other
    low = difference - np.hypot(share - below, other_above - other)
    high = difference + np.hypot(above - share, other - other_below)
    return Contrast(*totals, difference, low, high, _doubt(here, elsewhere, inside, outside))


def _count(said: Flags, group: Flags, stratum: Counts) -> Counts:
    """(strata, columns)."""
    parts = range(int(stratum.max(initial=0)) + 1)
    return np.array([said[group & (stratum == part)].sum(axis=0, dtype=np.int64) for part in parts])


def _sizes(group: Flags, stratum: Counts) -> Counts:
    return np.bincount(stratum[group], minlength=int(stratum.max(initial=0)) + 1)


def _nothing(columns: int) -> tuple[Floats, Floats, Floats, Floats]:
    return np.zeros(columns), np.full(columns, -1.0), np.ones(columns), np.ones(columns)


def _share(hits: Counts, of: Counts, weight: Floats, z: float) -> tuple[Floats, Floats, Floats]:
    """The weighted share and its interval, (columns,) each. hits: (strata, columns); of, weight: (strata, 1)."""
    share = (weight * hits / of).sum(axis=0)
    # So many rows of equal weight would tell as much.
    low, high = _wilson(share, 1 / float((weight**2 / of).sum()), z)
    return share, low, high


def _wilson(share: Floats, of: float, z: float) -> tuple[Floats, Floats]:
    """Source: Wilson (1927), doi:10.1080/01621459.1927.10502953."""
    middle = (share + z**2 / (2 * of)) / (1 + z**2 / of)
    half = z / (1 + z**2 / of) * np.sqrt(share * (1 - share) / of + z**2 / (4 * of**2))
    return np.maximum(middle - half, 0.0), np.minimum(middle + half, 1.0)


def _doubt(here: Counts, elsewhere: Counts, inside: Counts, outside: Counts) -> Floats:
    said, rows = here + elsewhere, inside + outside
    expected = inside * said / rows
    variance = inside * outside * said * (rows - said) / (rows**2 * np.maximum(rows - 1, 1))
    apart, sd = np.abs((here - expected).sum(axis=0)), np.sqrt(variance.sum(axis=0))
    return np.where(sd > 0, 2 * ndtr(-apart / np.where(sd > 0, sd, 1.0)), 1.0)
