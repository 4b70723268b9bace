"""Files written aside and renamed, so that a file that is there is whole, whatever was killed meanwhile."""

import fcntl
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from uuid import uuid4

from winward.scale.order import Stopped

ASIDE = ".aside"
LOCK = ".lock"


@contextmanager
def alone_in(folder: Path) -> Iterator[None]:
    """Hold the folder for one command of this machine, and clear away what a killed one left half-written.

    Raises Stopped where another command holds it. The hold ends with the process, however that ends.
    """
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / LOCK).open("w") as held:
        try:
            fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            raise Stopped(f"Another command writes into {folder}; wait for it, or name another folder.") from error
        shutil.rmtree(folder / ASIDE, ignore_errors=True)
        try:
            yield
        finally:
            shutil.rmtree(folder / ASIDE, ignore_errors=True)


@contextmanager
def written_aside(folder: Path, name: str) -> Iterator[Path]:
    """A path to write to, which becomes `folder`/`name`, on disk and whole, when the block ends without an error."""
    aside, target = folder / ASIDE / f"{Path(name).name}.{os.getpid()}.{uuid4().hex[:8]}", folder / name
    aside.parent.mkdir(exist_ok=True)
    target.parent.mkdir(parents=True, exist_ok=True)
    try:
        yield aside
        _to_disk(aside)
        aside.replace(target)
        _to_disk(target.parent)
    finally:
        aside.unlink(missing_ok=True)


def _to_disk(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
