"""doctor: whether each thing that Winward stands on is in order, and how to mend what isn't."""

import shutil
import sys
from collections.abc import Callable
from dataclasses import dataclass

from winward.faces.boot import open_workspace
from winward.workspace import NoWorkspace, Workspace, find

LEAST_FREE_BYTES = 1_000_000_000


@dataclass(frozen=True, slots=True)
class Finding:
    """mend: what to do, empty where all is well."""

    what: str
    well: bool
    found: str
    mend: str = ""


def examine(named: str | None) -> list[Finding]:
    """Everything, in the order in which one thing rests on another."""
    findings = [_python(), _asked("reading model", _model), _asked("workspace", lambda: _workspace(named))]
    if findings[-1].well:
        findings += [_asked("disk", lambda: _disk(find(named))), _asked("database", lambda: _database(named))]
    return findings


def _asked(what: str, ask: Callable[[], Finding]) -> Finding:
    """A check that breaks is itself a finding."""
    try:
        return ask()
    except NoWorkspace as error:
        return Finding(what, False, "none found", str(error))
    except Exception as error:
        mend = "If the message doesn't help, run `make install` again and look at database/log in the workspace."
        return Finding(what, False, f"{type(error).__name__}: {error}", mend)


def _python() -> Finding:
    version = ".".join(map(str, sys.version_info[:3]))
    mend = "" if sys.version_info >= (3, 11) else "Install Python 3.11 or newer and run `make install` with it."
    return Finding("Python", not mend, version, mend)


def _model() -> Finding:
    from winward.text_models import EmbeddedModel

    model = EmbeddedModel()
    model.embed(["a sentence"])
    return Finding("reading model", True, f"{model.name}, its hash is right and it answers")


def _workspace(named: str | None) -> Finding:
    return Finding("workspace", True, str(find(named).folder))


def _disk(workspace: Workspace) -> Finding:
    free = shutil.disk_usage(workspace.folder).free
    mend = "" if free > LEAST_FREE_BYTES else "Free at least a gigabyte where the workspace lies."
    return Finding("disk", not mend, f"{free / 1e9:,.1f} GB free", mend)


def _database(named: str | None) -> Finding:
    open_workspace(named)
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SELECT current_setting('server_version'), extversion FROM pg_extension WHERE extname='vector'")
        version, vectors = cursor.fetchone()
    return Finding("database", True, f"PostgreSQL {version} with pgvector {vectors}, schema up to date")
