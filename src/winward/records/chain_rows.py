"""What the workspace knows of a theme that a value chain takes as a range: how many a year, and how much."""

from collections.abc import Sequence

from django.db import connection

from winward.records.stake_rows import BEFORE_OUTCOME

# Of a deal, what comes again every year where the CRM says it, else all of it.
A_YEARS = "coalesce(deal.recurring * deal.value / nullif(deal.amount, 0), deal.value)"


def closed_days() -> int:
    """From the first to the last closing of a deal; 0 where none closed."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT coalesce(max(closed_on) - min(closed_on), 0) FROM deal WHERE state <> 'open'")
        return int(cursor.fetchone()[0])


def ticket_days() -> int:
    """From the first to the last ticket; 0 where there is none."""
    with connection.cursor() as cursor:
        cursor.execute(
            """SELECT coalesce(max(happened_at)::date - min(happened_at)::date, 0)
               FROM document WHERE kind = 'ticket'"""
        )
        return int(cursor.fetchone()[0])


def tickets(theme: int) -> int:
    """In how many tickets customers brought it up."""
    with connection.cursor() as cursor:
        cursor.execute(
            """SELECT count(DISTINCT doc.id) FROM signal s JOIN document doc ON doc.id = s.document_id
               WHERE doc.kind = 'ticket' AND s.theme_id = %s AND s.side <> 'us' AND NOT s.dismissed""",
            [theme],
        )
        return int(cursor.fetchone()[0])


def amounts(theme: int, kinds: Sequence[str]) -> list[float]:
    """Of each closed deal in which customers brought it up before the outcome with signals of these kinds, what it was
    worth a year."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"""SELECT ({A_YEARS})::float8 FROM deal WHERE state <> 'open' AND value > 0 AND id IN (
                    SELECT doc.deal_id FROM signal s JOIN document doc ON doc.id = s.document_id
                    JOIN deal ON deal.id = doc.deal_id
                    WHERE s.theme_id = %s AND s.kind = ANY(%s) AND s.side <> 'us' AND NOT s.dismissed
                    AND {BEFORE_OUTCOME}) ORDER BY id""",
            [theme, list(kinds)],
        )
        return [row[0] for row in cursor.fetchall() if row[0] and row[0] > 0]


def signals_with(words: Sequence[str]) -> list[tuple[str, int]]:
    """(words, the signal that is quoted so) for each of these; a whole quote comes before one that only holds them."""
    with connection.cursor() as cursor:
        cursor.execute(
            """SELECT DISTINCT ON (wanted) wanted, s.id FROM unnest(%s::text[]) AS wanted
               JOIN signal s ON strpos(s.quote, wanted) > 0 AND NOT s.dismissed
               ORDER BY wanted, s.quote <> wanted, s.side = 'us', s.id""",
            [list(words)],
        )
        return list(cursor.fetchall())
