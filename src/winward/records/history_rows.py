"""What was known of closed deals day by day: when what was said in them was said, and when they moved."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db import connection

from winward.records.stake_rows import BEFORE_OUTCOME


@dataclass(frozen=True, slots=True)
class History:
    """talks: (deal, day, the customer's words). mentions: (deal, theme, day on which it first came up). stages: (deal,
    day on which it entered one). Undated documents are left out."""

    talks: list[tuple[int, date, int]]
    mentions: list[tuple[int, int, date]]
    stages: list[tuple[int, date]]


def of_deals(deals: Sequence[int], kinds: Sequence[str]) -> History:
    """Of these deals, up to each one's outcome. kinds: of the signals that bring a theme up."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"""SELECT doc.deal_id, doc.happened_at::date, doc.customer_words
                FROM document doc JOIN deal ON deal.id = doc.deal_id
                WHERE deal.id = ANY(%s) AND doc.happened_at IS NOT NULL AND {BEFORE_OUTCOME}""",
            [list(deals)],
        )
        talks = list(cursor.fetchall())
        cursor.execute(
            f"""SELECT doc.deal_id, s.theme_id, min(doc.happened_at::date)
                FROM signal s JOIN document doc ON doc.id = s.document_id JOIN deal ON deal.id = doc.deal_id
                WHERE deal.id = ANY(%s) AND doc.happened_at IS NOT NULL AND s.theme_id IS NOT NULL
                AND s.kind = ANY(%s) AND s.side <> 'us' AND NOT s.dismissed AND {BEFORE_OUTCOME} GROUP BY 1, 2""",
            [list(deals), list(kinds)],
        )
        mentions = list(cursor.fetchall())
        cursor.execute(
            """SELECT moved.deal_id, min(moved.entered_on) FROM stage_change moved JOIN deal ON deal.id = moved.deal_id
               WHERE deal.id = ANY(%s) AND moved.entered_on < deal.closed_on GROUP BY moved.deal_id, moved.stage""",
            [list(deals)],
        )
        return History(talks, mentions, list(cursor.fetchall()))
