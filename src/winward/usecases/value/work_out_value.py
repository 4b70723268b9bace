"""value: what a tactical gain comes to, from a chain's file: a range, what drives it, and what must be true."""

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from importlib.resources import files

from winward.engine.value import (
    BreakEven,
    Chain,
    ChainError,
    Driver,
    Estimate,
    Outcome,
    Quantity,
    Shape,
    check,
    work_out,
)
from winward.engine.value.formulas import parse, together
from winward.engine.value.stages import stages
from winward.sources.chains import ChainFile, read_chain
from winward.sources.yaml_files import FileProblem, FileProblems
from winward.usecases.sentences import quoted, rounded

TEMPLATES = ("time-saved", "win-rate", "churn", "support-load", "expansion", "risk-avoided")
MOST_CONDITIONS = 3
# What is as good as certain is no condition.
SURE = 0.99
# Units that aren't said as they are written, and those that are counted, which take an s.
NAMED = {"pp": "percentage points", "person": "people", "share": "of 1", "": ""}
COUNTED = re.compile(r"[a-z_]{3,}")
NOT_LINKED = "its range comes from the stake of a theme: add --link, so that the workspace is asked"


@dataclass(frozen=True, slots=True)
class Part:
    """One quantity of the chain, in its own unit, with what it is in words and its formula or source. stage: where in
    the chain it stands. needs: what its formula names. part_of: the whole of which it is a part. owner, review: of an
    assumption, who answers for it and the day to look again."""

    name: str
    says: str
    unit: str
    median: float
    low: float
    high: float
    formula: str
    source: str
    stage: str
    needs: tuple[str, ...]
    part_of: str
    owner: str
    review: date | None

    @property
    def assumed(self) -> bool:
        """It rests on no evidence."""
        return self.review is not None

    @property
    def called(self) -> str:
        return self.says or self.name.replace("_", " ")


@dataclass(frozen=True, slots=True)
class Worth:
    """sentence: the bottom line, without the name. result, parts: medians with 90% ranges; shape: how the result is
    distributed. against: the name of what it is held against, and chance: that it reaches that (0 where nothing is
    named). overlaps: what takes from one whole, and how it is counted. idle: quantities that lead nowhere."""

    name: str
    sentence: str
    result: Estimate
    shape: Shape
    against: str
    chance: float
    drivers: tuple[Driver, ...]
    break_even: tuple[BreakEven, ...]
    must_be_true: tuple[str, ...]
    overlaps: tuple[str, ...]
    parts: tuple[Part, ...]
    idle: tuple[str, ...]
    seed: int

    def part(self, name: str) -> Part:
        return next(one for one in self.parts if one.name == name)

    def overdue(self, today: date) -> list[Part]:
        """Assumptions that nobody looked at again on their day."""
        return [one for one in self.parts if one.review is not None and one.review < today]


def work_out_value(text: str, name: str) -> Worth:
    """From a file alone. name: the file's, for errors. Raises FileProblems with the line of all that is wrong."""
    file = read_chain(text, name)
    unlinked = [file.problem(one, "source", NOT_LINKED) for one, source in file.sources.items() if source.measure]
    if unlinked:
        raise FileProblems(name, unlinked)
    return worth_of_chain(file, file.chain)


def worth_of_chain(file: ChainFile, chain: Chain) -> Worth:
    """chain: the file's, with every range filled. Raises FileProblems."""
    try:
        outcome, idle = _outcome(chain, file.seed)
    except ChainError as error:
        raise file.problems(error) from error
    except FloatingPointError as error:
        raise FileProblems(file.written.name, [FileProblem(file.written.line(("result",)), str(error))]) from error
    return Worth(
        name=chain.name,
        sentence=_sentence(file, outcome.result, outcome.chance),
        result=outcome.result,
        shape=outcome.shape,
        against=chain.against,
        chance=outcome.chance if chain.against else 0.0,
        drivers=outcome.drivers,
        break_even=outcome.break_even,
        must_be_true=tuple(_condition(file, one) for one in outcome.break_even if one.chance < SURE)[:MOST_CONDITIONS],
        overlaps=_overlaps(file),
        parts=_parts(file, outcome),
        idle=idle,
        seed=file.seed,
    )


@lru_cache(maxsize=128)
def _outcome(chain: Chain, seed: int) -> tuple[Outcome, tuple[str, ...]]:
    """Kept, for a page that is drawn after a change needs what the change was checked by."""
    checked = check(chain)
    return work_out(checked, seed), checked.idle


def template(name: str) -> str:
    """A chain to begin with, as text. Raises KeyError."""
    if name not in TEMPLATES:
        raise KeyError(name)
    return files("winward.sources").joinpath("chain_templates", f"{name}.yaml").read_text("utf-8")


def _parts(file: ChainFile, outcome: Outcome) -> tuple[Part, ...]:
    of, stands = {one.name: one for one in file.chain.quantities}, stages(file.chain, file.stages)
    return tuple(_part(file, of[estimate.name], estimate, stands[estimate.name]) for estimate in outcome.estimates)


def _part(file: ChainFile, one: Quantity, estimate: Estimate, stage: str) -> Part:
    source = file.sources.get(one.name)
    return Part(
        name=one.name,
        says=file.says.get(one.name, ""),
        unit=estimate.unit,
        median=estimate.median,
        low=estimate.low,
        high=estimate.high,
        formula=one.formula,
        source=one.source,
        stage=stage,
        needs=parse(one.formula).names if one.formula else (),
        part_of=one.part_of,
        owner=source.owner if source else "",
        review=source.review if source else None,
    )


def _overlaps(file: ChainFile) -> tuple[str, ...]:
    """Which benefits take from the same, so that adding them up would count some of it twice."""
    of = {one.name: one.part_of for one in file.chain.quantities}
    groups = [names for one in file.chain.quantities if one.formula for names in together(parse(one.formula))]
    said = []
    for names in groups:
        of_whole = f" of {_called(file, of[names[0]])}" if of[names[0]] else ""
        said.append(f"{_named(file, names)} overlap: what they share{of_whole} counts once.")
    joined = {name for names in groups for name in names}
    for whole in dict.fromkeys(of.values()):
        names = [name for name in of if of[name] == whole and name not in joined]
        if whole and len(names) > 1:
            said.append(f"{_named(file, names)} are parts of {_called(file, whole)} and are never added up.")
    return tuple(said)


def _named(file: ChainFile, names: Sequence[str]) -> str:
    return quoted([_called(file, name) for name in names], most=len(names))


def _sentence(file: ChainFile, result: Estimate, chance: float) -> str:
    low, high = amount(result.low, result), amount(result.high, result)
    said = f"About {amount(result.median, result)} {in_words(result.unit)}"
    said += f", between {low} and {high} nine times in ten." if low != high else "."
    if not file.chain.against:
        return said
    return f"{said} It reaches {_called(file, file.chain.against)} with a chance of {_chance(chance)}."


def _condition(file: ChainFile, one: BreakEven) -> str:
    said = f"{_called(file, one.name)} is {one.direction} {told(one.value, one.unit)}"
    return f"{said} (the chance of that is {_chance(one.chance)})"


def told(value: float, unit: str) -> str:
    """A number with its unit: 2.7%, 1,200 EUR a year."""
    return f"{rounded(value)}%" if unit == "%" else f"{rounded(value)} {in_words(unit)}".rstrip()


def in_words(unit: str) -> str:
    """EUR/user/month as EUR per user per month, ticket/year as tickets a year."""
    first, slash, rest = unit.partition("/")
    first = NAMED.get(first, f"{first}s" if COUNTED.fullmatch(first) else first)
    return f"{first}{slash}{rest}".replace("/year", " a year").replace("*", " × ").replace("/", " per ")


def _called(file: ChainFile, name: str) -> str:
    return file.says.get(name) or name.replace("_", " ")


def amount(value: float, of: Estimate | Part) -> str:
    """One of its numbers, to the digits that its range leaves room for."""
    width = abs(of.high - of.low)
    digits = 0 if not width or not value else max(0, math.floor(math.log10(abs(value))) - math.floor(math.log10(width)))
    return rounded(value, digits + 2)


def _chance(chance: float) -> str:
    if chance > SURE:
        return "more than 99%"
    return "less than 1%" if chance < 0.01 else f"{chance:.0%}"
