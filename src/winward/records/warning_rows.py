"""Warnings and what stands behind them: quotes by deal and theme, and what our side did where it was won."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

from django.db import connection

from winward.records.deals import Deal
from winward.records.losses import LossWarning
from winward.records.stake_rows import BEFORE_OUTCOME


@dataclass(frozen=True, slots=True)
class Shown:
    """What an open deal shows today. themes, earlier, quotes: as LossWarning has them."""

    deal: int
    themes: list[int]
    earlier: list[int]
    quotes: list[int]


class Kept(NamedTuple):
    raised: int
    changed: int
    lapsed: int


def keep(shown: Sequence[Shown], now: datetime) -> Kept:
    """Bring the warnings of open deals to what is shown today; those of closed deals stay as they were.

    In the caller's transaction. Rows that say the same already aren't touched.
    """
    of_open = LossWarning.objects.select_for_update().filter(deal__state=Deal.State.OPEN)
    standing, today = {row.deal_id: row for row in of_open}, {one.deal for one in shown}
    new = [one for one in shown if one.deal not in standing]
    changed = [row for one in shown if (row := standing.get(one.deal)) is not None and _follows(row, one)]
    lapsed = [row for deal, row in standing.items() if deal not in today and row.lapsed_at is None]
    for row in lapsed:
        row.lapsed_at = now
    LossWarning.objects.bulk_create(
        LossWarning(deal_id=one.deal, raised_at=now, themes=one.themes, earlier=one.earlier, quotes=one.quotes)
        for one in new
    )
    LossWarning.objects.bulk_update([*changed, *lapsed], ["themes", "earlier", "quotes", "lapsed_at"], batch_size=500)
    return Kept(len(new), len(changed), len(lapsed))


def _follows(row: LossWarning, shown: Shown) -> bool:
    """Whether anything of the row had to change."""
    before = (row.themes, row.earlier, row.quotes, row.lapsed_at)
    row.themes, row.earlier, row.quotes, row.lapsed_at = shown.themes, shown.earlier, shown.quotes, None
    return before != (row.themes, row.earlier, row.quotes, row.lapsed_at)


def said(
    deals: Sequence[int], themes: Sequence[int], kinds: Sequence[str], each: int
) -> dict[tuple[int, int], list[int]]:
    """By (deal, theme), signals in which customers brought it up before the outcome: the `each` that fit it best."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"""SELECT deal_id, theme_id, array_agg(id ORDER BY place) FROM (
                  SELECT doc.deal_id, s.theme_id, s.id,
                         row_number() OVER (PARTITION BY doc.deal_id, s.theme_id
                                            ORDER BY s.fit DESC, s.strength DESC, s.id) AS place
                  FROM signal s JOIN document doc ON doc.id = s.document_id JOIN deal ON deal.id = doc.deal_id
                  WHERE doc.deal_id = ANY(%s) AND s.theme_id = ANY(%s) AND s.kind = ANY(%s) AND s.side <> 'us'
                  AND NOT s.dismissed AND {BEFORE_OUTCOME}) ranked
                WHERE place <= %s GROUP BY 1, 2""",
            [list(deals), list(themes), list(kinds), each],
        )
        return {(deal, theme): signals for deal, theme, signals in cursor.fetchall()}


def won_with(themes: Sequence[int], kinds: Sequence[str], each: int) -> list[tuple[int, int]]:
    """(theme, deal) of the won deals whose customers brought the theme up: those won last, `each` at most a theme."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"""SELECT theme_id, deal_id FROM (
                  SELECT came.theme_id, came.deal_id,
                         row_number() OVER (PARTITION BY came.theme_id
                                            ORDER BY came.closed_on DESC NULLS LAST, came.deal_id DESC) AS place
                  FROM (SELECT DISTINCT s.theme_id, doc.deal_id, deal.closed_on
                        FROM signal s JOIN document doc ON doc.id = s.document_id JOIN deal ON deal.id = doc.deal_id
                        WHERE deal.state = 'won' AND s.theme_id = ANY(%s) AND s.kind = ANY(%s) AND s.side <> 'us'
                        AND NOT s.dismissed AND {BEFORE_OUTCOME}) came) ranked
                WHERE place <= %s ORDER BY theme_id, place""",
            [list(themes), list(kinds), each],
        )
        return list(cursor.fetchall())


@dataclass(frozen=True, slots=True)
class Done:
    """What was done in a deal. days: from its beginning to its close. stages: how many it went through. theirs, ours:
    people who took part, by name. signals: what our side promised or decided, the strongest first."""

    days: int | None
    stages: int
    talks: int
    theirs: int
    ours: int
    signals: list[int]


def done_in(deals: Sequence[int], kinds: Sequence[str], themes: Sequence[int], each: int) -> dict[int, Done]:
    """By deal. kinds: of what our side said, of which `each` at most are given, first what is about these themes."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"""SELECT deal.id, greatest(deal.closed_on - deal.created_on, 0),
                       (SELECT count(DISTINCT stage) FROM stage_change moved WHERE moved.deal_id = deal.id),
                       (SELECT count(*) FROM document doc WHERE doc.deal_id = deal.id AND {BEFORE_OUTCOME}),
                       people.theirs, people.ours,
                       ARRAY(SELECT s.id FROM signal s JOIN document doc ON doc.id = s.document_id
                             WHERE doc.deal_id = deal.id AND s.side = 'us' AND s.kind = ANY(%s) AND NOT s.dismissed
                             AND {BEFORE_OUTCOME}
                             ORDER BY coalesce(s.theme_id = ANY(%s), false) DESC, s.strength DESC, s.id LIMIT %s)
                FROM deal CROSS JOIN LATERAL (
                  SELECT count(DISTINCT one->>'name') FILTER (WHERE one->>'side' IS DISTINCT FROM 'us') AS theirs,
                         count(DISTINCT one->>'name') FILTER (WHERE one->>'side' = 'us') AS ours
                  FROM document doc, jsonb_array_elements(doc.participants) one
                  WHERE doc.deal_id = deal.id AND {BEFORE_OUTCOME}) people
                WHERE deal.id = ANY(%s)""",
            [list(kinds), list(themes), each, list(deals)],
        )
        return {row[0]: Done(*row[1:]) for row in cursor.fetchall()}


@dataclass(frozen=True, slots=True)
class Outcomes:
    """Deals that closed since the first warning was raised: with a warning, and without one though words were recorded
    of them before their outcome."""

    warned: int
    warned_lost: int
    others: int
    others_lost: int


def outcomes() -> Outcomes:
    with connection.cursor() as cursor:
        cursor.execute(
            f"""SELECT count(*) FILTER (WHERE warned), count(*) FILTER (WHERE warned AND lost),
                       count(*) FILTER (WHERE heard AND NOT warned),
                       count(*) FILTER (WHERE heard AND NOT warned AND lost)
                FROM (SELECT deal.state = 'lost' AS lost, warning.id IS NOT NULL AS warned,
                             EXISTS (SELECT 1 FROM document doc WHERE doc.deal_id = deal.id AND doc.customer_words > 0
                                     AND {BEFORE_OUTCOME}) AS heard
                      FROM deal LEFT JOIN loss_warning warning ON warning.deal_id = deal.id
                      WHERE deal.state <> 'open' AND (warning.id IS NOT NULL OR deal.closed_on >=
                            (SELECT min(raised_at)::date FROM loss_warning))) closed"""
        )
        return Outcomes(*cursor.fetchone())


def answer_of(deal: int) -> dict[str, Any] | None:
    """What a person did about the warning of this deal, held for the transaction; None where it has no warning."""
    row = LossWarning.objects.select_for_update().filter(deal=deal).values("answer", "answered_by").first()
    return dict(row) if row else None


def write_answer(deal: int, values: Mapping[str, Any], by: str) -> None:
    LossWarning.objects.filter(deal=deal).update(**values)
