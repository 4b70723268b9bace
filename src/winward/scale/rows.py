"""The rows of one shard, Parquet or JSON lines, one at a time: what can be read, and a problem for what can't."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any, NamedTuple

import pyarrow as pa
import pyarrow.parquet as pq

from winward.engine.reading import PASSAGES

PARQUET, JSON_LINES = (".parquet",), (".jsonl", ".ndjson")
SUFFIXES = (*PARQUET, *JSON_LINES)
LONGEST_LINE = 16 * 1024**2  # bytes
ROWS_AT_A_TIME = 1_024

# Handed on beside each signal. Whatever else a shard holds is found by the row's number.
CARRIED = ("id", "document", "speaker")
COLUMNS = tuple(dict.fromkeys((*PASSAGES.names, *CARRIED)))
SIDES = ("", "us", "customer")


class Row(NamedTuple):
    """number counts from 1; in JSON lines it is the line's. values: by name of COLUMNS, text and side among them."""

    number: int
    values: dict[str, str]


@dataclass(frozen=True, slots=True)
class Problem:
    """row counts as Row's number; 0 where the file as a whole is meant. reason: what is wrong, and what to do."""

    row: int
    column: str
    reason: str


def rows(path: Path) -> Iterator[Row | Problem]:
    """Every row of the shard in its order, in memory one at a time. Never raises for what the file holds."""
    for number, found in _parquet(path) if path.suffix in PARQUET else _json_lines(path):
        if isinstance(found, str):
            yield Problem(number, "", found)
        else:
            yield from _checked(number, found)


def _parquet(path: Path) -> Iterator[tuple[int, dict[str, Any] | str]]:
    read = 0
    try:
        with pq.ParquetFile(path) as file:
            present = [name for name in COLUMNS if name in file.schema_arrow.names]
            if "text" not in present:
                yield 0, "it has no column text; name the column of texts so."
                return
            for batch in file.iter_batches(ROWS_AT_A_TIME, columns=present, use_threads=False):
                yield from enumerate(batch.to_pylist(), read + 1)
                read += batch.num_rows
    except (pa.ArrowException, OSError, ValueError) as error:
        yield 0, f"it can't be read beyond row {read:,} ({error}); write it again."


def _json_lines(path: Path) -> Iterator[tuple[int, dict[str, Any] | str]]:
    try:
        with path.open("rb") as file:
            for number, line in enumerate(_lines(file), 1):
                if line is None:
                    yield number, f"this line has more than {LONGEST_LINE:,} bytes and was left out; split its text."
                elif line.strip():
                    yield number, _object(line)
    except OSError as error:
        yield 0, f"it can't be read ({error}); look after its permissions or its disk."


def _lines(file: IO[bytes]) -> Iterator[bytes | None]:
    """Line by line; None in place of one that is too long to be held."""
    whole = True
    while piece := file.readline(LONGEST_LINE):
        ends = piece.endswith(b"\n") or len(piece) < LONGEST_LINE
        if whole:
            yield piece if ends else None
        whole = ends


def _object(line: bytes) -> dict[str, Any] | str:
    try:
        found = json.loads(line.decode("utf-8-sig"))
    except (ValueError, RecursionError) as error:
        return f"this line is no JSON ({error}) and was left out; correct or remove it."
    return (
        found
        if isinstance(found, dict)
        else 'this line is no JSON object and was left out; write {"text": …} in its place.'
    )


def _checked(number: int, found: dict[str, Any]) -> Iterator[Row | Problem]:
    wrong = _wrong_with(found.get("text"))
    if wrong:
        yield Problem(number, "text", f"this row {wrong} and was left out; correct or remove it.")
        return
    values = {name: _plain(found.get(name)) for name in COLUMNS}
    if values["side"] not in SIDES:
        yield Problem(
            number, "side", f"{values['side']!r} was taken as unknown; write customer or us, or leave it empty."
        )
        values["side"] = ""
    yield Row(number, values)


def _wrong_with(text: object) -> str:
    if text is None:
        return "has no text"
    if not isinstance(text, str):
        return f"has a {type(text).__name__} in place of a text"
    return "has half a character in its text" if _plain(text) != text else ""


def _plain(value: object) -> str:
    """As text that can be stored: JSON can name halves of characters, which can't."""
    return "" if value is None else str(value).encode("utf-8", "replace").decode("utf-8")
