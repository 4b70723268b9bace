"""The bulk ways into the store: COPY, and COPY aside followed by one upsert."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import connection
from psycopg import sql

Row = tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class Landed:
    """How many rows were new, and how many were there but differed."""

    added: int = 0
    changed: int = 0

    def __add__(self, other: "Landed") -> "Landed":
        return Landed(self.added + other.added, self.changed + other.changed)


def copy_in(table: str, columns: Sequence[str], rows: Iterable[Row]) -> None:
    statement = sql.SQL("COPY {} ({}) FROM STDIN").format(sql.Identifier(table), _names(columns))
    with connection.cursor() as cursor, cursor.copy(statement) as copy:
        for row in rows:
            copy.write_row(row)


def upsert(table: str, columns: Sequence[str], key: Sequence[str], rows: Iterable[Row]) -> Landed:
    """Write rows that may be there already, in the caller's transaction.

    A later row of the same key wins. An empty value never erases a known one: exports leave out what they don't hold.
    `extra` keeps what earlier files put into it, too.
    """
    place = [columns.index(name) for name in key]
    unique = {tuple(row[i] for i in place): row for row in rows}
    if not unique:
        return Landed()
    staged = f"staged_{table}"
    with connection.cursor() as cursor:
        cursor.execute(
            sql.SQL("CREATE TEMP TABLE IF NOT EXISTS {} ON COMMIT DROP AS SELECT {} FROM {} WITH NO DATA").format(
                sql.Identifier(staged), _names(columns), sql.Identifier(table)
            )
        )
        cursor.execute(sql.SQL("TRUNCATE {}").format(sql.Identifier(staged)))
        copy_in(staged, columns, unique.values())
        cursor.execute(_merge(table, staged, columns, key))
        inserted = [row[0] for row in cursor.fetchall()]
    return Landed(sum(inserted), len(inserted) - sum(inserted))


def _merge(table: str, staged: str, columns: Sequence[str], key: Sequence[str]) -> sql.Composed:
    rest = [name for name in columns if name not in key]
    if not rest:
        return _only_new(table, staged, columns)
    known = [_known_or_new(table, name) for name in rest]
    here = sql.SQL(", ").join(sql.Identifier(table, name) for name in rest)
    # xmax is 0 only in a row that this statement inserted.
    return sql.SQL(
        "INSERT INTO {table} ({columns}) SELECT {columns} FROM {staged} ON CONFLICT ({key}) DO UPDATE "
        "SET ({rest}) = ROW({known}) WHERE ROW({here}) IS DISTINCT FROM ROW({known}) RETURNING xmax = 0"
    ).format(
        table=sql.Identifier(table),
        columns=_names(columns),
        staged=sql.Identifier(staged),
        key=_names(key),
        rest=_names(rest),
        known=sql.SQL(", ").join(known),
        here=here,
    )


def _only_new(table: str, staged: str, columns: Sequence[str]) -> sql.Composed:
    return sql.SQL(
        "INSERT INTO {table} ({columns}) SELECT {columns} FROM {staged} ON CONFLICT DO NOTHING RETURNING true"
    ).format(table=sql.Identifier(table), columns=_names(columns), staged=sql.Identifier(staged))


def _known_or_new(table: str, name: str) -> sql.Composed:
    known = (
        "{old} || {new}" if name == "extra" else "CASE WHEN {new} IS NULL OR {new}::text = '' THEN {old} ELSE {new} END"
    )
    return sql.SQL(known).format(new=sql.Identifier("excluded", name), old=sql.Identifier(table, name))


def _names(columns: Sequence[str]) -> sql.Composed:
    return sql.SQL(", ").join(sql.Identifier(name) for name in columns)


def reserve_ids(table: str, count: int) -> list[int]:
    """Ids for rows that are about to be copied in, so that their children can name them."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT nextval(pg_get_serial_sequence(%s, 'id')) FROM generate_series(1, %s)", [table, count])
        return [row[0] for row in cursor.fetchall()]
