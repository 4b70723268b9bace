"""The bulk ways of signals: passages waiting for the reader, signals written, vectors handed to theming."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np
from django.db import connection, transaction
from numpy.typing import NDArray
from pgvector import HalfVector

from winward.engine.unit_length import normalised
from winward.records import bulk
from winward.records.documents import Document
from winward.records.signals import VECTOR_SIZE

THEMED = ("id", "theme_id", "fit", "unsorted_why")
UNTHEMED = (None, 0.0, "")
Themed = tuple[int, int | None, float, str]
# Documents are taken until this many passages wait, so that a batch fills the model whatever the documents' length.
PASSAGES_A_BATCH = 2_000
DOCUMENTS_A_BATCH = 500


# A passage's id, and the characters where a quote of it begins and ends.
Place = tuple[int, int, int]


class SignalRow(NamedTuple):
    """A signal as it is written. vector: as `as_halfvec` gives it."""

    passage_id: int
    document_id: int
    start: int
    end: int
    quote: str
    kind: str
    kinds: list[float]
    strength: float
    polarity: float
    about: str
    side: str
    vector: str
    dismissed: bool = False
    checked: bool = False

    @property
    def place(self) -> Place:
        return self.passage_id, self.start, self.end

    @property
    def without_vector(self) -> bulk.Row:
        return tuple(value for name, value in zip(self._fields, self, strict=True) if name != "vector")


@dataclass(frozen=True, slots=True)
class Unread:
    """Passages of whole documents: parallel lists, one entry a passage."""

    documents: list[int]
    passages: list[int]
    passage_document: list[int]
    texts: list[str]
    sides: list[str]

    def __str__(self) -> str:
        return f"documents {self.documents[0]} to {self.documents[-1]}"


def count_unread(version: str) -> int:
    return Document.objects.exclude(read_by=version).count()


def forget_reading() -> None:
    """All documents wait for the reader again. What it found in them stays until then."""
    Document.objects.exclude(read_by="").update(read_by="")


def wait_more_than(passages: int, version: str) -> bool:
    """Whether the documents that this version has not read hold more passages than these. Counts no further."""
    with connection.cursor() as cursor:
        cursor.execute(
            """SELECT count(*) FROM (SELECT FROM passage p JOIN document d ON d.id = p.document_id
                                     WHERE d.read_by <> %s AND p.spoken LIMIT %s) p""",
            [version, passages + 1],
        )
        return bool(cursor.fetchone()[0] > passages)


def unread(version: str) -> Iterator[Unread]:
    """All documents that this version of the reader has not read, a batch at a time, whether or not the batches
    before have been written by then."""
    last = 0
    while batch := next_unread(version, last):
        yield batch
        last = batch.documents[-1]


def next_unread(version: str, after: int) -> Unread | None:
    """The next documents beyond this id that this version of the reader has not read, with what was spoken in them."""
    with connection.cursor() as cursor:
        cursor.execute(
            """WITH waiting AS (
                 SELECT d.id, sum(greatest(n.passages, 1)) OVER (ORDER BY d.id) - n.passages AS before
                 FROM (SELECT id FROM document WHERE read_by <> %s AND id > %s ORDER BY id LIMIT %s) d,
                 LATERAL (SELECT count(*) AS passages FROM passage p WHERE p.document_id = d.id) n)
               SELECT id FROM waiting WHERE before < %s ORDER BY id""",
            [version, after, DOCUMENTS_A_BATCH, PASSAGES_A_BATCH],
        )
        documents = [row[0] for row in cursor.fetchall()]
        cursor.execute(
            "SELECT id, document_id, text, side FROM passage WHERE document_id = ANY(%s) AND spoken "
            "ORDER BY document_id, ordinal",
            [documents],
        )
        rows = cursor.fetchall()
    if not documents:
        return None
    passages, owners, texts, sides = (list(column) for column in zip(*rows, strict=True)) if rows else ([], [], [], [])
    return Unread(documents, passages, owners, texts, sides)


def hold(documents: Sequence[int]) -> None:
    """Until the transaction ends, let nobody decide on anything in these documents; then wait for who does already."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT FROM document WHERE id = ANY(%s) ORDER BY id FOR UPDATE", [list(documents)])


