"""How often each theme comes up, a month each: what trends are found in, and where they are kept.

A voice is an account, or a document of none: twenty mails of one account in a month are one voice.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

import numpy as np
from django.db import connection
from numpy.typing import NDArray

from winward.records import bulk

# Our own side, and words that nobody could date, say nothing of when customers spoke of it.
VOICE = "coalesce(doc.account_id, deal.account_id, -doc.id)"
MONTH = "date_trunc('month', doc.happened_at AT TIME ZONE 'UTC')::date"
HEARD = "doc.customer_words > 0 AND doc.happened_at IS NOT NULL"


# Voices are told apart by how much they said in the month: who says ten times as much brings up more of everything.
SIZES = 10
# A theme, its trend, and how many times as often it came up, with the interval; None where that has no bound.
Trend = tuple[int, str, float | None, float | None, float | None]


@dataclass(frozen=True, slots=True)
class Months:
    """Months in which customers said something, oldest first. voices: (months,) those that did. expected: (months,)
    how many themes that many voices bring up that say as much. counts: (themes, months) voices that spoke of each."""

    months: list[date]
    themes: list[int]
    voices: NDArray[np.int64]
    expected: NDArray[np.float64]
    counts: NDArray[np.int64]


def months() -> Months:
    """Of every theme that is in use."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"""CREATE TEMP TABLE spoke ON COMMIT DROP AS
                SELECT DISTINCT {MONTH} AS month, {VOICE} AS voice, said.theme_id
                FROM (SELECT DISTINCT theme_id, document_id FROM signal
                      WHERE theme_id IS NOT NULL AND side <> 'us' AND NOT dismissed) said
                JOIN document doc ON doc.id = said.document_id LEFT JOIN deal ON deal.id = doc.deal_id
                WHERE {HEARD}"""
        )
        cursor.execute(
            f"""SELECT month, count(*), sum(usual)::float8 FROM (
                  SELECT month, avg(themes) OVER (PARTITION BY size) AS usual FROM (
                    SELECT month, coalesce(s.themes, 0) AS themes, ntile({SIZES}) OVER (ORDER BY words, voice) AS size
                    FROM (SELECT {MONTH} AS month, {VOICE} AS voice, sum(doc.customer_words) AS words
                          FROM document doc LEFT JOIN deal ON deal.id = doc.deal_id WHERE {HEARD} GROUP BY 1, 2) v
                    LEFT JOIN (SELECT month, voice, count(*) AS themes FROM spoke GROUP BY 1, 2) s
                    USING (month, voice)) sized) each
                GROUP BY month HAVING sum(usual) > 0 ORDER BY month"""
        )
        heard = cursor.fetchall()
        cursor.execute("SELECT theme_id, month, count(*) FROM spoke GROUP BY 1, 2")
        rows = cursor.fetchall()
        cursor.execute("DROP TABLE spoke")
        cursor.execute("SELECT id FROM theme WHERE NOT retired ORDER BY id")
        themes = [row[0] for row in cursor.fetchall()]
    return _table(heard, rows, themes)


def _table(heard: list[tuple[date, int, float]], rows: Iterable[tuple[int, date, int]], themes: list[int]) -> Months:
    at = {month: place for place, (month, *_) in enumerate(heard)}
    of = {theme: place for place, theme in enumerate(themes)}
    counts = np.zeros((len(themes), len(heard)), dtype=np.int64)
    for theme, month, count in rows:
        if theme in of and month in at:
            counts[of[theme], at[month]] = count
    voices, expected = [row[1] for row in heard], [row[2] for row in heard]
    return Months(list(at), themes, np.array(voices, dtype=np.int64), np.array(expected, dtype=np.float64), counts)


def store(rows: Iterable[Trend]) -> None:
    """Of all themes that have a trend; nothing is known of the others any more."""
    with connection.cursor() as cursor:
        cursor.execute(
            "CREATE TEMP TABLE IF NOT EXISTS trended (id bigint, trend text, growth float8, low float8, high float8) "
            "ON COMMIT DROP; TRUNCATE trended"
        )
        bulk.copy_in("trended", ("id", "trend", "growth", "low", "high"), rows)
        cursor.execute(
            """UPDATE theme SET trend = coalesce(n.trend, ''), growth = n.growth, growth_low = n.low,
                      growth_high = n.high
               FROM theme known LEFT JOIN trended n ON n.id = known.id
               WHERE theme.id = known.id AND (theme.trend, theme.growth, theme.growth_low, theme.growth_high)
                     IS DISTINCT FROM (coalesce(n.trend, ''), n.growth, n.low, n.high)"""
        )
