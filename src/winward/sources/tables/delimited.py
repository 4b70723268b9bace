"""Text tables: encoding, delimiter, and records read one at a time, so that memory doesn't grow with the file."""

import codecs
import csv
import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from charset_normalizer import from_bytes

from winward.sources.limits import Unreadable
from winward.sources.tables.records import Record

DELIMITERS = (",", ";", "\t", "|")
LONGEST_CELL = 1_000_000
_SAMPLE_BYTES = 256 * 1024
_SAMPLE_LINES = 200
# What exports of western and eastern European, Russian and East Asian systems write when they don't write UTF-8.
_LIKELY_ENCODINGS = ["cp1252", "cp1250", "cp1251", "cp1253", "cp1254", "shift_jis", "gb18030", "big5", "euc_kr"]
_BYTE_ORDER_MARKS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_UTF16_MARKS = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_BINARY = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]")

csv.field_size_limit(LONGEST_CELL)


@dataclass(frozen=True, slots=True)
class Layout:
    encoding: str
    delimiter: str


def detect_layout(path: Path) -> Layout:
    """Raises Unreadable for an empty file and for one that is no text."""
    with path.open("rb") as file:
        head = file.read(_SAMPLE_BYTES)
    if not head.strip():
        raise Unreadable(f"{path.name} is empty: export it again, or leave it out")
    encoding = _encoding(path, head)
    return Layout(encoding, _delimiter(path, encoding))


def _encoding(path: Path, head: bytes) -> str:
    for mark, name in _BYTE_ORDER_MARKS:
        if head.startswith(mark):
            return name
    if _looks_utf16(head):
        return "utf-16-le" if head[1:2] == b"\0" else "utf-16-be"
    if len(_BINARY.findall(head)) > max(8, len(head) // 100):
        raise Unreadable(f"{path.name} is not a text table: export it as CSV or XLSX")
    return "utf-8" if _is_utf8(path) else _legacy_encoding(path)


def not_utf8(path: Path) -> int | None:
    """The first line, from 1, that is not UTF-8; None where all are, or a mark says that the file is UTF-16."""
    with path.open("rb") as file:
        if _looks_utf16(head := file.read(_SAMPLE_BYTES)) or head.startswith(_UTF16_MARKS):
            return None
        file.seek(0)
        return next((number for number, line in enumerate(file, 1) if not _decodes(line)), None)


def _decodes(line: bytes) -> bool:
    try:
        line.decode()
    except UnicodeDecodeError:
        return False
    return True


def _looks_utf16(head: bytes) -> bool:
    even, odd = head[0::2].count(0), head[1::2].count(0)
    half = max(1, len(head) // 2)
    return len(head) % 2 == 0 and max(even, odd) > half * 0.4 and min(even, odd) < half * 0.1


def _is_utf8(path: Path) -> bool:
    decoder = codecs.getincrementaldecoder("utf-8")()
    with path.open("rb") as file:
        try:
            while block := file.read(_SAMPLE_BYTES):
                decoder.decode(block)
            decoder.decode(b"", final=True)
        except UnicodeDecodeError:
            return False
    return True


def _legacy_encoding(path: Path) -> str:
    """Judged on the lines that aren't ASCII, wherever in the file the first of them stands."""
    telling = bytearray()
    with path.open("rb") as file:
        for line in file:
            if not line.isascii():
                telling += line
            if len(telling) > _SAMPLE_BYTES // 4:
                break
    best = from_bytes(bytes(telling), cp_isolation=_LIKELY_ENCODINGS).best()
    return best.encoding if best else "cp1252"


def _delimiter(path: Path, encoding: str) -> str:
    with _opened(path, encoding) as file:
        lines = [
            line for _, line in zip(range(_SAMPLE_LINES), iter(lambda: file.readline(LONGEST_CELL), ""), strict=False)
        ]
    declared = re.fullmatch(r"sep=(.)\s*", lines[0]) if lines else None
    if declared:
        return declared[1]
    return max(DELIMITERS, key=lambda delimiter: _evenness(lines, delimiter))


def _evenness(lines: list[str], delimiter: str) -> float:
    """How many of the records have the most frequent number of cells; wider wins between equals."""
    widths: Counter[int] = Counter()
    try:
        for cells in csv.reader(lines, delimiter=delimiter):
            widths[len(cells)] += len(cells) > 1
    except csv.Error:
        return 0.0
    width, records = max(widths.items(), key=lambda item: (item[1], item[0]), default=(0, 0))
    return records * (1 + width / 1000) / max(1, sum(widths.values()) + 0.1 * len(lines))


def _opened(path: Path, encoding: str) -> IO[str]:
    return path.open(encoding=encoding, errors="replace", newline="")


def read_delimited(path: Path, layout: Layout) -> Iterator[Record]:
    with _opened(path, layout.encoding) as file:
        yield from _Splitter(lambda: file.readline(LONGEST_CELL), layout.delimiter).records()


class _Splitter:
    """Splits lines into records, and starts over after the first line of one whose quotes don't close.

    Without that, one stray quote would swallow every row up to the next one.
    """

    def __init__(self, read_line: Callable[[], str], delimiter: str) -> None:
        self._read_line = read_line
        self._delimiter = delimiter
        self._returned: list[str] = []
        self._taken: list[str] = []
        self._width = 0
        self._taken_size = 0

    def records(self) -> Iterator[Record]:
        reader = csv.reader(self, delimiter=self._delimiter)
        row = 0
        while True:
            self._taken, self._taken_size = [], 0
            try:
                cells = next(reader)
            except StopIteration:
                return
            except csv.Error:
                cells = None
            row += 1
            if row == 1 and len(self._taken) == 1 and self._taken[0].startswith("sep="):
                cells = []
            yield self._judged(row, cells)

    def __iter__(self) -> "_Splitter":
        return self

    def __next__(self) -> str:
        line = self._returned.pop() if self._returned else self._read_line()
        if not line:
            raise StopIteration
        # The reader's own limit counts one cell; a record of many cells must not gather the whole file either.
        if self._taken and self._taken_size + len(line) > 2 * LONGEST_CELL:
            self._returned.append(line)
            raise StopIteration
        line = line.replace("\0", "") or "\n"
        self._taken.append(line)
        self._taken_size += len(line)
        return line

    def _judged(self, row: int, cells: list[str] | None) -> Record:
        if cells is None or self._swallowed_others(cells):
            self._returned.extend(reversed(self._taken[1:]))
            return Record(row, [], "a quote is opened and never closed: close it, or double quotes inside a cell")
        self._width = max(self._width, len(cells)) if row <= 20 else self._width
        return Record(row, cells)

    def _swallowed_others(self, cells: list[str]) -> bool:
        if len(self._taken) < 2 or self._width < 2:
            return False
        odd = sum(line.count('"') for line in self._taken) % 2 == 1
        if not odd and len(cells) == self._width:
            return False
        return any(line.count(self._delimiter) == self._width - 1 for line in self._taken[1:])
