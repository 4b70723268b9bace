"""When a theme came up: month by month against all that was said, and whether it comes up more than it did."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from winward.engine.themes.emerging import windows
from winward.records import who_rows
from winward.records.themes import Theme
from winward.usecases import sentences

MONTHS = 24


@dataclass(frozen=True, slots=True)
class Month:
    """documents: in which the theme came up, of all those in which customers said something."""

    first: date
    documents: int
    of: int


@dataclass(frozen=True, slots=True)
class Timeline:
    """months: the newest with evidence and those before it, at most 24, without a gap, oldest first."""

    sentence: str
    months: tuple[Month, ...]


def timeline(theme: Theme, spoken: Mapping[date, int]) -> Timeline:
    """spoken: documents by month in which the theme came up."""
    everything = who_rows.documents_by_month()
    if not everything:
        return Timeline("", ())
    shown = list(_between(min(everything), max(everything)))[-MONTHS:]
    months = tuple(Month(month, spoken.get(month, 0), everything.get(month, 0)) for month in shown)
    return Timeline(_sentence(theme, spoken, everything), months)


def _between(first: date, last: date) -> Iterator[date]:
    for number in range(first.year * 12 + first.month - 1, last.year * 12 + last.month):
        yield date(number // 12, number % 12 + 1, 1)


def _sentence(theme: Theme, spoken: Mapping[date, int], everything: Mapping[date, int]) -> str:
    window = windows(len(everything))
    if window is None:
        return f"{_share(list(everything), spoken, everything)}; too little history to say whether that is more."
    recent, history = window
    months = list(everything)
    now, before = months[-recent:], months[-recent - history : -recent]
    when = "In the last month" if recent == 1 else f"In the last {recent} months"
    earlier = f"{_share(before, spoken, everything)} in the {history} months before"
    said = f"{when} it came up in {_share(now, spoken, everything)}, after {earlier}."
    return f"{said} {sentences.moving(theme.trend, theme.growth, theme.growth_low, theme.growth_high)}".strip()


def _share(months: Sequence[date], spoken: Mapping[date, int], everything: Mapping[date, int]) -> str:
    found, of = sum(spoken.get(month, 0) for month in months), sum(everything[month] for month in months)
    return f"{found:,} of {of:,} document" + ("s" if of != 1 else "")
