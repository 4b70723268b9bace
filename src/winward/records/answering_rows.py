"""What the outcomes rest on that product answers for: lost deals' shares, customers that left, and tickets."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db import connection

# What customers said; ours say nothing of what they need.
SAID = "s.theme_id IS NOT NULL AND s.side <> 'us' AND NOT s.dismissed"
ACCOUNT = "coalesce(doc.account_id, deal.account_id)"
YEAR = "interval '1 year'"


@dataclass(frozen=True, slots=True)
class LostShare:
    """The part of lost deals that a theme takes. deals: in so many of them. value: None where no amount is known."""

    theme: int
    deals: int
    value: float | None


def lost_shares(first: date, last: date) -> list[LostShare]:
    """By theme, of deals lost from the first to the last day."""
    with connection.cursor() as cursor:
        cursor.execute(
            """SELECT a.theme_id, count(*), sum(a.value) FROM attribution a JOIN deal ON deal.id = a.deal_id
               WHERE deal.state = 'lost' AND deal.closed_on BETWEEN %s AND %s GROUP BY 1 ORDER BY 1""",
            [first, last],
        )
        return [LostShare(*row) for row in cursor.fetchall()]


def lost_total(first: date, last: date) -> tuple[int, float, int]:
    """How many deals were lost from the first to the last day, their value, and how many have none."""
    with connection.cursor() as cursor:
        cursor.execute(
            """SELECT count(*), coalesce(sum(value), 0)::float8, count(*) FILTER (WHERE value IS NULL) FROM deal
               WHERE state = 'lost' AND closed_on BETWEEN %s AND %s""",
            [first, last],
        )
        number, value, unvalued = cursor.fetchone()
        return int(number), float(value), int(unvalued)


@dataclass(frozen=True, slots=True)
class Customer:
    """An account that bought, or left. words: of its own in the year before it left, or in the newest year of the
    evidence. value: of the deals that it had won with us, a year's where the CRM tells recurring from one-off amounts;
    None where no amount is known."""

    id: int
    name: str
    churned_on: date | None
    words: int
    value: float | None


# Each customer with the last day of its year: the one on which it left, or the newest of all evidence.
_CUSTOMERS = """
    customer AS (
        SELECT account.id, account.name, account.churned_on, account.churned_on IS NOT NULL AS left_us,
               coalesce(account.churned_on, (SELECT max(happened_at)::date FROM document)) AS until, bought.value
        FROM account LEFT JOIN (
            SELECT account_id, sum(coalesce(recurring * value / nullif(amount, 0), value))::float8 AS value
            FROM deal WHERE state = 'won' GROUP BY account_id) bought ON bought.account_id = account.id
        WHERE account.churned_on IS NOT NULL OR bought.account_id IS NOT NULL)"""
_IN_ITS_YEAR = f"doc.happened_at::date <= customer.until AND doc.happened_at > customer.until - {YEAR}"


def customers() -> list[Customer]:
    with connection.cursor() as cursor:
        cursor.execute(
            f"""WITH {_CUSTOMERS}
                SELECT customer.id, customer.name, customer.churned_on, coalesce(sum(doc.customer_words), 0),
                       customer.value
                FROM customer LEFT JOIN (document doc LEFT JOIN deal ON deal.id = doc.deal_id)
                ON {ACCOUNT} = customer.id AND {_IN_ITS_YEAR}
                GROUP BY customer.id, customer.name, customer.churned_on, customer.value ORDER BY customer.id"""
        )
        return [Customer(*row) for row in cursor.fetchall()]


def customers_said(kinds: Sequence[str]) -> list[tuple[int, int]]:
    """(account, theme) for every theme that a customer brought up in its year with signals of these kinds."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"""WITH {_CUSTOMERS}
                SELECT DISTINCT customer.id, s.theme_id
                FROM signal s JOIN document doc ON doc.id = s.document_id LEFT JOIN deal ON deal.id = doc.deal_id
                JOIN customer ON customer.id = {ACCOUNT}
                WHERE {SAID} AND s.kind = ANY(%s) AND {_IN_ITS_YEAR} ORDER BY 1, 2""",
            [list(kinds)],
        )
        return list(cursor.fetchall())


def said_before_leaving(theme: int, kinds: Sequence[str]) -> list[int]:
    """The theme's signals of these kinds from customers in the year before they left, each customer's strongest
    first."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"""WITH {_CUSTOMERS}
                SELECT id FROM (
                    SELECT s.id, s.strength,
                           row_number() OVER (PARTITION BY customer.id ORDER BY s.strength DESC, s.id) AS place
                    FROM signal s JOIN document doc ON doc.id = s.document_id LEFT JOIN deal ON deal.id = doc.deal_id
                    JOIN customer ON customer.id = {ACCOUNT} AND customer.left_us
                    WHERE {SAID} AND s.theme_id = %s AND s.kind = ANY(%s) AND {_IN_ITS_YEAR}) said
                ORDER BY place, strength DESC, id""",
            [theme, list(kinds)],
        )
        return [row[0] for row in cursor.fetchall()]


def tickets() -> list[tuple[int, date | None]]:
    """(document, its day) of every ticket, in the order of their numbers."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT id, happened_at::date FROM document WHERE kind = 'ticket' ORDER BY id")
        return list(cursor.fetchall())


def tickets_said() -> list[tuple[int, int, int]]:
    """(document, theme, in how many of its messages) for every theme that customers brought up in a ticket."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"""SELECT doc.id, s.theme_id, count(DISTINCT s.passage_id)
                FROM signal s JOIN document doc ON doc.id = s.document_id
                WHERE {SAID} AND doc.kind = 'ticket' GROUP BY 1, 2 ORDER BY 1, 2"""
        )
        return list(cursor.fetchall())


def said_in_tickets(theme: int, most: int) -> list[int]:
    """The theme's signals in tickets, newest first."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"""SELECT s.id FROM signal s JOIN document doc ON doc.id = s.document_id
                WHERE {SAID} AND s.theme_id = %s AND doc.kind = 'ticket'
                ORDER BY doc.happened_at DESC NULLS LAST, s.id LIMIT %s""",
            [theme, most],
        )
        return [row[0] for row in cursor.fetchall()]
