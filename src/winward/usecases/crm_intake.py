"""Landing CRM rows: joined to one another by id or name, written by external id."""

import json
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property

from django.db import transaction

from winward.records import bulk, directory
from winward.records.accounts import Account, NamedModel, Owner, Product
from winward.records.bulk import Landed
from winward.sources.evidence import AccountRow, ContactRow, CrmRow, DealRow, OwnerRow, Problem, ProductRow, StageRow
from winward.sources.joining import NameIndex, name_key

KEY = ("source_id", "external_id")
NAMED = (*KEY, "name", "name_key", "extra")
# What files of these kinds describe, and other files name.
DESCRIBED: Mapping[str, NamedModel] = {"accounts": Account, "owners": Owner, "products": Product}


class _ByName:
    """Accounts, owners or products by id or name; a name that none has is made, for a later file to describe.

    Names that were made are found again by the same name only, or which rows are one would hang on their order.
    """

    def __init__(self, model: NamedModel, source_id: int) -> None:
        self._model = model
        self._source_id = source_id
        self._index = NameIndex(directory.described(model))
        self._made = {name_key(name): key for key, name in directory.made_by_name(model)}

    def ids(self, texts: Iterable[str]) -> dict[str, int]:
        wanted = {text for text in texts if text}
        found = {text: self._find(text) for text in wanted}
        missing = {name_key(text): text for text in sorted(wanted) if found[text] is None}
        if missing:
            self._made |= directory.make_by_name(self._model, self._source_id, missing)
        return {text: at if (at := found[text]) is not None else self._made[name_key(text)] for text in wanted}

    def knows(self, text: str) -> bool:
        return self._find(text) is not None

    def _find(self, text: str) -> int | None:
        match = self._index.find(text)
        return match.key if match else self._made.get(name_key(text))


class CrmIntake:
    """Lands the rows of one file, a chunk at a time, each chunk in the caller's transaction."""

    def __init__(self, source_id: int, file: str) -> None:
        self._source_id = source_id
        self._file = file

    @cached_property
    def _accounts(self) -> _ByName:
        return _ByName(Account, self._source_id)

    @cached_property
    def _owners(self) -> _ByName:
        return _ByName(Owner, self._source_id)

    @cached_property
    def _products(self) -> _ByName:
        return _ByName(Product, self._source_id)

    def land(self, rows: Sequence[CrmRow]) -> tuple[Landed, list[Problem]]:
        """All rows of a chunk; they may be of several types. Returns what landed and which rows could not."""
        landed = Landed()
        landed += self._land_owners([row for row in rows if isinstance(row, OwnerRow)])
        landed += self._land_products([row for row in rows if isinstance(row, ProductRow)])
        landed += self._land_accounts([row for row in rows if isinstance(row, AccountRow)])
        landed += self._land_contacts([row for row in rows if isinstance(row, ContactRow)])
        landed += self._land_deals([row for row in rows if isinstance(row, DealRow)])
        stages, problems = self._land_stages([row for row in rows if isinstance(row, StageRow)])
        return landed + stages, problems

    def _land_owners(self, rows: Sequence[OwnerRow]) -> Landed:
        columns = (*NAMED, "email", "team", "region")
        return self._land_named(Owner, columns, rows, [(row.email, row.team, row.region) for row in rows])

    def _land_products(self, rows: Sequence[ProductRow]) -> Landed:
        return self._land_named(Product, (*NAMED, "family", "price"), rows, [(row.family, row.price) for row in rows])

    def _land_accounts(self, rows: Sequence[AccountRow]) -> Landed:
        columns = (*NAMED, "domain", "industry", "segment", "region", "employees", "owner_name", "churned_on")
        rest = [(r.domain.lower(), r.industry, r.segment, r.region, r.employees, r.owner, r.churned_on) for r in rows]
        return self._land_named(Account, columns, rows, rest)

    def _land_named(
        self,
        model: NamedModel,
        columns: Sequence[str],
        rows: Sequence[OwnerRow | ProductRow | AccountRow],
        rest: Sequence[tuple[object, ...]],
    ) -> Landed:
        if not rows:
            return Landed()
        written = [
            (self._source_id, row.external_id, row.name, name_key(row.name), _json(row.extra), *more)
            for row, more in zip(rows, rest, strict=True)
        ]
        return bulk.upsert(model._meta.db_table, columns, KEY, written)

    def _land_contacts(self, rows: Sequence[ContactRow]) -> Landed:
        accounts = self._accounts.ids(self._account(row) for row in rows) if rows else {}
        columns = (*KEY, "account_id", "name", "email", "role", "extra")
        written = [
            (self._source_id, row.external_id, accounts.get(self._account(row)), row.name, row.email.lower(), row.role,
             _json(row.extra))
            for row in rows
        ]  # fmt: skip
        return bulk.upsert("contact", columns, KEY, written)

    def _land_deals(self, rows: Sequence[DealRow]) -> Landed:
        if not rows:
            return Landed()
        accounts = self._accounts.ids(self._account(row) for row in rows)
        owners = self._owners.ids(row.owner for row in rows)
        products = self._products.ids(row.product for row in rows)
        columns = (
            *KEY, "name", "account_id", "owner_id", "product_id", "state", "stage", "amount", "recurring", "currency",
            "value_note",
            "created_on", "closed_on", "segment", "region", "competitor", "stated_reason", "extra",
        )  # fmt: skip
        written = [
            (
                self._source_id, row.external_id, row.name, accounts.get(self._account(row)), owners.get(row.owner),
                products.get(row.product), row.state, row.stage, row.amount, row.recurring, row.currency.upper(), "",
                row.created_on, row.closed_on, row.segment, row.region, row.competitor, row.stated_reason,
                _json(row.extra),
            )
            for row in rows
        ]  # fmt: skip
        return bulk.upsert("deal", columns, KEY, written)

    def _account(self, row: DealRow | ContactRow) -> str:
        """The account's id as the row has it, or its name where no accounts file has brought that id yet."""
        name = row.extra.get("account_name", "")
        return name if name and not self._accounts.knows(row.account) else row.account

    def _land_stages(self, rows: Sequence[StageRow]) -> tuple[Landed, list[Problem]]:
        deals = directory.deal_ids(self._source_id, (row.deal for row in rows)) if rows else {}
        known = [(deals[row.deal], row.stage, row.entered_on) for row in rows if row.deal in deals]
        return directory.add_stages(known), [self._no_deal(row) for row in rows if row.deal not in deals]

    def _no_deal(self, row: StageRow) -> Problem:
        reason = f"There is no deal {row.deal!r} to add this stage to; import the deals first, then this file again."
        return Problem(self._file, row.row, "deal", reason)


@transaction.atomic
def settle(model: NamedModel) -> None:
    """Rows made for a name give way to the rows that describe it, so that it doesn't matter which file came first."""
    made = directory.made_by_name(model)
    if not made:
        return
    index = NameIndex(directory.described(model))
    matches = {key: index.find(name) for key, name in made}
    directory.give_way(model, {key: match.key for key, match in matches.items() if match})


def _json(extra: Mapping[str, str]) -> str:
    return json.dumps({key.replace("\0", ""): value.replace("\0", "") for key, value in extra.items()})
