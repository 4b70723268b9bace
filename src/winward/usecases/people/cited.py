"""What a ground or a stance rests on: words that stand in a document, verbatim, a whole document, or neither."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import reduce
from operator import or_
from typing import Any

from django.db.models import Q

from winward.records.documents import Document, Passage
from winward.records.signals import Signal
from winward.records.written import Grounded
from winward.usecases.quotes import NotFound, moment

NOTHING: Mapping[str, Any] = {"document_id": None, "quote": ""}


@dataclass(frozen=True, slots=True)
class Cited:
    """quote: verbatim, empty where the whole document is meant. passage_id, speaker, start_ms: where it stands; null
    where a newer export of the document holds these words no longer."""

    document_id: int
    document: str
    happened_at: datetime | None
    quote: str
    passage_id: int | None = None
    speaker: str = ""
    start_ms: int | None = None


def cite(document_id: int | None, quote: str) -> dict[str, Any]:
    """The columns of `Grounded`. Raises NotFound where there is no such document, and ValueError for words that don't
    stand in it or come without one."""
    words = quote.replace("\r\n", "\n").strip()
    if document_id is None:
        if words:
            raise ValueError("A quote needs the document that it stands in; without one, write it as a note.")
        return dict(NOTHING)
    if not Document.objects.filter(pk=document_id).exists():
        raise NotFound(f"There is no document {document_id}.")
    if words and not Passage.objects.filter(document=document_id, text__contains=words).exists():
        raise ValueError(
            f"“{_short(words)}” doesn’t stand in document {document_id}. "
            "A quote is a stretch of one passage, letter by letter."
        )
    return {"document_id": document_id, "quote": words}


def cite_signal(signal_id: int) -> dict[str, Any]:
    """The columns of `Grounded`, from what a signal quotes. Raises NotFound."""
    found = Signal.objects.filter(pk=signal_id).values("document_id", "quote").first()
    if found is None:
        raise NotFound(f"There is no signal {signal_id}.")
    return dict(found)


def cite_given(document_id: int | None, quote: str, signal_id: int | None) -> dict[str, Any]:
    """By a signal where one is named, else by a document. Raises as `cite` and `cite_signal` do."""
    return cite_signal(signal_id) if signal_id is not None else cite(document_id, quote)


def cited(rows: Sequence[Grounded]) -> dict[int, Cited]:
    """What each of these rows, all of one table, rests on; those that rest on nothing are left out."""
    numbers = {row.document_id for row in rows if row.document_id is not None}
    documents = {one.pk: one for one in Document.objects.filter(pk__in=numbers).only("title", "happened_at")}
    held = _holding([row for row in rows if row.document_id in documents and row.quote])
    return {
        row.pk: _cited(documents[row.document_id], row.quote, held)
        for row in rows
        if row.document_id is not None and row.document_id in documents
    }


def _holding(rows: Iterable[Grounded]) -> list[Passage]:
    """The passages in which any of the quotes stands, in their documents' order."""
    wanted = [Q(document=row.document_id, text__contains=row.quote) for row in rows]
    return list(Passage.objects.filter(reduce(or_, wanted)).order_by("document", "ordinal")) if wanted else []


def _cited(document: Document, quote: str, held: Iterable[Passage]) -> Cited:
    place = next((one for one in held if quote and one.document_id == document.pk and quote in one.text), None)
    if place is None:
        return Cited(document.pk, document.title, document.happened_at, quote)
    said_at = moment(place.start_ms, place.end_ms, place.text.index(quote), len(place.text))
    return Cited(document.pk, document.title, document.happened_at, quote, place.pk, place.speaker, said_at)


def _short(words: str) -> str:
    return words if len(words) <= 60 else words[:59].rstrip() + "…"
