"""Which state the workspace is in: a key that changes whenever anything that pages show has changed."""

from django.db import connection

STATE = """
SELECT (SELECT max(id) FROM audit), (SELECT at FROM weighing), (SELECT at FROM theming),
       (SELECT max(started_at) FROM import), (SELECT max(finished_at) FROM import),
       (SELECT max(started_at) FROM run), (SELECT max(finished_at) FROM run), (SELECT learnt_at FROM own_heads)
"""


def state() -> str:
    """Steps within an import or a run that goes on are no new state; its beginning and its end are."""
    with connection.cursor() as cursor:
        cursor.execute(STATE)
        return " ".join(str(part) for part in cursor.fetchone())
