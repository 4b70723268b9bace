"""Columns of a deal file, coded as numbers: standardised where numeric, one column a level where not."""

from collections import Counter
from collections.abc import Mapping, Sequence

import numpy as np

from winward.engine.stakes.exposure import Floats

Cell = str | float | None
Column = Sequence[Cell]

RARE = 5
MOST_LEVELS = 50
OTHER = "(other)"
MISSING = "(missing)"


def design(columns: Mapping[str, Column], deals: int, rare: int = RARE) -> Floats:
    """Covariates for an `Exposure`: (deals, c), finite.

    A column whose known values are all numbers becomes one standardised column, its gaps at the mean, with a flag for
    the gaps; any other becomes a flag a level, with levels of fewer than `rare` deals pooled and gaps a level of their
    own. Columns that don't vary are dropped. Raises ValueError where a column has another length than `deals`.
    """
    coded = [part for name, column in columns.items() for part in _coded(name, column, deals, rare)]
    varying = [part for part in coded if np.ptp(part) > 0] if deals else []
    return np.column_stack(varying) if varying else np.zeros((deals, 0))


def is_missing(cell: Cell) -> bool:
    return cell is None or cell != cell or (isinstance(cell, str) and not cell.strip())


def as_numbers(column: Column) -> Floats | None:
    """The column as numbers, NaN where missing; None where a known value isn't a finite number or none is known."""
    try:
        numbers = np.array([np.nan if is_missing(cell) else float(cell) for cell in column])  # type: ignore[arg-type]
    except (TypeError, ValueError):
        return None
    known = numbers[~np.isnan(numbers)]
    return numbers if len(known) and np.isfinite(known).all() else None


def levels(column: Column, rare: int = RARE) -> list[str]:
    """Each deal's level: the value, "(missing)", or "(other)" for values of fewer than `rare` deals and past the 50
    most frequent."""
    named = [MISSING if is_missing(cell) else str(cell).strip() for cell in column]
    kept = {level for level, deals in Counter(named).most_common(MOST_LEVELS) if deals >= rare}
    return [level if level in kept else OTHER for level in named]


def level_flags(levels_of_deals: Sequence[str]) -> tuple[list[str], Floats]:
    """The levels in order of their name, and (deals, levels) flags."""
    names, position = np.unique(np.array(levels_of_deals, dtype=object).astype(str), return_inverse=True)
    return names.tolist(), np.eye(len(names))[position]


def _coded(name: str, column: Column, deals: int, rare: int) -> list[Floats]:
    if len(column) != deals:
        raise ValueError(f"column {name!r} has {len(column)} values for {deals} deals")
    numbers = as_numbers(column)
    if numbers is None:
        return list(level_flags(levels(column, rare))[1].T) if deals else []
    gaps = np.isnan(numbers)
    filled = np.where(gaps, numbers[~gaps].mean(), numbers)
    spread = filled.std()
    return [(filled - filled.mean()) / (spread if spread > 0 else 1.0), gaps.astype(float)]
