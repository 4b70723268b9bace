"""A value chain: named quantities with units, ranges and formulas, from a tactical gain to a business outcome."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from graphlib import CycleError, TopologicalSorter
from typing import Literal

from winward.engine.value.formulas import FormulaError, Kind, kind_of, parse
from winward.engine.value.ranges import Range, RangeError, Support, ranged
from winward.engine.value.units import Unit, UnitError, Units

Field = Literal["unit", "range", "value", "formula", "part_of", "source", "result", "against"]


@dataclass(frozen=True, slots=True)
class Quantity:
    """An input, with its 90% range (low and high alike where it is known) in `unit`, or a formula over others.

    support: "" takes the unit's own. part_of: the quantity that this one is a part of, so that parts of one whole are
    never added up as if they were different. source: where an input comes from.
    """

    name: str
    unit: str
    low: float | None = None
    high: float | None = None
    formula: str = ""
    support: Support | Literal[""] = ""
    part_of: str = ""
    source: str = ""

    @property
    def is_input(self) -> bool:
        return not self.formula


@dataclass(frozen=True, slots=True)
class Chain:
    """result: the quantity that is the bottom line. against: what the result must at least reach, a quantity of the
    same unit; empty for nothing. units: what else can be counted in this chain, such as "export"."""

    name: str
    result: str
    quantities: tuple[Quantity, ...]
    against: str = ""
    units: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong and what to do. quantity: its name, empty where it is the chain's. field: where it stands."""

    quantity: str
    field: Field
    message: str


