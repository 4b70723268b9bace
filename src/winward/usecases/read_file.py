"""read a single file: its signals, without a workspace."""

from collections import defaultdict
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pyarrow as pa

from winward.engine.reading import KINDS, Reader
from winward.engine.reading import read as read_batch
from winward.engine.reading.batches import PASSAGES
from winward.engine.reading.side import TWO_SIDED, sides
from winward.sources import tables
from winward.sources.documents import open_documents
from winward.sources.evidence import Document, Side, Turn
from winward.sources.limits import Unreadable
from winward.sources.linking import Directory, side_of
from winward.sources.tables import TABLE_SUFFIXES

# Without a workspace nobody is known beside whom the file names.
NOBODY = Directory(accounts=())


@dataclass(frozen=True, slots=True)
class FoundSignal:
    """start, end: characters of the passage. kinds: probability by kind. strength: 0 to 1. polarity: -1 (against) to 1.
    side: as the file says, else as the talk tells. document, passage: where, counted from 0."""

    quote: str
    start: int
    end: int
    kinds: dict[str, float]
    kind: str
    strength: float
    polarity: float
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
    documents = [_with_sides(document) for document in _documents(path)]
    places = [(at, turn) for at, document in enumerate(documents) for turn in document.turns if turn.spoken]
    columns = [range(len(places)), [turn.text for _, turn in places], [turn.side for _, turn in places]]
    found = read_batch(pa.record_batch(columns, schema=PASSAGES), reader)
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


def _with_sides(document: Document) -> Document:
    """Each turn on the side that the file gives its speaker, else on the one that the talk tells."""
    told = _told_by_talk(document) if document.kind in TWO_SIDED else {}
    found = [side_of(turn, document, NOBODY) or told.get(turn.speaker, "") for turn in document.turns]
    turns = [replace(turn, side=side) for turn, side in zip(document.turns, found, strict=True)]
    return replace(document, turns=tuple(turns))


def _told_by_talk(document: Document) -> dict[str, Side]:
    said: dict[str, list[str]] = defaultdict(list)
    for turn in document.turns:
        if turn.spoken:
            said[turn.speaker].append(turn.text)
    return {speaker: side for speaker, side in sides(said).items() if speaker}


def _signal(row: dict[str, Any], document: int, turn: Turn) -> FoundSignal:
    return FoundSignal(
        quote=row["quote"],
        start=row["start"],
        end=row["end"],
        kinds={kind: round(chance, 4) for kind, chance in zip(KINDS, row["kinds"], strict=True)},
        kind=row["kind"],
        strength=round(row["strength"], 3),
        polarity=round(row["polarity"], 3),
        side=turn.side,
        speaker=turn.speaker,
        about=row["about"],
        document=document,
        passage=row["passage"],
        start_ms=turn.start_ms,
    )
