"""A table to take away: its columns say what they mean, and how their values are written."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Generic, Literal, TypeVar

Row = TypeVar("Row")
Cell = str | int | float | date | None
# share: a rate or a difference of rates, −1 to 1. money: in the company's currency.
Kind = Literal["text", "count", "share", "money", "day"]


@dataclass(frozen=True, slots=True)
class Column(Generic[Row]):
    heading: str
    kind: Kind
    means: str
    value: Callable[[Row], Cell]


@dataclass(frozen=True, slots=True)
class Table(Generic[Row]):
    """name: of the file and the sheet. rows may be read once only. notes: what the table shows, in sentences."""

    name: str
    columns: tuple[Column[Row], ...]
    rows: Iterable[Row]
    notes: tuple[str, ...]

    def cells(self, row: Row) -> list[Cell]:
        return [column.value(row) for column in self.columns]
