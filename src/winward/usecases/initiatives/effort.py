"""Effort by skill, and what it adds up to: ranges add up to less than their ends do."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from winward.engine.value.ranges import Z95
from winward.usecases import sentences

# A variance so small, beside the squared mean, is that of known efforts.
NOTHING = 1e-9


@dataclass(frozen=True, slots=True)
class Effort:
    """Person-weeks of one skill, nine times in ten between low and high."""

    skill: str
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class TotalEffort:
    """low, high: person-weeks, nine times in ten between; middle: as likely more as less. sentence: how it adds up."""

    parts: tuple[Effort, ...]
    low: float
    middle: float
    high: float
    sentence: str


def total_effort(effort: Sequence[Mapping[str, Any]]) -> TotalEffort | None:
    """effort: as an initiative keeps it. None where nothing is estimated.

    Each part is taken for lognormal and independent of the others: that all of them come out at their worst is far
    less likely than one in twenty. Their sum is taken for a lognormal that begins somewhere above 0, by its mean,
    variance and skewness, which add up (Aitchison and Brown 1957, the three-parameter lognormal).
    """
    parts = tuple(Effort(one["skill"], float(one["low"]), float(one["high"])) for one in effort)
    if not parts:
        return None
    low, middle, high = _sum([_moments(one) for one in parts])
    return TotalEffort(parts, low, middle, high, _sentence(low, high, len(parts)))


def _moments(one: Effort) -> tuple[float, float, float]:
    """Mean, variance and third central moment."""
    spread = math.log(one.high / one.low) / (2 * Z95)
    widening = math.expm1(spread * spread)
    mean = math.sqrt(one.low * one.high) * math.exp(spread * spread / 2)
    variance = widening * mean * mean
    return mean, variance, variance**1.5 * (widening + 3) * math.sqrt(widening)


def _sum(moments: Sequence[tuple[float, float, float]]) -> tuple[float, float, float]:
    """The 5th, 50th and 95th percentile of the sum."""
    mean, variance, third = (sum(parts) for parts in zip(*moments, strict=True))
    if variance < NOTHING * mean * mean:
        return mean, mean, mean
    squared = (third / variance**1.5) ** 2
    root = math.sqrt(squared + squared * squared / 4)
    widening = math.cbrt(1 + squared / 2 + root) + math.cbrt(1 + squared / 2 - root) - 2
    spread = math.sqrt(math.log1p(widening))
    scale = math.sqrt(variance / (widening * (1 + widening)))
    begins = mean - scale * math.sqrt(1 + widening)
    low, middle, high = (begins + scale * math.exp(at * spread) for at in (-Z95, 0.0, Z95))
    return low, middle, high


def checked(effort: Sequence[tuple[str, str, str]]) -> list[dict[str, Any]]:
    """What a form says of each skill (name, low, high), as an initiative keeps it; lines without a skill are left out.
    One number stands for both ends. Raises ValueError, saying why."""
    return [_checked(*(part.strip() for part in line)) for line in effort if line[0].strip()]


def _checked(skill: str, low: str, high: str) -> dict[str, Any]:
    least, most = _weeks(skill, low or high), _weeks(skill, high or low)
    if least > most:
        raise ValueError(f"{skill}: {low} to {high} runs backwards; swap the two.")
    return {"skill": skill, "low": least, "high": most}


def _weeks(skill: str, text: str) -> float:
    try:
        weeks = float(text.replace(",", "."))
    except ValueError:
        raise ValueError(f"{skill}: “{text}” is no number of weeks.") from None
    if not 0 < weeks < 10_000:
        raise ValueError(f"{skill}: an effort is more than 0 person-weeks; take the skill out if it isn’t needed.")
    return weeks


def _sentence(low: float, high: float, parts: int) -> str:
    span = weeks(low, high)
    if low == high:
        return f"{span}."
    if parts == 1:
        return f"{span}, nine times in ten."
    return (
        f"{span}, nine times in ten. That is closer together than the ends add up to, "
        "for the skills are taken to miss independently of each other."
    )


def weeks(low: float, high: float) -> str:
    """As in "3 to 6 person-weeks"."""
    least, most = (sentences.rounded(end, 2) for end in (low, high))
    return f"{least} person-weeks" if least == most else f"{least} to {most} person-weeks"
