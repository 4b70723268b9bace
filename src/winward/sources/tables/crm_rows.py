"""Rows of accounts, contacts, owners, products, deals and stage histories, from the cells of one line."""

import re
from datetime import date
from decimal import Decimal

from winward.sources.evidence import AccountRow, ContactRow, DealRow, DealState, OwnerRow, ProductRow, StageRow
from winward.sources.money import Money
from winward.sources.tables.cells import Cells, RowFault, account_named, currency_of
from winward.sources.tables.conventions import heading_state
from winward.sources.tables.identity import derived_id
from winward.sources.tables.states import says_left, says_only_closed, state_of, yes_or_no


def account_row(cells: Cells) -> AccountRow:
    domain = _domain(cells.text("domain"))
    name = cells.text("name") or domain
    if not name and not cells.text("id"):
        raise RowFault("name", "the account has no name")
    return AccountRow(
        external_id=cells.text("id") or derived_id("account", name),
        name=name or cells.text("id"),
        row=cells.row,
        domain=domain,
        industry=cells.text("industry"),
        segment=cells.text("segment"),
        region=cells.text("region"),
        employees=cells.whole("employees"),
        owner=cells.text("owner"),
        churned_on=_churned_on(cells),
        extra=_with_standing(cells),
    )


def contact_row(cells: Cells) -> ContactRow:
    email, name = cells.text("email").lower(), _person(cells)
    if not name and not email:
        raise RowFault("name", "the contact has neither name nor e-mail address")
    return ContactRow(
        external_id=cells.text("id") or derived_id("contact", email or f"{name}\x1f{cells.text('account')}"),
        name=name or email,
        row=cells.row,
        email=email,
        role=cells.text("role"),
        account=account_named(cells),
        extra=_with_account_name(cells),
    )


def owner_row(cells: Cells) -> OwnerRow:
    email, name = cells.text("email").lower(), _person(cells)
    if not name and not email:
        raise RowFault("name", "the owner has neither name nor e-mail address")
    return OwnerRow(
        external_id=cells.text("id") or derived_id("owner", email or name),
        name=name or email,
        row=cells.row,
        email=email,
        team=cells.text("team"),
        region=cells.text("region"),
        extra=cells.extra(),
    )


def product_row(cells: Cells) -> ProductRow:
    name = cells.first("name", "id")
    if not name:
        raise RowFault("name", "the product has no name")
    price = cells.money("price")
    return ProductRow(
        external_id=cells.text("id") or derived_id("product", name),
        name=name,
        row=cells.row,
        family=cells.text("family"),
        price=price.amount if price else None,
        extra=cells.extra(),
    )


def stage_row(cells: Cells) -> StageRow:
    deal, stage, entered_on = cells.text("deal"), cells.text("stage"), cells.day("entered_on")
    for field, value in (("deal", deal), ("stage", stage)):
        if not value:
            raise RowFault(field, f"the step of the stage history names no {field}")
    if entered_on is None:
        cells.problems.clear()
        raise RowFault("entered_on", f"{cells.text('entered_on')!r} is not a date that can be read")
    return StageRow(deal, stage, cells.row, entered_on)


def deal_row(cells: Cells) -> DealRow:
    if not cells.first("id", "name", "account", "account_id"):
        raise RowFault("id", "the deal has no id, no name and no account")
    state, created_on, closed_on = deal_state(cells), cells.day("created_on"), cells.day("closed_on")
    recurring = _recurring(cells)
    # Where the file's only sum is the recurring one, that is what the deal is worth.
    money = cells.money("amount") if "amount" in cells.mapping.fields else recurring
    amount = _known_amount(money.amount if money else None, state, cells)
    return DealRow(
        external_id=cells.text("id") or _deal_id(cells, created_on),
        name=cells.text("name") or _deal_name(cells),
        row=cells.row,
        state=state,
        stage=cells.first("stage", "state"),
        account=account_named(cells),
        owner=cells.text("owner"),
        product=cells.text("product"),
        amount=amount,
        recurring=recurring.amount if recurring and amount is not None else None,
        currency=currency_of(cells, money) if amount is not None else "",
        created_on=created_on,
        closed_on=closed_on,
        segment=cells.text("segment"),
        region=cells.text("region"),
        competitor=cells.text("competitor"),
        stated_reason=cells.text("stated_reason"),
        extra=_with_account_name(cells),
    )


