"""Which row of a file holds the headings."""

import re

from winward.sources.tables.records import Record

LOOKED_AT = 25
_VALUE = re.compile(r"[\d.,:/\s%€$£+-]*\d[\d.,:/\s%€$£+-]*|\d{4}-\d{2}-\d{2}.*|[^@\s]+@[^@\s]+\.\w+|https?://\S+")


def header_index(records: list[Record]) -> int | None:
    """The place of the headings among the first records; None where the first row already holds values.

    Title lines above a table fill one or two cells; the headings are the first row about as wide as the table.
    """
    widths = [sum(1 for cell in record.cells if cell.strip()) for record in records]
    widest = max(widths, default=0)
    for place, (record, width) in enumerate(zip(records, widths, strict=True)):
        if width and width >= widest * 0.6 and width >= min(widest, 2):
            return place if _reads_as_headings(record.cells) else None
    return None


def _reads_as_headings(cells: list[str]) -> bool:
    filled = [cell.strip() for cell in cells if cell.strip()]
    values = sum(1 for cell in filled if _VALUE.fullmatch(cell))
    return values <= len(filled) * 0.2 and max(map(len, filled)) <= 300


def column_names(cells: list[str]) -> tuple[str, ...]:
    """Headings made usable: blank ones named by their letter as a spreadsheet shows it, repeated ones numbered."""
    names: list[str] = []
    for index, cell in enumerate(cells):
        name = " ".join(cell.split()) or f"column {column_letter(index)}"
        names.append(_distinct(name, names))
    return tuple(names)


def _distinct(name: str, taken: list[str]) -> str:
    if name not in taken:
        return name
    number = 2
    while f"{name} ({number})" in taken:
        number += 1
    return f"{name} ({number})"


def column_letter(index: int) -> str:
    """0 is A, 26 is AA."""
    letters = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters
