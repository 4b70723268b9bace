"""Ray gives what the pool gives, on two nodes of this machine, and when an actor or a node goes in the middle."""

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from tests.scale.planted import contents, embed, planted, write_shards
from winward.usecases.read_folder import How, read_folder

ray = pytest.importorskip("ray", reason="Ray is an extra: pip install 'winward[ray]'")

ROOT = Path(__file__).parents[2]
SHARDS, ROWS = 8, 30
# Only a guard against waiting for ever: on busy cores everything takes many times as long.
PATIENCE_S = 300
STALL = """
import sys
from pathlib import Path
from tests.scale.planted import planted
from tests.scale.test_ray import Marking
from winward.scale import Output, Stopped
from winward.scale.actors import joined, read_on_ray
address, source, target, marks = sys.argv[1:]
output, reader = Output(Path(target), "planted", vectors=False), planted(Marking(Path(marks), 600))
try:
    with joined(address):
        list(read_on_ray(Path(source), ["part-00.parquet"], output, reader, patience_s=1))
except Stopped as told:
    print(told, flush=True)
"""


@dataclass(frozen=True, slots=True)
class Marking:
    """Slow enough to be killed meanwhile; leaves a file named by node and process for each that reads."""

    folder: Path
    seconds: float

    def __call__(self, texts: Sequence[str]) -> NDArray[np.float32]:
        (self.folder / f"{ray.get_runtime_context().get_node_id()}.{os.getpid()}").touch()
        time.sleep(self.seconds)
        return embed(texts)


@pytest.fixture(scope="module")
def cluster() -> Iterator[Any]:
    """Two nodes of two CPUs each, by Ray's count; the first one is this process's own."""
    from ray.cluster_utils import Cluster

    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PYTHONPATH", str(ROOT))  # For the actors, to know this file.
        patch.setenv("RAY_USAGE_STATS_ENABLED", "0")
        made = Cluster(initialize_head=True, head_node_args={"num_cpus": 2, "include_dashboard": False})
        try:
            made.add_node(num_cpus=2)
            yield made
        finally:
            ray.shutdown()
            made.shutdown()


@pytest.fixture(scope="module")
def source(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_shards(tmp_path_factory.mktemp("shards"), SHARDS, ROWS)


@pytest.fixture(scope="module")
def expected(source: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    target = tmp_path_factory.mktemp("pool")
    read_folder(source, target, planted(), How("pool", 2))
    return contents(target)


@pytest.fixture
def marks(tmp_path: Path) -> Path:
    (tmp_path / "marks").mkdir()
    return tmp_path / "marks"


def read_meanwhile(cluster: Any, source: Path, target: Path, marks: Path, meanwhile: Callable[[], None]) -> None:
    """Read on the cluster, slowly, while another thread does something to it."""
    other = threading.Thread(target=meanwhile)
    other.start()
    try:
        read_folder(source, target, planted(Marking(marks, seconds=0.7)), How("ray", ray_address=cluster.address))
    finally:
        other.join()


def seen(marks: Path) -> list[tuple[str, int]]:
    """The node and the process of every actor that has read."""
    return [(mark.name.split(".")[0], int(mark.name.split(".")[1])) for mark in marks.iterdir()]


def wait_for(happened: Callable[[], bool]) -> None:
    give_up = time.monotonic() + PATIENCE_S
    while not happened():
        assert time.monotonic() < give_up
        time.sleep(0.02)


def running(process: int) -> bool:
    try:
        return (Path("/proc") / str(process) / "stat").read_text().split()[2] != "Z"
    except FileNotFoundError:
        return False


def test_a_killed_actors_shard_is_read_again_and_the_files_are_the_pools(
    cluster: Any, source: Path, expected: dict[str, bytes], marks: Path, tmp_path: Path
) -> None:
    killed: list[int] = []
    landed: list[int] = []

    def kill() -> None:
        wait_for(lambda: len(contents(tmp_path / "out")) > 1 and len(seen(marks)) == 2)
        killed.append(seen(marks)[0][1])
        os.kill(killed[0], signal.SIGKILL)
        landed.append(len(contents(tmp_path / "out")))

    read_meanwhile(cluster, source, tmp_path / "out", marks, kill)
    assert not running(killed[0])
    assert 0 < landed[0] < SHARDS
    assert (len(seen(marks)), len({node for node, _ in seen(marks)})) == (3, 2)
    assert contents(tmp_path / "out") == expected
    assert read_folder(source, tmp_path / "out", planted(), How("pool", 2)).unchanged == SHARDS


def test_a_removed_nodes_shards_are_read_by_those_that_stay(
    cluster: Any, source: Path, expected: dict[str, bytes], marks: Path, tmp_path: Path
) -> None:
    removed = next(node for node in cluster.list_all_nodes() if node is not cluster.head_node)
    alive: list[str] = []
    landed: list[int] = []

    def remove() -> None:
        wait_for(lambda: len(contents(tmp_path / "out")) > 1)
        wait_for(lambda: any(node == removed.node_id for node, _ in seen(marks)))
        cluster.remove_node(removed, allow_graceful=False)
        landed.append(len(contents(tmp_path / "out")))
        wait_for(lambda: removed.node_id not in nodes_alive())
        alive.extend(nodes_alive())

    read_meanwhile(cluster, source, tmp_path / "out", marks, remove)
    assert alive == [cluster.head_node.node_id]
    assert 0 < landed[0] < SHARDS
    assert not any(running(process) for node, process in seen(marks) if node == removed.node_id)
    assert contents(tmp_path / "out") == expected


def test_a_cluster_that_does_nothing_is_told_of(cluster: Any, source: Path, marks: Path, tmp_path: Path) -> None:
    """In a process of its own, as the command is, for what was given up goes with the process; Ray may end it."""
    arguments = [cluster.address, str(source), str(tmp_path / "out"), str(marks)]
    done = subprocess.run(
        [sys.executable, "-c", STALL, *arguments], capture_output=True, text=True, cwd=ROOT, timeout=PATIENCE_S
    )
    assert done.stdout.startswith("Nothing was written"), done.stderr
    assert "free CPUs" in done.stdout


def nodes_alive() -> list[str]:
    return [node["NodeID"] for node in ray.nodes() if node["Alive"]]
