"""read a single file: its signals, without a workspace."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyarrow as pa

from winward.engine.reading import KINDS, Reader
from winward.engine.reading import read as read_batch
from winward.engine.reading.batches import PASSAGES
from winward.sources import tables
from winward.sources.documents import open_documents
from winward.sources.evidence import Document, Turn
from winward.sources.limits import Unreadable
from winward.sources.tables import TABLE_SUFFIXES


@dataclass(frozen=True, slots=True)
class FoundSignal:
    """start, end: characters of the passage. kinds: probability by kind. document, passage: where, counted from 0."""

    quote: str
    start: int
    end: int
    kinds: dict[str, float]
    kind: str
    strength: float
    side: str
    speaker: str
    about: str
    document: int
    passage: int
    start_ms: int | None


@dataclass(frozen=True, slots=True)
class FileRead:
    documents: int
    passages: int
    signals: list[FoundSignal]


def read_file(path: Path, reader: Reader) -> FileRead:
    """Raises Unreadable where the file holds no document."""
    documents = _documents(path)
    places = [(at, turn) for at, document in enumerate(documents) for turn in document.turns if turn.spoken]
    texts, sides = [turn.text for _, turn in places], [turn.side for _, turn in places]
    found = read_batch(pa.record_batch([range(len(places)), texts, sides], schema=PASSAGES), reader)
    return FileRead(len(documents), len(places), [_signal(row, *places[row["passage"]]) for row in found.to_pylist()])


def _documents(path: Path) -> list[Document]:
    if path.suffix.lower() not in TABLE_SUFFIXES:
        return [item for item in open_documents(path) if isinstance(item, Document)]
    table = tables.open_table(path)
    mapping = tables.propose_mapping(table, kind="documents")
    found = [item for item in tables.read_table(table, mapping) if isinstance(item, Document)]
    if not found:
        raise Unreadable(f"{path.name} has no column of texts to read; it looks like a table of {mapping.kind}.")
    return found


def _signal(row: dict[str, Any], document: int, turn: Turn) -> FoundSignal:
    return FoundSignal(
        quote=row["quote"],
        start=row["start"],
        end=row["end"],
        kinds={kind: round(chance, 4) for kind, chance in zip(KINDS, row["kinds"], strict=True)},
        kind=row["kind"],
        strength=round(row["strength"], 3),
        side=turn.side,
        speaker=turn.speaker,
        about=row["about"],
        document=document,
        passage=row["passage"],
        start_ms=turn.start_ms,
    )
