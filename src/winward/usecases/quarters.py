"""Quarters of a year by their names, such as "2026 Q3"."""

import re
from collections.abc import Iterator
from datetime import date, timedelta


def quarter_of(day: date) -> str:
    return f"{day.year} Q{(day.month + 2) // 3}"


def bounds(quarter: str) -> tuple[date, date]:
    """Its first and last day. Raises ValueError."""
    found = re.fullmatch(r"(\d{4}) ?Q([1-4])", quarter)
    if not found:
        raise ValueError(f'"{quarter}" is no quarter; write it as in "2026 Q3".')
    year, number = int(found[1]), int(found[2])
    first = date(year, 3 * number - 2, 1)
    following = date(year + number // 4, 3 * (number % 4) + 1, 1)
    return first, following - timedelta(days=1)


def newest(last: date, count: int) -> Iterator[str]:
    """The quarter that `last` is in and those before it, newest first."""
    for _ in range(count):
        name = quarter_of(last)
        yield name
        last = bounds(name)[0] - timedelta(days=1)
