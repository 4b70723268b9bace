"""The bulk ways of themes: their signals' memberships written, and the themes themselves kept in step."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zlib import crc32

import numpy as np
from django.db import OperationalError, connection, transaction
from numpy.typing import NDArray
from pgvector import HalfVector
from psycopg.errors import DiskFull

from winward.engine.unit_length import normalised
from winward.records import bulk
from winward.records.signal_rows import as_vectors
from winward.records.signals import VECTOR_SIZE
from winward.records.themes import Lineage, Placement, Theme, Theming

# What people say of a theme itself; each keeps it through every rebuild.
DECIDED = ("given_name", "owner", "pinned", "hidden")


# MiB that the index of vectors is built in, which is several times as slow where it doesn't fit.
LEAST_TO_INDEX, KIB_A_VECTOR, MOST_TO_INDEX = 64, 2, 4096
# How widely it looks for each vector's neighbours while it is built: at pgvector's own 64 a search among a million, of
# which many say nearly the same, misses one of sixteen of the nearest, at this one of seventy, and ends sooner.
GRAPH = "ef_construction=128"

# A signal, its theme or None, the cosine to the theme's centre, and why it is unsorted.
Sorted = tuple[int, int | None, float, str]


@dataclass(frozen=True, slots=True)
class Computed:
    """A theme as the engine found it. kept: the id that it goes on under, None for a new one."""

    kept: int | None
    name: str
    terms: tuple[str, ...]
    area: int
    centre: NDArray[np.float32]
    floor: float
    typical: tuple[int, ...]


def save(themes: Sequence[Computed]) -> list[int]:
    """Write the computed side of each theme, leaving people's names and owners alone. Returns the ids, in order."""
    return [_save(theme) for theme in themes]


def _save(theme: Computed) -> int:
    computed = {
        "name": theme.name,
        "terms": list(theme.terms),
        "area": theme.area,
        "centre": HalfVector(theme.centre),
        "floor": theme.floor,
        "typical": list(theme.typical),
        "retired": False,
    }
    if theme.kept is None:
        return Theme.objects.create(**computed).pk
    Theme.objects.filter(pk=theme.kept).update(**computed)
    return theme.kept


def last_rebuild() -> Theming | None:
    return Theming.objects.first()


def note_rebuild(at: datetime, signals: int, resolution: float) -> None:
    Theming.objects.update_or_create(pk=1, defaults={"at": at, "signals": signals, "resolution": resolution})


def retire_all_but(kept: Iterable[int]) -> None:
    Theme.objects.exclude(pk__in=list(kept)).filter(retired=False).update(retired=True)


def hold() -> None:
    """Until the transaction ends, let nobody sort signals but the caller; wait first for who does already."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [crc32(b"sort signals")])


def lasting() -> list[int]:
    """The themes that no rebuild retires: those that a person named, owned, pinned, hid or placed a signal in.

    Nobody can decide on any theme until the transaction ends.
    """
    themes = Theme.objects.select_for_update().filter(retired=False).order_by("id")
    cared_for = {pk for pk, *decided in themes.values_list("pk", *DECIDED) if any(decided)}
    return sorted(cared_for | set(Placement.objects.filter(theme__retired=False).values_list("theme_id", flat=True)))


@dataclass(frozen=True, slots=True)
class Event:
    """What became of a theme, as Lineage has it."""

    theme: int
    event: str
    other: int | None
    shared: int
    share: float
    quotes: Sequence[int] = ()
    by: str = ""


def write_lineage(events: Iterable[Event], at: datetime) -> None:
    Lineage.objects.bulk_create(
        Lineage(
            theme_id=event.theme,
            event=event.event,
            other_id=event.other,
            shared=event.shared,
            share=event.share,
            quotes=list(event.quotes),
            by=event.by,
            at=at,
        )
        for event in events
    )


def sort_signals(rows: Iterable[Sorted]) -> int:
    """Touches only signals for which something changes."""
    with connection.cursor() as cursor:
        cursor.execute(
            "CREATE TEMP TABLE IF NOT EXISTS sorted (id bigint, theme_id bigint, fit double precision, why text) "
            "ON COMMIT DROP; TRUNCATE sorted"
        )
        bulk.copy_in("sorted", ("id", "theme_id", "fit", "why"), rows)
        cursor.execute(
            """UPDATE signal s SET theme_id = n.theme_id, fit = n.fit, unsorted_why = n.why FROM sorted n
               WHERE n.id = s.id AND (s.theme_id, s.fit, s.unsorted_why) IS DISTINCT FROM (n.theme_id, n.fit, n.why)"""
        )
        return int(cursor.rowcount)


def said(kinds: Sequence[str], why: str) -> tuple[int, int]:
    """How many signals of these kinds there are to sort, and how many of them are unsorted for this reason."""
    with connection.cursor() as cursor:
        cursor.execute(
            """SELECT count(*), count(*) FILTER (WHERE theme_id IS NULL AND unsorted_why = %s) FROM signal
               WHERE kind = ANY(%s) AND side <> 'us' AND NOT dismissed""",
            [why, list(kinds)],
        )
        number, waiting = cursor.fetchone()
        return int(number), int(waiting)


@dataclass(frozen=True, slots=True)
class Joining:
    """Signals that may join a theme: parallel, one entry a signal. why: empty for one that is to be sorted anew, else
    why it stayed unsorted. fit: the cosine to what was the nearest theme's centre then."""

    ids: NDArray[np.int64]
    vectors: NDArray[np.float32]
    fit: NDArray[np.float32]
    why: list[str]


