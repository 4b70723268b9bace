"""The sample company loaded as a user loads it, once a session, for tests that need the whole pipeline's result."""

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest


def environment() -> dict[str, str]:
    """The tests' environment without the database that the tests themselves run on."""
    apart = ("DATABASE_URL", "WINWARD_WORKSPACE", "DJANGO_SETTINGS_MODULE")
    return {name: value for name, value in os.environ.items() if name not in apart}


def winward(*arguments: str, folder: Path | None = None) -> subprocess.CompletedProcess[str]:
    workspace = ["--workspace", str(folder)] if folder else []
    command = [sys.executable, "-m", "winward.faces.cli", *workspace, *arguments]
    return subprocess.run(command, env=environment(), capture_output=True, text=True, check=False)


@pytest.fixture(scope="session")
def sample_workspace() -> Iterator[Path]:
    # Not in pytest's own folder: each start of pytest closes that to other users, the database's among them.
    above = Path(tempfile.mkdtemp(prefix="winward-company-"))
    loaded = winward("demo", str(above / "demo"), "--no-serve")
    assert loaded.returncode == 0, loaded.stderr
    yield above / "demo"
    shutil.rmtree(above, ignore_errors=True)
