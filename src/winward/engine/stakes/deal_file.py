"""The honest table for the columns of any deal file: which levels go with winning or losing, if any."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray
from scipy.special import expit

from winward.engine.stakes.coding import OTHER, Column
from winward.engine.stakes.differences import FEWEST_DEALS, pooled_peak, sampled
from winward.engine.stakes.exposure import Flags, Floats
from winward.engine.stakes.factors import LEAKS, Factor, factors, row_copies
from winward.engine.stakes.leaks import auc
from winward.engine.stakes.logistic import Peak, climb
from winward.engine.stakes.marginal import Marginal, marginal, toggled
from winward.engine.stakes.pooling import precision_in_question
from winward.engine.stakes.validation import Bin, calibration, foretold
from winward.engine.stakes.verdicts import Verdict, discoveries, verdict


@dataclass(frozen=True, slots=True)
class Driver:
    """One level of one column against the column's other levels. won: deals won with it. Differences are of win rates,
    −1 to 1: raw, and adjusted for the other columns with its interval. lost_amount: None without amounts."""

    factor: str
    level: str
    deals: int
    won: int
    raw_difference: float
    difference: float
    low: float
    high: float
    verdict: Verdict | Literal["leaks the outcome"]
    lost_amount: float | None


@dataclass(frozen=True, slots=True)
class Drivers:
    """rows: one a level, by column. left_out: column → why it is no factor. auc, calibration: cross-validated, exact
    copies of a row in one fold."""

    rows: tuple[Driver, ...]
    left_out: dict[str, str]
    auc: float
    calibration: tuple[Bin, ...]


def drivers(
    columns: Mapping[str, Column],
    won: Sequence[bool],
    amount: Sequence[float | None] | None = None,
    seed: int = 0,
    level: float = 0.90,
) -> Drivers:
    """Which levels of which columns are associated with winning or losing closed deals.

    Columns of numbers are taken by thirds, levels of fewer than five deals are pooled, and a column that gives the
    outcome away is reported as such. Among all levels of all columns, about one finding in ten or fewer is false.
    Raises ValueError where a column has another length than `won`.
    """
    outcome = np.array(won, dtype=bool)
    found, left_out = factors(columns, outcome)
    x = np.hstack([np.ones((len(outcome), 1)), *(factor.flags for factor in found)])
    rows = _rows(found, x, outcome, _amounts(amount, len(outcome)), seed, level)
    leaking = [name for name, reason in left_out.items() if reason == LEAKS]
    # What knows the outcome would part alike deals by it, and then leave whole folds of one outcome.
    known_before = {name: column for name, column in columns.items() if name not in leaking}
    chance = foretold(x, outcome, row_copies(known_before, len(outcome)), seed)
    return Drivers(
        (*rows, *(_leak(name, outcome) for name in leaking)),
        left_out,
        auc(chance, outcome),
        calibration(chance, outcome),
    )


@dataclass(frozen=True, slots=True)
class _Level:
    """Where a level stands: its column in the design, and those of its factor, first to last."""

    factor: str
    name: str
    column: int
    first: int
    last: int


def _rows(found: list[Factor], x: Floats, won: Flags, amount: Floats | None, seed: int, level: float) -> list[Driver]:
    places = _places(found)
    if len(won) < FEWEST_DEALS or won.all() or not won.any() or not places:
        return [_row(place, x, won, amount, 0.0, (-1.0, 1.0), "can't tell") for place in places]
    pooled, spread = pooled_peak(x, won, 1)
    some = sampled(len(x), seed)
    marginals = [_in_question(place, x, won, pooled, spread, some) for place in places]
    points = [against_the_rest(x[some], pooled.coefficients, place, x.mean(axis=0)) for place in places]
    intervals = [own.interval(level) for own in marginals]
    named = discoveries(np.array([own.doubt for own in marginals])).tolist()
    return [
        _row(place, x, won, amount, min(max(point, low), high), (low, high), verdict(name, low, high))
        for place, point, (low, high), name in zip(places, points, intervals, named, strict=True)
    ]


def _in_question(place: _Level, x: Floats, won: Flags, pooled: Peak, spread: float, some: NDArray[np.intp]) -> Marginal:
    """The posterior of one level's coefficient. The other levels of its column are left out, so that it is told from
    all of them together; levels of other columns are pooled."""
    kept = np.concatenate([np.arange(place.first), np.arange(place.last, x.shape[1]), [place.column]])
    beside, at = x[:, kept], len(kept) - 1
    precision = precision_in_question(1, at, spread, at - 1)
    peak = climb(beside, won, precision, pooled.coefficients[kept])
    return marginal(beside, won, precision, at, peak, toggled(beside[some], at))


def against_the_rest(x: Floats, coefficients: Floats, place: _Level, share: Floats) -> float:
    """The average difference of the win probability between a level and the others of its column: deals of other
    levels are moved to it, its own to the others' mean. x: (deals, p). share: (p,), how frequent each column is."""
    own, field = x[:, place.column] > 0, slice(place.first, place.last)
    weight = np.where(np.arange(place.first, place.last) == place.column, 0.0, share[field])
    rest = coefficients[field] @ weight / max(weight.sum(), 1e-12)
    theirs = x[:, field] @ coefficients[field]
    elsewhere = x @ coefficients - theirs
    moved_to = expit(elsewhere + coefficients[place.column])
    return float((moved_to - expit(elsewhere + np.where(own, rest, theirs))).mean())


def _places(found: list[Factor]) -> list[_Level]:
    places, first = [], 1
    for factor in found:
        last = first + len(factor.levels)
        places += [_Level(factor.name, name, first + at, first, last) for at, name in enumerate(factor.levels)]
        first = last
    return [place for place in places if place.name != OTHER]


def _row(
    place: _Level,
    x: Floats,
    won: Flags,
    amount: Floats | None,
    difference: float,
    interval: tuple[float, float],
    said: Verdict,
) -> Driver:
    own = x[:, place.column] > 0
    raw = float(won[own].mean() - won[~own].mean())
    lost = None if amount is None else float(amount[own & ~won].sum())
    return Driver(place.factor, place.name, int(own.sum()), int(won[own].sum()), raw, difference, *interval, said, lost)


def _leak(name: str, won: Flags) -> Driver:
    return Driver(name, "", len(won), int(won.sum()), 0.0, 0.0, -1.0, 1.0, LEAKS, None)


def _amounts(amount: Sequence[float | None] | None, deals: int) -> Floats | None:
    """The amounts with 0 for unknown ones."""
    if amount is None:
        return None
    if len(amount) != deals:
        raise ValueError(f"{len(amount)} amounts for {deals} deals")
    return np.nan_to_num(np.array(amount, dtype=np.float64))
