"""Who speaks of a theme, when, and in which deals: counted over all its signals, however many."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db import connection
from django.db.models import F, QuerySet
from django.db.models.expressions import RawSQL

from winward.records.deals import Deal
from winward.records.trend_rows import MONTH, VOICE

# Roles stand in each document's list of people, which takes long to look through: so many of the signals that fit best
# are looked at.
BEST_FITTING = 20_000

_SAID = f"""WITH said AS MATERIALIZED (
      SELECT document_id, count(*) AS signals FROM signal
      WHERE theme_id = %s AND side <> 'us' AND NOT dismissed GROUP BY 1),
    placed AS (
      SELECT doc.id, said.signals, {VOICE} AS voice, {MONTH} AS month, deal.id AS deal_id, deal.state,
             coalesce(nullif(deal.segment, ''), account.segment, '') AS segment
      FROM said JOIN document doc ON doc.id = said.document_id LEFT JOIN deal ON deal.id = doc.deal_id
      LEFT JOIN account ON account.id = coalesce(doc.account_id, deal.account_id))"""


@dataclass(frozen=True, slots=True)
class Counted:
    """Of the signals of a theme: those of one month, segment or role. voices: accounts, or documents of none."""

    name: str
    signals: int
    documents: int
    voices: int


@dataclass(frozen=True, slots=True)
class Spoken:
    """months: documents by month. segments: most voices first."""

    months: dict[date, int]
    segments: list[Counted]


def spoken(theme: int) -> Spoken:
    with connection.cursor() as cursor:
        cursor.execute(
            f"""{_SAID} SELECT grouping(month), month, segment, sum(signals)::bigint, count(*), count(DISTINCT voice)
                FROM placed GROUP BY GROUPING SETS ((month), (segment)) ORDER BY 6 DESC, 4 DESC, 3""",
            [theme],
        )
        rows = cursor.fetchall()
    months = {row[1]: row[4] for row in rows if row[0] == 0 and row[1] is not None}
    return Spoken(months, [Counted(row[2], *row[3:]) for row in rows if row[0] == 1 and row[2]])


def documents_by_month() -> dict[date, int]:
    """All documents in which customers said something, oldest month first."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"""SELECT {MONTH}, count(*) FROM document doc
                WHERE doc.happened_at IS NOT NULL AND doc.customer_words > 0 GROUP BY 1 ORDER BY 1"""
        )
        return dict(cursor.fetchall())


def roles(theme: int) -> list[Counted]:
    """Of the best-fitting signals, by what the speaker is at their company; "" where that isn't known."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"""SELECT role, count(*), count(DISTINCT id), count(DISTINCT voice) FROM (
                  SELECT doc.id, {VOICE} AS voice, coalesce((
                    SELECT person->>'role' FROM jsonb_array_elements(doc.participants) person
                    WHERE person->>'name' = p.speaker AND coalesce(person->>'role', '') NOT IN ('', 'from', 'to', 'cc')
                    LIMIT 1), '') AS role
                  FROM (SELECT passage_id, document_id FROM signal
                        WHERE theme_id = %s AND side <> 'us' AND NOT dismissed ORDER BY fit DESC, id LIMIT %s) s
                  JOIN passage p ON p.id = s.passage_id JOIN document doc ON doc.id = s.document_id
                  LEFT JOIN deal ON deal.id = doc.deal_id) spoke
                GROUP BY role ORDER BY 4 DESC, 2 DESC, 1""",
            [theme, BEST_FITTING],
        )
        return [Counted(*row) for row in cursor.fetchall()]


def deals(theme: int, states: tuple[str, ...], most: int) -> QuerySet[Deal]:
    """The largest deals of each of these states in whose evidence it came up, the larger first."""
    ranked = f"""{_SAID} SELECT id FROM (
          SELECT id, row_number() OVER (PARTITION BY state ORDER BY value DESC NULLS LAST, id) AS place
          FROM deal WHERE state = ANY(%s) AND id IN (SELECT deal_id FROM placed)) ranked WHERE place <= %s"""
    found = Deal.objects.filter(pk__in=RawSQL(ranked, [theme, list(states), most]))
    return found.order_by(F("value").desc(nulls_last=True), "pk")


def dissenting(theme: int, most: int) -> list[int]:
    """Signals, of the best-fitting, that praise, are in favour, or were said in a deal that was won; in that order."""
    with connection.cursor() as cursor:
        cursor.execute(
            """SELECT s.id FROM (SELECT id, document_id, kind, polarity, fit FROM signal
                                 WHERE theme_id = %s AND side <> 'us' AND NOT dismissed
                                 ORDER BY fit DESC, id LIMIT %s) s
               JOIN document doc ON doc.id = s.document_id LEFT JOIN deal ON deal.id = doc.deal_id
               WHERE s.kind = 'praise' OR s.polarity > 0.3 OR deal.state = 'won'
               ORDER BY s.kind <> 'praise', s.polarity <= 0.3, s.fit DESC, s.id LIMIT %s""",
            [theme, BEST_FITTING, most],
        )
        return [row[0] for row in cursor.fetchall()]


@dataclass(frozen=True, slots=True)
class Within:
    """How widely a theme is spoken of in a part of the evidence."""

    signals: int
    accounts: int
    deals: int
    won: int
    lost: int


def within(segment: str, days: Sequence[date], side: str) -> dict[int, Within]:
    """By theme, only those that came up: in deals or accounts of the segment, between two days, said by the side; what
    is empty is not asked for."""
    asked: dict[str, list[str] | list[date]] = {
        "coalesce(nullif(deal.segment, ''), account.segment, '') = %s": [segment] if segment else [],
        "(doc.happened_at AT TIME ZONE 'UTC')::date BETWEEN %s AND %s": list(days),
        "s.side = %s": [side] if side else [],
    }
    conditions = " ".join(f"AND {condition}" for condition, values in asked.items() if values)
    with connection.cursor() as cursor:
        cursor.execute(
            f"""SELECT s.theme_id, count(*), count(DISTINCT account.id), count(DISTINCT deal.id),
                       count(DISTINCT deal.id) FILTER (WHERE deal.state = 'won'),
                       count(DISTINCT deal.id) FILTER (WHERE deal.state = 'lost')
                FROM signal s JOIN document doc ON doc.id = s.document_id LEFT JOIN deal ON deal.id = doc.deal_id
                LEFT JOIN account ON account.id = coalesce(doc.account_id, deal.account_id)
                WHERE s.theme_id IS NOT NULL AND NOT s.dismissed {conditions} GROUP BY 1""",
            [value for values in asked.values() for value in values],
        )
        return {row[0]: Within(*row[1:]) for row in cursor.fetchall()}
