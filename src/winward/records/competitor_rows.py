"""Rivals by name, where their names were said, and what must be read again once one is known."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from django.db import connection
from django.db.models import F

from winward.records.accounts import Account, Contact, Owner, Product
from winward.records.company import Company
from winward.records.competitors import Competitor
from winward.records.stake_rows import BEFORE_OUTCOME


def named() -> list[str]:
    """The names and other spellings of the rivals that people named."""
    rows = Competitor.objects.filter(state=Competitor.State.NAMED).order_by("name")
    return [name for row in rows for name in (row.name, *row.aliases)]


def in_deals() -> dict[str, int]:
    """The names in the CRM's competitor field, with how many deals have each."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT trim(competitor), count(*) FROM deal WHERE competitor <> '' GROUP BY 1 ORDER BY 1")
        return dict(cursor.fetchall())


def of_deals() -> list[tuple[int, str]]:
    """(deal, what its competitor field says), where it says anything."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT id, competitor FROM deal WHERE competitor <> '' ORDER BY id")
        return list(cursor.fetchall())


def heard_in_deals(kind: int, least: float) -> list[tuple[int, str]]:
    """(deal, quote) of what anybody said in a deal before its outcome with at least this chance of the kind."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"""SELECT deal.id, s.quote
                FROM signal s JOIN document doc ON doc.id = s.document_id JOIN deal ON deal.id = doc.deal_id
                WHERE s.kinds[%s] >= %s AND NOT s.dismissed AND {BEFORE_OUTCOME} ORDER BY s.id""",
            [kind + 1, least],
        )
        return list(cursor.fetchall())


@dataclass(frozen=True, slots=True)
class Said:
    """What a customer said, for or against us or of a rival. state: of the deal, empty where there is none."""

    signal: int
    quote: str
    kind: str
    strength: float
    account: int | None
    state: str


MOST_SAID = 5_000


def said_on(deals: Sequence[int], kind: int, least: float, besides: Sequence[str]) -> list[Said]:
    """What customers said in these deals with at least this chance of the kind; of the kinds `besides`, what they said
    before the outcome or in an interview about it; and with that chance in documents of no deal. The strongest first,
    at most 5,000."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"""SELECT s.id, s.quote, s.kind, s.strength, coalesce(doc.account_id, deal.account_id),
                      coalesce(deal.state, '')
               FROM signal s JOIN document doc ON doc.id = s.document_id LEFT JOIN deal ON deal.id = doc.deal_id
               WHERE s.side <> 'us' AND NOT s.dismissed
               AND (s.kinds[%s] >= %s AND (deal.id = ANY(%s) OR deal.id IS NULL)
                    OR s.kind = ANY(%s) AND deal.id = ANY(%s) AND (doc.kind = 'interview' OR {BEFORE_OUTCOME}))
               ORDER BY s.strength DESC, s.id LIMIT %s""",
            [kind + 1, least, list(deals), list(besides), list(deals), MOST_SAID],
        )
        return [Said(*row) for row in cursor.fetchall()]


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
