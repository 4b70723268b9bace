"""One line of a table as it stands in the file."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Record:
    """row counts from 1 as a spreadsheet shows it. fault: why the line could not be split into cells, else empty."""

    row: int
    cells: list[str]
    fault: str = ""
