"""Shows how the columns of a table were read, before anything is stored."""

from dataclasses import dataclass, fields
from itertools import islice

from winward.sources.evidence import CrmRow, Document, Problem
from winward.sources.tables.mapping import Mapping
from winward.sources.tables.opening import Table
from winward.sources.tables.reading import read_table
from winward.sources.tables.vocabulary import MORE_TEXTS

_LOOKED_AT = 200
_FROM_PARTS = {"first_name": "name", "last_name": "name", "account_id": "account", "id": "external_id"}


@dataclass(frozen=True, slots=True)
class PreviewColumn:
    """samples: its values as they were read, one per shown row; empty where a cell held nothing."""

    field: str
    column: str
    reason: str
    confidence: float
    samples: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Preview:
    """extra: the columns kept without a field. problems: those among the first 200 rows."""

    name: str
    kind: str
    columns: tuple[PreviewColumn, ...]
    extra: tuple[str, ...]
    notes: tuple[str, ...]
    problems: tuple[Problem, ...]


def preview(table: Table, mapping: Mapping, rows: int = 5) -> Preview:
    """Errors as `read_table`."""
    values = list(islice(read_table(table, mapping), _LOOKED_AT))
    shown = [value for value in values if not isinstance(value, Problem)][:rows]
    raw = dict(islice(table.rows(), _LOOKED_AT))
    return Preview(
        name=table.name,
        kind=mapping.kind,
        columns=tuple(_column(field, mapping, shown, raw) for field in mapping.fields),
        extra=mapping.extra,
        notes=mapping.notes,
        problems=tuple(value for value in values if isinstance(value, Problem)),
    )


def _column(
    field: str, mapping: Mapping, shown: list[CrmRow | Document], raw: dict[int, dict[str, str]]
) -> PreviewColumn:
    column = mapping.fields[field]
    samples = tuple(_as_read(value, field, raw.get(value.row, {}).get(column, "")) for value in shown)
    return PreviewColumn(field, column, mapping.reasons[field], mapping.confidence[field], samples)


def _as_read(value: CrmRow | Document, field: str, cell: str) -> str:
    """The parsed value where the row has one under this field; else the cell, which became part of another."""
    if isinstance(value, Document) and field in ("text", *MORE_TEXTS):
        return cell
    name = _FROM_PARTS.get(field, field)
    if field in ("first_name", "last_name") or name not in {each.name for each in fields(value)}:
        return cell
    read = getattr(value, name)
    return "" if read is None else str(read)
