"""A quote as every page shows it: the words, who said them, in which deal, and where they stand."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet

from winward.records.accounts import Account
from winward.records.documents import Document
from winward.records.signals import Signal

COLUMNS = (
    "quote",
    "kind",
    "strength",
    "side",
    "dismissed",
    "unsorted_why",
    "fit",
    "passage__speaker",
    "passage__start_ms",
    "passage__side",
    "document__title",
    "document__kind",
    "document__happened_at",
    "document__participants",
    "document__account__name",
    "document__deal__name",
    "document__deal__state",
    "document__deal__account__name",
    "theme__name",
    "theme__given_name",
)


ENVELOPE = ("from", "to", "cc")


class NotFound(Exception):
    """What was asked for is not in this workspace; the message names it."""


@dataclass(frozen=True, slots=True)
class Quote:
    """words: verbatim. strength: 0 to 1. start_ms: since the document began, null where it has no clock."""

    signal: int
    words: str
    kind: str
    strength: float
    speaker: str
    role: str
    side: str
    account_id: int | None
    account: str
    deal_id: int | None
    deal: str
    deal_state: str
    document_id: int
    document: str
    document_kind: str
    happened_at: datetime | None
    start_ms: int | None
    theme_id: int | None
    theme: str
    unsorted_why: str
    dismissed: bool


def quotes(signals: QuerySet[Signal]) -> list[Quote]:
    """The signals as quotes, in the query's order, in one query."""
    related = ("passage", "document__account", "document__deal__account", "theme")
    return [_quote(signal) for signal in signals.select_related(*related).only(*COLUMNS)]


def quotes_in_order(ids: Iterable[int]) -> list[Quote]:
    """The quotes with these ids, in the order of the ids; those that are gone are left out."""
    ids = list(ids)
    by_id = {quote.signal: quote for quote in quotes(Signal.objects.filter(pk__in=ids))}
    return [by_id[number] for number in ids if number in by_id]


def account_of(document: Document) -> Account | None:
    """The account that the document is linked to, else its deal's."""
    if document.account is not None:
        return document.account
    return document.deal.account if document.deal is not None else None


def role_of(speaker: str, participants: list[dict[str, str]]) -> str:
    """What they are at their company; a mail's From, To and Cc are no roles."""
    roles = (str(person.get("role") or "") for person in participants if person.get("name") == speaker)
    return next((role for role in roles if role not in ENVELOPE), "")


def _quote(signal: Signal) -> Quote:
    document, passage, theme = signal.document, signal.passage, signal.theme
    account, deal = account_of(document), document.deal
    return Quote(
        signal=signal.pk,
        words=signal.quote,
        kind=signal.kind,
        strength=signal.strength,
        speaker=passage.speaker,
        role=role_of(passage.speaker, document.participants),
        side=signal.side or passage.side,
        account_id=account.pk if account else None,
        account=account.name if account else "",
        deal_id=deal.pk if deal else None,
        deal=deal.name if deal else "",
        deal_state=deal.state if deal else "",
        document_id=document.pk,
        document=document.title,
        document_kind=document.kind,
        happened_at=document.happened_at,
        start_ms=passage.start_ms,
        theme_id=theme.pk if theme else None,
        theme=theme.title if theme else "",
        unsorted_why=signal.unsorted_why,
        dismissed=signal.dismissed,
    )
