"""A million passages through the pool and through Ray on two nodes: the same rows, how quickly, in what memory.

    python -m bench.archive [--passages 100000] [--readers 2] [--folder bench/out/archive]

The texts are real ones (tests/real_data), numbered anew each time round. Stopped and started again, it goes on where it
was; to begin anew, remove the folder. Beside the engines stands the sentence model alone, over the same sentences in as
many processes: what is below it is the price of splitting, typing, quoting and writing.
"""

import argparse
import hashlib
import json
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager, nullcontext, suppress
from dataclasses import astuple, dataclass, replace
from itertools import chain, count, islice
from multiprocessing import get_context
from pathlib import Path
from typing import Any

import psutil
import pyarrow as pa
import pyarrow.parquet as pq
from bench.real_texts import SOURCES, for_gold
from bench.workspaces import MIB, OUT, WINWARD, load, print_table

from winward.engine.reading import PASSAGES, read
from winward.text_models import default_reader

ROWS_A_SHARD = 10_000
SAMPLE = 2_048
SECONDS_BETWEEN_SAMPLES, SECONDS_BETWEEN_LINES = 1.0, 15.0
HEADINGS = (
    "engine", "seconds", "passages/s", "of the processor", "main MiB, peak", "reader, peak", "all at 25%", "50%", "75%",
    "100%", "signals", "rows",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Sample:
    """One moment of one sitting. Resident MiB: of the command, of its largest reader, of all its processes.

    processor: seconds that all of them have worked so far, which other work on the machine changes little.
    """

    sitting: int
    seconds: float
    main: float
    reader: float
    all: float
    processor: float


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--passages", type=int, default=100_000)
    parser.add_argument("--readers", type=int, default=2)
    parser.add_argument("--folder", type=Path, default=OUT / "archive")
    asked = parser.parse_args()
    # What another reader found is no part of this comparison.
    version = hashlib.sha256(default_reader().version.encode()).hexdigest()[:8]
    folder = asked.folder / f"{asked.passages}-{version}"
    shards = write_shards(folder / "in", asked.passages)
    lines = [measured(folder, "pool", shards, asked.passages, asked.readers, nullcontext)]
    lines.append(measured(folder, "ray", shards, asked.passages, asked.readers, two_nodes))
    print(f"\n{asked.passages:,} passages in {shards} shards, {asked.readers} readers ({load()})")
    print_table(HEADINGS, lines)
    print()
    print_table(("one after another, the same passages", "passages/s", "sentences/s"), alone(folder, asked.readers))
    readers = {entry["reader"] for engine in ("pool", "ray") for entry in entries(folder / engine)}
    if len(readers) > 1:
        raise SystemExit(f"The reader was changed meanwhile ({', '.join(sorted(readers))}); run this again.")
    if lines[0][-1] != lines[1][-1]:
        raise SystemExit("The rows differ.")


def write_shards(folder: Path, passages: int) -> int:
    texts = real_texts()
    starts = range(0, passages, ROWS_A_SHARD)
    folder.mkdir(parents=True, exist_ok=True)
    for shard, start in enumerate(starts):
        said = list(islice(texts, min(ROWS_A_SHARD, passages - start)))
        path = folder / f"part-{shard:04}.parquet"
        if not path.exists():
            pq.write_table(pa.table({"text": said, "id": range(start, start + len(said))}), path.with_suffix(".part"))
            path.with_suffix(".part").rename(path)
    return len(starts)


def real_texts() -> Iterator[str]:
    """Turns of meetings and of bargaining and reviews, over and over, each time round with another number."""
    items = list(chain(*(SOURCES[name]() for name in ("meetings", "bargaining", "reviews", "features"))))
    texts = [item.text for item in items if not for_gold(item) and item.text.strip()]
    return (f"{text} ({number})" for number in count(1) for text in texts)


@contextmanager
def two_nodes() -> Iterator[str]:
    """The address of a cluster of two nodes on this machine, of two CPUs each by its own count."""
    from ray.cluster_utils import Cluster

    cluster = Cluster(initialize_head=True, head_node_args={"num_cpus": 2, "include_dashboard": False})
    try:
        cluster.add_node(num_cpus=2)
        yield cluster.address
    finally:
        cluster.shutdown()


def measured(
    folder: Path, engine: str, shards: int, passages: int, readers: int, cluster: Callable[[], Any]
) -> tuple[str, ...]:
    target, log = folder / engine, folder / f"{engine}.memory.jsonl"
    if len(entries(target)) < shards:
        with cluster() as address:
            command = [
                *WINWARD, "read", "--input", str(folder / "in"), "--output", str(target), "--engine", engine,
                "--processes", str(readers), *(["--ray-address", address] if address else []), "--json",
            ]  # fmt: skip
            watch(subprocess.Popen(command, stdout=subprocess.DEVNULL), target, log)
    return line(engine, samples(log), passages, target)


def entries(target: Path) -> list[dict[str, Any]]:
    manifest = target / "manifest.json"
    return list(json.loads(manifest.read_text("utf-8"))["shards"]) if manifest.exists() else []


def watch(running: "subprocess.Popen[bytes]", target: Path, log: Path) -> None:
    """Write down how much memory is used until it is done, and tell how far it is."""
    began, told, sitting = time.monotonic(), 0.0, 1 + max((sample.sitting for sample in samples(log)), default=0)
    worked = dict[int, float]()
    with log.open("a", encoding="utf-8") as file:
        while running.poll() is None:
            taken = replace(used(running.pid, worked), sitting=sitting, seconds=time.monotonic() - began)
            file.write(json.dumps(astuple(taken)) + "\n")
            file.flush()
            if taken.seconds - told >= SECONDS_BETWEEN_LINES:
                told = taken.seconds
                done = sum(entry["passages"] for entry in entries(target))
                print(f"{target.name}: {done:,} passages, {told:,.0f} s, {taken.all:,.0f} MiB", flush=True)
            time.sleep(SECONDS_BETWEEN_SAMPLES)
    if running.returncode:
        raise SystemExit(f"winward read --engine {target.name} failed")


def samples(log: Path) -> list[Sample]:
    lines = log.read_text("utf-8").splitlines() if log.exists() else []
    return [Sample(*json.loads(line)) for line in lines if line.endswith("]")]


def used(command: int, worked: dict[int, float]) -> Sample:
    """Everything that this script started but itself: for Ray the nodes and their actors, too.

    worked: by process, so that what ended in between still counts; brought up to date.
    """
    found = dict[int, float]()
    for process in psutil.Process().children(recursive=True):
        with suppress(psutil.NoSuchProcess), process.oneshot():
            found[process.pid] = process.memory_info().rss / MIB
            worked[process.pid] = sum(process.cpu_times()[:2])
    readers = [size for pid, size in found.items() if pid != command]
    whole = sum(found.values())
    return Sample(0, 0.0, found.get(command, 0.0), max(readers, default=0.0), whole, sum(worked.values()))


def line(engine: str, taken: Sequence[Sample], passages: int, target: Path) -> tuple[str, ...]:
    last = {sample.sitting: sample for sample in taken}.values()
    seconds = sum(sample.seconds for sample in last)
    at = [taken[min(int(share * len(taken)), len(taken) - 1)].all for share in (0.25, 0.5, 0.75, 0.98)]
    signals, rows = digest(target)
    return (
        engine,
        f"{seconds:,.0f}",
        f"{passages / seconds:,.0f}",
        f"{sum(sample.processor for sample in last):,.0f}",
        f"{max(sample.main for sample in taken):,.0f}",
        f"{max(sample.reader for sample in taken):,.0f}",
        *(f"{size:,.0f}" for size in at),
        f"{signals:,}",
        rows[:12],
    )


def digest(target: Path) -> tuple[int, str]:
    """How many signals there are, and a hash over all of them, sorted."""
    signals, rows = 0, hashlib.sha256()
    for path in sorted(target.rglob("*.parquet")):
        table = pq.read_table(path).sort_by([("passage", "ascending"), ("start", "ascending")]).combine_chunks()
        signals += table.num_rows
        rows.update(path.name.encode())
        for column in table.to_pydict().values():
            rows.update(repr(column).encode())
    return signals, rows.hexdigest()


def alone(folder: Path, readers: int) -> list[tuple[str, str, str]]:
    """The sentence model by itself and reading by itself, each in `readers` processes that do the same."""
    texts = pq.read_table(folder / "in" / "part-0000.parquet")["text"].to_pylist()[:SAMPLE]
    rows = []
    with ProcessPoolExecutor(readers, mp_context=get_context("spawn")) as processes:
        for what, step in (("the sentence model alone", embedding), ("reading", reading)):
            done = list(processes.map(step, [texts] * readers))
            seconds, sentences = max(took for took, _ in done), sum(number for _, number in done)
            rows.append((what, f"{readers * len(texts) / seconds:,.0f}", f"{sentences / seconds:,.0f}"))
    return rows


def embedding(texts: list[str]) -> tuple[float, int]:
    """Seconds, and the sentences that reading hands to the model."""
    reader, sentences = default_reader(threads=1), list[str]()

    def noted(said: Sequence[str]) -> Any:
        sentences.extend(said)
        return reader.embed(said)

    read(batch(texts), replace(reader, embed=noted))
    began = time.perf_counter()
    reader.embed(sentences)
    return time.perf_counter() - began, len(sentences)


def reading(texts: list[str]) -> tuple[float, int]:
    reader, sentences = default_reader(threads=1), 0

    def counted(said: Sequence[str]) -> Any:
        nonlocal sentences
        sentences += len(said)
        return reader.embed(said)

    reader.embed(texts[:64])
    began = time.perf_counter()
    read(batch(texts), replace(reader, embed=counted))
    return time.perf_counter() - began, sentences


def batch(texts: list[str]) -> pa.RecordBatch:
    return pa.record_batch([range(len(texts)), texts, [""] * len(texts)], schema=PASSAGES)


if __name__ == "__main__":
    sys.exit(main())
