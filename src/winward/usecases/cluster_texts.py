"""cluster a single file: themes over the texts of one column, without a workspace."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from winward.engine.themes import discover, name_themes
from winward.sources import tables
from winward.sources.limits import Unreadable
from winward.sources.tables.records import Record

QUOTES = 5
# What embedding needs beside the vectors grows with the texts that it is given at once.
_TOGETHER = 4096


@dataclass(frozen=True, slots=True)
class TextTheme:
    id: int
    name: str
    size: int
    quotes: list[str]


@dataclass(frozen=True, slots=True)
class SortedText:
    """theme: None while unsorted, and why then says why."""

    theme: int | None
    why: str


@dataclass(frozen=True, slots=True)
class Clustered:
    """rows: in the file's order."""

    rows: list[SortedText]
    themes: list[TextTheme]


def cluster_texts(
    path: Path, column: str, embed: Callable[[Sequence[str]], NDArray[np.float32]], seed: int = 0
) -> Clustered:
    """column: the one that holds the texts; "" takes the first. A blank text has a row in the answer, too.

    Raises Unreadable for a file that is no table, is empty or is not UTF-8, for a row that can't be split into cells,
    and for a column that it hasn't.
    """
    texts = _texts(path, column)
    vectors = np.concatenate([embed(texts[start : start + _TOGETHER]) for start in range(0, len(texts), _TOGETHER)])
    found = discover(vectors, texts, seed=seed)
    names = name_themes(found.theme, vectors, texts, embed=embed)
    sizes = np.bincount(found.theme[found.theme >= 0], minlength=len(names)).tolist()
    rows = [SortedText(None if at < 0 else at, why) for at, why in zip(found.theme.tolist(), found.why, strict=True)]
    themes = [
        TextTheme(at, name.name, size, [texts[row] for row in name.central[:QUOTES]])
        for at, (name, size) in enumerate(zip(names, sizes, strict=True))
    ]
    return Clustered(rows, themes)


def _texts(path: Path, column: str) -> list[str]:
    table = tables.open_table(path)
    if path.suffix.lower() not in tables.WORKBOOK_SUFFIXES and (line := tables.not_utf8(path)):
        raise Unreadable(f"{path.name}, line {line}: is not UTF-8; save the file as CSV in UTF-8.")
    if column and column not in table.columns:
        raise Unreadable(f"{path.name} has no column {column!r}; it has {', '.join(table.columns)}.")
    place = table.columns.index(column) if column else 0
    texts = [_cell(record, place, path) for record in table.lines()]
    if not texts:
        raise Unreadable(f"{path.name} has no row below its headings.")
    return texts


def _cell(record: Record, place: int, path: Path) -> str:
    if record.fault:
        raise Unreadable(f"{path.name}, row {record.row}: {record.fault}.")
    return record.cells[place]
