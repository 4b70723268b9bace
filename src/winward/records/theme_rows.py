"""The bulk ways of themes: their signals' memberships written, and the themes themselves kept in step."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

import numpy as np
from django.db import connection
from numpy.typing import NDArray
from pgvector import HalfVector

from winward.records import bulk
from winward.records.signals import VECTOR_SIZE
from winward.records.themes import Lineage, Theme, Theming


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


def signals_at_last_rebuild() -> int:
    last = Theming.objects.first()
    return last.signals if last else 0


def note_rebuild(at: datetime, signals: int) -> None:
    Theming.objects.update_or_create(pk=1, defaults={"at": at, "signals": signals})


def retire_all_but(kept: Iterable[int]) -> None:
    Theme.objects.exclude(pk__in=list(kept)).filter(retired=False).update(retired=True)


def write_lineage(rows: Iterable[tuple[int, str, int | None, int, float]], at: datetime) -> None:
    """rows: (theme, event, other theme, signals in common, their share)."""
    Lineage.objects.bulk_create(
        Lineage(theme_id=theme, event=event, other_id=other, shared=shared, share=share, at=at)
        for theme, event, other, shared, share in rows
    )


def sort_signals(rows: Iterable[tuple[int, int | None, float, str]]) -> int:
    """Write (signal, theme or None, fit, why unsorted), touching only signals for which something changes."""
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


@dataclass(frozen=True, slots=True)
class Standing:
    """The themes as they stand, for new signals to join: parallel, one entry a theme."""

    ids: NDArray[np.int64]
    centres: NDArray[np.float32]
    floors: NDArray[np.float32]


def standing() -> Standing:
    themes = list(Theme.objects.filter(retired=False).order_by("id"))
    centres = np.array([theme.centre for theme in themes], dtype=np.float32).reshape(-1, VECTOR_SIZE)
    norms: NDArray[np.float32] = np.maximum(np.linalg.norm(centres, axis=1, keepdims=True), 1e-9)
    return Standing(
        ids=np.array([theme.pk for theme in themes], dtype=np.int64),
        centres=centres / norms,
        floors=np.array([theme.floor for theme in themes], dtype=np.float32),
    )


def index_vectors() -> None:
    """The nearest-neighbour index of the signals, built after the bulk of them is there; kept up from then on."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT to_regclass('signal_nearest') IS NULL")
        if cursor.fetchone()[0]:
            cursor.execute("SET maintenance_work_mem = '1GB'")
            cursor.execute("CREATE INDEX signal_nearest ON signal USING hnsw (vector halfvec_cosine_ops)")
            cursor.execute("RESET maintenance_work_mem")


def count() -> tuple[int, int, int]:
    """How many themes there are, and how many signals are sorted and unsorted."""
    with connection.cursor() as cursor:
        cursor.execute(
            """SELECT (SELECT count(*) FROM theme WHERE NOT retired), count(theme_id), count(*) - count(theme_id)
               FROM signal WHERE side <> 'us' AND NOT dismissed"""
        )
        return tuple(cursor.fetchone())
