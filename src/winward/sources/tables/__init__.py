"""Tables (CSV, TSV, XLSX, XLS, ODS) of deals, accounts, contacts, owners, products, stage histories and documents."""

from winward.sources.tables.delimited import not_utf8
from winward.sources.tables.mapping import Mapping, signature
from winward.sources.tables.opening import TABLE_SUFFIXES, WORKBOOK_SUFFIXES, Table, open_table, open_tables
from winward.sources.tables.previewing import Preview, PreviewColumn, preview
from winward.sources.tables.proposing import propose_mapping
from winward.sources.tables.reading import read_table

__all__ = [
    "TABLE_SUFFIXES",
    "WORKBOOK_SUFFIXES",
    "Mapping",
    "Preview",
    "PreviewColumn",
    "Table",
    "not_utf8",
    "open_table",
    "open_tables",
    "preview",
    "propose_mapping",
    "read_table",
    "signature",
]
