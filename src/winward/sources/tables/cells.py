"""One row's cells by field, read as text, dates, amounts and numbers; what can't be read is remembered as a problem."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import TypeVar

from winward.sources.evidence import Problem
from winward.sources.money import Money, parse_money
from winward.sources.tables.conventions import heading_currency
from winward.sources.tables.dates import parse_date, parse_moment
from winward.sources.tables.mapping import Mapping
from winward.sources.tables.shapes import is_blank

Value = TypeVar("Value")
# The store holds sums below 10^16, and an amount may be multiplied by a rate.
LARGEST_AMOUNT = Decimal(10) ** 14


class RowFault(Exception):
    """The row lacks what it can't do without; the rest of the file lands."""

    def __init__(self, field: str, reason: str) -> None:
        super().__init__(reason)
        self.field = field


@dataclass(slots=True)
class Cells:
    file: str
    row: int
    by_column: dict[str, str]
    mapping: Mapping
    problems: list[Problem] = field(default_factory=list)
    _filled: dict[str, str] = field(init=False)

    def __post_init__(self) -> None:
        stripped = ((field, self.by_column[column].strip()) for field, column in self.mapping.fields.items())
        self._filled = {field: text for field, text in stripped if not is_blank(text)}

    def text(self, field: str) -> str:
        """The cell without outer space; empty where the column is missing or holds only a sign for nothing."""
        return self._filled.get(field, "")

    def verbatim(self, field: str) -> str:
        column = self.mapping.fields.get(field)
        return self.by_column[column] if column else ""

    def first(self, *fields: str) -> str:
        return next(filter(None, map(self.text, fields)), "")

    def day(self, field: str) -> date | None:
        return self._read(field, lambda text: parse_date(text, self.mapping.date_orders.get(field, "month")))

    def moment(self, field: str) -> datetime | None:
        return self._read(field, lambda text: parse_moment(text, self.mapping.date_orders.get(field, "month")))

    def money(self, field: str) -> Money | None:
        return self._read(field, lambda text: _within(parse_money(text, self.mapping.decimal_marks.get(field, "."))))

    def whole(self, field: str) -> int | None:
        return self._read(field, _whole)

    def extra(self) -> dict[str, str]:
        return {column: self.by_column[column] for column in self.mapping.extra if self.by_column[column].strip()}

    def report(self, field: str, reason: str) -> None:
        self.problems.append(Problem(self.file, self.row, self.mapping.fields.get(field, ""), reason))

    def _read(self, field: str, parse: Callable[[str], Value]) -> Value | None:
        text = self.text(field)
        if not text:
            return None
        try:
            return parse(text)
        except ValueError as error:
            self.report(field, f"{error}; the row was read without it")
            return None


def _within(money: Money) -> Money:
    if abs(money.amount) > LARGEST_AMOUNT:
        raise ValueError(f"{money.amount:.0E} is more than any deal or price")
    return money


def _whole(text: str) -> int:
    """`1,200`, `1200.0`, `51-200` and `10,000+`: of a range its lower end."""
    amount = parse_money(text.split("-")[0].rstrip("+ ") or text).amount
    if amount < 0 or amount > Decimal(10) ** 9:
        raise ValueError(f"{text!r} is not a count")
    return int(amount)


def account_named(cells: Cells) -> str:
    """Its id, else its name; of several (`71; 72`, as HubSpot writes associations) the first, the primary one."""
    stated = cells.first("account_id", "account")
    several = re.fullmatch(r"(\d+)(?:\s*;\s*\d+)+", stated)
    return several[1] if several else stated


def currency_of(cells: Cells, money: Money | None) -> str:
    """Named beside the amount, in a column of its own, or in the amount's heading, in this order."""
    if money and money.currency:
        return money.currency
    stated = cells.text("currency")
    code = stated.upper() if re.fullmatch(r"[A-Za-z]{3}", stated) else heading_currency(stated)
    return code or cells.mapping.currency
