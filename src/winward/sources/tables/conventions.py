"""What holds for a whole column: the order of day and month, the decimal mark, what a zero means."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import islice

from winward.sources.evidence import DocumentKind
from winward.sources.money import CURRENCIES, SYMBOLS, DecimalMark, decimal_mark, parse_money
from winward.sources.tables.dates import DateOrder, date_order
from winward.sources.tables.opening import Table
from winward.sources.tables.states import state_of
from winward.sources.tables.vocabulary import TableKind

# Rows that show whether a column writes dates with figures only, and its decimal mark.
_ENOUGH = 5_000
_DATE_FIELDS = ("created_on", "closed_on", "entered_on", "happened_at", "churned_on", "contract_end")
_MONEY_FIELDS = ("amount", "price", "recurring", "recurring_monthly")
_KIND_WORDS: tuple[tuple[str, DocumentKind], ...] = (
    ("review", "review"), ("rating", "review"), ("bewertung", "review"), ("survey", "survey"), ("nps", "survey"),
    ("csat", "survey"), ("respon", "survey"), ("ticket", "ticket"), ("case", "ticket"), ("issue", "ticket"),
    ("interview", "interview"), ("meeting", "meeting"), ("call", "call"), ("email", "email"), ("note", "note"),
    ("message", "message"), ("chat", "message"), ("stars", "review"), ("feedback", "review"),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Conventions:
    date_orders: dict[str, DateOrder]
    decimal_marks: dict[str, DecimalMark]
    currency: str
    lost_zero_unknown: bool
    document_kind: DocumentKind
    notes: tuple[str, ...]


def conventions(table: Table, kind: TableKind, fields: Mapping[str, str]) -> Conventions:
    """Where the first rows leave it open, decided on every row: the date that tells day from month may be the last."""
    notes: list[str] = []
    orders = _date_orders(table, fields, notes)
    marks = _decimal_marks(table, fields, notes)
    unknown = kind == "deals" and _lost_zero_unknown(table, fields, marks, notes)
    if kind == "deals" and not fields.keys() & {"state", "stage", "is_won", "is_closed", "is_lost", "probability"}:
        notes.append(_no_state_note(fields))
    currency = next((heading_currency(fields[field]) for field in _MONEY_FIELDS if field in fields), "")
    return Conventions(orders, marks, currency, unknown, _document_kind(table), tuple(notes))


def column(table: Table, name: str) -> Iterator[str]:
    return (row[name] for _, row in table.rows())


def _date_orders(table: Table, fields: Mapping[str, str], notes: list[str]) -> dict[str, DateOrder]:
    found: dict[str, tuple[DateOrder, str]] = {}
    for field in filter(fields.__contains__, _DATE_FIELDS):
        if date_order(islice(column(table, fields[field]), _ENOUGH)) is None:
            continue
        decided = date_order(column(table, fields[field]))
        if decided:
            found[field] = decided
    sure = {order for order, note in found.values() if "could mean either" not in note}
    for field, (order, note) in found.items():
        if "could mean either" in note and len(sure) == 1:
            order = next(iter(sure))
            note = f"could mean either; read as {order} first, like the other dates of this file"
            found[field] = (order, note)
        notes.append(f"{fields[field]}: {note}")
    return {field: order for field, (order, _) in found.items()}


def _decimal_marks(table: Table, fields: Mapping[str, str], notes: list[str]) -> dict[str, DecimalMark]:
    found: dict[str, DecimalMark] = {}
    for field in filter(fields.__contains__, _MONEY_FIELDS):
        mark, why = decimal_mark(islice(column(table, fields[field]), _ENOUGH))
        found[field] = mark
        if mark == ",":
            notes.append(f"{fields[field]}: {why}")
    return found


def _lost_zero_unknown(
    table: Table, fields: Mapping[str, str], marks: Mapping[str, DecimalMark], notes: list[str]
) -> bool:
    stated = fields.get("state") or fields.get("stage")
    if not stated or "amount" not in fields:
        return False
    zeros = _zero_counts(((row[stated], row[fields["amount"]]) for _, row in table.rows()), marks["amount"])
    unknown = zeros["lost"] > 0 and zeros["won"] == 0
    if unknown:
        notes.append(
            f"{fields['amount']}: {zeros['lost']} lost deals have 0 and no won deal has; taken as not recorded"
        )
    return unknown


def _zero_counts(cells: Iterable[tuple[str, str]], mark: DecimalMark) -> dict[str, int]:
    zeros = {"won": 0, "lost": 0, "open": 0}
    for stated, amount in cells:
        if "0" in amount and _is_zero(amount, mark):
            zeros[state_of(stated) or "open"] += 1
    return zeros


def _is_zero(text: str, mark: DecimalMark) -> bool:
    try:
        return parse_money(text, mark).amount == 0
    except ValueError:
        return False


def _no_state_note(fields: Mapping[str, str]) -> str:
    if heading_state(fields.get("closed_on", "")):
        won_on = fields["closed_on"]
        return f"no column says how the deals ended; those with a {won_on} are taken as such, the rest as open"
    return "no column says how the deals ended: all are taken as open"


def heading_state(heading: str) -> str:
    """`won_date`: a date that only deals of one state have."""
    state = state_of(heading)
    return state if state in ("won", "lost") else ""


def heading_currency(heading: str) -> str:
    """`Amount (EUR)`, `amount_usd`, `Betrag in €`."""
    for word in re.split(r"[\s_()\[\]/,:]+", heading.upper()):
        if word in CURRENCIES or word in ("$", "€", "£", "¥"):
            return SYMBOLS.get(word, word)
    return ""


def _document_kind(table: Table) -> DocumentKind:
    for text in (table.name, " ".join(table.columns)):
        for word, kind in _KIND_WORDS:
            if word in text.casefold():
                return kind
    return "note"