@transaction.atomic
def replace(
    documents: Sequence[int], version: str, rows: Sequence[SignalRow], ids: Mapping[Place, int] | None = None
) -> None:
    """Write the signals of these documents in place of the old ones and mark the documents read, all or nothing.

    A signal at the place of an old one keeps its id and its theme, so that links to it hold and its theme knows it.
    ids: those that signals have wherever they stood before.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            'DELETE FROM signal WHERE document_id = ANY(%s) RETURNING passage_id, start, "end", '
            "id, theme_id, fit, unsorted_why",
            [list(documents)],
        )
        old = {row[:3]: row[3:] for row in cursor.fetchall()}
        _write(_under_old_ids(rows, old, ids or {}))
        cursor.execute("UPDATE document SET read_by = %s WHERE id = ANY(%s)", [version, list(documents)])


def _under_old_ids(
    rows: Sequence[SignalRow], old: Mapping[Place, Themed], ids: Mapping[Place, int]
) -> list[tuple[Themed, SignalRow]]:
    """old: by place. ids: by place, before that of an old one there."""
    themed, taken = {row[0]: row for row in old.values()}, set(ids.values())
    stood = {place: row for place, row in old.items() if row[0] not in taken}
    kept = [
        themed.get(ids[row.place], (ids[row.place], *UNTHEMED)) if row.place in ids else stood.get(row.place)
        for row in rows
    ]
    fresh = iter(bulk.reserve_ids("signal", kept.count(None)))
    return [(known or (next(fresh), *UNTHEMED), row) for row, known in zip(rows, kept, strict=True)]


def _write(rows: Sequence[tuple[Themed, SignalRow]]) -> None:
    columns = [name for name in SignalRow._fields if name != "vector"]
    here = ((*themed, *row.without_vector, signs_of(row.vector)) for themed, row in rows)
    bulk.copy_in("signal", (*THEMED, *columns, "signs"), here)
    bulk.copy_in("signal_vector", ("signal_id", "vector"), ((themed[0], row.vector) for themed, row in rows))


@transaction.atomic
def requote(signal: int, row: SignalRow) -> None:
    """Let the signal quote other words: another row in its place, with its id and theme."""
    with connection.cursor() as cursor:
        cursor.execute(f"DELETE FROM signal WHERE id = %s RETURNING {', '.join(THEMED)}", [signal])
        _write([(cursor.fetchone(), row)])


@transaction.atomic
def add(rows: Sequence[SignalRow]) -> list[int]:
    """Write new signals. Returns their ids."""
    ids = bulk.reserve_ids("signal", len(rows))
    _write([((number, *UNTHEMED), row) for number, row in zip(ids, rows, strict=True)])
    return ids


@dataclass(frozen=True, slots=True)
class Said:
    """Signals as theming takes them: parallel, one entry a signal."""

    ids: NDArray[np.int64]
    vectors: NDArray[np.float32]
    quotes: list[str]


def said_by_customers(kinds: Sequence[str]) -> Said:
    """Every signal of these kinds that our own side did not say and nobody dismissed, in a lasting order."""
    with connection.cursor() as cursor:
        cursor.execute(
            """SELECT id, halfvec_send(vector), quote FROM signal JOIN signal_vector ON signal_id = id
               WHERE kind = ANY(%s) AND side <> 'us' AND NOT dismissed ORDER BY id""",
            [list(kinds)],
        )
        rows = cursor.fetchall()
    return Said(
        ids=np.array([row[0] for row in rows], dtype=np.int64),
        vectors=as_vectors([row[1] for row in rows]),
        quotes=[row[2] for row in rows],
    )


def as_halfvec(vector: NDArray[Any]) -> str:
    return str(HalfVector(vector).to_text())


def signs_of(vector: str) -> str:
    """As `binary_quantize` gives them. vector: as `as_halfvec` gives it."""
    return "".join("1" if float(part) > 0 else "0" for part in vector.strip("[]").split(","))


def as_vectors(sent: Sequence[bytes]) -> NDArray[np.float32]:
    """(signals, VECTOR_SIZE), unit length, from vectors as the database sends them."""
    return normalised(as_halves(sent, VECTOR_SIZE))


def as_halves(sent: Sequence[bytes], size: int) -> NDArray[np.float32]:
    """(rows, size) from what `halfvec_send` gives: two short numbers, then numbers of half precision."""
    rows = np.frombuffer(b"".join(map(bytes, sent)), dtype=">f2").reshape(len(sent), size + 2)
    return rows[:, 2:].astype(np.float32)
