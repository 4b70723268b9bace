"""How many rows of each kind a workspace holds."""

from django.db import connection

TABLES = {
    "accounts": "account",
    "contacts": "contact",
    "deals": "deal",
    "documents": "document",
    "passages": "passage",
    "signals": "signal",
}


def stored() -> dict[str, int]:
    with connection.cursor() as cursor:
        counts = {name: _count(cursor, f"SELECT count(*) FROM {table}") for name, table in TABLES.items()}
        counts["themes"] = _count(cursor, "SELECT count(*) FROM theme WHERE NOT retired")
        return counts


def _count(cursor: object, query: str) -> int:
    cursor.execute(query)  # type: ignore[attr-defined]
    return int(cursor.fetchone()[0])  # type: ignore[attr-defined]
