"""The manifest: which shards have been read, as they were then, by which reader, into what."""

import json
import time
from dataclasses import asdict, dataclass, replace
from pathlib import Path

from winward.scale.aside import written_aside
from winward.scale.shards import shard_at

NAME = "manifest.json"
# Written whole each time: a folder of ten thousand small shards would else write it more than them.
SECONDS_BETWEEN_WRITES = 1.0


@dataclass(frozen=True, slots=True)
class Entry:
    """A shard that was read. passages: rows read. failed: why it could not be read to its end, or "".

    output: the file of its signals. columns: the columns in there.
    """

    shard: str
    size: int
    modified_ns: int
    sha256: str
    reader: str
    columns: list[str]
    passages: int
    signals: int
    problems: int
    failed: str
    output: str


class Manifest:
    """The entries of an output folder. What a kill kept from being written down is read again, with the same result."""

    def __init__(self, folder: Path) -> None:
        """Raises ValueError where the file is no manifest."""
        self._folder = folder
        self._written = 0.0
        self.entries: dict[str, Entry] = {}
        if (folder / NAME).exists():
            try:
                found = json.loads((folder / NAME).read_text("utf-8"))["shards"]
                self.entries = {entry["shard"]: Entry(**entry) for entry in found}
            except (ValueError, TypeError, KeyError) as error:
                raise ValueError(f"{folder / NAME} is no manifest; remove it, and all is read anew.") from error

    def holds(self, source: Path, name: str, reader: str, columns: list[str]) -> bool:
        """Whether the shard was read, as it is now, by this reader into these columns, and the result is there."""
        entry = self.entries.get(name)
        if entry is None or (entry.reader, entry.columns) != (reader, columns):
            return False
        return (self._folder / entry.output).exists() and self._unchanged(source, entry)

    def _unchanged(self, source: Path, entry: Entry) -> bool:
        found = (source / entry.shard).stat()
        if (found.st_size, found.st_mtime_ns) == (entry.size, entry.modified_ns):
            return True
        if found.st_size != entry.size or shard_at(source, entry.shard).sha256 != entry.sha256:
            return False
        self.entries[entry.shard] = replace(entry, modified_ns=found.st_mtime_ns)
        return True

    def add(self, entry: Entry) -> None:
        self.entries[entry.shard] = entry
        if time.monotonic() - self._written > SECONDS_BETWEEN_WRITES:
            self.write()

    def write(self) -> None:
        shards = [asdict(self.entries[name]) for name in sorted(self.entries)]
        with written_aside(self._folder, NAME) as path:
            path.write_text(json.dumps({"shards": shards}, indent=1, ensure_ascii=False), encoding="utf-8")
        self._written = time.monotonic()
