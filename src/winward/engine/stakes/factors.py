"""The columns of a deal file as factors: which levels each deal has, and which columns are no factors, and why."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

import numpy as np

from winward.engine.stakes.coding import MISSING, OTHER, Cell, Column, as_numbers, is_missing, level_flags, levels
from winward.engine.stakes.exposure import Flags, Floats
from winward.engine.stakes.leaks import leaks

LEAKS: Final = "leaks the outcome"
FEWEST_NUMBERS = 6


@dataclass(frozen=True, slots=True)
class Factor:
    """name: the column's. levels: their names. flags: (deals, levels)."""

    name: str
    levels: list[str]
    flags: Floats


def factors(columns: Mapping[str, Column], won: Flags) -> tuple[list[Factor], dict[str, str]]:
    """The factors, and for each other column the reason why it is none."""
    found, left_out = [], {}
    for name, column in columns.items():
        if len(column) != len(won):
            raise ValueError(f"column {name!r} has {len(column)} values for {len(won)} deals")
        reason = _unfit(column, won)
        if reason:
            left_out[name] = reason
        else:
            found.append(_factor(name, column))
    return found, left_out


def _unfit(column: Column, won: Flags) -> str:
    """Why the column is no factor, or nothing."""
    if len(set(column)) < 2:
        return "has one value only"
    if leaks(column, won):
        return LEAKS
    named = _named(column)
    if named.count(OTHER) > len(named) / 2:
        return "has too many different values"
    return "" if len(set(named)) > 1 else "has one value only"


def _factor(name: str, column: Column) -> Factor:
    return Factor(name, *level_flags(_named(column)))


def _named(column: Column) -> list[str]:
    numbers = as_numbers(column)
    if numbers is None or len(np.unique(numbers[~np.isnan(numbers)])) < FEWEST_NUMBERS:
        return levels(column)
    return _thirds(column, numbers)


def _thirds(column: Column, numbers: Floats) -> list[str]:
    """Low, middle and high thirds, named by their bounds."""
    first, second = np.nanquantile(numbers, [1 / 3, 2 / 3])
    names = (f"up to {first:g}", f"{first:g} to {second:g}", f"above {second:g}")
    return [
        MISSING if is_missing(cell) else names[int(number > first) + int(number > second)]
        for cell, number in zip(column, numbers.tolist(), strict=True)
    ]


def row_copies(columns: Mapping[str, Column], deals: int) -> list[tuple[Cell, ...]]:
    """Each deal's row as one value, so that exact copies are equal."""
    return list(zip(*columns.values(), strict=True)) if columns else [()] * deals
