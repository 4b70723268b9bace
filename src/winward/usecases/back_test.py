"""back test: of which deals it would have been warned had it run all along, and how many of those were lost."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

import numpy as np

from winward.engine.stakes import estimate
from winward.engine.stakes.recall import alarms
from winward.records import history_rows, stake_rows
from winward.records.history_rows import History
from winward.records.stake_rows import WeighedDeal
from winward.usecases.group_themes import MAKING
from winward.usecases.quarters import bounds, newest
from winward.usecases.weighed import Evidence, exposure_of

# Enough to go by, and quick to look through while somebody waits.
NEWEST_DEALS, QUARTERS = 2_000, 8
CLOSED = ("won", "lost")


@dataclass(frozen=True, slots=True)
class Judged:
    """A deal that was open on the first day of a month of the back-test, as it was on the first such day on which it
    was warned of; else on the last. on: that day. state: how the deal ended. themes: those that it was warned for."""

    deal: int
    name: str
    on: date
    state: str
    themes: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class BackTest:
    """since: the first quarter judged, empty where too few deals have closed. deals: all of them, each once."""

    since: str
    deals: tuple[Judged, ...]


def back_test(seed: int) -> BackTest:
    """Judge the deals that have closed, month by month, by what had been said until then and by the outcomes known at
    the beginning of the quarter. At most the newest 2,000 closed deals, over their last eight quarters."""
    deals = _newest_closed(stake_rows.deals())
    if not deals:
        return BackTest("", ())
    past = _Past(deals, history_rows.of_deals([deal.id for deal in deals], MAKING), stake_rows.themes_in_use())
    judged: dict[int, Judged] = {}
    since = ""
    for quarter in reversed(list(newest(max(past.closed.values()), QUARTERS))):
        found = _quarter(past, quarter, seed)
        since = since or (quarter if found else "")
        for one in found:
            if one.deal not in judged or not judged[one.deal].themes:
                judged[one.deal] = one
    return BackTest(since, tuple(judged.values()))


class _Past:
    """Closed deals, and what had been recorded of them by any day."""

    def __init__(self, deals: Sequence[WeighedDeal], history: History, themes: list[int]) -> None:
        self.deals, self.themes = deals, themes
        self.closed = {deal.id: deal.closed_on for deal in deals if deal.closed_on is not None}
        self.ended = {deal.id: deal.state for deal in deals}
        self.talks, self.stages = _by_deal(history.talks), _by_deal(history.stages)
        self.mentions = _by_deal(history.mentions)
        self.column = {theme: at for at, theme in enumerate(themes)}

    def known_on(self, day: date) -> list[WeighedDeal]:
        """The deals whose outcome was known by then."""
        return [deal for deal in self.deals if self.closed[deal.id] < day]

    def open_on(self, day: date) -> list[WeighedDeal]:
        """The deals that were open and spoken of, as they stood."""
        running = [deal for deal in self.deals if self.closed[deal.id] >= day and _began(deal) < day]
        return [stood for deal in running if (stood := self._as_of(deal, day)).words > 0]

    def themes_of(self, deal: int, until: date) -> list[int]:
        """Columns of what had come up in it before `until`."""
        return [self.column[theme] for theme, day in self.mentions[deal] if day < until and theme in self.column]

    def _as_of(self, deal: WeighedDeal, day: date) -> WeighedDeal:
        talks = [words for on, words in self.talks[deal.id] if on < day]
        stages = sum(on < day for (on,) in self.stages[deal.id])
        age = None if deal.age is None else (day - _began(deal)).days
        return replace(deal, state="open", words=sum(talks), talks=len(talks), stages=stages, age=age)


def _quarter(past: _Past, quarter: str, seed: int) -> list[Judged]:
    """The deals that were open on the first day of any of its months, the earliest day first. None where the outcomes
    known before the quarter are too few to say anything."""
    first, last = bounds(quarter)
    known = past.known_on(first)
    days = [date(first.year, first.month + later, 1) for later in range(3)]
    asked = [(deal, day) for day in days if day <= last for deal in past.open_on(day)]
    if len({deal.state for deal in known}) < len(CLOSED) or not asked:
        return []
    evidence = _evidence(past, [(deal, first) for deal in known] + asked)
    is_open = evidence.where("open")
    closed = evidence.exposure.of(~is_open)
    warned = {
        one.deal: one.themes for one in alarms(estimate(closed, seed), closed, evidence.exposure.of(is_open), seed)
    }
    return [_judged(past, deal, day, warned.get(at, ())) for at, (deal, day) in enumerate(asked)]


def _evidence(past: _Past, stood: Sequence[tuple[WeighedDeal, date]]) -> Evidence:
    """Deals as they stood on a day."""
    mentions = np.zeros((len(stood), len(past.themes)), dtype=bool)
    for row, (deal, day) in enumerate(stood):
        mentions[row, past.themes_of(deal.id, day)] = True
    deals = [deal for deal, _ in stood]
    return Evidence(deals, past.themes, exposure_of(deals, mentions))


def _judged(past: _Past, deal: WeighedDeal, day: date, columns: Sequence[int]) -> Judged:
    return Judged(deal.id, deal.name, day, past.ended[deal.id], tuple(past.themes[column] for column in columns))


def _newest_closed(deals: Sequence[WeighedDeal]) -> list[WeighedDeal]:
    closed = [deal for deal in deals if deal.state in CLOSED and deal.closed_on is not None and deal.words > 0]
    return sorted(closed, key=lambda deal: (deal.closed_on or date.min, deal.id))[-NEWEST_DEALS:]


def _began(deal: WeighedDeal) -> date:
    """Before anything, where the CRM doesn't say."""
    if deal.age is None or deal.closed_on is None:
        return date.min
    return deal.closed_on - timedelta(days=deal.age)


def _by_deal(rows: Iterable[tuple[Any, ...]]) -> Mapping[int, list[tuple[Any, ...]]]:
    found: dict[int, list[tuple[Any, ...]]] = defaultdict(list)
    for deal, *rest in rows:
        found[deal].append(tuple(rest))
    return found
