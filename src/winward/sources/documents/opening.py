"""Opens a file of any known format: told by its content first, by its name second."""

from collections.abc import Callable, Iterator
from itertools import chain
from pathlib import Path

from winward.sources.documents import cues, docx, html, json_documents, mail, mbox, pdf, slack, text
from winward.sources.documents.recognising import format_of
from winward.sources.documents.source_file import SourceFile
from winward.sources.evidence import Document, Problem
from winward.sources.limits import Unreadable, check_file

READERS: dict[str, Callable[[SourceFile], Iterator[Document | Problem]]] = {
    "vtt": cues.read,
    "srt": cues.read,
    "json": json_documents.read,
    "text": text.read,
    "html": html.read,
    "eml": mail.read,
    "mbox": mbox.read,
    "docx": docx.read,
    "pdf": pdf.read,
    "slack": slack.read,
}
# A file whose first records all fail is of another kind than it seems; there is no use in a million problems.
MOST_PROBLEMS_FIRST = 1_000


def open_documents(path: Path, name: str = "") -> Iterator[Document | Problem]:
    """The documents of a file, one at a time, and what could not be read of it.

    name: the file's path relative to what was imported, from which ids are made; the bare file name where left out.
    Raises Unreadable, before anything is yielded, where no document can be read from the file.
    """
    check_file(path)
    file = SourceFile(path, name or path.name)
    found = READERS[format_of(path)](file)
    return chain(_up_to_first_document(file, found), found)


def _up_to_first_document(file: SourceFile, found: Iterator[Document | Problem]) -> list[Document | Problem]:
    first: list[Document | Problem] = []
    for item in found:
        first.append(item)
        if isinstance(item, Document):
            return first
        if len(first) >= MOST_PROBLEMS_FIRST:
            break
    reason = next(
        (f"{item.reason} (record {item.row})" for item in first if isinstance(item, Problem)), "it holds no words"
    )
    raise Unreadable(f"{file.path.name} holds no document that can be read: {reason}")
