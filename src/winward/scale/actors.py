"""Reading on Ray: actors across a cluster, each reading whole shards from a folder that all nodes share.

Imported only where Ray is asked for. A shard is what an actor is given, and its manifest entry is what comes back, so
nothing large lies in a node's memory that could go with the node: a shard that was being read there is read again by
another actor, and its file appears whole or not at all.
"""

import json
import logging
import os
import queue
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import pyarrow as pa
import ray
from ray.data import ActorPoolStrategy, DataContext

from winward.engine.reading import Reader
from winward.scale.aside import ASIDE
from winward.scale.manifest import Entry
from winward.scale.order import Stopped, read_here
from winward.scale.reading import Output, read_shards

# An actor writes after each chunk, which takes seconds; loading a cluster's actors takes a minute or two.
PATIENCE_S = 600.0
SECONDS_BETWEEN_LOOKS = 1.0


@dataclass(frozen=True, slots=True)
class Claims:
    """How many actors, and what part of a CPU each claims."""

    actors: int
    cpus: float


@contextmanager
def joined(address: str = "") -> Iterator[None]:
    """Join the cluster at `address` or RAY_ADDRESS, or start one on this machine; left at the end.

    Raises Stopped where there is none.
    """
    os.environ.setdefault("RAY_USAGE_STATS_ENABLED", "0")
    # Else the thread that follows a stopped reading would start a cluster of its own.
    os.environ["RAY_ENABLE_AUTO_CONNECT"] = "0"
    logging.getLogger("ray.data").setLevel(logging.ERROR)
    quiet: dict[str, Any] = {"log_to_driver": False, "logging_level": logging.ERROR}
    address = address or os.environ.get("RAY_ADDRESS", "")
    try:
        if address:
            ray.init(address, **quiet)
        else:
            ray.init(include_dashboard=False, _node_ip_address="127.0.0.1", **quiet)
    except (ConnectionError, ValueError) as error:
        raise Stopped(f"There is no Ray cluster to join at {address or 'this machine'} ({error}).") from error
    try:
        yield
    except Stopped:
        # Left by the end of the process: a thread may still wait for the stalled reading, and Ray, once shut down,
        # ends the process under it, before anybody was told why.
        raise
    except BaseException:
        ray.shutdown()
        raise
    ray.shutdown()


def read_on_ray(
    source: Path, names: Sequence[str], output: Output, reader: Reader, actors: int = 0, patience_s: float = PATIENCE_S
) -> Iterator[Entry]:
    """As read_shards, in the order in which shards are finished, on the cluster that this process has joined.

    source and output.folder: at the same paths on all nodes. actors: 0 for one a CPU, less one a node. A shard goes
    to one actor, so an archive should be in at least as many shards. Raises Stopped where nothing is written for
    `patience_s`.
    """
    claims = _claims([node["Resources"].get("CPU", 0.0) for node in _nodes()], actors, len(names))
    DataContext.get_current().enable_progress_bars = False
    # Kept by this process: an actor that is started again after its node went must find it.
    kept = ray.put(reader)
    # One block a shard, made here: no task is needed to read or to split them.
    shards = ray.data.from_items([{"shard": name} for name in names], override_num_blocks=len(names))
    entries = shards.map_batches(
        _ShardReader,
        fn_constructor_args=(source, output, {"reader": kept}),
        batch_size=1,
        batch_format="pyarrow",
        compute=ActorPoolStrategy(size=claims.actors, max_tasks_in_flight_per_actor=1),
        num_cpus=claims.cpus,
    )
    for row in _watched(entries, output.folder / ASIDE, patience_s):
        yield Entry(**json.loads(row["entry"]))


def _claims(cpus: Sequence[float], actors: int, shards: int) -> Claims:
    """One CPU of each node stays free, else Ray Data waits for ever; and when the largest node goes, all its actors
    find room on the others, else their shards would wait for them for ever.

    cpus: of each node.
    """
    free = [max(count - 1, 0.5) for count in cpus]
    without_largest = sum(free) - (max(free) if len(free) > 1 else 0.0)
    actors = min(actors or max(1, int(sum(free))), shards)
    return Claims(actors, min(1.0, without_largest / actors))


def _nodes() -> list[dict[str, Any]]:
    return [node for node in ray.nodes() if node["Alive"]]  # type: ignore[no-untyped-call]


class _ShardReader:
    """An actor: holds the models, and reads a shard a call."""

    def __init__(self, source: Path, output: Output, kept: dict[str, Any]) -> None:
        self._source, self._output, self._reader = source, output, ray.get(kept["reader"])

    def __call__(self, batch: pa.Table) -> pa.Table:
        names = batch.column("shard").to_pylist()
        entries = read_shards(self._source, names, self._output, lambda pieces: read_here(pieces, self._reader))
        return pa.table({"entry": [json.dumps(asdict(entry)) for entry in entries]})


def _watched(entries: Any, aside: Path, patience_s: float) -> Iterator[Any]:
    """The rows of a dataset as they come, which takes a thread of its own, since Ray Data may wait without a word."""
    come: queue.SimpleQueue[Any] = queue.SimpleQueue()
    threading.Thread(target=_follow, args=(entries, come), daemon=True).start()
    seen, since = _written_so_far(aside), time.monotonic()
    while True:
        try:
            row = come.get(timeout=SECONDS_BETWEEN_LOOKS)
        except queue.Empty:
            now = _written_so_far(aside)
            if now == seen and time.monotonic() - since > patience_s:
                raise Stopped(_why_stalled(patience_s)) from None
            seen, since = now, since if now == seen else time.monotonic()
            continue
        if row is None:
            return
        if isinstance(row, BaseException):
            raise row
        yield row
        since = time.monotonic()


def _follow(entries: Any, come: "queue.SimpleQueue[Any]") -> None:
    try:
        # Without looking ahead, or each entry would wait for the next one.
        for batch in entries.iter_batches(batch_size=None, batch_format="pyarrow", prefetch_batches=0):
            for row in batch.to_pylist():
                come.put(row)
        come.put(None)
    except BaseException as error:
        come.put(error)


def _written_so_far(aside: Path) -> dict[str, int]:
    """The files that actors are writing, with their sizes."""
    sizes = {}
    for path in aside.glob("*"):
        try:
            sizes[path.name] = path.stat().st_size
        except FileNotFoundError:
            continue  # Finished just now.
    return sizes


def _why_stalled(patience_s: float) -> str:
    free = ray.available_resources().get("CPU", 0.0)  # type: ignore[no-untyped-call]
    return (
        f"Nothing was written for {patience_s / 60:.0f} minutes. The cluster has {len(_nodes())} nodes and {free:g} "
        "free CPUs. See that other jobs leave it some, that winward is installed on every node, and that all nodes "
        "have both folders at the same path; then run the same command again: what is finished stays."
    )
