"""cluster a single file: themes over the texts of one column, without a workspace."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from winward.engine.themes import discover, name_themes
from winward.sources import tables

QUOTES = 5


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
    """Raises Unreadable for a file that is no table, ValueError for a column that it hasn't."""
    texts = _texts(path, column)
    vectors = embed(texts)
    found = discover(vectors, texts, seed=seed)
    names = name_themes(found.theme, vectors, texts)
    rows = [SortedText(None if at < 0 else int(at), why) for at, why in zip(found.theme, found.why, strict=True)]
    themes = [
        TextTheme(at, name.name, int((found.theme == at).sum()), [texts[row] for row in name.central[:QUOTES]])
        for at, name in enumerate(names)
    ]
    return Clustered(rows, themes)


def _texts(path: Path, column: str) -> list[str]:
    table = tables.open_table(path)
    wanted = column or next(iter(table.columns), "")
    if wanted not in table.columns:
        raise ValueError(f"{path.name} has no column {wanted!r}; it has {', '.join(table.columns)}.")
    return [row[wanted] for _, row in table.rows()]
