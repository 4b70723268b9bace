"""By when customers need what an initiative serves: their open deals' expected days, and their renewals."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from winward.records import initiative_rows
from winward.records.initiative_rows import Waiting
from winward.usecases import sentences
from winward.usecases.group_themes import MAKING
from winward.usecases.initiatives import sums

DECIDES, RENEWS = "decides", "renews"
# Of what is ahead in money, so much may be decided without it before it is late: a small deal next week shouldn't set
# the day for all the others.
LATE_AT = 0.25


@dataclass(frozen=True, slots=True)
class Need:
    """Somebody waits for it. why: they decide on an open deal, or renew a won one. day: null where the CRM has none.
    value: in the company's currency, null where it isn't known; of a renewal a year's. overdue: the day is past, and
    the deal is still open. sets: the computed day is this one's."""

    day: date | None
    why: str
    deal_id: int
    deal: str
    account_id: int | None
    account: str
    value: float | None
    overdue: bool
    sets: bool
    sentence: str


@dataclass(frozen=True, slots=True)
class CustomerNeed:
    """day: the one that holds, a person's before the computed one. rows: by day, those without one last. value: of
    all that is ahead; unvalued: how many of it have no known value."""

    day: date | None
    by_hand: date | None
    computed: date | None
    sentence: str
    value: float
    unvalued: int
    rows: tuple[Need, ...]


@dataclass(frozen=True, slots=True)
class Calendar:
    """Who waits, by theme, loaded once for many initiatives."""

    open: Mapping[int, Sequence[Need]]
    recurring: Mapping[int, Sequence[Need]]


def calendar_of(themes: Sequence[int], today: date, currency: str) -> Calendar:
    return Calendar(
        _by_theme(initiative_rows.open_deals(themes, MAKING), lambda one: _decides(one, today, currency)),
        _by_theme(initiative_rows.recurring_deals(themes, MAKING), lambda one: _renews(one, today, currency)),
    )


def once(waiting: Mapping[int, Sequence[Need]], themes: Iterable[int]) -> list[Need]:
    """The deals that wait for any of the themes, each once."""
    return list({one.deal_id: one for theme in themes for one in waiting.get(theme, ())}.values())


def need_of(themes: Iterable[int], calendar: Calendar, by_hand: date | None = None) -> CustomerNeed:
    """Each deal counts once, however many of the themes it waits for."""
    wanted = list(themes)
    waiting = [*once(calendar.open, wanted), *once(calendar.recurring, wanted)]
    rows = sorted(waiting, key=lambda row: (row.day or date.max, -(row.value or 0.0), row.deal_id))
    ahead = [row for row in rows if row.day is not None and not row.overdue]
    first = _setting(ahead)
    return CustomerNeed(
        day=by_hand or (first.day if first else None),
        by_hand=by_hand,
        computed=first.day if first else None,
        sentence=_sentence(first, by_hand, rows),
        value=sum(row.value or 0.0 for row in ahead),
        unvalued=sum(row.value is None for row in ahead),
        rows=tuple(_marked(row, first) for row in rows),
    )


def next_renewal(won_on: date, today: date) -> date:
    """The first anniversary, a year or more after the day it was won, that isn't past. What was won on 29 February
    renews on the 28th in years without one."""
    years = max(1, today.year - won_on.year)
    this = _anniversary(won_on, years)
    return this if this >= today else _anniversary(won_on, years + 1)


def _anniversary(day: date, years: int) -> date:
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return date(day.year + years, 2, 28)


def _by_theme(waiting: Iterable[Waiting], need: Callable[[Waiting], Need]) -> dict[int, list[Need]]:
    found: dict[int, list[Need]] = {}
    for one in waiting:
        found.setdefault(one.theme, []).append(need(one))
    return found


def _decides(one: Waiting, today: date, currency: str) -> Need:
    overdue = one.closed_on is not None and one.closed_on < today
    worth = f"a deal of {sums.exactly(one.value, currency)}" if one.value is not None else "a deal of unknown value"
    said = f"{one.account or one.name} decides on {worth}."
    if overdue and one.closed_on:
        said = f"{one.account or one.name} was to decide on {worth} by {sums.on(one.closed_on)}; it is still open."
    return Need(
        one.closed_on, DECIDES, one.deal, one.name, one.account_id, one.account, one.value, overdue, False, said
    )


def _renews(one: Waiting, today: date, currency: str) -> Need:
    assert one.closed_on, "only won deals with their day are asked for"
    worth = f"{sums.exactly(one.value, currency)} a year" if one.value is not None else "what it pays a year"
    said, day = f"{one.account} renews {worth}.", next_renewal(one.closed_on, today)
    return Need(day, RENEWS, one.deal, one.name, one.account_id, one.account, one.value, False, False, said)


def _setting(ahead: Sequence[Need]) -> Need | None:
    """The first by which the part `LATE_AT` of what is ahead is decided; where no value is known, the first of all.
    Of several on that day, the largest."""
    total = sum(row.value or 0.0 for row in ahead)
    passed = 0.0
    for row in ahead:
        passed += row.value or 0.0
        if passed >= LATE_AT * total:
            return max((one for one in ahead if one.day == row.day), key=lambda one: one.value or 0.0)
    return None


def _marked(row: Need, first: Need | None) -> Need:
    if first is None or row.deal_id != first.deal_id or row.why != first.why:
        return row
    return replace(row, sets=True)


def _sentence(first: Need | None, by_hand: date | None, rows: Sequence[Need]) -> str:
    computed = f"{sums.on(first.day)}: {first.sentence}" if first and first.day else ""
    if by_hand:
        beside = f" Deals and renewals say {computed}" if computed else ""
        return f"Needed by {sums.on(by_hand)}, as set by hand.{beside}"
    if computed:
        return f"Needed by {computed}"
    waiting = sum(row.overdue for row in rows)
    if waiting:
        verb, wait = ("was", "waits") if waiting == 1 else ("were", "wait")
        return f"Needed now: {sentences.deals(waiting)} {verb} to be decided already and still {wait}."
    if rows:
        return "No day is known by which it is needed: the CRM has none for the deals that wait."
    return "No open deal and no renewal waits for it, as far as is known."
