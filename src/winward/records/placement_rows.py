"""The bulk ways of placements: which theme people put each signal in, and the signals found again after a rereading."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.db import connection

from winward.records.signal_rows import Place, SignalRow
from winward.records.signals import Signal
from winward.records.themes import Placement, Theme

# A theme that was merged into one that was merged in its turn, and so on.
LONGEST_WAY = 50


@dataclass(frozen=True, slots=True)
class Placed:
    """theme: None where the signal was set aside. by: who said so."""

    theme: int | None
    by: str


def of(signals: Sequence[int] | None = None) -> dict[int, Placed]:
    """People's last word on each of these signals, on all signals for None, by their ids. A theme that was merged into
    another by now is that one."""
    among = "" if signals is None else "AND p.signal = ANY(%s)"
    with connection.cursor() as cursor:
        cursor.execute(
            f"""SELECT DISTINCT ON (p.signal) p.signal, p.theme_id, a.who
                FROM placement p JOIN audit a ON a.id = p.decision_id WHERE p.signal IS NOT NULL {among}
                ORDER BY p.signal, p.id DESC""",
            [] if signals is None else [list(signals)],
        )
        rows = cursor.fetchall()
    merged = _merged()
    return {signal: Placed(merged.get(theme, theme), who) for signal, theme, who in rows}


def _merged() -> dict[int | None, int]:
    """Where each theme that people merged went in the end."""
    into = dict(Theme.objects.filter(merged_into__isnull=False).values_list("pk", "merged_into_id"))
    ends: dict[int | None, int] = {}
    for theme in into:
        end = theme
        for _ in range(LONGEST_WAY):
            end = into.get(end, end)
        ends[theme] = end
    return ends


def add(decision: int, rows: Iterable[tuple[int, int | None]]) -> None:
    """rows: (signal, theme or None)."""
    signals, themes = zip(*rows, strict=True)
    with connection.cursor() as cursor:
        cursor.execute(
            """INSERT INTO placement (document_id, quote, signal, theme_id, decision_id)
               SELECT s.document_id, s.quote, s.id, n.theme, %s
               FROM unnest(%s::bigint[], %s::bigint[]) AS n(signal, theme) JOIN signal s ON s.id = n.signal
               ORDER BY s.id""",
            [decision, list(signals), list(themes)],
        )


def take_back(decision: int) -> None:
    """What held before this decision holds again."""
    Placement.objects.filter(decision=decision).delete()


def touched_since(decision: int, signals: Sequence[int], themes: Collection[int]) -> bool:
    """Whether a later decision that still holds placed one of these signals, or any signal in one of these themes."""
    later = Placement.objects.filter(decision__gt=decision)
    return later.filter(signal__in=signals).exists() or later.filter(theme__in=themes).exists()


def find_again(rows: Sequence[SignalRow], known: Mapping[Place, int]) -> dict[Place, int]:
    """The ids of placed signals whose rows are about to be replaced, by the places where the same words of the same
    document stand now. Those that stand where they stood keep their ids without this. known: ids settled already."""
    documents = {row.document_id for row in rows}
    placed = Placement.objects.filter(document__in=documents).order_by("id")
    rows_of = placed.values_list("signal", "document_id", "quote")
    words = {signal: (document, quote) for signal, document, quote in rows_of if signal is not None}
    if not words:
        return {}
    stood = Signal.objects.filter(pk__in=words).values_list("passage_id", "start", "end", "pk")
    there = {(passage, start, end): pk for passage, start, end, pk in stood}
    settled = {there[row.place] for row in rows if row.place in there} | set(known.values())
    free: dict[tuple[int, str], list[Place]] = defaultdict(list)
    for row in rows:
        if row.place not in there and row.place not in known:
            free[row.document_id, row.quote].append(row.place)
    lost = [signal for signal in words if signal not in settled]
    return {free[words[signal]].pop(0): signal for signal in lost if free[words[signal]]}
