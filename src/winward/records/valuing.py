"""Deals' values in the company's currency, by the dated rates."""

from django.db import connection

# A rate older than this is used, and the deal says so.
OLDEST_QUIET_RATE_DAYS = 31

REVALUE = """
UPDATE deal SET value = new.value, value_note = new.note
FROM (
    SELECT d.id,
        CASE WHEN d.currency IN ('', c.currency) THEN d.amount ELSE round(d.amount * r.rate, 2) END AS value,
        CASE
            WHEN d.amount IS NULL THEN CASE WHEN d.state = 'open' THEN '' ELSE 'no amount in the CRM' END
            WHEN d.currency IN ('', c.currency) THEN ''
            WHEN r.rate IS NULL THEN format('no rate from %%s to %%s on %%s or before', d.currency, c.currency, d.day)
            WHEN d.day - r."on" > %(oldest)s THEN format('rate of %%s, the last before %%s', r."on", d.day)
            ELSE ''
        END AS note
    FROM (SELECT *, coalesce(closed_on, created_on, current_date) AS day FROM deal) d
    CROSS JOIN company c
    LEFT JOIN LATERAL (
        SELECT rate, "on" FROM exchange_rate e WHERE e.currency = d.currency AND e."on" <= d.day
        ORDER BY e."on" DESC LIMIT 1
    ) r ON d.currency NOT IN ('', c.currency)
) new
WHERE new.id = deal.id AND (deal.value, deal.value_note) IS DISTINCT FROM (new.value, new.note)
"""


def revalue() -> int:
    """Bring every deal's value up to date. Returns how many changed."""
    with connection.cursor() as cursor:
        # What an import has just written, the planner knows nothing of; taking a table that held nothing for empty
        # still, it would compare every deal with every other.
        cursor.execute("ANALYZE deal, exchange_rate")
        cursor.execute(REVALUE, {"oldest": OLDEST_QUIET_RATE_DAYS})
        return int(cursor.rowcount)
