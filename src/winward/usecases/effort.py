"""Effort by skill, and what it adds up to: ranges add up to less than their ends do."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from winward.engine.value.ranges import Z95
from winward.usecases import sentences


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

    Each part is taken for lognormal and independent of the others, and so is their sum (Fenton 1960, by its mean and
    variance): that all of them come out at their worst is far less likely than one in twenty.
    """
    parts = tuple(Effort(one["skill"], float(one["low"]), float(one["high"])) for one in effort)
    if not parts:
        return None
    spreads = [math.log(one.high / one.low) / (2 * Z95) for one in parts]
    means = [math.sqrt(one.low * one.high) * math.exp(s * s / 2) for one, s in zip(parts, spreads, strict=True)]
    mean = sum(means)
    variance = sum(math.expm1(s * s) * m * m for m, s in zip(means, spreads, strict=True))
    spread = math.sqrt(math.log1p(variance / mean**2))
    middle = mean * math.exp(-spread * spread / 2)
    low, high = middle * math.exp(-Z95 * spread), middle * math.exp(Z95 * spread)
    return TotalEffort(parts, low, middle, high, _sentence(low, high, len(parts)))


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