class ChainError(ValueError):
    """problems: all that are wrong with the chain."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        super().__init__("; ".join(problem.message for problem in problems))
        self.problems = tuple(problems)


@dataclass(frozen=True, slots=True)
class Checked:
    """A chain that adds up. order: names, each after what it needs. ranges: of the inputs, in base units. units: of
    all quantities. needs: what each rests on directly."""

    chain: Chain
    order: tuple[str, ...]
    ranges: dict[str, Range]
    units: dict[str, Unit]
    needs: dict[str, frozenset[str]]

    def under(self, name: str) -> frozenset[str]:
        """All that this quantity rests on, and itself."""
        found, waiting = set[str](), [name]
        while waiting:
            now = waiting.pop()
            if now not in found:
                found.add(now)
                waiting += self.needs[now]
        return frozenset(found)

    @property
    def idle(self) -> tuple[str, ...]:
        """Quantities that neither the result nor what it is held against rests on."""
        used = self.under(self.chain.result) | (self.under(self.chain.against) if self.chain.against else frozenset())
        return tuple(one.name for one in self.chain.quantities if one.name not in used)


def check(chain: Chain) -> Checked:
    """Raises ChainError with every problem found: units, ranges, sources, formulas, circles, double counting."""
    known = Units(chain.units)
    problems: list[Problem] = [*_twice(chain), *_unnamed(chain)]
    units = {one.name: unit for one in chain.quantities if (unit := _unit(one, known, problems)) is not None}
    ranges = {
        one.name: found
        for one in chain.quantities
        if one.is_input and one.name in units and (found := _range(one, units[one.name], problems)) is not None
    }
    problems += [problem for one in chain.quantities for problem in _wording(one, chain)]
    if problems:
        raise ChainError(problems)
    needs = {one.name: _needs(one) for one in chain.quantities}
    order = _order(needs)
    problems += [*_mismatches(chain, order, units), *_bottom_line(chain, units)]
    if problems:
        raise ChainError(problems)
    return Checked(chain, order, ranges, units, needs)


def _twice(chain: Chain) -> Iterator[Problem]:
    names = [one.name for one in chain.quantities]
    for name in sorted({name for name in names if names.count(name) > 1}):
        yield Problem(name, "unit", f"“{name}” stands twice; give each quantity a name of its own.")


def _unnamed(chain: Chain) -> Iterator[Problem]:
    names = {one.name for one in chain.quantities}
    if chain.result not in names:
        yield Problem("", "result", f"The result “{chain.result}” is none of the quantities.")
    if chain.against and chain.against not in names:
        yield Problem("", "against", f"“{chain.against}”, which the result is held against, is none of the quantities.")


def _unit(one: Quantity, known: Units, problems: list[Problem]) -> Unit | None:
    try:
        return known.of(one.unit)
    except UnitError as error:
        problems.append(Problem(one.name, "unit", str(error)))
        return None


def _range(one: Quantity, unit: Unit, problems: list[Problem]) -> Range | None:
    if one.low is None or one.high is None:
        return None
    try:
        return ranged(one.low * unit.factor, one.high * unit.factor, one.support or unit.support)
    except RangeError as error:
        problems.append(Problem(one.name, "range", f"“{one.name}”: {error}"))
        return None


def _wording(one: Quantity, chain: Chain) -> Iterator[Problem]:
    """What can be told of a quantity from its own words."""
    names = {other.name for other in chain.quantities}
    if one.is_input and one.low is None:
        yield Problem(one.name, "range", f"“{one.name}” has neither a range, a value nor a formula; give it one.")
    if one.is_input and not one.source:
        yield Problem(
            one.name, "source", f"“{one.name}” has no source: say where it comes from, or that it is assumed."
        )
    if one.part_of and one.part_of not in names:
        yield Problem(
            one.name, "part_of", f"“{one.name}” is a part of “{one.part_of}”, which is none of the quantities."
        )
    if not one.is_input:
        yield from _formula(one, names)


def _formula(one: Quantity, names: set[str]) -> Iterator[Problem]:
    try:
        missing = [name for name in parse(one.formula).names if name not in names]
    except FormulaError as error:
        yield Problem(one.name, "formula", f"“{one.name}”: {error}")
        return
    for name in missing:
        yield Problem(one.name, "formula", f"“{one.name}” needs “{name}”, which is none of the quantities.")


def _order(needs: Mapping[str, frozenset[str]]) -> tuple[str, ...]:
    try:
        return tuple(TopologicalSorter(needs).static_order())
    except CycleError as error:
        circle: list[str] = error.args[1][::-1]
        said = " needs ".join(f"“{name}”" for name in circle)
        raise ChainError([Problem(circle[0], "formula", f"A circle: {said}. One of them must be an input.")]) from error


def _needs(one: Quantity) -> frozenset[str]:
    whole = {one.part_of} if one.part_of else set()
    return frozenset(whole if one.is_input else whole | set(parse(one.formula).names))


def _mismatches(chain: Chain, order: Sequence[str], units: dict[str, Unit]) -> Iterator[Problem]:
    """Formulas whose parts don't go together, or that don't give what the quantity's unit says."""
    of = {one.name: one for one in chain.quantities}
    kinds: dict[str, Kind] = {}
    for name in order:
        one, unit = of[name], units[name]
        own = frozenset([one.part_of]) if one.part_of else frozenset[str]()
        kinds[name] = Kind(unit.dimension, own)
        if one.part_of and units[one.part_of].dimension != unit.dimension:
            yield Problem(name, "part_of", f"“{name}” is in {one.unit}, the whole, “{one.part_of}”, is not.")
        if one.is_input:
            continue
        try:
            found = kind_of(parse(one.formula), kinds)
        except FormulaError as error:
            yield Problem(name, "formula", f"“{name}”: {error}")
            continue
        kinds[name] = Kind(unit.dimension, own or found.wholes)
        if found.dimension != unit.dimension:
            yield Problem(
                name, "formula", f"“{name}” should be in {one.unit}, but its formula gives {found.dimension}."
            )


def _bottom_line(chain: Chain, units: dict[str, Unit]) -> Iterator[Problem]:
    if chain.against and units[chain.against].dimension != units[chain.result].dimension:
        yield Problem("", "against", f"“{chain.result}” and “{chain.against}” have different units.")
