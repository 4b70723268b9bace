"""How long a person waits for the signals worth checking, over 1,000,000 signals:

    python -m bench.checking [--scale 0.1]

The tables are filled by SQL, then `list_checks` is asked 20 times: for the next ten, for the same ten while they are
being answered, and for the next ten once the newest 100,000 are answered, more than a team ever does by hand. Beside
the time that passed stands the processor's, of this script and of the database together: what it takes on a machine
that does nothing else.
"""

import argparse
import time
from collections.abc import Sequence
from pathlib import Path

import psutil
import psycopg
from bench.filling import Size, fill, size
from bench.workspaces import address, load, print_table, throwaway

from winward.faces.boot import open_workspace

CALLS = 20
ANSWERED = 100_000


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--scale", type=float, default=1.0)
    wanted = size(parser.parse_args().scale)
    with throwaway("checking") as folder:
        rows = _timed(folder, wanted)
    print(f"{wanted.signals:,} signals ({load()}, this script included)")
    print_table(("asked for", "p50 ms", "p95 ms", "processor ms"), rows)


def _timed(folder: Path, wanted: Size) -> list[tuple[str, ...]]:
    with psycopg.connect(address(folder), autocommit=True) as connection:
        fill(connection, wanted)
        open_workspace(folder)
        from winward.usecases.list_checks import list_checks

        batch = [check.quote.signal for check in list_checks().rows]
        rows = [("the next ten", *_figures(())), ("ten being answered", *_figures(batch))]
        answered = "UPDATE signal SET checked = true WHERE id > %s"
        connection.execute(answered, [wanted.signals - ANSWERED])
        rows.append(("the next ten, 100,000 answered", *_figures(())))
        connection.execute("VACUUM ANALYZE signal")
        return [*rows, ("the same, vacuumed", *_figures(()))]


def _figures(batch: Sequence[int]) -> tuple[str, str, str]:
    from winward.usecases.list_checks import list_checks

    times, busy = [], _busy()
    for _ in range(CALLS):
        started = time.perf_counter()
        list_checks(batch)
        times.append(1_000 * (time.perf_counter() - started))
    used = 1_000 * (_busy() - busy) / CALLS
    times.sort()
    return f"{times[CALLS // 2]:.0f}", f"{times[int(0.95 * (CALLS - 1))]:.0f}", f"{used:.0f}"


def _busy() -> float:
    """Seconds of processor time so far, of this process and of the database's that serves it."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        serving = psutil.Process(cursor.fetchone()[0]).cpu_times()
    return time.process_time() + serving.user + serving.system


if __name__ == "__main__":
    main()
