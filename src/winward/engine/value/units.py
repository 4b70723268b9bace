"""Units: what a quantity is counted in, its dimension, and what values it can take at all."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache

import pint

from winward.engine.value.ranges import Support

COUNTED = (
    "account", "call", "click", "contract", "customer", "deal", "employee", "feature", "incident", "lead", "person",
    "release", "seat", "ticket", "user", "visit",
)  # fmt: skip
SHARES = frozenset(["share", "%", "percent"])
POINTS = "pp"
CURRENCY = re.compile(r"\b[A-Z]{3}\b")
# Names multiplied and divided; all else that pint would read (sums, numbers, calls) is no unit.
_NAME = r"(?:[A-Za-z]\w*(?:\^\d)?|1|%)"
WRITTEN = re.compile(rf"{_NAME}(?:\s*[*/]\s*{_NAME}){{0,9}}", re.ASCII)


class UnitError(ValueError):
    """The unit isn't known."""


@dataclass(frozen=True, slots=True)
class Dimension:
    """What is measured, whatever its scale: powers of money, time, users … Equal where two can be added."""

    powers: frozenset[tuple[str, float]]

    def __mul__(self, other: "Dimension") -> "Dimension":
        powers = dict(self.powers)
        for name, power in other.powers:
            powers[name] = powers.get(name, 0.0) + power
        return Dimension(_standing(powers))

    def __pow__(self, exponent: float) -> "Dimension":
        return Dimension(_standing({name: power * exponent for name, power in self.powers}))

    def __str__(self) -> str:
        if not self.powers:
            return "a plain number"
        above = [_power(name, power) for name, power in sorted(self.powers) if power > 0]
        below = [_power(name, -power) for name, power in sorted(self.powers) if power < 0]
        return " per ".join([" × ".join(above) or "a number", *below]) if below else " × ".join(above)


NUMBER = Dimension(frozenset())


@dataclass(frozen=True, slots=True)
class Unit:
    """factor: how many base units one of it is. support: the values that such a quantity can take."""

    text: str
    dimension: Dimension
    factor: float
    support: Support


class Units:
    """Time, money by currency, and what is counted: users, clicks, deals … and `counted` besides."""

    def __init__(self, counted: Iterable[str] = ()) -> None:
        self.counted = (*COUNTED, *counted)

    def of(self, text: str) -> Unit:
        """Raises UnitError for a unit that nobody declared."""
        name = text.strip()
        if name and not WRITTEN.fullmatch(name):
            raise UnitError(f"“{name}” is no unit; write one as in hour, EUR/year or ticket/user/month.")
        try:
            one = _registry(self.counted, tuple(sorted(set(CURRENCY.findall(name))))).Quantity(1.0, name or "share")
        except (pint.PintError, ValueError) as error:
            raise UnitError(f"“{name}” is no unit known here; if it is counted, add it to `units`.") from error
        base = one.to_base_units()
        powers: Mapping[str, float] = {key.strip("[]"): _number(power) for key, power in base.dimensionality.items()}
        return Unit(name, Dimension(_standing(powers)), float(base.magnitude), _support(name))


def _number(power: object) -> float:
    """pint's own types allow for powers that no unit here has."""
    return float(str(power))


def _standing(powers: Mapping[str, float]) -> frozenset[tuple[str, float]]:
    return frozenset((name, round(power, 9)) for name, power in powers.items() if abs(power) > 1e-9)


def _power(name: str, power: float) -> str:
    return name if power == 1 else f"{name}^{power:g}"


def _support(text: str) -> Support:
    if text in SHARES:
        return "share"
    return "any" if text == POINTS else "positive"


@lru_cache(maxsize=32)
def _registry(counted: tuple[str, ...], currencies: tuple[str, ...]) -> "pint.UnitRegistry[float]":
    registry: pint.UnitRegistry[float] = pint.UnitRegistry(on_redefinition="ignore")
    for name in (*counted, *currencies):
        registry.define(f"{name} = [{name}]")
    registry.define("share = []")
    registry.define(f"{POINTS} = 0.01")
    return registry
