"""An export by the ending of its file."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

from winward.faces.exports import forest
from winward.faces.exports.csv_file import csv_lines
from winward.faces.exports.tables import Table
from winward.faces.exports.xlsx_file import write_xlsx

TYPES = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "svg": "image/svg+xml",
    "png": "image/png",
}
PICTURES = ("svg", "png")


def save(
    path: Path, ending: str, table: Callable[[], Table[Any]], picture: Callable[[], forest.Forest] | None, on: date
) -> None:
    """In the file, as its ending says; one of TYPES. on: the day that a workbook's notes name."""
    if picture and ending in PICTURES:
        path.write_bytes(picture_bytes(ending, picture()))
    elif ending == "csv":
        with path.open("w", encoding="utf-8", newline="") as file:
            file.writelines(csv_lines(table()))
    else:
        with path.open("wb") as book:
            write_xlsx(table(), book, on)


def picture_bytes(ending: str, drawn: forest.Forest) -> bytes:
    return forest.png(drawn) if ending == "png" else forest.svg(drawn).encode()
