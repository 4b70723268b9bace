"""match two files: how well each text of one says what each short statement of the other does."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from winward.engine.themes.matching import Matcher, Texts, prepared, scores
from winward.sources import tables
from winward.sources.limits import Unreadable
from winward.usecases.labelled_rows import rows_of

Embed = Callable[[Sequence[str]], NDArray[np.float32]]

# On subjects that the matcher was not taught, 42% of the pairs from here on are right, and 45% of the right ones found.
FLOOR = 0.3
MOST_EACH = 3
BLOCK = 1024
_LOOKED_AT = 1000


@dataclass(frozen=True, slots=True)
class Pair:
    """left, right: the texts. left_row, right_row: their rows in the files, the first below the headings being 1.

    score: 0 to 1, the chance that a person would say that left makes right's point.
    """

    left: str
    right: str
    score: float
    left_row: int
    right_row: int


@dataclass(frozen=True, slots=True)
class Matching:
    """pairs: made as they are taken, row by row of the left file, the best first within a row. without: rows passed
    over because they hold no text."""

    left_column: str
    right_column: str
    texts: int
    statements: int
    without: int
    pairs: Iterator[Pair]


def match_texts(
    left: Path,
    right: Path,
    embed: Embed,
    matcher: Matcher,
    left_column: str = "",
    right_column: str = "",
    everything: bool = False,
) -> Matching:
    """Each left text with the statement that fits it best, whatever its score, and with up to two more that reach
    FLOOR; every pair where `everything` is set.

    Without a column's name, the column that holds the most text is taken. Raises Unreadable for a file that is no
    table, a column that it hasn't, a row that can't be split into cells, and a file without any text.
    """
    left_column, right_column = left_column or _most_text(left), right_column or _most_text(right)
    texts, without = _texts(left, left_column)
    statements, without_right = _texts(right, right_column)
    wanted = prepared([text for _, text in statements], embed([text for _, text in statements]))
    pairs = _pairs(texts, statements, wanted, embed, matcher, everything)
    return Matching(left_column, right_column, len(texts), len(statements), without + without_right, pairs)


def _most_text(path: Path) -> str:
    """The column whose different texts are the longest together: identifiers are short, topics recur."""
    table = tables.open_table(path)
    held: dict[str, set[str]] = {column: set() for column in table.columns}
    for (_, row), _ in zip(table.rows(), range(_LOOKED_AT), strict=False):
        for column in held:
            held[column].add(row[column])
    if not held:
        raise Unreadable(f"{path.name} has no columns.")
    return max(held, key=lambda column: sum(map(len, held[column])))


def _texts(path: Path, column: str) -> tuple[list[tuple[int, str]], int]:
    """(row, text) of those that hold text, and how many hold none. A row of blank cells alone counts as a row, too."""
    below = {record.row: at for at, record in enumerate(tables.open_table(path).lines(), 1)}
    texts = [(below[row], cells[0]) for row, cells in rows_of(path, column) if cells[0]]
    if not texts:
        raise Unreadable(f"{path.name} has no text in {column!r}.")
    return texts, len(below) - len(texts)


def _pairs(
    texts: list[tuple[int, str]],
    statements: list[tuple[int, str]],
    wanted: Texts,
    embed: Embed,
    matcher: Matcher,
    everything: bool,
) -> Iterator[Pair]:
    """In blocks of the left file, so that memory doesn't grow with the pairs."""
    for start in range(0, len(texts), BLOCK):
        block = texts[start : start + BLOCK]
        words = [text for _, text in block]
        found = scores(matcher, prepared(words, embed(words)), wanted)
        for (left_row, left), row in zip(block, found, strict=True):
            for at in _kept(row, everything):
                right_row, right = statements[at]
                yield Pair(left, right, round(float(row[at]), 4), left_row, right_row)


def _kept(row: NDArray[np.float32], everything: bool) -> list[int]:
    order = [int(at) for at in np.argsort(-row, kind="stable")]
    return order if everything else [order[0], *(at for at in order[1:MOST_EACH] if row[at] >= FLOOR)]
