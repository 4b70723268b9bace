"""What a model answered, taken for what it is: data that may be anything."""

import json
import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from winward.engine.reading import KINDS

_FENCED = re.compile(r"\A\s*(?:<think>.*?</think>\s*)?```(?:json)?\s*(.*?)\s*```\s*\Z", re.DOTALL)


class Malformed(ValueError):
    """An answer that can't be read as one."""


@dataclass(frozen=True, slots=True)
class Claim:
    """One signal as the model states it. Nothing of it is checked against the passage yet.

    chances: probability by known kind, between 0 and 1. strength, polarity: None where there is none to be used.
    """

    quote: str
    chances: dict[str, float]
    strength: float | None
    polarity: float | None
    about: str


@dataclass(frozen=True, slots=True)
class Claims:
    """Of one passage. unreadable: signals without quote or known kind. unknown_kinds: kinds that are none of ours."""

    claims: tuple[Claim, ...]
    unreadable: int = 0
    unknown_kinds: int = 0

    def packed(self) -> bytes:
        return json.dumps(asdict(self)).encode()


def unpacked(content: bytes) -> Claims | None:
    """What `packed` wrote, or None where it isn't that."""
    try:
        kept = json.loads(content)
        claims = tuple(Claim(**claim) for claim in kept["claims"])
        return Claims(claims, kept["unreadable"], kept["unknown_kinds"])
    except (ValueError, TypeError, KeyError, RecursionError):
        return None


def json_in(text: str) -> Any:
    """The JSON that a model answered with, perhaps fenced. Raises Malformed."""
    fenced = _FENCED.match(text)
    try:
        return json.loads(fenced[1] if fenced else text)
    except (ValueError, RecursionError):
        raise Malformed("the answer is no JSON") from None


def read_answer(text: str, count: int) -> dict[int, Claims]:
    """The claims by passage, 0 to `count` - 1. A passage that is missing in the answer is missing here.

    Raises Malformed where the answer as a whole is none.
    """
    answer = json_in(text)
    passages = answer.get("passages") if isinstance(answer, dict) else None
    if not isinstance(passages, list):
        raise Malformed("the answer holds no list of passages")
    found: dict[int, Claims] = {}
    for passage in passages:
        number = passage.get("number") if isinstance(passage, dict) else None
        signals = passage.get("signals") if isinstance(passage, dict) else None
        # The first answer to a passage counts; a number that was not asked for points at nothing.
        if type(number) is int and 1 <= number <= count and isinstance(signals, list):
            found.setdefault(number - 1, _claims(signals))
    return found


def _claims(signals: Sequence[Any]) -> Claims:
    claims, unknown = [], 0
    for signal in signals:
        if isinstance(signal, dict):
            chances, strangers = _chances(signal.get("kinds"))
            unknown += strangers
            if chances and isinstance(signal.get("quote"), str):
                claims.append(_claim(signal, chances))
    return Claims(tuple(claims), len(signals) - len(claims), unknown)


def _claim(signal: Mapping[str, Any], chances: dict[str, float]) -> Claim:
    about = signal.get("about")
    return Claim(
        signal["quote"],
        chances,
        _between(signal.get("strength"), 0, 1),
        _between(signal.get("polarity"), -1, 1),
        about if isinstance(about, str) else "",
    )


def _chances(kinds: object) -> tuple[dict[str, float], int]:
    """Probability by known kind, the highest where one is named twice, and how many kinds are unknown."""
    chances: dict[str, float] = {}
    unknown = 0
    for entry in kinds if isinstance(kinds, list) else ():
        kind = entry.get("kind") if isinstance(entry, dict) else None
        chance = _between(entry.get("probability"), 0, 1) if isinstance(entry, dict) else None
        if kind not in KINDS:
            unknown += 1
        elif chance is not None:
            chances[kind] = max(chance, chances.get(kind, 0.0))
    return chances, unknown


def _between(value: object, low: float, high: float) -> float | None:
    """The number, cut to the range; None where it is no number."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    try:
        number = float(value)
    except OverflowError:
        return None
    return None if math.isnan(number) else min(high, max(low, number))
