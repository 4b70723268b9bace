"""Triage: the unsorted signals in heaps that say alike, each with the themes it may belong to."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from django.db.models import Count
from numpy.typing import NDArray

from winward.engine.themes import heaps
from winward.engine.unit_length import normalised
from winward.records import theme_rows
from winward.records.signals import Signal
from winward.records.themes import Theme
from winward.usecases import sentences
from winward.usecases.group_themes import MAKING, set_aside_by
from winward.usecases.quotes import Quote, quotes_in_order

HEAPS, SHOWN, SUGGESTED = 10, 6, 3
# Of very many unsorted signals the newest are looked at; the older ones follow as those are sorted.
NEWEST = 600
REASONS = 4


@dataclass(frozen=True, slots=True)
class Suggestion:
    """closeness: cosine between the heap's middle and the theme's centre."""

    id: int
    title: str
    closeness: float


@dataclass(frozen=True, slots=True)
class Line:
    """The same words, however often they were said; quote: where first. signals: all of them."""

    quote: Quote
    signals: tuple[int, ...]
    said: str


@dataclass(frozen=True, slots=True)
class Heap:
    """lines: the different words, the most telling first. more: signals of the lines that aren't shown. lost, open:
    deals in which they were said."""

    signals: int
    lines: tuple[Line, ...]
    more: tuple[int, ...]
    accounts: int
    lost: int
    open: int
    suggestions: tuple[Suggestion, ...]


@dataclass(frozen=True, slots=True)
class Triage:
    """unsorted: how many there are, without those that somebody set aside. reasons: why, most frequent first."""

    unsorted: int
    aside: int
    reasons: tuple[tuple[str, int], ...]
    heaps: tuple[Heap, ...]


def triage() -> Triage:
    """The heaps to decide on next: first what was said in most lost and open deals, then by most accounts."""
    waiting = Signal.objects.filter(theme=None, dismissed=False).exclude(side="us")
    reasons = dict(waiting.values_list("unsorted_why").annotate(of_it=Count("pk")))
    aside = sum(count for why, count in reasons.items() if why.startswith(ASIDE))
    open_reasons = {why: count for why, count in reasons.items() if not why.startswith(ASIDE)}
    ranked = sorted(open_reasons.items(), key=lambda reason: (-reason[1], reason[0]))
    rows = waiting.exclude(unsorted_why__startswith=ASIDE).order_by("-pk").values_list("pk", "meaning__vector")[:NEWEST]
    return Triage(sum(open_reasons.values()), aside, tuple(ranked[:REASONS]), _heaps(dict(rows)))


ASIDE = set_aside_by("")


def _heaps(vectors: Mapping[int, Sequence[float]]) -> tuple[Heap, ...]:
    if not vectors:
        return ()
    quotes = sorted(quotes_in_order(vectors), key=_place)
    unit = normalised(np.array([vectors[quote.signal] for quote in quotes], dtype=np.float32))
    ranked = sorted(heaps(unit), key=lambda rows: _weight([quotes[row] for row in rows]), reverse=True)[:HEAPS]
    centres = normalised(np.array([unit[rows].mean(axis=0) for rows in ranked]))
    suggested = _suggestions(centres)
    return tuple(_heap([quotes[row] for row in rows], found) for rows, found in zip(ranked, suggested, strict=True))


def _place(quote: Quote) -> tuple[bool, float, int]:
    """Needs before the rest, and what is said hardest first."""
    return quote.kind not in MAKING, -quote.strength, -quote.signal


def _weight(group: Sequence[Quote]) -> tuple[bool, int, int, int, float]:
    """How much hangs on a heap; what speaks of needs comes before all else, for only that makes themes."""
    deals = {quote.deal_id for quote in group if quote.deal_state in ("lost", "open")}
    accounts = {quote.account_id for quote in group if quote.account_id is not None}
    return group[0].kind in MAKING, len(deals), len(accounts), len(group), group[0].strength


def _heap(group: Sequence[Quote], suggestions: tuple[Suggestion, ...]) -> Heap:
    def deals(state: str) -> int:
        return len({quote.deal_id for quote in group if quote.deal_state == state})

    lines = _lines(group)
    return Heap(
        signals=len(group),
        lines=lines[:SHOWN],
        more=tuple(signal for line in lines[SHOWN:] for signal in line.signals),
        accounts=len({quote.account_id for quote in group if quote.account_id is not None}),
        lost=deals("lost"),
        open=deals("open"),
        suggestions=suggestions,
    )


def _lines(group: Sequence[Quote]) -> tuple[Line, ...]:
    same: dict[str, list[Quote]] = {}
    for quote in group:
        same.setdefault(quote.words, []).append(quote)
    return tuple(_line(quotes) for quotes in same.values())


def _line(quotes: Sequence[Quote]) -> Line:
    accounts = {quote.account_id for quote in quotes if quote.account_id is not None}
    return Line(quotes[0], tuple(quote.signal for quote in quotes), sentences.said_by(len(quotes), len(accounts)))


def _suggestions(centres: NDArray[np.float32]) -> list[tuple[Suggestion, ...]]:
    """The nearest themes of each centre, nearest first."""
    standing = theme_rows.standing()
    titles = {theme.pk: theme.title for theme in Theme.objects.filter(retired=False).only("name", "given_name")}
    cosine = centres @ standing.centres.T
    order = np.argsort(-cosine, axis=1, kind="stable")[:, :SUGGESTED]
    return [
        tuple(
            Suggestion(number, titles[number], float(cosine[row, at]))
            for at, number in zip(nearest, standing.ids[nearest].tolist(), strict=True)
            if number in titles
        )
        for row, nearest in enumerate(order)
    ]
