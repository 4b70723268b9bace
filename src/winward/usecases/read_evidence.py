"""read: signals out of every document that this version of the reader has not read yet."""

from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from functools import partial
from typing import Any

import pyarrow as pa
from django.db import transaction

from winward.engine.reading import Reader
from winward.engine.reading.batches import PASSAGES
from winward.records import correction_rows, signal_rows
from winward.records.signal_rows import SignalRow, Unread
from winward.scale import available_cores, read_here, read_in_pool
from winward.scale.order import ReadAll
from winward.usecases.kept_words import lay_over
from winward.usecases.progress import OnProgress, silent

# Starting processes takes longer than reading fewer passages.
SMALL = 4_000


@dataclass(frozen=True, slots=True)
class Read:
    documents: int
    passages: int
    signals: int


def read_evidence(reader: Reader, on_progress: OnProgress = silent) -> Read:
    """Read what is new. Each batch of documents lands whole or not at all, so a rerun goes on where a kill stopped."""
    total = signal_rows.count_unread(reader.version)
    documents = passages = signals = 0
    pieces = ((unread, _batch(unread)) for unread in signal_rows.unread(reader.version))
    with closing(_fitting(reader)(pieces)) as found_in_all:
        for unread, found in found_in_all:
            signals += _land(unread, found, reader)
            documents += len(unread.documents)
            passages += len(unread.passages)
            on_progress("reading", documents, total)
    return Read(documents, passages, signals)


@transaction.atomic
def _land(unread: Unread, found: pa.RecordBatch, reader: Reader) -> int:
    """Write what was found, with people's words laid over it. Returns how many signals there are."""
    signal_rows.hold(unread.documents)
    kept = lay_over(unread.documents, list(_rows(unread, found)), reader)
    signal_rows.replace(unread.documents, reader.version, kept.rows, kept.ids)
    correction_rows.find_ids(unread.documents)
    return len(kept.rows)


def _fitting(reader: Reader) -> "ReadAll[Unread]":
    """In this process for little; otherwise a process a core, with the same rows."""
    cores = available_cores()
    if cores > 1 and signal_rows.wait_more_than(SMALL, reader.version):
        return partial(read_in_pool, reader=reader, processes=cores)
    return partial(read_here, reader=reader)


def _batch(unread: Unread) -> pa.RecordBatch:
    # The row number is the key: it leads back to passage, document and side.
    return pa.record_batch([range(len(unread.texts)), unread.texts, unread.sides], schema=PASSAGES)


def _rows(unread: Unread, found: pa.RecordBatch) -> Iterator[SignalRow]:
    for signal in found.to_pylist():
        yield _row(unread, signal)


def _row(unread: Unread, signal: dict[str, Any]) -> SignalRow:
    place = signal["passage"]
    return SignalRow(
        unread.passages[place],
        unread.passage_document[place],
        signal["start"],
        signal["end"],
        signal["quote"],
        signal["kind"],
        signal["kinds"],
        signal["strength"],
        signal["polarity"],
        signal["about"],
        unread.sides[place],
        signal_rows.as_halfvec(signal["vector"]),
    )
