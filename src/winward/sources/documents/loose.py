"""Reading values out of JSON whose shape can't be trusted: every answer has the asked type, whatever is there."""

from collections.abc import Iterable, Mapping
from typing import Any

from winward.sources.documents.decoding import clean

Json = Any
Record = Mapping[str, Json]


def record(value: Json) -> Record:
    return value if isinstance(value, dict) else {}


def records(value: Json) -> list[Record]:
    """The objects in a list; an empty list where it is none."""
    return [item for item in value if isinstance(item, dict)] if isinstance(value, list) else []


def text(value: Json) -> str:
    """Text, or a number as text; empty for anything else."""
    if isinstance(value, str):
        return clean(value).strip()
    return str(value) if isinstance(value, int | float) and not isinstance(value, bool) else ""


def first_text(value: Json, keys: Iterable[str]) -> str:
    """The first of the keys that holds text."""
    found = record(value)
    return next((said for key in keys if (said := text(found.get(key)))), "")


def number(value: Json) -> float | None:
    """A finite number, also where it is written as text."""
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        return None
    try:
        found = float(value)
    except (ValueError, OverflowError):
        return None
    return found if abs(found) < 1e15 else None


def milliseconds(value: Json, unit: int) -> int | None:
    """A time counted in units of `unit` milliseconds, None where there is none or it is negative."""
    found = number(value)
    return None if found is None or found < 0 else round(found * unit)
