"""Who and what the workspace knows by name: for linking documents, and for joining CRM rows to one another."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django.db import connection

from winward.records import bulk
from winward.records.accounts import NAMED_ONLY, Account, Contact, NamedModel, Owner
from winward.records.bulk import Landed
from winward.records.company import Company
from winward.records.deals import Deal


def described(model: NamedModel) -> list[tuple[int, str, str]]:
    """(id, external id, name) of every row that a file has described."""
    rows = model._default_manager.exclude(external_id__startswith=NAMED_ONLY).order_by("id")
    return list(rows.values_list("id", "external_id", "name"))


def made_by_name(model: NamedModel) -> list[tuple[int, str]]:
    """(id, name) of every row that was made for a name which no file has described yet."""
    rows = model._default_manager.filter(external_id__startswith=NAMED_ONLY).order_by("id")
    return list(rows.values_list("id", "name"))


def made(external_id: str) -> bool:
    """Whether the row was made for a name that no file has described yet."""
    return external_id.startswith(NAMED_ONLY)


def make_by_name(model: NamedModel, source_id: int, keyed: Mapping[str, str]) -> dict[str, int]:
    """Rows for names that no file has described yet. keyed: name key -> name as first met. Returns their ids."""
    rows = [
        model(source_id=source_id, external_id=NAMED_ONLY + key, name=name, name_key=key) for key, name in keyed.items()
    ]
    manager: Any = model._default_manager  # one of three models, and their rows are of the same one
    manager.bulk_create(rows, ignore_conflicts=True)
    found = model._default_manager.filter(source_id=source_id, external_id__in=[row.external_id for row in rows])
    return dict(found.values_list("name_key", "id"))


def give_way(model: NamedModel, pairs: Mapping[int, int]) -> None:
    """Let what points at the first of each pair of rows point at the second, and remove the first."""
    columns = [list(pairs), list(pairs.values())]
    with connection.cursor() as cursor:
        for relation in model._meta.related_objects:
            table, column = relation.related_model._meta.db_table, relation.field.column
            cursor.execute(
                f"UPDATE {table} t SET {column} = p.stays FROM unnest(%s::bigint[], %s::bigint[]) AS p(goes, stays) "
                f"WHERE t.{column} = p.goes",
                columns,
            )
        cursor.execute(f"DELETE FROM {model._meta.db_table} WHERE id = ANY(%s)", columns[:1])


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


def people() -> dict[str, list[int]]:
    """The accounts of the contacts of each full name; a single word could be anybody."""
    accounts: dict[str, list[int]] = {}
    for name, account in Contact.objects.exclude(account=None).order_by("id").values_list("name", "account_id"):
        if " " in name.strip():
            accounts.setdefault(name, []).append(account)
    return accounts


def persons() -> list[tuple[str, str, str, int | None, bool]]:
    """(name, e-mail, role, account, whether ours) of every contact, then of our own people."""
    contacts = Contact.objects.order_by("id").values_list("name", "email", "role", "account_id")
    ours = Owner.objects.order_by("id").values_list("name", "email")
    return [*((*row, False) for row in contacts), *((name, email, "", None, True) for name, email in ours)]


def participants() -> set[str]:
    """The names of all who took part in a document or spoke in it."""
    with connection.cursor() as cursor:
        cursor.execute(
            """SELECT DISTINCT person->>'name' FROM document, jsonb_array_elements(participants) AS person
               UNION SELECT DISTINCT speaker FROM passage"""
        )
        return {row[0] for row in cursor.fetchall() if row[0]}


def our_domains() -> frozenset[str]:
    """The domains of our own people: those that the company named, and those of the deals' owners."""
    company = Company.objects.first()
    named = set(company.domains) if company else set()
    with connection.cursor() as cursor:
        cursor.execute("SELECT DISTINCT lower(split_part(email, '@', 2)) FROM owner WHERE email LIKE '%%@%%'")
        return frozenset(named | {row[0] for row in cursor.fetchall()})
