"""One document: the whole conversation, with its signals marked in the text."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise

from winward.records.documents import Document, Passage
from winward.records.signals import Signal
from winward.usecases.quotes import NotFound, account_of, role_of

# Passages on one page; a longer document goes on on the next.
PAGE = 600


@dataclass(frozen=True, slots=True)
class Mark:
    signal: int
    kind: str
    theme_id: int | None
    theme: str


@dataclass(frozen=True, slots=True)
class Stretch:
    """Text of a passage, and the signals that it belongs to (signals may overlap)."""

    text: str
    marks: tuple[Mark, ...] = ()


@dataclass(frozen=True, slots=True)
class PassageText:
    """voice: 0 for the document's first speaker, 1 for the second, and so on. starts: the signals that begin in it."""

    id: int
    speaker: str
    voice: int
    side: str
    start_ms: int | None
    spoken: bool
    stretches: tuple[Stretch, ...]
    starts: tuple[Mark, ...]


@dataclass(frozen=True, slots=True)
class Person:
    name: str
    role: str
    side: str


@dataclass(frozen=True, slots=True)
class DocumentPage:
    """link: sure, unsure or none; link_why says why it was made. next_from: the ordinal to go on from, if any."""

    id: int
    title: str
    kind: str
    happened_at: datetime | None
    file: str
    account: str
    deal_id: int | None
    deal: str
    deal_state: str
    link: str
    link_why: str
    link_confidence: float
    linked_by: str
    people: tuple[Person, ...]
    passages: tuple[PassageText, ...]
    from_ordinal: int
    next_from: int | None
    signals: int


def show_document(document_id: int, from_ordinal: int = 0, passage_id: int | None = None) -> DocumentPage:
    """The document from the passage with that ordinal on, or the page of it that holds a passage. Raises NotFound."""
    related = ("account", "deal__account")
    document = Document.objects.select_related(*related).filter(pk=document_id).first()
    if document is None:
        raise NotFound(f"There is no document {document_id}.")
    first = from_ordinal if passage_id is None else _page_of(passage_id)
    found = _passages(document, first)
    shown = found[:PAGE]
    signals = _signals(shown)
    return _page(document, first, found[PAGE].ordinal if len(found) > PAGE else None, shown, signals)


def _page_of(passage_id: int) -> int:
    ordinal = Passage.objects.filter(pk=passage_id).values_list("ordinal", flat=True).first() or 0
    return ordinal // PAGE * PAGE


def _passages(document: Document, first: int) -> list[Passage]:
    following = Passage.objects.filter(document=document, ordinal__gte=first).order_by("ordinal")
    return list(following.defer("search")[: PAGE + 1])


def _signals(passages: list[Passage]) -> dict[int, list[Signal]]:
    found = Signal.objects.filter(passage__in=passages, dismissed=False).select_related("theme")
    columns = ("passage_id", "start", "end", "kind", "theme__name", "theme__given_name")
    by_passage: dict[int, list[Signal]] = {}
    for signal in found.only(*columns).order_by("start", "end"):
        by_passage.setdefault(signal.passage_id, []).append(signal)
    return by_passage


def _page(
    document: Document, first: int, next_from: int | None, shown: list[Passage], signals: dict[int, list[Signal]]
) -> DocumentPage:
    account, deal = account_of(document), document.deal
    voices = _voices(document, shown)
    sides = {one.speaker: one.side for one in shown if one.spoken}
    return DocumentPage(
        id=document.pk,
        title=document.title,
        kind=document.kind,
        happened_at=document.happened_at,
        file=document.file,
        account=account.name if account else "",
        deal_id=document.deal_id,
        deal=deal.name if deal else "",
        deal_state=deal.state if deal else "",
        link=document.link,
        link_why=document.link_why,
        link_confidence=document.link_confidence,
        linked_by=document.linked_by,
        people=tuple(_person(person, sides) for person in document.participants),
        passages=tuple(_passage_text(one, signals.get(one.pk, []), voices) for one in shown),
        from_ordinal=first,
        next_from=next_from,
        signals=sum(len(found) for found in signals.values()),
    )


def _person(person: dict[str, str], sides: dict[str, str]) -> Person:
    """sides: on which side those who speak are, for files that don't say it of the people."""
    name = person.get("name") or person.get("email") or ""
    return Person(name, role_of(name, [person]), person.get("side") or sides.get(name, ""))


def _voices(document: Document, shown: list[Passage]) -> dict[str, int]:
    """A number for each speaker that stays the same on each page of the document."""
    names = [str(person.get("name") or "") for person in document.participants] + [one.speaker for one in shown]
    return {name: number for number, name in enumerate(dict.fromkeys(name for name in names if name))}


def _passage_text(passage: Passage, signals: list[Signal], voices: dict[str, int]) -> PassageText:
    marks = [(signal.start, signal.end, _mark(signal)) for signal in signals]
    return PassageText(
        id=passage.pk,
        speaker=passage.speaker,
        voice=voices.get(passage.speaker, 0),
        side=passage.side,
        start_ms=passage.start_ms,
        spoken=passage.spoken,
        stretches=tuple(stretches(passage.text, marks)),
        starts=tuple(mark for _, _, mark in marks),
    )


def _mark(signal: Signal) -> Mark:
    return Mark(signal.pk, signal.kind, signal.theme_id, signal.theme.title if signal.theme else "")


def stretches(text: str, marks: list[tuple[int, int, Mark]]) -> Iterable[Stretch]:
    """The text cut wherever a mark begins or ends; put together again it is the text."""
    cuts = sorted({0, len(text), *(at for start, end, _ in marks for at in (start, end) if 0 < at < len(text))})
    for start, end in pairwise(cuts):
        yield Stretch(text[start:end], tuple(mark for begin, stop, mark in marks if begin <= start and end <= stop))