def deal_state(cells: Cells) -> DealState:
    """Flags (`Is Closed Won`) first, then status and stage, then a probability of 0 or 100%, then a date of winning.

    A label that names no end is an open stage. Raises RowFault where the row says only that the deal is closed.
    """
    decided = (
        _flagged(cells) or state_of(cells.text("state")) or state_of(cells.text("stage")) or _by_probability(cells)
    )
    if decided:
        return decided
    closed = says_only_closed(cells.text("state")) or says_only_closed(cells.text("stage"))
    if closed or yes_or_no(cells.text("is_closed")):
        if cells.text("stated_reason") or cells.text("competitor"):
            return "lost"
        raise RowFault(
            "state", "the deal is closed, but nothing says whether won or lost; name the column as is_won=column"
        )
    return _by_closing_date(cells)


def _flagged(cells: Cells) -> DealState | None:
    won, lost, closed = (yes_or_no(cells.text(field)) for field in ("is_won", "is_lost", "is_closed"))
    if won or lost:
        return "won" if won else "lost"
    if won is False and closed:
        return "lost"
    return "open" if closed is False else None


def _by_probability(cells: Cells) -> DealState | None:
    """Closed deals have 0 or 100% in HubSpot and Salesforce, whatever their stages are called."""
    text = cells.text("probability")
    if text and not text.strip("0.,% "):
        return "lost" if cells.text("closed_on") else None
    if text.replace(" ", "") in ("100%", "100", "100.0", "100.00", "100.00%", "1.0"):
        return "won"
    return None


def _by_closing_date(cells: Cells) -> DealState:
    state = heading_state(cells.mapping.fields.get("closed_on", ""))
    if state and cells.text("closed_on") and not cells.first("state", "stage"):
        return "won" if state == "won" else "lost"
    stated = cells.mapping.fields.get("stage") or cells.mapping.fields.get("state")
    if stated and not cells.first("state", "stage"):
        cells.report(
            "stage" if "stage" in cells.mapping.fields else "state", "the cell is blank; taken as an open deal"
        )
    return "open"


def _recurring(cells: Cells) -> Money | None:
    """A year of it, as the file has it or from a month."""
    yearly = cells.money("recurring")
    monthly = None if yearly else cells.money("recurring_monthly")
    return Money(12 * monthly.amount, monthly.currency) if monthly else yearly


def _known_amount(amount: Decimal | None, state: DealState, cells: Cells) -> Decimal | None:
    unknown = amount == 0 and state == "lost" and cells.mapping.lost_zero_unknown
    return None if unknown else amount


def _deal_id(cells: Cells, created_on: date | None) -> str:
    what = cells.text("name") or f"{cells.text('product')}\x1f{cells.text('owner')}"
    return derived_id("deal", f"{what}\x1f{cells.first('account', 'account_id')}\x1f{created_on or ''}")


def _deal_name(cells: Cells) -> str:
    return " – ".join(filter(None, (cells.text("account"), cells.text("product")))) or cells.first("id", "account_id")


def _person(cells: Cells) -> str:
    return cells.text("name") or " ".join(filter(None, (cells.text("first_name"), cells.text("last_name"))))


def _with_account_name(cells: Cells) -> dict[str, str]:
    """Where a row has the account's id and its name, the id joins and the name is kept beside it."""
    extra = cells.extra()
    if cells.text("account_id") and cells.text("account"):
        extra["account_name"] = cells.text("account")
    return extra


def _churned_on(cells: Cells) -> date | None:
    """A contract's end is the day of leaving only where the row says that the customer left: most are yet to come."""
    day = cells.day("churned_on")
    if day is not None or not says_left(cells.text("standing")):
        return day
    ended = cells.day("contract_end")
    if ended is None:
        cells.report("standing", "the customer left, but no column says when; taken as one that stayed")
    return ended


def _with_standing(cells: Cells) -> dict[str, str]:
    """What told that and when a customer left is kept as the file has it."""
    told = {
        cells.mapping.fields[field]: cells.text(field) for field in ("standing", "contract_end") if cells.text(field)
    }
    return cells.extra() | told


def _domain(text: str) -> str:
    """`https://www.acme.com/en` is `acme.com`."""
    host = re.match(r"(?:\w+://)?(?:[^/@]*@)?([^/:?#\s]*)", text)
    return host[1].lower().removeprefix("www.") if host else ""
