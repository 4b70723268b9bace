"""Files on their way in: kept in the workspace from the upload until the import has read them."""

import secrets
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile

from winward.usecases.quotes import NotFound
from winward.workspace import Workspace


def keep(files: "Iterable[UploadedFile[Any]]") -> str:
    """Write the files to a folder of their own; returns its token."""
    token = secrets.token_hex(8)
    folder = _folder(token)
    folder.mkdir(parents=True)
    for file in files:
        with _free(folder, Path(file.name or "file").name).open("wb") as out:
            out.writelines(file.chunks())
    return token


def kept(token: str) -> list[Path]:
    """The upload's files by name. Raises NotFound."""
    folder = _folder(token)
    if not folder.is_dir():
        raise NotFound("This upload is gone; choose the files again.")
    return sorted(path for path in folder.iterdir() if path.is_file())


def _folder(token: str) -> Path:
    workspace: Workspace | None = settings.WORKSPACE
    if workspace is None:
        raise RuntimeError("Pages are served from a workspace.")
    return workspace.uploads / token


def _free(folder: Path, name: str) -> Path:
    """A path that no earlier file of the upload has."""
    path = folder / name.lstrip(".")
    number = 2
    while path.exists():
        path = folder / f"{Path(name).stem} {number}{Path(name).suffix}"
        number += 1
    return path
