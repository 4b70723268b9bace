"""What weighing needs from the store, and what it puts back."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import connection

from winward.records import bulk
from winward.records.stakes import Stake
from winward.records.themes import Theme

# The verdict on a theme that came about since the last weighing.
NOT_WEIGHED = "not weighed"
UNWEIGHED = {
    "verdict": NOT_WEIGHED, "difference": 0.0, "low": 0.0, "high": 0.0, "won_with": 0, "lost_with": 0,
    "won_without": 0, "lost_without": 0,
}  # fmt: skip

# Evidence weighs on an outcome only if it is from before it. A win/loss interview is held because of the outcome,
# whatever the calendar says.
BEFORE_OUTCOME = """(doc.kind <> 'interview' AND (deal.state = 'open' OR doc.happened_at IS NULL
                     OR deal.closed_on IS NULL OR doc.happened_at::date <= deal.closed_on))"""


# The part of a deal's sum that comes again every year; null where the CRM doesn't say.
RECURRING = """CASE WHEN deal.recurring IS NOT NULL AND deal.amount > 0
                    THEN least(greatest(deal.recurring / deal.amount, 0), 1) END"""


@dataclass(frozen=True, slots=True)
class WeighedDeal:
    """A deal as weighing takes it. words: what customers said of it before its outcome, in so many documents (talks).
    stages: how many it had entered before it closed, without its last, which may tell how it ended. age: days from its
    beginning to its close, or for an open one to the newest close of any. recurring: the part of its value that comes
    again every year, 0 to 1, None where the CRM doesn't say."""

    id: int
    name: str
    account_id: int | None
    state: str
    value: float | None
    closed_on: date | None
    words: int
    talks: int
    stages: int
    age: int | None
    segment: str
    region: str
    product: str
    competitor: str
    owner: str
    recurring: float | None


def deals() -> list[WeighedDeal]:
    with connection.cursor() as cursor:
        cursor.execute(
            f"""SELECT deal.id, deal.name, deal.account_id, deal.state, deal.value::float8, deal.closed_on,
                       coalesce(said.words, 0), coalesce(said.talks, 0), coalesce(moved.stages, 0),
                       greatest(coalesce(deal.closed_on, newest.day) - deal.created_on, 0),
                       coalesce(nullif(deal.segment, ''), account.segment, ''),
                       coalesce(nullif(deal.region, ''), nullif(account.region, ''), owner.region, ''),
                       coalesce(product.name, ''), deal.competitor, coalesce(owner.name, ''),
                       ({RECURRING})::float8
                FROM deal CROSS JOIN (SELECT max(closed_on) AS day FROM deal) newest
                LEFT JOIN account ON account.id = deal.account_id
                LEFT JOIN owner ON owner.id = deal.owner_id
                LEFT JOIN product ON product.id = deal.product_id
                LEFT JOIN (SELECT doc.deal_id, sum(doc.customer_words) AS words, count(*) AS talks
                           FROM document doc JOIN deal ON deal.id = doc.deal_id
                           WHERE {BEFORE_OUTCOME} GROUP BY doc.deal_id) said ON said.deal_id = deal.id
                LEFT JOIN (SELECT s.deal_id, count(DISTINCT s.stage) AS stages
                           FROM stage_change s JOIN deal ON deal.id = s.deal_id
                           WHERE deal.state = 'open'
                           OR s.stage <> deal.stage AND (deal.closed_on IS NULL OR s.entered_on < deal.closed_on)
                           GROUP BY s.deal_id) moved ON moved.deal_id = deal.id
                ORDER BY deal.id"""
        )
        return [WeighedDeal(*row) for row in cursor.fetchall()]


