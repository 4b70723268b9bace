"""preview: how a file would be read, with nothing stored."""

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from winward.sources import tables
from winward.sources.documents import open_documents
from winward.sources.evidence import Document, Problem
from winward.sources.tables import TABLE_SUFFIXES, Preview
from winward.sources.tables.vocabulary import TableKind
from winward.usecases.bring_in import is_rate_table, mapping_for

DOCUMENTS_SHOWN = 3
TURNS_SHOWN = 4
LOOKED_AT = 200


@dataclass(frozen=True, slots=True)
class DocumentPreview:
    """turns: the first few, as (speaker, text)."""

    title: str
    kind: str
    date: str
    account: str
    deal: str
    passages: int
    turns: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class FilePreview:
    """table: how its columns are read, None for documents. documents: the first few. problems: among the first."""

    file: str
    kind: str
    table: Preview | None = None
    documents: tuple[DocumentPreview, ...] = ()
    problems: tuple[Problem, ...] = ()


def preview_file(path: Path, overrides: Mapping[str, str] | None = None, kind: TableKind | None = None) -> FilePreview:
    """Raises Unreadable, or ValueError for an override that names no field or column."""
    if path.suffix.lower() in TABLE_SUFFIXES:
        table = tables.open_table(path)
        if is_rate_table(table):
            return FilePreview(path.name, "rates")
        mapping = mapping_for(table, overrides or {}, kind)
        shown = tables.preview(table, mapping)
        return FilePreview(path.name, mapping.kind, shown, (), tuple(shown.problems))
    items = list(islice(open_documents(path), LOOKED_AT))
    documents = [item for item in items if isinstance(item, Document)]
    problems = tuple(item for item in items if isinstance(item, Problem))
    return FilePreview(
        path.name, "documents", None, tuple(_shown(one) for one in documents[:DOCUMENTS_SHOWN]), problems
    )


def _shown(document: Document) -> DocumentPreview:
    return DocumentPreview(
        title=document.title,
        kind=document.kind,
        date=document.happened_at.date().isoformat() if document.happened_at else "",
        account=document.account,
        deal=document.deal,
        passages=sum(turn.spoken for turn in document.turns),
        turns=tuple((turn.speaker, turn.text) for turn in document.turns[:TURNS_SHOWN]),
    )
