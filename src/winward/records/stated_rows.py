"""Lost deals with the reason that the CRM states, and the needs that clearly cost deals in their evidence."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import connection

from winward.records.deals import Deal
from winward.records.stakes import Attribution

# The quotes that fit a theme best say what it is about.
BEST_FITTING = 500


@dataclass(frozen=True, slots=True)
class Lost:
    deal: int
    reason: str
    owner: str
    value: float | None


def lost() -> list[Lost]:
    """Every lost deal; those of one owner's name are one owner's."""
    with connection.cursor() as cursor:
        cursor.execute(
            """SELECT deal.id, deal.stated_reason, coalesce(owner.name, ''), deal.value::float8
               FROM deal LEFT JOIN owner ON owner.id = deal.owner_id WHERE deal.state = 'lost' ORDER BY deal.id"""
        )
        return [Lost(*row) for row in cursor.fetchall()]


@dataclass(frozen=True, slots=True)
class Share:
    """The part of a lost deal that goes to a theme. value: of the deal's, null where that is unknown."""

    deal: int
    theme: int
    share: float
    value: float | None


def shares(verdict: str) -> list[Share]:
    """Of themes with this verdict, the largest share of each deal first."""
    found = Attribution.objects.filter(theme__stake__verdict=verdict, deal__state=Deal.State.LOST, share__gt=0)
    rows = found.order_by("deal_id", "-share", "theme_id").values_list("deal_id", "theme_id", "share", "value")
    return [Share(*row) for row in rows]


def needs_a_deal(kinds: Sequence[str]) -> float:
    """How many themes came up on average in a lost deal in which any did, in signals of these kinds."""
    with connection.cursor() as cursor:
        cursor.execute(
            """SELECT avg(themes)::float8 FROM (
                 SELECT count(DISTINCT s.theme_id) AS themes FROM signal s JOIN document doc ON doc.id = s.document_id
                 JOIN deal ON deal.id = doc.deal_id
                 WHERE deal.state = 'lost' AND s.theme_id IS NOT NULL AND s.kind = ANY(%s) AND s.side <> 'us'
                 AND NOT s.dismissed GROUP BY doc.deal_id) held""",
            [list(kinds)],
        )
        return cursor.fetchone()[0] or 0.0


def price_shares(themes: Sequence[int]) -> dict[int, float]:
    """By theme, of what customers said of it, the share that is about price."""
    with connection.cursor() as cursor:
        cursor.execute(
            """SELECT theme.id, coalesce((SELECT avg((best.kind = 'price')::int) FROM (
                        SELECT kind FROM signal s WHERE s.theme_id = theme.id AND s.side <> 'us' AND NOT s.dismissed
                        ORDER BY s.fit DESC, s.id LIMIT %s) best), 0)::float8
               FROM theme WHERE theme.id = ANY(%s)""",
            [BEST_FITTING, list(themes)],
        )
        return dict(cursor.fetchall())
