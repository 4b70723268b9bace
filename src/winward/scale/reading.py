"""Shards to files of signals, one a shard, by whatever reads in order."""

import json
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing
from dataclasses import asdict, dataclass
from itertools import groupby
from pathlib import Path
from typing import Self

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from winward.engine.reading import SIGNALS
from winward.scale.aside import written_aside
from winward.scale.manifest import Entry
from winward.scale.order import ReadAll
from winward.scale.rows import CARRIED, PARQUET
from winward.scale.shards import Chunk, Shard, chunks, shard_at


@dataclass(frozen=True, slots=True)
class Output:
    """Where signals go, and with which columns. A signal's `passage` is the number of its row in the shard."""

    folder: Path
    reader: str
    vectors: bool

    @property
    def schema(self) -> pa.Schema:
        carried = [pa.field(name, pa.string()) for name in CARRIED]
        return pa.schema([*carried, *(field for field in SIGNALS if self.vectors or field.name != "vector")])


def output_name(shard: str) -> str:
    return shard if Path(shard).suffix in PARQUET else f"{shard}.parquet"


def problems_name(shard: str) -> str:
    return f"{shard}.problems.jsonl"


def read_shards(source: Path, names: Sequence[str], output: Output, read_all: "ReadAll[Chunk]") -> Iterator[Entry]:
    """Read shards in turn, and tell of each when its file lies there whole. What wasn't finished leaves nothing.

    Chunks of the next shard are read while the last one's are being finished, so small shards keep all cores busy.
    """
    pieces = ((chunk, chunk.passages) for name in names for chunk in chunks(shard_at(source, name)))
    with closing(read_all(pieces)) as found:
        for shard, of_shard in groupby(found, key=lambda piece: piece[0].shard):
            yield _written(shard, of_shard, output)


def _written(shard: Shard, found: "Iterable[tuple[Chunk, pa.RecordBatch]]", output: Output) -> Entry:
    with (
        written_aside(output.folder, problems_name(shard.name)) as log,
        written_aside(output.folder, output_name(shard.name)) as file,
        _Writer(file, log, output.schema) as writer,
    ):
        for chunk, signals in found:
            writer.add(chunk, signals)
    if not writer.problems:
        (output.folder / problems_name(shard.name)).unlink()
    return Entry(
        shard=shard.name,
        size=shard.size,
        modified_ns=shard.modified_ns,
        sha256=shard.sha256,
        reader=output.reader,
        columns=output.schema.names,
        passages=writer.passages,
        signals=writer.signals,
        problems=writer.problems,
        failed=writer.failed,
        output=output_name(shard.name),
    )


class _Writer:
    """Signals into a Parquet file, problems into lines of JSON beside it, a chunk at a time; counts both."""

    def __init__(self, file: Path, log: Path, schema: pa.Schema) -> None:
        self._schema = schema
        self._signals = pq.ParquetWriter(file, schema, compression="zstd")
        self._log = log.open("w", encoding="utf-8")
        self.passages = self.signals = self.problems = 0
        self.failed = ""

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._log.close()
        self._signals.close()

    def add(self, chunk: Chunk, signals: pa.RecordBatch) -> None:
        if signals.num_rows:
            self._signals.write_batch(_beside(signals, chunk).select(self._schema.names))
        for problem in chunk.problems:
            said = {"file": chunk.shard.name, **asdict(problem)}
            self._log.write(json.dumps(said, ensure_ascii=False) + "\n")
            self.failed = self.failed or ("" if problem.row else f"{chunk.shard.name}: {problem.reason}")
        self.passages += chunk.passages.num_rows
        self.signals += signals.num_rows
        self.problems += len(chunk.problems)


def _beside(signals: pa.RecordBatch, chunk: Chunk) -> pa.RecordBatch:
    """The signals with CARRIED of the passages that they are from."""
    at = pc.index_in(signals.column("passage"), chunk.passages.column("passage"))
    carried = chunk.beside.take(at)
    return pa.RecordBatch.from_arrays(
        [*carried.columns, *signals.columns], names=[*carried.schema.names, *signals.schema.names]
    )
