"""A table as CSV, line by line, safe to open in a spreadsheet."""

import csv
from collections.abc import Iterator
from typing import Any

from winward.faces.exports.tables import Cell, Table

# A cell that begins so would be run as a formula.
FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")
BYTE_ORDER_MARK = "\ufeff"


def csv_lines(table: Table[Any]) -> Iterator[str]:
    """Headings first. The mark at the beginning is what tells spreadsheets that the text is UTF-8."""
    writer = csv.writer(_Line())
    yield BYTE_ORDER_MARK + writer.writerow([column.heading for column in table.columns])
    for row in table.rows:
        yield writer.writerow([safe(cell) for cell in table.cells(row)])


def safe(cell: Cell) -> Cell:
    """Words that a spreadsheet would take for a formula, with an apostrophe before them; numbers as they are."""
    if isinstance(cell, str) and cell.startswith(FORMULA):
        return f"'{cell}"
    return round(cell, 6) if isinstance(cell, float) else cell


class _Line:
    """What the writer writes a line to; it gives the line back."""

    def write(self, line: str) -> str:
        return line