def mentions(kinds: Sequence[str], ours: bool = False) -> list[tuple[int, int]]:
    """(deal, theme) for every theme that customers brought up in a deal before its outcome; or that our side did."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"""SELECT DISTINCT doc.deal_id, s.theme_id
                FROM signal s JOIN document doc ON doc.id = s.document_id JOIN deal ON deal.id = doc.deal_id
                WHERE s.theme_id IS NOT NULL AND s.kind = ANY(%s) AND (s.side = 'us') = %s AND NOT s.dismissed
                AND {BEFORE_OUTCOME} ORDER BY 1, 2""",
            [list(kinds), ours],
        )
        return list(cursor.fetchall())


@dataclass(frozen=True, slots=True)
class Reach:
    """How widely a theme is spoken of, over all evidence. after: signals from after the outcome."""

    signals: int
    after: int
    accounts: int
    deals: int


def reach(themes: Sequence[int] | None = None) -> dict[int, Reach]:
    """By theme; of all themes for None."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"""SELECT s.theme_id, count(*), count(*) FILTER (WHERE deal.id IS NOT NULL AND NOT {BEFORE_OUTCOME}),
                       count(DISTINCT doc.account_id), count(DISTINCT doc.deal_id)
                FROM signal s JOIN document doc ON doc.id = s.document_id LEFT JOIN deal ON deal.id = doc.deal_id
                WHERE s.theme_id IS NOT NULL AND NOT s.dismissed {_of(themes)} GROUP BY s.theme_id""",
            [] if themes is None else [list(themes)],
        )
        return {row[0]: Reach(*row[1:]) for row in cursor.fetchall()}


def documents_by_quarter(themes: Sequence[int] | None = None) -> list[tuple[int, str, int]]:
    """(theme, quarter such as "2026 Q3", documents in which it came up); of all themes for None."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"""SELECT s.theme_id, to_char(doc.happened_at, 'YYYY "Q"Q'), count(DISTINCT doc.id)
               FROM signal s JOIN document doc ON doc.id = s.document_id
               WHERE s.theme_id IS NOT NULL AND NOT s.dismissed AND doc.happened_at IS NOT NULL
               {_of(themes)} GROUP BY 1, 2 ORDER BY 1, 2""",
            [] if themes is None else [list(themes)],
        )
        return list(cursor.fetchall())


def _of(themes: Sequence[int] | None) -> str:
    return "" if themes is None else "AND s.theme_id = ANY(%s)"


def recount(themes: Sequence[int]) -> None:
    """How widely these themes are spoken of, counted anew. What they cost waits for the next weighing."""
    quarters: list[str] = Stake.objects.order_by("pk").values_list("quarters", flat=True).first() or []
    reached = reach(themes)
    said = {(theme, quarter): documents for theme, quarter, documents in documents_by_quarter(themes)}
    for theme in themes:
        of = reached.get(theme, Reach(0, 0, 0, 0))
        counts = {
            "signals": of.signals,
            "signals_after": of.after,
            "accounts": of.accounts,
            "deals": of.deals,
            "quarters": quarters,
            "by_quarter": [said.get((theme, quarter), 0) for quarter in quarters],
        }
        Stake.objects.update_or_create(theme_id=theme, defaults=counts, create_defaults={**UNWEIGHED, **counts})


STAKE_COLUMNS = (
    "theme_id", "verdict", "difference", "low", "high", "raw_difference", "won_with", "lost_with", "won_without",
    "lost_without", "more_deals", "lost_value", "lost_value_low", "lost_value_high", "won_value", "open_deals",
    "open_value", "open_expected_loss", "signals", "signals_after", "accounts", "deals", "by_quarter", "quarters",
)  # fmt: skip
WEIGHING_COLUMNS = ("id", "at", "won", "lost", "open", "lost_value", "unexplained", "unvalued_deals", "note")


@dataclass(frozen=True, slots=True)
class Weighed:
    """Everything that a weighing writes. attributions: (deal, theme, share of the deal, value or None)."""

    won: int
    lost: int
    open: int
    lost_value: float
    unexplained: float
    unvalued_deals: int
    note: str
    stakes: list[bulk.Row]
    attributions: list[tuple[int, int, float, float | None]]


def replace(weighed: Weighed, at: datetime) -> None:
    """Put this weighing in place of the last, in the caller's transaction."""
    with connection.cursor() as cursor:
        for table in ("attribution", "stake", "weighing"):
            cursor.execute(f"DELETE FROM {table}")
    bulk.copy_in("stake", STAKE_COLUMNS, weighed.stakes)
    bulk.copy_in("attribution", ("deal_id", "theme_id", "share", "value"), weighed.attributions)
    bulk.copy_in("weighing", WEIGHING_COLUMNS, [_weighing(weighed, at)])


def _weighing(weighed: Weighed, at: datetime) -> bulk.Row:
    return (
        1, at, weighed.won, weighed.lost, weighed.open, weighed.lost_value, weighed.unexplained,
        weighed.unvalued_deals, weighed.note,
    )  # fmt: skip


def themes_in_use() -> list[int]:
    return list(Theme.objects.filter(retired=False).order_by("id").values_list("id", flat=True))
