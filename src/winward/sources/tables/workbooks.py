"""Spreadsheet files (XLSX, XLSM, XLSB, XLS, ODS), sheet by sheet, every cell as text."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from pathlib import Path

from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook, PasswordError

from winward.sources.limits import Unreadable, check_archive
from winward.sources.tables.records import Record

Cell = int | float | str | bool | time | date | datetime | timedelta


def open_sheets(path: Path) -> list[CalamineSheet]:
    """The sheets that hold anything, in their order. Raises Unreadable."""
    if path.suffix.lower() != ".xls":
        check_archive(path)
    try:
        book = CalamineWorkbook.from_path(str(path))
        sheets = [book.get_sheet_by_name(name) for name in book.sheet_names]
    except PasswordError as error:
        raise Unreadable(f"{path.name} is protected by a password: save it without one") from error
    except (CalamineError, OSError, ValueError) as error:
        raise Unreadable(
            f"{path.name} can't be opened as a spreadsheet ({error}): save it again as XLSX or CSV"
        ) from error
    filled = [sheet for sheet in sheets if sheet.height and sheet.width]
    if not filled:
        raise Unreadable(f"{path.name} has no sheet with anything in it")
    return filled


def read_sheet(sheet: CalamineSheet) -> Iterator[Record]:
    for row, cells in enumerate(sheet.iter_rows(), start=1):
        yield Record(row, [_text(cell) for cell in cells])


def _text(cell: Cell) -> str:
    if isinstance(cell, str):
        return cell.replace("\0", "")
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() and abs(cell) < 1e15 else repr(cell)
    if isinstance(cell, datetime):
        return cell.isoformat(sep=" ")
    return cell.isoformat() if isinstance(cell, date | time) else str(cell)
