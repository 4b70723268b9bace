"""The sample company loaded as a user loads it, once a session, for tests that need the whole pipeline's result."""

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.command_line import environment, open_folder


def winward(*arguments: str, folder: Path | None = None) -> subprocess.CompletedProcess[str]:
    workspace = ["--workspace", str(folder)] if folder else []
    command = [sys.executable, "-m", "winward.faces.cli", *workspace, *arguments]
    return subprocess.run(command, env=environment(), capture_output=True, text=True, check=False)


@pytest.fixture(scope="session")
def sample_workspace() -> Iterator[Path]:
    with open_folder() as above:
        loaded = winward("demo", str(above / "demo"), "--no-serve")
        assert loaded.returncode == 0, loaded.stderr
        yield above / "demo"
