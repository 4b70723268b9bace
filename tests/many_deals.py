"""Deals enough to weigh: losing exports costs everywhere, a lame sync in Enterprise alone, and colours nowhere."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from random import Random

from tests.cast import direction
from winward.records.accounts import Account, Owner, Product
from winward.records.company import Company
from winward.records.deals import Deal
from winward.records.documents import Document, Passage
from winward.records.imports import Source
from winward.records.signals import VECTOR_SIZE, Signal
from winward.records.themes import Theme

TITLES = ("Export is lost", "Sync is lame", "Colours are dull")
SEGMENTS, REGIONS, OWNERS = ("Enterprise", "SMB"), ("North", "South"), ("Ida", "Jo")
FIRST, LAST = date(2025, 10, 1), date(2026, 9, 30)
NO_SIGNS = "0" * VECTOR_SIZE


@dataclass(frozen=True)
class ManyDeals:
    export: Theme
    sync: Theme
    colours: Theme
    open_deals: int


def many_deals(closed: int = 320, still_open: int = 24) -> ManyDeals:
    rng = Random(7)
    Company.objects.update_or_create(id=1, defaults={"name": "Pinefield Software", "currency": "EUR", "seed": 3})
    source = Source.objects.create(name="many")
    themes = [
        Theme.objects.create(name=name, terms=[name.lower()], centre=direction(at), floor=0.4)
        for at, name in enumerate(TITLES)
    ]
    account, product = _account(source), Product.objects.create(source=source, external_id="P", name="Suite")
    owners = [Owner.objects.create(source=source, external_id=name, name=name) for name in OWNERS]
    deals, said = [], []
    for number in range(closed + still_open):
        said.append([rng.random() < share for share in (0.35, 0.4, 0.45)])
        deals.append(_deal(number, number >= closed, said[-1], source, account, rng))
        deals[-1].owner, deals[-1].product = owners[rng.random() < 0.5], product
    Deal.objects.bulk_create(deals)
    _say(source, deals, said, themes)
    return ManyDeals(*themes, open_deals=still_open)


def _account(source: Source) -> Account:
    return Account.objects.create(source=source, external_id="A", name="Acme", name_key="acme")


def _deal(number: int, is_open: bool, said: list[bool], source: Source, account: Account, rng: Random) -> Deal:
    segment, amount = SEGMENTS[rng.random() < 0.5], rng.randrange(10, 90) * 1_000
    chance = 0.75 - 0.3 * said[0] - (0.5 * said[1] if segment == "Enterprise" else 0.0)
    closed_on = FIRST + timedelta(days=rng.randrange((LAST - FIRST).days + 1))
    foreign = number % 20 == 0
    return Deal(
        source=source,
        external_id=f"D-{number}",
        name=f"Deal {number}",
        account=account,
        state="open" if is_open else "won" if rng.random() < chance else "lost",
        segment=segment,
        region=REGIONS[number % 2],
        created_on=closed_on - timedelta(days=60),
        closed_on=None if is_open else closed_on,
        amount=amount,
        recurring=None if number % 10 == 3 else amount * 3 // 4,
        currency="GBP" if foreign else "EUR",
        value=round(amount * 1.15) if foreign else amount,
    )


def _say(source: Source, deals: list[Deal], said: list[list[bool]], themes: list[Theme]) -> None:
    """A call a deal, from before its outcome; and for every twentieth an interview once it was decided."""
    spoken = [(deal, "call", brought_up) for deal, brought_up in zip(deals, said, strict=True)]
    spoken += [(deal, "interview", [True, False, False]) for deal in deals[::20] if deal.closed_on]
    documents = Document.objects.bulk_create(_document(source, *one[:2]) for one in spoken)
    lines = [". ".join(name for name, up in zip(TITLES, one[2], strict=True) if up) or "Good day" for one in spoken]
    passages = Passage.objects.bulk_create(
        Passage(document=document, ordinal=0, start=0, text=line, side="customer", speaker="Ada")
        for document, line in zip(documents, lines, strict=True)
    )
    Signal.objects.bulk_create(
        _signal(passage, theme, name)
        for passage, one in zip(passages, spoken, strict=True)
        for theme, name, up in zip(themes, TITLES, one[2], strict=True)
        if up
    )


def _document(source: Source, deal: Deal, kind: str) -> Document:
    day = (deal.closed_on or LAST) + timedelta(days=20 if kind == "interview" else -20)
    return Document(
        source=source,
        external_id=f"{kind} {deal.external_id}",
        content_hash=f"{kind} {deal.external_id}",
        kind=kind,
        title=f"{kind} on {deal.name}",
        happened_at=datetime(day.year, day.month, day.day, 9, tzinfo=UTC),
        deal=deal,
        account=deal.account,
        customer_words=40,
    )


def _signal(passage: Passage, theme: Theme, words: str) -> Signal:
    start = passage.text.index(words)
    return Signal(
        passage=passage,
        document=passage.document,
        start=start,
        end=start + len(words),
        quote=words,
        kind="pain",
        kinds=[0.0] * 11,
        strength=0.8,
        side="customer",
        fit=0.9,
        theme=theme,
        signs=NO_SIGNS,
    )
