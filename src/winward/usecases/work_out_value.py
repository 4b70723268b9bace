"""value: what a tactical gain comes to, from a chain's file: a range, what drives it, and what must be true."""

import math
from dataclasses import dataclass
from importlib.resources import files

from winward.engine.value import BreakEven, ChainError, Driver, Estimate, check, work_out
from winward.sources.chains import ChainFile, read_chain
from winward.sources.yaml_files import FileProblem, FileProblems
from winward.usecases.sentences import rounded

TEMPLATES = ("time-saved", "win-rate", "churn", "support-load", "expansion", "risk-avoided")
MOST_CONDITIONS = 3
# What is as good as certain is no condition.
SURE = 0.99


@dataclass(frozen=True, slots=True)
class Part:
    """One quantity of the chain, in its own unit, with what it is in words and its formula or source. assumed: it
    rests on no evidence."""

    name: str
    says: str
    unit: str
    median: float
    low: float
    high: float
    formula: str
    source: str
    assumed: bool


@dataclass(frozen=True, slots=True)
class Worth:
    """sentence: the bottom line, without the name. result, parts: medians with 90% ranges. chance: that the result
    reaches what it is held against (0 where nothing is named). idle: quantities that lead nowhere."""

    name: str
    sentence: str
    result: Estimate
    against: str
    chance: float
    drivers: tuple[Driver, ...]
    break_even: tuple[BreakEven, ...]
    must_be_true: tuple[str, ...]
    parts: tuple[Part, ...]
    idle: tuple[str, ...]
    seed: int


def work_out_value(text: str, name: str) -> Worth:
    """name: the file's, for errors. Raises FileProblems with the line of everything that is wrong."""
    file = read_chain(text, name)
    try:
        checked = check(file.chain)
    except ChainError as error:
        raise file.problems(error) from error
    try:
        outcome = work_out(checked, file.seed)
    except FloatingPointError as error:
        raise FileProblems(name, [FileProblem(file.written.line(("result",)), str(error))]) from error
    return Worth(
        name=file.chain.name,
        sentence=_sentence(file, outcome.result, outcome.chance),
        result=outcome.result,
        against=file.chain.against,
        chance=outcome.chance,
        drivers=outcome.drivers,
        break_even=outcome.break_even,
        must_be_true=tuple(_condition(file, one) for one in outcome.break_even if one.chance < SURE)[:MOST_CONDITIONS],
        parts=tuple(_part(file, estimate) for estimate in outcome.estimates),
        idle=checked.idle,
        seed=file.seed,
    )


def template(name: str) -> str:
    """A chain to begin with, as text. Raises KeyError."""
    if name not in TEMPLATES:
        raise KeyError(name)
    return files("winward.sources").joinpath("chain_templates", f"{name}.yaml").read_text("utf-8")


def _part(file: ChainFile, estimate: Estimate) -> Part:
    one = next(quantity for quantity in file.chain.quantities if quantity.name == estimate.name)
    return Part(
        one.name, file.says.get(one.name, ""), estimate.unit, estimate.median, estimate.low, estimate.high, one.formula,
        one.source, one.name in file.assumed,
    )  # fmt: skip


def _sentence(file: ChainFile, result: Estimate, chance: float) -> str:
    low, high = _amount(result.low, result), _amount(result.high, result)
    said = (
        f"About {_amount(result.median, result)} {in_words(result.unit)}, between {low} and {high} nine times in ten."
    )
    if not file.chain.against:
        return said
    return f"{said} It reaches {_called(file, file.chain.against)} with a chance of {_chance(chance)}."


def _condition(file: ChainFile, one: BreakEven) -> str:
    said = f"{_called(file, one.name)} is {one.direction} {rounded(one.value)} {in_words(one.unit)}".rstrip()
    return f"{said} (the chance of that is {_chance(one.chance)})"


def in_words(unit: str) -> str:
    """EUR/user/month as EUR per user per month, EUR/year as EUR a year."""
    return unit.replace("/year", " a year").replace("*", " × ").replace("/", " per ")


def _called(file: ChainFile, name: str) -> str:
    return file.says.get(name) or name.replace("_", " ")


def _amount(value: float, estimate: Estimate) -> str:
    """To the digits that the range leaves room for."""
    width = abs(estimate.high - estimate.low)
    digits = 0 if not width or not value else max(0, math.floor(math.log10(abs(value))) - math.floor(math.log10(width)))
    return rounded(value, digits + 2)


def _chance(chance: float) -> str:
    if chance > SURE:
        return "more than 99%"
    return "less than 1%" if chance < 0.01 else f"{chance:.0%}"
