"""What the post-mortem of a deal needs from the store: who spoke, what was said in order, and how deals went."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import connection

from winward.records.stake_rows import BEFORE_OUTCOME

# Enough for a year of weekly calls; what is beyond is left out, the latest.
MOST_SIGNALS = 3_000
BEST_FITTING = 500


@dataclass(frozen=True, slots=True)
class Voice:
    """What a person said in a deal's documents: words, in how many documents. side: "customer", "us" or ""."""

    speaker: str
    side: str
    words: int
    documents: int


def voices(deal: int) -> list[Voice]:
    """Everybody who is named, the most words first; signatures and quoted history don't count."""
    with connection.cursor() as cursor:
        cursor.execute(
            r"""SELECT p.speaker, p.side, sum(cardinality(regexp_split_to_array(btrim(p.text), '\s+'))),
                       count(DISTINCT p.document_id)
                FROM passage p JOIN document doc ON doc.id = p.document_id
                WHERE doc.deal_id = %s AND p.spoken AND p.speaker <> '' GROUP BY 1, 2 ORDER BY 3 DESC, 1""",
            [deal],
        )
        return [Voice(*row) for row in cursor.fetchall()]


@dataclass(frozen=True, slots=True)
class SaidInDeal:
    """A signal. turn: the passage that it is in. after: said when the outcome was known."""

    signal: int
    kind: str
    strength: float
    polarity: float
    side: str
    speaker: str
    theme: int | None
    document: int
    turn: int
    happened_at: datetime | None
    after: bool


def said(deal: int) -> list[SaidInDeal]:
    """What was said in a deal, in order of time; documents without a date come last."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"""SELECT s.id, s.kind, s.strength, s.polarity, s.side, p.speaker, s.theme_id, s.document_id, s.passage_id,
                       doc.happened_at, NOT {BEFORE_OUTCOME}
                FROM signal s JOIN passage p ON p.id = s.passage_id JOIN document doc ON doc.id = s.document_id
                JOIN deal ON deal.id = doc.deal_id
                WHERE deal.id = %s AND NOT s.dismissed
                ORDER BY doc.happened_at NULLS LAST, doc.id, p.ordinal, s.start LIMIT %s""",
            [deal, MOST_SIGNALS],
        )
        return [SaidInDeal(*row) for row in cursor.fetchall()]


@dataclass(frozen=True, slots=True)
class Met:
    """Before the outcome of a deal: customers who spoke or took part, and next steps that our side promised."""

    people: int
    promises: int


def met(deals: Sequence[int]) -> dict[int, Met]:
    with connection.cursor() as cursor:
        cursor.execute(
            f"""WITH doc AS (SELECT doc.* FROM document doc JOIN deal ON deal.id = doc.deal_id
                             WHERE deal.id = ANY(%(deals)s) AND {BEFORE_OUTCOME}),
                customer AS (
                  SELECT deal_id, lower(p.speaker) AS name FROM passage p JOIN doc ON doc.id = p.document_id
                  WHERE p.side = 'customer' AND p.spoken AND p.speaker <> ''
                  UNION SELECT deal_id, lower(person->>'name') FROM doc, jsonb_array_elements(participants) person
                  WHERE person->>'side' = 'customer' AND person->>'name' <> ''),
                promised AS (SELECT deal_id, count(*) AS promises FROM signal s JOIN doc ON doc.id = s.document_id
                             WHERE s.kind = 'commitment' AND s.side = 'us' AND NOT s.dismissed GROUP BY 1)
                SELECT deal.id, (SELECT count(*) FROM customer WHERE deal_id = deal.id), coalesce(promises, 0)
                FROM deal LEFT JOIN promised ON promised.deal_id = deal.id WHERE deal.id = ANY(%(deals)s)""",
            {"deals": list(deals)},
        )
        return {row[0]: Met(*row[1:]) for row in cursor.fetchall()}


def price_share(theme: int) -> float:
    """Of what customers said of a theme, the best-fitting first, the share that is about price."""
    with connection.cursor() as cursor:
        cursor.execute(
            """SELECT coalesce(avg((kind = 'price')::int), 0)::float8 FROM (
                 SELECT kind FROM signal WHERE theme_id = %s AND side <> 'us' AND NOT dismissed
                 ORDER BY fit DESC, id LIMIT %s) best""",
            [theme, BEST_FITTING],
        )
        return float(cursor.fetchone()[0])
