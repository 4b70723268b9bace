"""A company that loses nearly every deal in which offline came up, and wins two thirds of the rest."""

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta

from tests.cast import direction, say, signal
from winward.records.accounts import Account, Owner
from winward.records.company import Company
from winward.records.deals import Deal, StageChange
from winward.records.documents import Document
from winward.records.imports import Source
from winward.records.themes import Theme

FIRST_CLOSE = date(2025, 1, 10)
SAID = {
    "offline": "Without an offline mode this is no use to us.",
    "colours": "We would like other colours.",
}
PROMISE = "I will send you the offline plan on Monday."


@dataclass
class Losing:
    source: Source
    account: Account
    themes: dict[str, Theme]
    deals: list[Deal] = field(default_factory=list)


def losing(closed: int = 48, still_open: int = 6) -> Losing:
    """A deal closes every ten days. Every third speaks of offline, every second of colours. Of eight with offline one
    is won, of three others two."""
    Company.objects.update_or_create(id=1, defaults={"name": "Pinefield Software", "currency": "EUR", "seed": 3})
    themes = {
        name: Theme.objects.create(name=name.title(), centre=direction(axis), floor=0.4)
        for axis, name in enumerate(SAID)
    }
    source = Source.objects.create(name="files")
    account = Account.objects.create(source=source, external_id="A", name="Acme")
    company = Losing(source, account, themes)
    owners = [Owner.objects.create(source=company.source, external_id=name, name=name) for name in ("Sam", "Kim")]
    for at in range(closed + still_open):
        said = ("offline",) * (at % 3 == 0) + ("colours",) * (at % 2 == 0)
        company.deals.append(make_deal(company, at, owners[at % 2], said, _state(at, closed)))
    StageChange.objects.bulk_create(
        StageChange(deal=deal, stage="Demo", entered_on=deal.closed_on - timedelta(days=60)) for deal in company.deals
    )
    return company


def _state(at: int, closed: int) -> str:
    if at >= closed:
        return "open"
    if at % 3 == 0:
        return "won" if at % 24 == 9 else "lost"
    return "lost" if at % 9 in (1, 5) else "won"


def make_deal(company: Losing, at: int, owner: Owner, said: tuple[str, ...], state: str) -> Deal:
    """The customer speaks 75 days before it closes."""
    closes = FIRST_CLOSE + timedelta(days=10 * at)
    deal = Deal.objects.create(
        source=company.source,
        external_id=f"D-{at}",
        name=f"Deal {at}",
        account=company.account,
        owner=owner,
        state=state,
        created_on=closes - timedelta(days=90),
        closed_on=closes,
        amount=1_000 * (at % 5 + 1),
        currency="EUR",
        value=1_000 * (at % 5 + 1),
        segment=("Small", "Large")[at % 2],
        stated_reason=("Price", "Missing functionality", "Other")[at % 3] if state == "lost" else "",
    )
    speak(deal, said, closes - timedelta(days=75), company)
    return deal


def speak(deal: Deal, said: tuple[str, ...], day: date, company: Losing) -> Document:
    document = Document.objects.create(
        source=company.source,
        external_id=f"{deal.external_id} {day}",
        content_hash=f"{deal.external_id} {day}",
        kind="call",
        title=f"Call about {deal.name}",
        happened_at=datetime(day.year, day.month, day.day, 9, tzinfo=UTC),
        deal=deal,
        account=deal.account,
        customer_words=40,
        participants=[{"name": "Ada", "side": "customer"}, {"name": "Sam", "side": "us"}],
    )
    for name in said:
        passage = say(document, "Ada", SAID[name])
        signal(passage, SAID[name], "need", company.themes[name], direction(list(SAID).index(name)))
    if deal.state == "won" and "offline" in said:
        signal(say(document, "Sam", PROMISE, side="us"), PROMISE, "commitment", None, direction(7))
    return document
