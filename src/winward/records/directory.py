"""Who and what the workspace knows by name: for linking documents, and for joining CRM rows to one another."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django.db import connection

from winward.records import bulk
from winward.records.accounts import NAMED_ONLY, Account, Contact, Named
from winward.records.bulk import Landed
from winward.records.company import Company
from winward.records.deals import Deal


def names(model: type[Named]) -> list[tuple[int, str, str]]:
    """(id, external id, name) of every row; one met by name only has no external id."""
    rows = model._default_manager.order_by("id").values_list("id", "external_id", "name")
    return [(key, "" if made(external) else external, name) for key, external, name in rows]


def made(external_id: str) -> bool:
    """Whether the row was made for a name that no file has described yet."""
    return external_id.startswith(NAMED_ONLY)


def make_by_name(model: type[Named], source_id: int, keyed: Mapping[str, str]) -> dict[str, int]:
    """Rows for names that no file has described yet. keyed: name key -> name as first met. Returns their ids."""
    rows = [
        model(source_id=source_id, external_id=NAMED_ONLY + key, name=name, name_key=key) for key, name in keyed.items()
    ]
    model._default_manager.bulk_create(rows, ignore_conflicts=True)
    found = model._default_manager.filter(source_id=source_id, external_id__in=[row.external_id for row in rows])
    return dict(found.values_list("name_key", "id"))


def adopt(model: type[Named], source_id: int, described: Iterable[tuple[str, str]]) -> None:
    """Give rows that were met by name only the external id that a file now brings for that name.

    described: (external id, name key). An id that is taken already stays where it is.
    """
    pairs = list(described)
    table = model._meta.db_table
    with connection.cursor() as cursor:
        cursor.execute(
            f"""UPDATE {table} t SET external_id = d.external_id
                FROM (SELECT DISTINCT ON (name_key) external_id, name_key
                      FROM unnest(%s::text[], %s::text[]) AS u(external_id, name_key)) d
                WHERE t.source_id = %s AND t.external_id = %s || d.name_key
                AND NOT EXISTS (SELECT 1 FROM {table} o WHERE o.source_id = %s AND o.external_id = d.external_id)""",
            [[e for e, _ in pairs], [k for _, k in pairs], source_id, NAMED_ONLY, source_id],
        )


def deal_ids(source_id: int, external_ids: Iterable[str]) -> dict[str, int]:
    return dict(
        Deal.objects.filter(source_id=source_id, external_id__in=set(external_ids)).values_list("external_id", "id")
    )


def add_stages(rows: Iterable[tuple[int, str, Any]]) -> Landed:
    return bulk.upsert("stage_change", ("deal_id", "stage", "entered_on"), ("deal_id", "stage", "entered_on"), rows)


def accounts() -> list[tuple[int, str, str, str]]:
    """(id, name, domain, external id)."""
    rows = Account.objects.order_by("id").values_list("id", "name", "domain", "external_id")
    return [(key, name, domain, "" if made(external) else external) for key, name, domain, external in rows]


def deals() -> list[tuple[int, str, str, int | None, Any, date | None, date | None]]:
    """(id, external id, name, account's id, state, created on, closed on)."""
    fields = ("id", "external_id", "name", "account_id", "state", "created_on", "closed_on")
    return list(Deal.objects.order_by("id").values_list(*fields))


def contacts() -> list[tuple[str, int]]:
    return list(Contact.objects.exclude(email="").exclude(account=None).values_list("email", "account_id"))


def our_domains() -> frozenset[str]:
    """The domains of our own people: those that the company named, and those of the deals' owners."""
    company = Company.objects.first()
    named = set(company.domains) if company else set()
    with connection.cursor() as cursor:
        cursor.execute("SELECT DISTINCT lower(split_part(email, '@', 2)) FROM owner WHERE email LIKE '%%@%%'")
        return frozenset(named | {row[0] for row in cursor.fetchall()})
