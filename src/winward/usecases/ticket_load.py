"""How many tickets each theme makes, what share of all that is, and whether it becomes more."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

import numpy as np
from numpy.typing import NDArray

from winward.engine.stakes.contrasts import Contrast, contrast
from winward.engine.stakes.shares import share_with_interval
from winward.engine.stakes.verdicts import discoveries
from winward.records import answering_rows
from winward.usecases.churn_by_theme import LESS, MORE, UNCLEAR, between, side
from winward.usecases.quarters import newest, quarter_of

QUARTERS = 6
LATELY = timedelta(days=182)
TRENDS = {MORE: "growing", LESS: "easing"}


@dataclass(frozen=True, slots=True)
class ThemeTickets:
    """messages: of those tickets, in which it came up. share, low, high: of all tickets, with the 90% interval.

    carried: tickets shared equally over the themes in them, so that no ticket counts twice. by_quarter: oldest first.
    trend: "growing", "easing" or "can't tell", by the newest half-year beside the time before; the difference of the
    two shares lies between change_low and change_high, null where no ticket is older.
    """

    theme_id: int
    tickets: int
    messages: int
    share: float
    low: float
    high: float
    carried: float
    by_quarter: tuple[int, ...]
    trend: str
    change_low: float | None
    change_high: float | None
    sentence: str


@dataclass(frozen=True, slots=True)
class TicketLoad:
    """unsorted: tickets in which no theme came up. quarters: oldest first, ending with the newest ticket's."""

    tickets: int
    unsorted: int
    quarters: tuple[str, ...]
    themes: tuple[ThemeTickets, ...]


def ticket_load() -> TicketLoad:
    tickets, said = answering_rows.tickets(), answering_rows.tickets_said()
    days = [day for _, day in tickets if day]
    quarters = tuple(newest(max(days), QUARTERS))[::-1] if days else ()
    themes = sorted({theme for _, theme, _ in said})
    messages = _messages([ticket for ticket, _ in tickets], themes, said)
    trends = _trends(messages > 0, [day for _, day in tickets])
    return TicketLoad(
        tickets=len(tickets),
        unsorted=int((messages.sum(axis=1) == 0).sum()),
        quarters=quarters,
        themes=tuple(
            _of_theme(theme, at, messages, trends, [_quarter(day) for _, day in tickets], quarters)
            for at, theme in enumerate(themes)
        ),
    )


def _messages(tickets: Sequence[int], themes: Sequence[int], said: Sequence[tuple[int, int, int]]) -> NDArray[np.int64]:
    """(tickets, themes): in how many of the ticket's messages the theme came up."""
    row, column = ({number: at for at, number in enumerate(numbers)} for numbers in (tickets, themes))
    messages = np.zeros((len(tickets), len(themes)), dtype=np.int64)
    for ticket, theme, number in said:
        messages[row[ticket], column[theme]] = number
    return messages


def _quarter(day: date | None) -> str:
    return quarter_of(day) if day else ""


@dataclass(frozen=True, slots=True)
class _Trends:
    """comparable: there are tickets on both sides."""

    contrast: Contrast
    clear: NDArray[np.bool_]
    comparable: bool

    def of(self, at: int) -> tuple[str, float | None, float | None]:
        if not self.comparable:
            return UNCLEAR, None, None
        low, high = float(self.contrast.low[at]), float(self.contrast.high[at])
        found = side(bool(self.clear[at]), low, high)
        return TRENDS.get(found, found), low, high


def _trends(said: NDArray[np.bool_], days: Sequence[date | None]) -> _Trends:
    """The newest half-year beside the time before it; tickets without a day belong to neither."""
    dated = np.array([day is not None for day in days], dtype=bool)
    since = max((day for day in days if day), default=date.max) - LATELY
    lately = np.array([day > since for day in days if day], dtype=bool)
    found = contrast(said[dated], lately, np.zeros(len(lately), dtype=np.int64))
    return _Trends(found, discoveries(found.doubt), bool(lately.any() and not lately.all()))


def _of_theme(
    theme: int, at: int, messages: NDArray[np.int64], trends: _Trends, quarter: Sequence[str], quarters: Sequence[str]
) -> ThemeTickets:
    has = messages[:, at] > 0
    share, least, most = share_with_interval(int(has.sum()), len(has))
    themes_each = np.maximum((messages > 0).sum(axis=1), 1)
    trend, low, high = trends.of(at)
    its_quarters = [name for name, one in zip(quarter, has.tolist(), strict=True) if one]
    row = ThemeTickets(
        theme_id=theme,
        tickets=int(has.sum()),
        messages=int(messages[:, at].sum()),
        share=share,
        low=least,
        high=most,
        carried=float((has / themes_each).sum()),
        by_quarter=tuple(its_quarters.count(name) for name in quarters),
        trend=trend,
        change_low=low,
        change_high=high,
        sentence="",
    )
    return replace(row, sentence=_sentence(row, len(quarter)))


def _sentence(row: ThemeTickets, tickets: int) -> str:
    messages = f"{row.messages:,} message" + ("s" if row.messages != 1 else "")
    said = f"It came up in {row.tickets:,} of {tickets:,} tickets ({row.low:.0%} to {row.high:.0%}) and {messages}"
    if row.change_low is None or row.change_high is None:
        return f"{said}; all tickets are of the newest half-year, so that no trend can be told."
    change = between(row.change_low, row.change_high)
    if row.trend == UNCLEAR:
        return f"{said}; whether its share grows can’t be told yet ({change} in the newest half-year than before)."
    return f"{said}; its share is {row.trend}: {change} in the newest half-year than before."
