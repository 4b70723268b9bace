"""One deal: how it went, what was said, and what was stated beside what was found."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Count

from winward.records.deals import Deal, StageChange
from winward.records.documents import Document
from winward.records.signals import Signal
from winward.records.stakes import Attribution, Stake
from winward.usecases.list_deals import DealRow, deal_row
from winward.usecases.list_themes import currency
from winward.usecases.quotes import NotFound, Quote, quotes
from winward.usecases.theme_rows import COSTS

DOCUMENTS, QUOTES = 200, 400


@dataclass(frozen=True, slots=True)
class Evidence:
    """One document on the deal's timeline. signals: how many; quotes: its strongest."""

    document_id: int
    title: str
    kind: str
    happened_at: datetime | None
    link: str
    link_why: str
    signals: int
    quotes: tuple[Quote, ...]


@dataclass(frozen=True, slots=True)
class Step:
    stage: str
    entered_on: date


@dataclass(frozen=True, slots=True)
class Found:
    """A theme that came up in the deal. share, value: what of a lost deal goes to it; null if nothing was weighed.
    clear: over all deals the theme is clearly associated with losing."""

    theme_id: int
    theme: str
    mentions: int
    share: float | None
    value: float | None
    clear: bool


@dataclass(frozen=True, slots=True)
class DealPage:
    """found: themes by their share, then by mentions. unexplained: the share of a lost deal that no theme takes."""

    row: DealRow
    currency: str
    amount: float | None
    amount_currency: str
    created_on: date | None
    sentence: str
    stages: tuple[Step, ...]
    evidence: tuple[Evidence, ...]
    found: tuple[Found, ...]
    unexplained: float | None


def show_deal(reference: str | int) -> DealPage:
    """reference: the row's number, or as text the CRM's own id (or else the number). Raises NotFound."""
    deal = find_deal(reference)
    said = _said(deal)
    found = _found(deal, said)
    shares = [one.share for one in found if one.share is not None]
    return DealPage(
        row=deal_row(deal),
        currency=currency(),
        amount=float(deal.amount) if deal.amount is not None else None,
        amount_currency=deal.currency,
        created_on=deal.created_on,
        sentence=_sentence(deal, found),
        stages=_stages(deal),
        evidence=_evidence(deal, said),
        found=found,
        unexplained=1 - sum(shares) if shares else None,
    )


def find_deal(reference: str | int) -> Deal:
    """reference: as in `show_deal`. Raises NotFound."""
    deals = Deal.objects.select_related("account", "owner")
    found = deals.filter(pk=reference).first() if isinstance(reference, int) else _by_text(reference)
    if found is None:
        raise NotFound(f"There is no deal {reference}.")
    return found


def _by_text(reference: str) -> Deal | None:
    deals = Deal.objects.select_related("account", "owner")
    found = deals.filter(external_id=reference).order_by("-pk").first()
    if found is None and reference.isascii() and reference.isdigit():
        found = deals.filter(pk=int(reference)).first()
    return found


def _said(deal: Deal) -> list[Quote]:
    of_deal = Signal.objects.filter(document__deal=deal, dismissed=False).order_by("-strength", "id")
    return quotes(of_deal[:QUOTES])


def _found(deal: Deal, said: list[Quote]) -> tuple[Found, ...]:
    shares = {one.theme_id: one for one in Attribution.objects.filter(deal=deal).select_related("theme__stake")}
    titles = {quote.theme_id: quote.theme for quote in said if quote.theme_id}
    titles |= {theme_id: one.theme.title for theme_id, one in shares.items()}
    mentions = [quote.theme_id for quote in said]
    rows = [
        Found(number, title, mentions.count(number), *_share(shares.get(number)))
        for number, title in titles.items()
        if number is not None
    ]
    return tuple(sorted(rows, key=lambda row: (-(row.share or 0), -row.mentions, row.theme)))


def _share(attribution: Attribution | None) -> tuple[float | None, float | None, bool]:
    if attribution is None:
        return None, None, False
    stake: Stake | None = getattr(attribution.theme, "stake", None)
    return attribution.share, attribution.value, stake is not None and stake.verdict == COSTS


def _stages(deal: Deal) -> tuple[Step, ...]:
    steps = StageChange.objects.filter(deal=deal).order_by("entered_on", "id")
    return tuple(Step(step.stage, step.entered_on) for step in steps)


def _evidence(deal: Deal, said: list[Quote]) -> tuple[Evidence, ...]:
    documents = Document.objects.filter(deal=deal).order_by("happened_at", "id")[:DOCUMENTS]
    of_deal = Signal.objects.filter(document__deal=deal, dismissed=False)
    counts = dict(of_deal.values_list("document").annotate(count=Count("pk")))
    return tuple(_on_timeline(document, counts.get(document.pk, 0), said) for document in documents)


def _on_timeline(document: Document, count: int, said: list[Quote]) -> Evidence:
    strongest = tuple([quote for quote in said if quote.document_id == document.pk][:3])
    return Evidence(
        document.pk,
        document.title,
        document.kind,
        document.happened_at,
        document.link,
        document.link_why,
        count,
        strongest,
    )


def _sentence(deal: Deal, found: tuple[Found, ...]) -> str:
    if deal.state == Deal.State.OPEN:
        named = ", ".join(one.theme for one in found[:3])
        return f"Still open. What came up: {named}." if named else "Still open; no theme has come up yet."
    when = f" on {deal.closed_on.day} {deal.closed_on:%B %Y}" if deal.closed_on else ""
    if deal.state == Deal.State.WON:
        return f"Won{when}."
    return f"Lost{when}. {_lost(found)}"


def _lost(found: tuple[Found, ...]) -> str:
    shared = [one for one in found if one.share]
    clear = next((one for one in shared if one.clear), None)
    if clear is not None:
        return f"“{clear.theme}” is associated with {clear.share:.0%} of the loss."
    if shared:
        return "No theme that came up in it is clearly associated with losing."
    return "Nothing that was said in it is shown to be associated with losing."
