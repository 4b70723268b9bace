"""Some of the deals: by what one may choose them, and what was said in them."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import connection

from winward.records.stake_rows import BEFORE_OUTCOME, RECURRING

# The same columns as weighing takes them.
BY = {
    "segment": "coalesce(nullif(deal.segment, ''), account.segment, '')",
    "region": "coalesce(nullif(deal.region, ''), nullif(account.region, ''), owner.region, '')",
    "product": "coalesce(product.name, '')",
    "owner": "coalesce(owner.name, '')",
}


FOREIGN = "deal.value IS NOT NULL AND deal.currency NOT IN ('', company.currency)"


def closed_by(column: str) -> list[tuple[str, int]]:
    """Each value of a column of `BY` with its number of closed deals, by name; deals without one are left out."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"""SELECT name, sum(closed)::bigint FROM (
                  SELECT {BY[column]} AS name, (deal.state <> 'open')::int AS closed FROM deal
                  LEFT JOIN account ON account.id = deal.account_id
                  LEFT JOIN owner ON owner.id = deal.owner_id
                  LEFT JOIN product ON product.id = deal.product_id) named
                WHERE name <> '' GROUP BY name ORDER BY name"""
        )
        return list(cursor.fetchall())


@dataclass(frozen=True, slots=True)
class Said:
    """Of a theme, in some deals. after: signals from after the outcome. by_quarter: documents, by quarter."""

    signals: int
    after: int
    accounts: int
    by_quarter: dict[str, int]


def said_in(deals: Sequence[int], ours: bool) -> dict[int, Said]:
    """By theme, what was said of it in these deals by customers, or by our side."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"""WITH said AS (
                  SELECT s.theme_id, doc.id AS document, coalesce(doc.account_id, deal.account_id) AS account,
                         NOT {BEFORE_OUTCOME} AS after, to_char(doc.happened_at, 'YYYY "Q"Q') AS quarter
                  FROM signal s JOIN document doc ON doc.id = s.document_id JOIN deal ON deal.id = doc.deal_id
                  WHERE s.theme_id IS NOT NULL AND NOT s.dismissed AND (s.side = 'us') = %s
                  AND doc.deal_id = ANY(%s))
                SELECT theme_id, quarter, count(*), count(*) FILTER (WHERE after), count(DISTINCT account),
                       count(DISTINCT document)
                FROM said GROUP BY GROUPING SETS ((theme_id), (theme_id, quarter)) ORDER BY grouping(quarter) DESC""",
            [ours, list(deals)],
        )
        rows = cursor.fetchall()
    return _by_theme(rows)


def _by_theme(rows: Sequence[tuple[int, str | None, int, int, int, int]]) -> dict[int, Said]:
    """The rows without a quarter, each theme's whole, come before its quarters; documents without a date have none."""
    found: dict[int, Said] = {}
    for theme, quarter, signals, after, accounts, documents in rows:
        if theme not in found:
            found[theme] = Said(signals, after, accounts, {})
        elif quarter:
            found[theme].by_quarter[quarter] = documents
    return found


def recurring_lost() -> dict[int, tuple[float, float]]:
    """By theme, of the lost value that the last weighing gave it: what came again every year, and what came once;
    deals of which the CRM doesn't say are in neither."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"""SELECT shared.theme_id, sum(shared.value * ({RECURRING}))::float8,
                       sum(shared.value * (1 - ({RECURRING})))::float8
                FROM attribution shared JOIN deal ON deal.id = shared.deal_id
                WHERE shared.value IS NOT NULL AND ({RECURRING}) IS NOT NULL GROUP BY 1"""
        )
        return {theme: (again, once) for theme, again, once in cursor.fetchall()}


@dataclass(frozen=True, slots=True)
class Sums:
    """Of the closed and open deals asked for. converted: how many have an amount in another currency, and which; stale:
    of these, at a rate older than a month. lost, again, once: of the lost deals' value, all of it, what came again
    every year and what came once, as far as the CRM says."""

    converted: int
    currencies: tuple[str, ...]
    stale: int
    lost: float
    again: float
    once: float


def sums(deals: Sequence[int] | None = None) -> Sums:
    """Of these deals, or of all."""
    only = "" if deals is None else "WHERE deal.id = ANY(%s)"
    lost = "FILTER (WHERE deal.state = 'lost')"
    with connection.cursor() as cursor:
        cursor.execute(
            f"""SELECT count(*) FILTER (WHERE {FOREIGN}),
                       array_remove(array_agg(DISTINCT deal.currency) FILTER (WHERE {FOREIGN}), NULL),
                       count(*) FILTER (WHERE {FOREIGN} AND deal.value_note <> ''),
                       coalesce(sum(deal.value) {lost}, 0)::float8,
                       coalesce(sum(deal.value * ({RECURRING})) {lost}, 0)::float8,
                       coalesce(sum(deal.value * (1 - ({RECURRING}))) {lost}, 0)::float8
                FROM deal CROSS JOIN company {only}""",
            [] if deals is None else [list(deals)],
        )
        converted, currencies, stale, *values = cursor.fetchone()
    return Sums(converted, tuple(currencies or ()), stale, *values)


def said_after(theme: int, most: int) -> list[int]:
    """Signals of a theme from after the outcome of their deals, those that fit best first."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"""SELECT s.id FROM signal s JOIN document doc ON doc.id = s.document_id JOIN deal ON deal.id = doc.deal_id
                WHERE s.theme_id = %s AND s.side <> 'us' AND NOT s.dismissed AND NOT {BEFORE_OUTCOME}
                ORDER BY s.fit DESC, s.id LIMIT %s""",
            [theme, most],
        )
        return [row[0] for row in cursor.fetchall()]
