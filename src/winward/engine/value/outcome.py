"""What a chain comes to: draws of every quantity, the bottom line's range, what drives it, and where it breaks even.

Inputs are drawn independently, each by Latin hypercube, so that so many draws carry little noise of their own.
Sources: McKay, Beckman and Conover (1979), Latin hypercube sampling; Plischke, Borgonovo and Smith (2013), first-order
indices from given data.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import brentq

from winward.engine.value.chain import Checked
from winward.engine.value.formulas import evaluate, parse
from winward.engine.value.ranges import Floats, Range

# Enough for two digits (another seed moves the ends of the range by about 0.3%), and quick enough to answer a change.
DRAWS = 20_000
BINS = 50
FEWER = 4_000
RANGE = np.array([0.05, 0.5, 0.95])
# A drawing of the result has so many bars, and leaves out one draw in a hundred on either side.
BARS, SHOWN = 40, np.array([0.01, 0.99])
Direction = Literal["at least", "at most"]


@dataclass(frozen=True, slots=True)
class Estimate:
    """Median and 90% range of a quantity, in its own unit."""

    name: str
    unit: str
    median: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Driver:
    """An input, and how much of the result's spread it explains by itself (0 to 1).

    at_low, at_high: the result's median while the input is in its lowest and in its highest tenth.
    """

    name: str
    share: float
    at_low: float
    at_high: float


@dataclass(frozen=True, slots=True)
class BreakEven:
    """The input must be at least (or at most) `value`, in its own unit, for the result's median to reach what it is
    held against, all else as it is. chance: that the input is there."""

    name: str
    unit: str
    direction: Direction
    value: float
    chance: float


@dataclass(frozen=True, slots=True)
class Shape:
    """How the result is distributed. low, high: its 1st and 99th percentile, in its own unit. bars: the share of all
    draws in each of as many equal parts between them; none where it is known."""

    low: float
    high: float
    bars: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Outcome:
    """result: the bottom line. chance: that it reaches what it is held against (0 where nothing is named).
    estimates: of every quantity, in the order of need. drivers: the strongest first. break_even: in their order; an
    input is left out where the result stays on one side whatever it is."""

    result: Estimate
    shape: Shape
    chance: float
    estimates: tuple[Estimate, ...]
    drivers: tuple[Driver, ...]
    break_even: tuple[BreakEven, ...]


@dataclass(frozen=True, slots=True)
class _Drawn:
    """values: (draws,) of an input, in base units. place: (draws,) each value's place among them, from the lowest."""

    values: Floats
    place: NDArray[np.int64]


def work_out(checked: Checked, seed: int, draws: int = DRAWS) -> Outcome:
    """Raises FloatingPointError where the result isn't finite (a formula divides by what can be nothing)."""
    inputs = _inputs(checked, seed, draws)
    values = _through(checked, {name: drawn.values for name, drawn in inputs.items()})
    result = np.broadcast_to(values[checked.chain.result], draws)
    if not np.isfinite(result).all():
        raise FloatingPointError(f"“{checked.chain.result}” is not finite in every draw; does a formula divide by 0?")
    ahead = result - _against(checked, values)
    drivers = _drivers(checked, inputs, np.asarray(result))
    few = {name: np.broadcast_to(drawn, draws)[:FEWER] for name, drawn in values.items()}
    found = [_break_even(checked, few, name) for name in (*(one.name for one in drivers), *_only_against(checked))]
    estimates = tuple(_estimate(checked, name, values[name]) for name in checked.order)
    return Outcome(
        result=next(one for one in estimates if one.name == checked.chain.result),
        shape=_shape(result / checked.units[checked.chain.result].factor),
        chance=float((ahead >= 0).mean()),
        estimates=estimates,
        drivers=drivers,
        break_even=tuple(one for one in found if one is not None),
    )


def _inputs(checked: Checked, seed: int, draws: int) -> dict[str, _Drawn]:
    random = np.random.default_rng(seed)
    return {name: _drawn(checked.ranges[name], random, draws) for name in sorted(checked.ranges)}


def _drawn(known: Range, random: np.random.Generator, draws: int) -> _Drawn:
    """One draw from each of `draws` equal parts of the distribution, in random order."""
    place = random.permutation(draws)
    return _Drawn(known.at((place + random.random(draws)) / draws), place)


def _through(checked: Checked, inputs: Mapping[str, Floats]) -> dict[str, Floats]:
    """Every quantity's draws, in base units."""
    values = dict(inputs)
    _work_through(checked, values, checked.order)
    return values


