"""A quote as every page shows it: the words, who said them, in which deal, and where they stand."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import QuerySet
from django.db.models.functions import Length

from winward.records.accounts import Account
from winward.records.documents import Document
from winward.records.signals import Signal

COLUMNS = (
    "pk",
    "start",
    "quote",
    "kind",
    "strength",
    "side",
    "dismissed",
    "checked",
    "unsorted_why",
    "passage__speaker",
    "passage__start_ms",
    "passage__end_ms",
    "characters",
    "passage__side",
    "document_id",
    "passage_id",
    "document__title",
    "document__kind",
    "document__happened_at",
    "document__participants",
    "document__account_id",
    "document__account__name",
    "document__deal_id",
    "document__deal__name",
    "document__deal__state",
    "document__deal__account_id",
    "document__deal__account__name",
    "theme_id",
    "theme__name",
    "theme__given_name",
)
ENVELOPE = ("from", "to", "cc")


class NotFound(Exception):
    """What was asked for is not in this workspace; the message names it."""


@dataclass(frozen=True, slots=True)
class Quote:
    """words: verbatim. strength: 0 to 1. start_ms: since the document began, null where it has no clock; where the
    turn's end is known, about when these words of it were said. checked: a person has said whether it is right."""

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
    passage_id: int
    document: str
    document_kind: str
    happened_at: datetime | None
    start_ms: int | None
    theme_id: int | None
    theme: str
    unsorted_why: str
    dismissed: bool
    checked: bool


def quotes(signals: QuerySet[Signal]) -> list[Quote]:
    """The signals as quotes, in the query's order, in one query."""
    measured = signals.annotate(characters=Length("passage__text"))
    return [_quote(row) for row in measured.values(*COLUMNS)]


def quotes_in_order(ids: Iterable[int]) -> list[Quote]:
    """The quotes with these ids, in the order of the ids; those that are gone are left out."""
    ids = list(ids)
    by_id = {quote.signal: quote for quote in quotes(Signal.objects.filter(pk__in=ids))}
    return [by_id[number] for number in ids if number in by_id]


def one_an_account(found: Iterable[Quote]) -> list[Quote]:
    """Each account's first quote, then the rest; the same words only once."""
    distinct = list({quote.words: quote for quote in reversed(list(found))}.values())[::-1]
    seen: set[int] = set()
    first: list[Quote] = []
    rest: list[Quote] = []
    for quote in distinct:
        again = quote.account_id is None or quote.account_id in seen
        (rest if again else first).append(quote)
        if quote.account_id is not None:
            seen.add(quote.account_id)
    return first + rest


def moment(start_ms: int | None, end_ms: int | None, start: int, characters: int) -> int | None:
    """When in a recording the words that begin at character `start` of a turn were said: speech runs evenly."""
    if start_ms is None or end_ms is None or end_ms <= start_ms:
        return start_ms
    return start_ms + round((end_ms - start_ms) * start / max(characters, 1))


def account_of(document: Document) -> Account | None:
    """The account that the document is linked to, else its deal's."""
    if document.account is not None:
        return document.account
    return document.deal.account if document.deal is not None else None


def role_of(speaker: str, participants: list[dict[str, str]]) -> str:
    """What they are at their company; a mail's From, To and Cc are no roles."""
    roles = (str(person.get("role") or "") for person in participants if person.get("name") == speaker)
    return next((role for role in roles if role not in ENVELOPE), "")


def _quote(row: Mapping[str, Any]) -> Quote:
    """From plain columns: a page of quotes would spend half its time on making rows of five tables into objects."""
    linked = "document__account" if row["document__account_id"] is not None else "document__deal__account"
    return Quote(
        signal=row["pk"],
        words=row["quote"],
        kind=row["kind"],
        strength=row["strength"],
        speaker=row["passage__speaker"],
        role=role_of(row["passage__speaker"], row["document__participants"]),
        side=row["side"] or row["passage__side"],
        account_id=row[f"{linked}_id"],
        account=row[f"{linked}__name"] or "",
        deal_id=row["document__deal_id"],
        deal=row["document__deal__name"] or "",
        deal_state=row["document__deal__state"] or "",
        document_id=row["document_id"],
        passage_id=row["passage_id"],
        document=row["document__title"],
        document_kind=row["document__kind"],
        happened_at=row["document__happened_at"],
        start_ms=moment(row["passage__start_ms"], row["passage__end_ms"], row["start"], row["characters"]),
        theme_id=row["theme_id"],
        theme=row["theme__given_name"] or row["theme__name"] or "",
        unsorted_why=row["unsorted_why"],
        dismissed=row["dismissed"],
        checked=row["checked"],
    )
