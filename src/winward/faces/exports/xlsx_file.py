"""A table as a workbook: numbers as numbers, and a sheet of notes that says what each column means."""

from datetime import date, datetime
from itertools import islice
from typing import IO, Any

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from winward.faces.exports.tables import Cell, Column, Kind, Table

# Sheets end after 1,048,576 rows; one of them holds the headings.
ROWS_A_SHEET = 1_048_575
LONGEST_TEXT = 32_767
FORMATS: dict[Kind, str] = {"share": "0.0%", "money": "#,##0", "count": "#,##0", "day": "yyyy-mm-dd"}
WIDTHS: dict[Kind, int] = {"text": 30, "count": 12, "share": 14, "money": 16, "day": 12}


def write_xlsx(table: Table[Any], file: IO[bytes], on: date) -> None:
    """Row by row, so that a long table takes no more memory than a short one. on: the day that the notes name."""
    with Workbook(file, {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}) as book:
        head = book.add_format({"bold": True, "text_wrap": True, "valign": "top", "bottom": 1})
        formats = {kind: book.add_format({"num_format": shape}) for kind, shape in FORMATS.items()}
        rows, number, written = iter(table.rows), 1, ROWS_A_SHEET
        while written == ROWS_A_SHEET:
            sheet = book.add_worksheet(table.name[:28] + (f" {number}" if number > 1 else ""))
            _begin(sheet, table.columns, head)
            written, number = _fill(sheet, table, islice(rows, ROWS_A_SHEET), formats), number + 1
        _notes(book.add_worksheet("notes"), table, head, on)


def _begin(sheet: Worksheet, columns: tuple[Column[Any], ...], head: Format) -> None:
    sheet.freeze_panes(1, 1)
    for at, column in enumerate(columns):
        sheet.set_column(at, at, WIDTHS[column.kind])
        sheet.write_string(0, at, column.heading, head)


def _fill(sheet: Worksheet, table: Table[Any], rows: "islice[Any]", formats: dict[Kind, Format]) -> int:
    """How many rows there were."""
    written = 0
    for written, row in enumerate(rows, start=1):
        for at, (column, cell) in enumerate(zip(table.columns, table.cells(row), strict=True)):
            _put(sheet, written, at, cell, formats.get(column.kind))
    return written


def _put(sheet: Worksheet, row: int, at: int, cell: Cell, shape: Format | None) -> None:
    if isinstance(cell, str):
        sheet.write_string(row, at, cell[:LONGEST_TEXT])
    elif isinstance(cell, datetime | date):
        sheet.write_datetime(row, at, cell, shape)
    elif cell is not None:
        sheet.write_number(row, at, cell, shape)


def _notes(sheet: Worksheet, table: Table[Any], head: Format, on: date) -> None:
    sheet.set_column(0, 0, 34)
    sheet.set_column(1, 1, 90)
    lines = [("Made on", on.isoformat()), *(("", note) for note in table.notes)]
    sheet.write_string(0, 0, table.name, head)
    for row, (name, text) in enumerate([*lines, ("", ""), *_meanings(table)], start=1):
        sheet.write_string(row, 0, name)
        sheet.write_string(row, 1, text)


def _meanings(table: Table[Any]) -> list[tuple[str, str]]:
    return [(column.heading, column.means) for column in table.columns]