def _work_through(checked: Checked, values: dict[str, Floats], names: Iterable[str]) -> None:
    """Put the draws of these formulas, each after what it needs, among the values."""
    whole_of = {one.name: one.part_of for one in checked.chain.quantities if one.part_of}
    of = {one.name: one for one in checked.chain.quantities}
    for name in names:
        if not of[name].is_input:
            values[name] = evaluate(parse(of[name].formula), values, whole_of)


def _against(checked: Checked, values: Mapping[str, Floats]) -> Floats | float:
    return values[checked.chain.against] if checked.chain.against else 0.0


def _estimate(checked: Checked, name: str, drawn: Floats) -> Estimate:
    unit, known = checked.units[name], checked.ranges.get(name)
    found = known.at(RANGE) if known else _quantiles(drawn, RANGE)
    low, median, high = (found / unit.factor).tolist()
    return Estimate(name, unit.text, median, low, high)


def _quantiles(drawn: Floats, chances: Floats) -> Floats:
    """As np.quantile, in a third of its time."""
    ranked = np.sort(np.atleast_1d(drawn))
    return np.asarray(np.interp(chances * (len(ranked) - 1), np.arange(len(ranked)), ranked))


def _shape(result: Floats) -> Shape:
    low, high = _quantiles(result, SHOWN).tolist()
    if not low < high:
        return Shape(low, high, ())
    counts, _ = np.histogram(result, BARS, (low, high))
    return Shape(low, high, tuple((counts / len(result)).tolist()))


def _drivers(checked: Checked, inputs: Mapping[str, _Drawn], result: Floats) -> tuple[Driver, ...]:
    """Over the result's ranks, so that a long tail doesn't hide what moves the bulk of it."""
    ranks, told = _ranks(result), result / checked.units[checked.chain.result].factor
    uncertain = [name for name in checked.under(checked.chain.result) & inputs.keys() if checked.ranges[name].spread]
    found = [_driver(name, inputs[name], ranks, told) for name in uncertain]
    return tuple(sorted(found, key=lambda one: (-one.share, one.name)))


def _ranks(result: Floats) -> Floats:
    """From 0. Which of those that are alike comes first is left to chance."""
    ranks = np.zeros(len(result))
    if np.ptp(result):
        ranks[np.argsort(result)] = np.arange(len(result))
    return ranks


def _only_against(checked: Checked) -> list[str]:
    """Uncertain inputs of what the result is held against that the result itself doesn't rest on."""
    if not checked.chain.against:
        return []
    others = checked.under(checked.chain.against) - checked.under(checked.chain.result)
    return sorted(name for name in others & checked.ranges.keys() if checked.ranges[name].spread)


def _driver(name: str, drawn: _Drawn, ranks: Floats, result: Floats) -> Driver:
    tenth = len(ranks) // 10
    low, high = drawn.place < tenth, drawn.place >= len(ranks) - tenth
    share = _share(drawn.place * BINS // len(ranks), ranks)
    return Driver(name, share, float(np.median(result[low])), float(np.median(result[high])))


def _share(group: NDArray[np.int64], ranks: Floats) -> float:
    """The variance of the groups' means over the whole variance, less what means of so many draws vary by chance."""
    whole = float(ranks.var())
    if not whole:
        return 0.0
    size, total = np.bincount(group), np.bincount(group, weights=ranks)
    within = np.bincount(group, weights=ranks**2) / size - (total / size) ** 2
    return min(1.0, max(0.0, float(np.var(total / size) - np.mean(within / size)) / whole))


def _break_even(checked: Checked, drawn: Mapping[str, Floats], name: str) -> BreakEven | None:
    """drawn: of every quantity; only what rests on this one is worked out anew."""
    known, unit = checked.ranges[name], checked.units[name]
    resting = [other for other in checked.order if other != name and name in checked.under(other)]

    def ahead(chance: float) -> float:
        values = {**drawn, name: np.full_like(drawn[name], known.at(np.array([chance]))[0])}
        _work_through(checked, values, resting)
        return float(np.median(values[checked.chain.result] - _against(checked, values)))

    bottom, top = 1e-9, 1 - 1e-9
    at_bottom, at_top = ahead(bottom), ahead(top)
    if not (np.isfinite(at_bottom) and np.isfinite(at_top)) or (at_bottom < 0) == (at_top < 0):
        return None
    chance = float(brentq(ahead, bottom, top, xtol=1e-6))
    value = float(known.at(np.array([chance]))[0]) / unit.factor
    rising = at_top > at_bottom
    return BreakEven(name, unit.text, "at least" if rising else "at most", value, 1 - chance if rising else chance)
