"""How a table's columns are read: which column is which field, and what was decided about their values."""

import hashlib
from dataclasses import dataclass, field

from winward.sources.evidence import DocumentKind
from winward.sources.money import DecimalMark
from winward.sources.tables.dates import DateOrder
from winward.sources.tables.vocabulary import TableKind, label_key


@dataclass(frozen=True, slots=True)
class Mapping:
    """fields: column by field. reasons, confidence (0 to 1): by field. extra: the columns without a field.

    signature: the same for files with the same headings, so that a saved mapping finds its files.
    date_orders, decimal_marks: by field, where the values leave a choice. currency: what the amount's heading names.
    lost_zero_unknown: an amount of 0 on a lost deal means that none was recorded.
    document_kind: what each row of a table of documents is, where no column says it.
    notes: what was decided for a whole column, in sentences for people.
    """

    kind: TableKind
    fields: dict[str, str]
    reasons: dict[str, str]
    confidence: dict[str, float]
    extra: tuple[str, ...]
    signature: str
    date_orders: dict[str, DateOrder] = field(default_factory=dict)
    decimal_marks: dict[str, DecimalMark] = field(default_factory=dict)
    currency: str = ""
    lost_zero_unknown: bool = False
    document_kind: DocumentKind = "note"
    notes: tuple[str, ...] = ()


def signature(columns: tuple[str, ...]) -> str:
    """A stable hash of the headings, in their order, without case, spaces and punctuation."""
    return hashlib.sha256("\x1f".join(map(label_key, columns)).encode()).hexdigest()[:16]
