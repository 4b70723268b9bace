"""Rivals by name, where their names were said, and what must be read again once one is known."""

from collections.abc import Collection, Mapping

from django.db import connection
from django.db.models import F

from winward.records.accounts import Account, Contact, Owner, Product
from winward.records.company import Company
from winward.records.competitors import Competitor


def named() -> list[str]:
    """The names and other spellings of the rivals that people named."""
    rows = Competitor.objects.filter(state=Competitor.State.NAMED).order_by("name")
    return [name for row in rows for name in (row.name, *row.aliases)]


def in_deals() -> dict[str, int]:
    """The names in the CRM's competitor field, with how many deals have each."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT trim(competitor), count(*) FROM deal WHERE competitor <> '' GROUP BY 1 ORDER BY 1")
        return dict(cursor.fetchall())


def our_names() -> list[str]:
    """The names of the company and its products."""
    company = Company.objects.first()
    return [*([company.name] if company else []), *Product.objects.order_by("name").values_list("name", flat=True)]


def familiar() -> set[str]:
    """Names of accounts and people, full and first: who is met in talk without being a rival."""
    people = [*Contact.objects.values_list("name", flat=True), *Owner.objects.values_list("name", flat=True)]
    with connection.cursor() as cursor:
        cursor.execute("SELECT DISTINCT speaker FROM passage WHERE speaker <> ''")
        people += [row[0] for row in cursor.fetchall()]
    parts = {part for name in people for part in (name, *name.split())}
    return parts | set(Account.objects.values_list("name", flat=True))


def said_of_rivals(kind: int, least: float) -> list[tuple[str, int, int | None]]:
    """(quote, document, account) of what customers said with at least this chance of the kind (its index)."""
    with connection.cursor() as cursor:
        cursor.execute(
            """SELECT s.quote, s.document_id, coalesce(d.account_id, deal.account_id)
               FROM signal s JOIN document d ON d.id = s.document_id LEFT JOIN deal ON deal.id = d.deal_id
               WHERE s.kinds[%s] >= %s AND s.side <> 'us' AND NOT s.dismissed ORDER BY s.id""",
            [kind + 1, least],
        )
        return list(cursor.fetchall())


def suggest(found: Mapping[str, tuple[str, int, int]]) -> None:
    """found: (name, quotes, accounts) by key. What people decided of a name stays; counts are brought up to date."""
    rows = [
        Competitor(name=name, key=key, state=Competitor.State.SUGGESTED, quotes=quotes, accounts=accounts)
        for key, (name, quotes, accounts) in found.items()
    ]
    Competitor.objects.bulk_create(
        rows, update_conflicts=True, unique_fields=["key"], update_fields=["quotes", "accounts"]
    )
    Competitor.objects.filter(state=Competitor.State.SUGGESTED).exclude(key__in=found).delete()


def read_again(names: Collection[str]) -> int:
    """Let the next run read every document anew in which one of these names was said. Returns how many."""
    with connection.cursor() as cursor:
        cursor.execute(
            """UPDATE document SET read_by = '' WHERE read_by <> '' AND id IN (
                 SELECT p.document_id FROM passage p, unnest(%s::text[]) AS said(name)
                 WHERE p.search @@ phraseto_tsquery('english', said.name))""",
            [list(names)],
        )
        return int(cursor.rowcount)


def most_heard() -> list[Competitor]:
    return list(Competitor.objects.order_by(F("state"), "-accounts", "-quotes", "name"))
