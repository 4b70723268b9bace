"""Answers kept, so that none is paid for twice."""

import os
import tempfile
from pathlib import Path
from typing import Protocol


class Cache(Protocol):
    def get(self, key: str) -> bytes | None: ...

    def put(self, key: str, content: bytes) -> None: ...


class FolderCache:
    """One file an answer. A file is there whole or not at all, however many processes write, and whenever they stop."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def get(self, key: str) -> bytes | None:
        try:
            return self._path(key).read_bytes()
        except FileNotFoundError:
            return None

    def put(self, key: str, content: bytes) -> None:
        path = self._path(key)
        path.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(dir=path.parent, suffix=".part", delete=False) as aside:
            aside.write(content)
        os.replace(aside.name, path)

    def _path(self, key: str) -> Path:
        return self._folder / key[:2] / f"{key}.json"
