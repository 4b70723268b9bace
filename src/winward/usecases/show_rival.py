"""One rival: how we do against it, where and when, what comes up, and what is said where we win and where we lose."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

from winward.engine.reading.rivals import COMPETITOR, naming
from winward.engine.stakes.matchups import pooled_rates
from winward.records import competitor_rows
from winward.records.competitor_rows import Said
from winward.records.stake_rows import WeighedDeal
from winward.usecases.list_themes import currency
from winward.usecases.matchups import Matchup, Rate, TypicalTheme, counted, matchup_rows, typical_themes
from winward.usecases.met_rivals import LEAST_CHANCE, Met, load_met
from winward.usecases.quotes import NotFound, Quote, quotes_in_order
from winward.usecases.rival_names import KnownRival, key_of

# Beside words about the rival itself: what speaks for us where we won, and against us where we lost.
SPEAKS = {"won": ("praise",), "lost": ("objection",)}
QUOTES, DEALS, THEMES, HALVES = 6, 10, 8, 8
NO_SEGMENT = "segment not known"


@dataclass(frozen=True, slots=True)
class RivalDeal:
    id: int
    name: str
    state: str
    value: float | None
    closed_on: date | None
    segment: str


@dataclass(frozen=True, slots=True)
class RivalPage:
    """segments: drawn together, as rivals are; halves: half-years, each by itself, oldest first. themes: those most
    apart from other deals, the clear ones first, of `compared` pairs of a rival and a theme. won_on, lost_on: what
    customers said in won and in lost deals, words that name the rival first; elsewhere: words that name it in other
    deals and documents. won, lost, open: the newest deals, at most ten each."""

    matchup: Matchup
    aliases: tuple[str, ...]
    currency: str
    segments: tuple[Rate, ...]
    halves: tuple[Rate, ...]
    themes: tuple[TypicalTheme, ...]
    compared: int
    won_on: tuple[Quote, ...]
    lost_on: tuple[Quote, ...]
    elsewhere: tuple[Quote, ...]
    won: tuple[RivalDeal, ...]
    lost: tuple[RivalDeal, ...]
    open: tuple[RivalDeal, ...]


def show_rival(name: str) -> RivalPage:
    """name: any spelling. Raises NotFound for one that nobody and no deal names as a rival."""
    met = load_met()
    at = next((at for at, rival in enumerate(met.rivals) if key_of(name) in map(key_of, rival.spellings)), None)
    if at is None:
        raise NotFound(f"No rival is known as “{name}”. Name it on the page of rivals, or with: winward rival NAME")
    rival, deals = met.rivals[at], _deals(met, met.against[:, at])
    pairs = typical_themes(met)
    won_on, lost_on, elsewhere = _said(rival, deals)
    return RivalPage(
        matchup=next(row for row in matchup_rows(met) if row.key == rival.key),
        aliases=rival.aliases,
        currency=currency(),
        segments=_segments(deals),
        halves=_halves(deals),
        themes=tuple(pair for pair in pairs if pair.rival_key == rival.key)[:THEMES],
        compared=len(pairs),
        won_on=won_on,
        lost_on=lost_on,
        elsewhere=elsewhere,
        **{state: _newest(deals, state) for state in ("won", "lost", "open")},
    )


def _deals(met: Met, against: NDArray[np.bool_]) -> list[WeighedDeal]:
    return [deal for deal, is_against in zip(met.deals, against.tolist(), strict=True) if is_against]


def _newest(deals: Iterable[WeighedDeal], state: str) -> tuple[RivalDeal, ...]:
    of_state = [deal for deal in deals if deal.state == state]
    of_state.sort(key=lambda deal: (deal.closed_on or date.max, deal.id), reverse=True)
    shown = of_state[:DEALS]
    return tuple(RivalDeal(d.id, d.name, d.state, d.value, d.closed_on, d.segment) for d in shown)


def _segments(deals: Sequence[WeighedDeal]) -> tuple[Rate, ...]:
    counts = _counts((deal.segment or NO_SEGMENT, deal.state) for deal in deals)
    won, lost = np.array(list(counts.values()), dtype=np.int64).reshape(-1, 2).T
    rates = pooled_rates(won, won + lost)
    columns = zip(
        counts, won.tolist(), lost.tolist(), *(r.tolist() for r in (rates.rate, rates.low, rates.high)), strict=True
    )
    return tuple(Rate(*column) for column in columns)


def _halves(deals: Sequence[WeighedDeal]) -> tuple[Rate, ...]:
    counts = _counts((_half(deal.closed_on), deal.state) for deal in deals if deal.closed_on)
    return tuple(counted(half, won, lost) for half, (won, lost) in counts.items())[-HALVES:]


def _half(day: date) -> str:
    return f"{day.year} H{1 if day.month < 7 else 2}"


def _counts(closed: Iterable[tuple[str, str]]) -> dict[str, tuple[int, int]]:
    """Won and lost by name, in the order of the names."""
    told = [(name, state) for name, state in closed if state != "open"]
    return {
        name: (told.count((name, "won")), told.count((name, "lost"))) for name in sorted({name for name, _ in told})
    }


def _said(rival: KnownRival, deals: Sequence[WeighedDeal]) -> tuple[tuple[Quote, ...], ...]:
    """In won deals, in lost deals, and elsewhere."""
    pattern = naming(rival.spellings)
    besides = [kind for kinds in SPEAKS.values() for kind in kinds]
    told = competitor_rows.said_on([deal.id for deal in deals], COMPETITOR, LEAST_CHANCE, besides)
    named = {one.signal for one in told if pattern is not None and pattern.search(one.quote)}
    chosen = [
        _best([one for one in told if one.state == state and (one.signal in named or one.kind in kinds)], named)
        for state, kinds in SPEAKS.items()
    ]
    elsewhere = _best([one for one in told if one.state not in SPEAKS and one.signal in named], named)
    shown = {quote.signal: quote for quote in quotes_in_order(pk for ids in (*chosen, elsewhere) for pk in ids)}
    return tuple(tuple(shown[pk] for pk in ids) for ids in (*chosen, elsewhere))


def _best(told: Sequence[Said], named: set[int]) -> list[int]:
    """Words that name the rival first; of each account its first, then the rest; the same words only once."""
    distinct = {one.quote: one for one in reversed(told)}
    ranked = sorted(distinct.values(), key=lambda one: (one.signal not in named, -one.strength, one.signal))
    first: dict[int, int] = {}
    for one in ranked:
        first.setdefault(one.account if one.account is not None else -one.signal, one.signal)
    return sorted(
        (one.signal for one in ranked),
        key=lambda signal: (signal not in named, signal not in first.values()),
    )[:QUOTES]
