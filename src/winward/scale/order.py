"""What every engine does: read pieces of work, one after another or side by side, and give them back in their order."""

from collections.abc import Callable, Generator, Iterable
from typing import TypeVar

import pyarrow as pa

from winward.engine.reading import Reader, read

Work = TypeVar("Work")


class Stopped(RuntimeError):
    """Reading can't go on: one sentence that says why, and one that says what to do. What is finished stays."""


# A piece of work: a label, which stays with the caller, and the passages (PASSAGES) that are read.
Pieces = Iterable[tuple[Work, pa.RecordBatch]]
# The same labels in the same order, each with its signals (SIGNALS).
Found = Generator[tuple[Work, pa.RecordBatch], None, None]
ReadAll = Callable[[Pieces[Work]], Found[Work]]


def read_here(pieces: Pieces[Work], reader: Reader) -> Found[Work]:
    """Read in this process, one piece at a time."""
    for label, passages in pieces:
        yield label, read(passages, reader)
