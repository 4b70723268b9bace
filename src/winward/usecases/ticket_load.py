"""How many tickets each theme makes, what share of all that is, and whether it becomes more."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
from numpy.typing import NDArray

from winward.engine.stakes.contrasts import Contrast, contrast
from winward.engine.stakes.verdicts import discoveries
from winward.records import answering_rows
from winward.usecases.churn_by_theme import LESS, MORE, side
from winward.usecases.matchups import counted
from winward.usecases.quarters import newest, quarter_of

QUARTERS = 6
LATELY = timedelta(days=182)
TRENDS = {MORE: "growing", LESS: "easing"}


@dataclass(frozen=True, slots=True)
class ThemeTickets:
    """messages: of those tickets, in which it came up. share, low, high: of all tickets, with the 90% interval.

    carried: tickets shared equally over the themes in them, so that no ticket counts twice. by_quarter: oldest first.
    trend: "growing", "easing" or "can't tell", by the newest half-year beside the time before; the difference of the
    two shares lies between change_low and change_high.
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
    change_low: float
    change_high: float


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
    contrast: Contrast
    clear: NDArray[np.bool_]

    def of(self, at: int) -> tuple[str, float, float]:
        low, high = float(self.contrast.low[at]), float(self.contrast.high[at])
        found = side(bool(self.clear[at]), low, high)
        return TRENDS.get(found, found), low, high


def _trends(said: NDArray[np.bool_], days: Sequence[date | None]) -> _Trends:
    """The newest half-year beside the time before it; tickets without a day belong to neither."""
    dated = np.array([day is not None for day in days], dtype=bool)
    since = max((day for day in days if day), default=date.max) - LATELY
    lately = np.array([day > since for day in days if day], dtype=bool)
    found = contrast(said[dated], lately, np.zeros(len(lately), dtype=np.int64))
    return _Trends(found, discoveries(found.doubt))


def _of_theme(
    theme: int, at: int, messages: NDArray[np.int64], trends: _Trends, quarter: Sequence[str], quarters: Sequence[str]
) -> ThemeTickets:
    has = messages[:, at] > 0
    share = counted("", int(has.sum()), int((~has).sum()))
    themes_each = np.maximum((messages > 0).sum(axis=1), 1)
    its_quarters = [name for name, one in zip(quarter, has.tolist(), strict=True) if one]
    return ThemeTickets(
        theme,
        int(has.sum()),
        int(messages[:, at].sum()),
        share.rate or 0.0,
        share.low or 0.0,
        share.high or 0.0,
        float((has / themes_each).sum()),
        tuple(its_quarters.count(name) for name in quarters),
        *trends.of(at),
    )
