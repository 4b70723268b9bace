"""read a folder of shards into a folder of signals: what is new or changed, with the engine that fits."""

from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Literal

from winward.engine.reading import Reader
from winward.scale import (
    Chunk,
    Entry,
    Manifest,
    Output,
    Stopped,
    alone_in,
    available_cores,
    find_shards,
    output_name,
    problems_name,
    read_here,
    read_in_pool,
    read_shards,
)
from winward.scale.order import Found, Pieces, ReadAll
from winward.usecases.progress import OnProgress, silent

Engine = Literal["here", "pool", "ray"]
ENGINES: tuple[Engine, ...] = ("here", "pool", "ray")
# Starting processes takes longer than reading this much.
SMALL_BYTES = 200_000


@dataclass(frozen=True, slots=True)
class How:
    """engine: None for what fits. processes: 0 for a core each. ray_address: of a running cluster, or ""."""

    engine: Engine | None = None
    processes: int = 0
    ray_address: str = ""
    vectors: bool = False


@dataclass(frozen=True, slots=True)
class FolderRead:
    """shards: in the folder; unchanged: those of them that had been read before. The rest counts what was read now.

    problems_in: files that list the rows which could not be read. failed: a sentence for each file that could not.
    """

    shards: int
    unchanged: int
    passages: int
    signals: int
    problems: int
    problems_in: list[str]
    failed: list[str]


def read_folder(
    source: Path, target: Path, reader: Reader, how: How = How(), on_progress: OnProgress = silent
) -> FolderRead:
    """Read every shard (Parquet or JSON lines with a column text) that this reader has not read as it is now.

    Whatever reads, the rows are the same; a shard's file appears whole or not at all, so a rerun after a stop does
    only what is missing. reader: it may use one core, since several of it run side by side.
    Raises ValueError for folders that can't be read or written so, and Stopped where reading can't go on.
    """
    source, target = source.resolve(), target.resolve()
    names = _names(source, target)
    output = Output(target, reader.version, how.vectors)
    with alone_in(target):
        manifest = Manifest(target)
        waiting = [name for name in names if not manifest.holds(source, name, output.reader, output.schema.names)]
        read: list[Entry] = []
        try:
            for entry in _entries(source, waiting, output, reader, how, on_progress):
                manifest.add(entry)
                read.append(entry)
                on_progress("reading", len(read), len(waiting))
        finally:
            manifest.write()
    return _summed(len(names), target, read)


def _names(source: Path, target: Path) -> list[str]:
    if not source.is_dir():
        raise ValueError(f"{source} is no folder.")
    if target.is_relative_to(source) or source.is_relative_to(target):
        raise ValueError(f"{target} and {source} lie inside one another; name an output folder of its own.")
    names = find_shards(source)
    if not names:
        raise ValueError(f"{source} holds no file named .parquet, .jsonl or .ndjson.")
    if len({output_name(name) for name in names}) < len(names):
        raise ValueError(f"{source} holds files that differ only in .parquet; rename them.")
    return names


def _entries(
    source: Path, names: Sequence[str], output: Output, reader: Reader, how: How, on_progress: OnProgress
) -> Iterator[Entry]:
    if not names:
        return iter(())
    if how.engine == "ray":
        return _on_ray(source, names, output, reader, how)
    size = sum((source / name).stat().st_size for name in names)
    read_all = _on_this_machine(reader, how, size)
    return read_shards(source, names, output, partial(_telling, read_all, on_progress, len(names)))


def _on_this_machine(reader: Reader, how: How, size: int) -> "ReadAll[Chunk]":
    processes = how.processes or available_cores()
    if how.engine == "here" or (not how.engine and (processes == 1 or size < SMALL_BYTES)):
        return partial(read_here, reader=reader)
    return partial(read_in_pool, reader=reader, processes=processes)


def _telling(
    read_all: "ReadAll[Chunk]", on_progress: OnProgress, shards: int, pieces: "Pieces[Chunk]"
) -> "Found[Chunk]":
    """What `read_all` finds, telling how many passages have been read: one shard may take hours."""
    passages, names = 0, dict[str, None]()
    with closing(read_all(pieces)) as found:
        for chunk, signals in found:
            passages += chunk.passages.num_rows
            names[chunk.shard.name] = None
            on_progress(f"reading ({passages:,} passages)", len(names) - 1, shards)
            yield chunk, signals


def _on_ray(source: Path, names: Sequence[str], output: Output, reader: Reader, how: How) -> Iterator[Entry]:
    try:
        # Loading Ray takes seconds, which only those wait who ask for it.
        from winward.scale import actors
    except ImportError as error:
        raise Stopped("Ray is not installed here; install it with: pip install 'winward[ray]'") from error
    with actors.joined(how.ray_address):
        yield from actors.read_on_ray(source, names, output, reader, how.processes)


def _summed(shards: int, target: Path, read: Sequence[Entry]) -> FolderRead:
    return FolderRead(
        shards=shards,
        unchanged=shards - len(read),
        passages=sum(entry.passages for entry in read),
        signals=sum(entry.signals for entry in read),
        problems=sum(entry.problems for entry in read),
        problems_in=[str(target / problems_name(entry.shard)) for entry in read if entry.problems],
        failed=[entry.failed for entry in read if entry.failed],
    )
