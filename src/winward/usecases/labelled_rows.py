"""The columns of a table that learn and label look at."""

from pathlib import Path

from winward.sources import tables
from winward.sources.limits import Unreadable


def rows_of(path: Path, *columns: str) -> list[tuple[int, tuple[str, ...]]]:
    """(row number as a spreadsheet shows it, the cells of the columns), in the file's order.

    Raises Unreadable for a file that is no table, a column that it hasn't, and a row that can't be split into cells.
    """
    table = tables.open_table(path)
    missing = [column for column in columns if column not in table.columns]
    if missing:
        raise Unreadable(f"{path.name} has no column {missing[0]!r}; it has {', '.join(table.columns)}.")
    places = [table.columns.index(column) for column in columns]
    found = []
    for record in table.records():
        if record.fault:
            raise Unreadable(f"{path.name}, row {record.row}: {record.fault}.")
        found.append((record.row, tuple(record.cells[place].strip() for place in places)))
    return found