def to_join(kinds: Sequence[str], again: bool = False) -> Joining:
    """What customers said, of these kinds, that has no theme. again: all that they said, to be sorted anew."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"""SELECT id, halfvec_send(vector), fit, {"''" if again else "unsorted_why"}
                FROM signal JOIN signal_vector ON signal_id = id
                WHERE kind = ANY(%s) AND side <> 'us' AND NOT dismissed {"" if again else "AND theme_id IS NULL"}
                ORDER BY id""",
            [list(kinds)],
        )
        rows = cursor.fetchall()
    return Joining(
        ids=np.array([row[0] for row in rows], dtype=np.int64),
        vectors=as_vectors([row[1] for row in rows]),
        fit=np.array([row[2] for row in rows], dtype=np.float32),
        why=[row[3] for row in rows],
    )


@dataclass(frozen=True, slots=True)
class Members:
    """The signals of some themes that customers said and nobody dismissed: parallel, one entry a signal. free: nobody
    placed it."""

    ids: NDArray[np.int64]
    themes: NDArray[np.int64]
    kinds: list[str]
    free: NDArray[np.bool_]
    vectors: NDArray[np.float32]
    quotes: list[str]


def members(themes: Sequence[int]) -> Members:
    with connection.cursor() as cursor:
        cursor.execute(
            """SELECT id, theme_id, kind, NOT EXISTS (SELECT FROM placement p WHERE p.signal = s.id),
                      halfvec_send(vector), quote
               FROM signal s JOIN signal_vector ON signal_id = id
               WHERE theme_id = ANY(%s) AND side <> 'us' AND NOT dismissed ORDER BY id""",
            [list(themes)],
        )
        rows = cursor.fetchall()
    return Members(
        ids=np.array([row[0] for row in rows], dtype=np.int64),
        themes=np.array([row[1] for row in rows], dtype=np.int64),
        kinds=[row[2] for row in rows],
        free=np.array([row[3] for row in rows], dtype=np.bool_),
        vectors=as_vectors([row[4] for row in rows]),
        quotes=[row[5] for row in rows],
    )


def put_measures(theme: int, centre: NDArray[np.float32], floor: float, typical: Sequence[int]) -> None:
    Theme.objects.filter(pk=theme).update(centre=HalfVector(centre), floor=floor, typical=list(typical))


def themes_of(signals: NDArray[np.int64]) -> NDArray[np.int64]:
    """The theme of each signal now, −1 for none."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT id, theme_id FROM signal WHERE theme_id IS NOT NULL")
        known = dict(cursor.fetchall())
    return np.array([known.get(signal, -1) for signal in signals.tolist()], dtype=np.int64)


@dataclass(frozen=True, slots=True)
class Standing:
    """The themes as they stand, for new signals to join: parallel, one entry a theme."""

    ids: NDArray[np.int64]
    centres: NDArray[np.float32]
    floors: NDArray[np.float32]


def standing() -> Standing:
    themes = list(Theme.objects.filter(retired=False).order_by("id"))
    centres = np.array([theme.centre for theme in themes], dtype=np.float32).reshape(-1, VECTOR_SIZE)
    return Standing(
        ids=np.array([theme.pk for theme in themes], dtype=np.int64),
        centres=normalised(centres),
        floors=np.array([theme.floor for theme in themes], dtype=np.float32),
    )


def index_vectors() -> None:
    """The nearest-neighbour index of the signals, built after the bulk of them is there; kept up from then on. One that
    an earlier version built otherwise is replaced, and answers until the new one is there."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT reloptions @> ARRAY[%s] FROM pg_class WHERE oid = to_regclass('signal_nearest')", [GRAPH]
        )
        if cursor.fetchone() == (True,):
            return
        cursor.execute("SELECT count(*) FROM signal_vector")
        memory = LEAST_TO_INDEX + cursor.fetchone()[0] * KIB_A_VECTOR // 1024
        cursor.execute(f"SET maintenance_work_mem = '{min(memory, MOST_TO_INDEX)}MB'")
        # One is there already where a process was killed before it could take the old one's place.
        cursor.execute("DROP INDEX IF EXISTS signal_nearest_anew")
        _build(cursor)
        with transaction.atomic():
            cursor.execute("DROP INDEX IF EXISTS signal_nearest")
            cursor.execute("ALTER INDEX signal_nearest_anew RENAME TO signal_nearest")
        cursor.execute("RESET maintenance_work_mem; RESET max_parallel_maintenance_workers")


def _build(cursor: Any) -> None:
    """Several processes build it in memory that they share, of which a container may have little; then one does."""
    index = f"CREATE INDEX signal_nearest_anew ON signal_vector USING hnsw (vector halfvec_cosine_ops) WITH ({GRAPH})"
    try:
        cursor.execute(index)
    except OperationalError as error:
        if not isinstance(error.__cause__, DiskFull):
            raise
        cursor.execute("SET max_parallel_maintenance_workers = 0")
        cursor.execute(index)


def count() -> tuple[int, int, int]:
    """How many themes there are, and how many signals are sorted and unsorted."""
    with connection.cursor() as cursor:
        cursor.execute(
            """SELECT (SELECT count(*) FROM theme WHERE NOT retired), count(theme_id), count(*) - count(theme_id)
               FROM signal WHERE side <> 'us' AND NOT dismissed"""
        )
        return tuple(cursor.fetchone())
