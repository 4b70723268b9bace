"""Reading in a pool of processes, each with the models loaded once and one core to itself."""

import os
import signal
import traceback
from collections import deque
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from multiprocessing import get_context, resource_tracker
from multiprocessing.connection import Connection
from multiprocessing.context import SpawnProcess
from queue import SimpleQueue
from threading import Lock

import pyarrow as pa

from winward.engine.reading import Reader, read
from winward.scale.order import Found, Pieces, Stopped, Work

# A piece that takes its process down this often would go on doing so: too little memory, or a damaged installation.
TRIES = 3
# Pieces in hand for each process: one is read while another waits, so that no process waits for the caller.
IN_HAND = 2
SECONDS_TO_DIE = 2.0

# Forking a process that runs threads may hang, and a forked one would hold this one's memory.
_SPAWN = get_context("spawn")


def available_cores() -> int:
    """The cores that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def read_in_pool(pieces: Pieces[Work], reader: Reader, processes: int) -> Found[Work]:
    """As read_here, with `processes` processes side by side, and in the same order.

    A few pieces are in hand at any time, so memory stays steady however many there are. What a process was reading
    when it died is read again by a new one. Raises Stopped, naming the piece, where that doesn't help.
    """
    waiting: deque[tuple[Work, Future[pa.RecordBatch]]] = deque()
    with ThreadPoolExecutor(processes, initializer=_deaf_to_ctrl_c) as threads, _workers(reader, processes) as idle:
        for label, passages in pieces:
            waiting.append((label, threads.submit(_read_by_one_of, idle, passages)))
            if len(waiting) >= IN_HAND * processes:
                yield _first(waiting)
        while waiting:
            yield _first(waiting)


def _first(waiting: "deque[tuple[Work, Future[pa.RecordBatch]]]") -> tuple[Work, pa.RecordBatch]:
    label, future = waiting.popleft()
    try:
        return label, future.result()
    except _Gone as gone:
        raise Stopped(
            f"The process that read {label} ended {TRIES} times (exit code {gone}), most likely for want of memory. "
            "Free some or use fewer processes, and run the same command again."
        ) from gone


class _Gone(Exception):
    """The process ended without an answer; its exit code."""


class _Worker:
    """A process that reads one batch at a time, and a new one in its place where it dies."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader
        self._changing = Lock()
        self._running: tuple[SpawnProcess, Connection] | None = None
        self._stopped = False

    def read(self, passages: pa.RecordBatch) -> pa.RecordBatch:
        """Raises what reading raises, and _Gone where TRIES processes died over it, or after stop()."""
        code = None
        for _ in range(TRIES):
            process, connection = self._started()
            try:
                connection.send(passages)
                answer = connection.recv()
            except (EOFError, OSError):
                code = self._ended(process, connection)
                continue
            if isinstance(answer, Exception):
                raise answer
            return answer
        raise _Gone(code)

    def _started(self) -> tuple[SpawnProcess, Connection]:
        with self._changing:
            if self._stopped:
                raise _Gone
            if self._running is None:
                ours, theirs = _SPAWN.Pipe()
                process = _SPAWN.Process(target=_answer, args=(theirs, self._reader), daemon=True)
                process.start()
                # With its only other end in the process, the pipe tells when the process dies.
                theirs.close()
                self._running = process, ours
            return self._running

    def _ended(self, process: SpawnProcess, connection: Connection) -> int | None:
        """The exit code of a process that no longer answers."""
        with self._changing:
            self._running = None
        process.join(SECONDS_TO_DIE)
        process.kill()
        process.join()
        connection.close()
        return process.exitcode

    def stop(self) -> None:
        """From another thread: whatever is being read is given up, and nothing more is read."""
        with self._changing:
            self._stopped = True
            if self._running is not None:
                self._running[0].kill()


@contextmanager
def _workers(reader: Reader, processes: int) -> "Iterator[SimpleQueue[_Worker]]":
    """Workers that wait for work; all are stopped at the end."""
    workers, idle = [_Worker(reader) for _ in range(processes)], SimpleQueue[_Worker]()
    for worker in workers:
        idle.put(worker)
    try:
        yield idle
    finally:
        for worker in workers:
            worker.stop()


def _read_by_one_of(idle: "SimpleQueue[_Worker]", passages: pa.RecordBatch) -> pa.RecordBatch:
    worker = idle.get()
    try:
        return worker.read(passages)
    finally:
        idle.put(worker)


def _deaf_to_ctrl_c() -> None:
    """Ctrl-C reaches every process of a terminal. What this thread starts is deaf to it from its birth on: the one
    that waits for the answers ends them."""
    # Started first, since its start makes the thread hear again.
    resource_tracker.ensure_running()
    signal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGINT])


def _answer(connection: Connection, reader: Reader) -> None:
    """What a worker process does: read what comes, until its starter is gone."""
    # The tokenizer's own threads would fight the other workers for their cores.
    os.environ["TOKENIZERS_PARALLELISM"] = "false"
    try:
        while True:
            connection.send(_read(connection.recv(), reader))
    except (EOFError, OSError):
        return


def _read(passages: pa.RecordBatch, reader: Reader) -> pa.RecordBatch | Exception:
    try:
        return read(passages, reader)
    except Exception as error:
        error.add_note(traceback.format_exc())
        return error
