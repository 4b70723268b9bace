from collections.abc import Callable
from pathlib import Path

import pytest

from winward.sources.evidence import CrmRow, Document, Problem
from winward.sources.tables import open_table, propose_mapping, read_table

Read = tuple[list[CrmRow | Document], list[Problem]]


@pytest.fixture
def written(tmp_path: Path) -> Callable[[str, str | bytes], Path]:
    def write(name: str, content: str | bytes) -> Path:
        path = tmp_path / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return path

    return write


@pytest.fixture
def read() -> Callable[[Path], Read]:
    def read_file(path: Path) -> Read:
        table = open_table(path)
        values = list(read_table(table, propose_mapping(table)))
        problems = [value for value in values if isinstance(value, Problem)]
        return [value for value in values if not isinstance(value, Problem)], problems

    return read_file
