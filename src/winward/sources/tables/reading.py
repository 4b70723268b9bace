"""Reads a table's rows into plain values; what can't be read becomes a problem and the rest lands."""

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import replace

from winward.sources.evidence import CrmRow, Document, Problem, StageRow
from winward.sources.tables.cells import Cells, RowFault
from winward.sources.tables.crm_rows import account_row, contact_row, deal_row, owner_row, product_row, stage_row
from winward.sources.tables.document_rows import document_row
from winward.sources.tables.mapping import Mapping
from winward.sources.tables.opening import Table
from winward.sources.tables.vocabulary import TableKind

_READERS: dict[TableKind, Callable[[Cells], CrmRow | Document]] = {
    "deals": deal_row,
    "accounts": account_row,
    "contacts": contact_row,
    "owners": owner_row,
    "products": product_row,
    "stages": stage_row,
    "documents": document_row,
}
# Rows of these without an id of their own may be alike and yet two: two equal reviews, two equal sales.
_MAY_BE_ALIKE = ("deals", "documents")


def read_table(table: Table, mapping: Mapping) -> Iterator[CrmRow | Document | Problem]:
    """One value per row, in the file's order, and problems as they are met; memory grows by the ids only.

    Of several rows with one id the last lands, and each earlier one is a problem.
    Raises ValueError where the mapping names a column that the table lacks.
    """
    missing = [column for column in (*mapping.fields.values(), *mapping.extra) if column not in table.columns]
    if missing:
        raise ValueError(f"{table.name} has no column {missing[0]!r}; its columns are {', '.join(table.columns)}")
    later = _later_rows(table, mapping)
    alike: Counter[str] = Counter()
    for value in _values(table, mapping):
        if isinstance(value, Problem | StageRow):
            yield value
        elif value.row < later.get(value.external_id, 0):
            reason = f"{value.external_id!r} stands again in row {later[value.external_id]}; the last one counts"
            yield Problem(table.name, value.row, mapping.fields.get("id", ""), reason)
        elif "id" not in mapping.fields and mapping.kind in _MAY_BE_ALIKE:
            yield _told_apart(value, alike)
        else:
            yield value


def _values(table: Table, mapping: Mapping) -> Iterator[CrmRow | Document | Problem]:
    read = _READERS[mapping.kind]
    for record in table.records():
        if record.fault:
            yield Problem(table.name, record.row, "", record.fault)
            continue
        cells = Cells(table.name, record.row, dict(zip(table.columns, record.cells, strict=True)), mapping)
        try:
            value = read(cells)
        except RowFault as fault:
            yield Problem(table.name, record.row, mapping.fields.get(fault.field, ""), f"{fault}; the row was left out")
            continue
        yield from cells.problems
        yield value


def _later_rows(table: Table, mapping: Mapping) -> dict[str, int]:
    """By id that stands in several rows, the last of them."""
    if mapping.kind == "stages" or (mapping.kind in _MAY_BE_ALIKE and "id" not in mapping.fields):
        return {}
    seen: dict[str, int] = {}
    repeated: dict[str, int] = {}
    for external_id, row in _ids(table, mapping):
        if external_id in seen:
            repeated[external_id] = row
        seen[external_id] = row
    return repeated


def _ids(table: Table, mapping: Mapping) -> Iterator[tuple[str, int]]:
    for value in _values(table, mapping):
        if not isinstance(value, Problem | StageRow):
            yield value.external_id, value.row


def _told_apart(value: CrmRow | Document, alike: Counter[str]) -> CrmRow | Document:
    """The second row with the same derived id gets `-2`, the third `-3`: stable while the file only grows."""
    if isinstance(value, StageRow):
        return value
    alike[value.external_id] += 1
    number = alike[value.external_id]
    return value if number == 1 else replace(value, external_id=f"{value.external_id}-{number}")
