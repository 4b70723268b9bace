"""read: signals out of every document that this version of the reader has not read yet."""

from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from functools import partial
from typing import Any

import pyarrow as pa
from django.db import transaction

from winward.engine.reading import Reader
from winward.records import correction_rows, placement_rows, signal_rows
from winward.records.signal_rows import SignalRow, Unread
from winward.scale import available_cores, read_here, read_in_pool
from winward.scale.order import Found, Pieces, ReadAll
from winward.text_models.language import LanguageReader
from winward.usecases.kept_words import lay_over
from winward.usecases.passages import batch_of
from winward.usecases.progress import OnProgress, silent

# Starting processes takes longer than reading fewer passages.
SMALL = 4_000


@dataclass(frozen=True, slots=True)
class Read:
    documents: int
    passages: int
    signals: int


def read_evidence(reader: Reader, on_progress: OnProgress = silent, language: LanguageReader | None = None) -> Read:
    """Read what is new. Each batch of documents lands whole or not at all, so a rerun goes on where a kill stopped.

    language: reads in the reader's stead, which then only gives the vectors. Raises what it raises.
    """
    version = (language or reader).version
    total = signal_rows.count_unread(version)
    documents = passages = signals = 0
    pieces = ((unread, batch_of(unread)) for unread in signal_rows.unread(version))
    read_all = partial(_by_language, language=language) if language else _fitting(reader)
    with closing(read_all(pieces)) as found_in_all:
        for unread, found in found_in_all:
            signals += _land(unread, found, reader, version)
            documents += len(unread.documents)
            passages += len(unread.passages)
            on_progress("reading", documents, total)
    return Read(documents, passages, signals)


@transaction.atomic
def _land(unread: Unread, found: pa.RecordBatch, reader: Reader, version: str) -> int:
    """Write what was found, with people's words laid over it. Returns how many signals there are."""
    signal_rows.hold(unread.documents)
    kept = lay_over(unread.documents, list(_rows(unread, found)), reader)
    ids = kept.ids | placement_rows.find_again(kept.rows, kept.ids)
    signal_rows.replace(unread.documents, version, kept.rows, ids)
    correction_rows.find_ids(unread.documents)
    return len(kept.rows)


def _by_language(pieces: Pieces[Unread], language: LanguageReader) -> Found[Unread]:
    for unread, passages in pieces:
        yield unread, language.read(passages)


def _fitting(reader: Reader) -> "ReadAll[Unread]":
    """In this process for little; otherwise a process a core, with the same rows."""
    cores = available_cores()
    if cores > 1 and signal_rows.wait_more_than(SMALL, reader.version):
        return partial(read_in_pool, reader=reader, processes=cores)
    return partial(read_here, reader=reader)


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
