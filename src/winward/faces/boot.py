"""Opening a workspace, which every face does first."""

import os
from pathlib import Path

import django

from winward import workspace
from winward.workspace import Workspace


def open_workspace(named: str | Path | None = None) -> Workspace:
    """Find the workspace, see to its database and schema, and set Django up on it. Raises NoWorkspace."""
    found = workspace.find(named)
    workspace.connect(found)
    set_up()
    from winward.records import schema

    schema.bring_up_to_date()
    return found


def set_up() -> None:
    """Make Django ready; without a workspace nothing may touch a database after it."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "winward.settings")
    django.setup()
