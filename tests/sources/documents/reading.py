"""Writes a file, opens it, and sorts what comes."""

from pathlib import Path

from winward.sources.documents import open_documents
from winward.sources.evidence import Document, Problem


def read(path: Path, content: str | bytes, name: str = "") -> tuple[list[Document], list[Problem]]:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return opened(path, name)


def opened(path: Path, name: str = "") -> tuple[list[Document], list[Problem]]:
    items = list(open_documents(path, name))
    return (
        [item for item in items if isinstance(item, Document)],
        [item for item in items if isinstance(item, Problem)],
    )


def said(document: Document) -> list[tuple[str, str]]:
    """(speaker, text) of what was spoken."""
    return [(turn.speaker, turn.text) for turn in document.turns if turn.spoken]
