"""Commands as a person types them, one after another in one process, which loads what commands need only once."""

import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

# Of the tests' own database and workspace a command must know nothing.
APART = ("DATABASE_URL", "WINWARD_WORKSPACE", "DJANGO_SETTINGS_MODULE")
TYPIST = """
import json, sys
from typer.testing import CliRunner
from winward.faces.cli.app import app
for line in sys.stdin:
    done = CliRunner().invoke(app, json.loads(line))
    broken = done.exception and not isinstance(done.exception, SystemExit)
    print(json.dumps([done.exit_code, done.stdout, repr(done.exception) if broken else done.stderr]), flush=True)
"""


def environment() -> dict[str, str]:
    """The tests' environment without the database that the tests themselves run on."""
    return {name: value for name, value in os.environ.items() if name not in APART}


@dataclass(frozen=True)
class CommandLine:
    """A process in which commands are typed, each in the folder, which is the current one."""

    folder: Path
    process: "subprocess.Popen[str]"

    def type(self, *arguments: str) -> "subprocess.CompletedProcess[str]":
        assert self.process.stdin
        assert self.process.stdout
        print(json.dumps(arguments), file=self.process.stdin, flush=True)
        answer = self.process.stdout.readline()
        assert answer, f"winward {' '.join(arguments)} ended the process"
        code, output, errors = json.loads(answer)
        return subprocess.CompletedProcess(arguments, code, output, errors)

    def shown(self, *arguments: str) -> Any:
        """What the command answers to a program."""
        done = self.type(*arguments, "--json")
        assert done.returncode == 0, done.stderr
        return json.loads(done.stdout)


@contextmanager
def open_folder() -> Iterator[Path]:
    """For a workspace. Each start of pytest closes its own folder to other users, and the database's is one of them."""
    folder = Path(tempfile.mkdtemp(prefix="winward-tests-"))
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def command_line(folder: Path) -> Iterator[CommandLine]:
    with subprocess.Popen(
        [sys.executable, "-c", TYPIST], cwd=folder, env=environment(), text=True,
        stdin=subprocess.PIPE, stdout=subprocess.PIPE,
    ) as process:  # fmt: skip
        yield CommandLine(folder, process)
