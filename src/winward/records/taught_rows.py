"""What people's answers teach, and the signals that nobody has answered on, for heads that have learnt."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

import numpy as np
from django.db import connection
from django.db.models import Count, Max
from numpy.typing import NDArray

from winward.records.decisions import Correction
from winward.records.signal_rows import as_vectors

BATCH = 5_000


@dataclass(frozen=True, slots=True)
class Answers:
    """Parallel, one entry an answer. kinds: the right one, "" for no signal."""

    quotes: list[str]
    sides: list[str]
    kinds: list[str]


@dataclass(frozen=True, slots=True)
class Unanswered:
    """Parallel, one entry a signal. kinds: (signals, kinds), the chances. vectors: (signals, 384), unit length."""

    ids: list[int]
    quotes: list[str]
    kinds: NDArray[np.float32]
    vectors: NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Retyped:
    """A signal with what other heads make of it. kind: empty where it stays."""

    id: int
    kind: str
    kinds: list[float]
    polarity: float


def newest() -> tuple[int, datetime | None]:
    """How many corrections there are, and when the last was made."""
    found = Correction.objects.aggregate(number=Count("pk"), last=Max("at"))
    return found["number"], found["last"]


def answers() -> Answers:
    """Every correction that says what a signal is."""
    with connection.cursor() as cursor:
        cursor.execute(
            """SELECT s.quote, s.side, CASE WHEN c.dismissed THEN '' ELSE c.kind END
               FROM correction c JOIN signal s ON s.id = c.signal WHERE c.dismissed OR c.kind <> '' ORDER BY c.id"""
        )
        rows = cursor.fetchall()
    return Answers(*([row[at] for row in rows] for at in range(3)))


def unanswered() -> Iterator[Unanswered]:
    """The signals that count and that nobody has said anything on, a batch at a time."""
    last = 0
    while rows := _after(last):
        last = rows[-1][0]
        ids, quotes, kinds, vectors = zip(*rows, strict=True)
        yield Unanswered(list(ids), list(quotes), np.array(kinds, np.float32), as_vectors(vectors))


def _after(last: int) -> list[tuple[int, str, list[float], bytes]]:
    with connection.cursor() as cursor:
        cursor.execute(
            """SELECT id, quote, kinds, halfvec_send(vector) FROM signal JOIN signal_vector ON signal_id = id
               WHERE id > %s AND NOT checked AND NOT dismissed ORDER BY id LIMIT %s""",
            [last, BATCH],
        )
        return list(cursor.fetchall())


def retype(rows: Sequence[Retyped]) -> None:
    """Write what other heads make of signals, unless somebody has answered on them meanwhile."""
    with connection.cursor() as cursor:
        cursor.executemany(
            "UPDATE signal SET kind = coalesce(nullif(%s, ''), kind), kinds = %s, polarity = %s "
            "WHERE id = %s AND NOT checked",
            [(row.kind, row.kinds, row.polarity, row.id) for row in rows],
        )


def remove(ids: Sequence[int]) -> None:
    """Signals that have no kind left, unless somebody has answered on them meanwhile."""
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM signal WHERE id = ANY(%s) AND NOT checked", [list(ids)])
