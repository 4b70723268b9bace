"""Shards: the files of a folder, each read in chunks of as many rows, whichever engine reads them."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from operator import itemgetter
from pathlib import Path

import pyarrow as pa

from winward.engine.reading import PASSAGES
from winward.scale.rows import CARRIED, SUFFIXES, Problem, Row, rows

# Rows that are read together. Their numbers decide which, never who reads them or what was read before: a text's
# vector may depend on its company.
CHUNK = 4_096


@dataclass(frozen=True, slots=True)
class Shard:
    """A file as it was when its reading began. name: its path inside the folder. size: bytes. sha256: of its bytes."""

    name: str
    path: Path
    size: int
    modified_ns: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Chunk:
    """What there is of the rows `first` to `last` of a shard.

    passages: PASSAGES, keyed by row. beside: CARRIED of each of them.
    """

    shard: Shard
    first: int
    last: int
    passages: pa.RecordBatch
    beside: pa.RecordBatch
    problems: list[Problem]

    def __str__(self) -> str:
        return f"{self.shard.name}, rows {self.first:,} to {self.last:,}"


def find_shards(folder: Path) -> list[str]:
    """The names of a folder's shards, sorted, those in its folders too. What is hidden is none (., _)."""
    paths = (path.relative_to(folder) for path in folder.rglob("*") if path.suffix in SUFFIXES and path.is_file())
    return sorted(path.as_posix() for path in paths if not any(part.startswith((".", "_")) for part in path.parts))


def shard_at(folder: Path, name: str) -> Shard:
    """Raises FileNotFoundError where it is gone."""
    path = folder / name
    found = path.stat()
    with path.open("rb") as file:
        return Shard(name, path, found.st_size, found.st_mtime_ns, hashlib.file_digest(file, "sha256").hexdigest())


def chunks(shard: Shard) -> Iterator[Chunk]:
    """The shard from its first row to its last, at least one chunk; only one is in memory at a time."""
    number = 0
    for number, items in groupby(_numbered(shard.path), key=itemgetter(0)):
        yield _chunk(shard, number, [item for _, item in items])
    if not number:
        yield _chunk(shard, 1, [])


def _numbered(path: Path) -> Iterator[tuple[int, Row | Problem]]:
    """Each row with its chunk's number, from 1. A problem of the whole file goes with what came before it."""
    number = 1
    for item in rows(path):
        row = item.number if isinstance(item, Row) else item.row
        number = max(number, (row - 1) // CHUNK + 1)
        yield number, item


def _chunk(shard: Shard, number: int, items: list[Row | Problem]) -> Chunk:
    good = [item for item in items if isinstance(item, Row)]
    passages = [
        pa.array([row.number for row in good] if name == "passage" else [row.values[name] for row in good], kind)
        for name, kind in zip(PASSAGES.names, PASSAGES.types, strict=True)
    ]
    beside = [pa.array([row.values[name] for row in good], pa.string()) for name in CARRIED]
    return Chunk(
        shard,
        (number - 1) * CHUNK + 1,
        number * CHUNK,
        pa.RecordBatch.from_arrays(passages, schema=PASSAGES),
        pa.RecordBatch.from_arrays(beside, names=list(CARRIED)),
        [item for item in items if isinstance(item, Problem)],
    )
