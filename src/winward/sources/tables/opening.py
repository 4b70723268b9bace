"""Opens a table file: its headings, and its rows one after the other."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import partial
from itertools import islice
from pathlib import Path
from statistics import median_low

from python_calamine import CalamineSheet

from winward.sources.limits import Unreadable, check_file
from winward.sources.tables.delimited import detect_layout, read_delimited
from winward.sources.tables.headers import LOOKED_AT, column_names, header_index
from winward.sources.tables.records import Record
from winward.sources.tables.workbooks import open_sheets, read_sheet

WORKBOOK_SUFFIXES = frozenset({".xlsx", ".xlsm", ".xlsb", ".xls", ".ods"})
TABLE_SUFFIXES = frozenset({".csv", ".tsv"}) | WORKBOOK_SUFFIXES


@dataclass(frozen=True, slots=True)
class Table:
    """A table in a file. name: the file's, with the sheet's where the file holds several.

    Each call of `rows` or `records` reads the file anew, one row at a time; a workbook's sheet is held in memory.
    """

    name: str
    columns: tuple[str, ...]
    first_row: int
    read: Callable[[], Iterator[Record]]

    def records(self) -> Iterator[Record]:
        """The rows below the headings without the blank ones, each cut or padded to the columns if nothing is lost."""
        return (record for record in self.lines() if record.fault or any(cell.strip() for cell in record.cells))

    def lines(self) -> Iterator[Record]:
        """As `records`, with the rows whose cells are all blank: answers in the file's order must not skip one."""
        below = (record for record in self.read() if record.row >= self.first_row)
        return (_fitted(record, len(self.columns)) for record in below if record.cells or record.fault)

    def rows(self) -> Iterator[tuple[int, dict[str, str]]]:
        """(row number as a spreadsheet shows it, cell by column), without the rows that can't be split into cells."""
        for record in self.records():
            if not record.fault:
                yield record.row, dict(zip(self.columns, record.cells, strict=True))


def _fitted(record: Record, width: int) -> Record:
    cells = record.cells
    if record.fault or len(cells) == width:
        return record
    if any(cell.strip() for cell in cells[width:]):
        fault = f"has {len(cells)} cells under {width} headings: put quotes around a cell that holds the delimiter"
        return replace(record, fault=fault)
    return replace(record, cells=cells[:width] + [""] * (width - len(cells)))


def open_table(path: Path) -> Table:
    """The file's table; of a workbook, the first sheet that holds anything. Raises Unreadable."""
    return open_tables(path)[0]


def open_tables(path: Path) -> list[Table]:
    """Every table in the file: one, or one per sheet that holds anything. Raises Unreadable."""
    check_file(path)
    if path.suffix.lower() in WORKBOOK_SUFFIXES:
        sheets = open_sheets(path)
        return [_sheet_table(path, sheet, alone=len(sheets) == 1) for sheet in sheets]
    layout = detect_layout(path)
    return [_table(path.name, partial(read_delimited, path, layout))]


def _sheet_table(path: Path, sheet: CalamineSheet, alone: bool) -> Table:
    return _table(path.name if alone else f"{path.name} / {sheet.name}", partial(read_sheet, sheet))


def _table(name: str, read: Callable[[], Iterator[Record]]) -> Table:
    first = list(islice(read(), LOOKED_AT))
    width = max((len(record.cells) for record in first), default=0)
    if not width:
        raise Unreadable(f"{name} has no row that can be read: export it again as CSV or XLSX")
    place = header_index(first)
    if place is None:
        return Table(name, column_names([""] * width), 1, read)
    headings = _fitted_headings(first[place].cells, first[place + 1 :])
    return Table(name, column_names(headings), first[place].row + 1, read)


def _fitted_headings(headings: list[str], below: list[Record]) -> list[str]:
    """Exports often end every line with delimiters: blank headings at the end count only if most rows fill them."""
    filled = [_last_filled(record.cells) for record in below if record.cells]
    usual = median_low(filled) if filled else 0
    width = max(_last_filled(headings), usual)
    return (headings + [""] * width)[:width]


def _last_filled(cells: list[str]) -> int:
    return max((index for index, cell in enumerate(cells, start=1) if cell.strip()), default=0)
