"""Search: what was said in these words or near them in meaning, folded, and the passages that hold no signal of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from winward.records import words_rows
from winward.records.documents import Passage
from winward.records.related_rows import EVERYTHING, Filters
from winward.records.themes import Theme
from winward.usecases.list_deals import DealRow, list_deals
from winward.usecases.quotes import account_of
from winward.usecases.related import Embed, Related, related_to_text

SHOWN, PASSAGES, DEALS, THEMES = 20, 10, 5, 5
# Signs that a text's words are meant letter by letter: a phrase in quotes, or a word to leave out.
PHRASE, WITHOUT = '"', " -"


@dataclass(frozen=True, slots=True)
class Part:
    """Text of a quote; hit where it is a word that was searched for."""

    text: str
    hit: bool


@dataclass(frozen=True, slots=True)
class Hit:
    """A signal and those that say the same. parts: its words."""

    related: Related
    parts: tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class Said:
    """Part of a passage that holds the words where no signal does."""

    passage_id: int
    parts: tuple[Part, ...]
    speaker: str
    side: str
    start_ms: int | None
    document_id: int
    document: str
    happened_at: datetime | None
    account: str
    deal_id: int | None
    deal: str
    deal_state: str


@dataclass(frozen=True, slots=True)
class ThemeName:
    id: int
    title: str


@dataclass(frozen=True, slots=True)
class Found:
    """literally: the words were taken letter by letter, and nothing was looked for by its meaning."""

    text: str
    literally: bool
    hits: tuple[Hit, ...]
    passages: tuple[Said, ...]
    themes: tuple[ThemeName, ...]
    deals: tuple[DealRow, ...]


def search(text: str, embed: Embed | None = None, filters: Filters = EVERYTHING) -> Found:
    """text: words, "a phrase", or -without. embed: gives the text's vector; without it only words are compared."""
    text = text.strip()
    if not text:
        return Found("", False, (), (), (), ())
    literally = is_literal(text)
    found = related_to_text(text, embed, filters, SHOWN, literally).others
    return Found(
        text=text,
        literally=literally,
        hits=_hits(text, found),
        passages=_passages(text, filters),
        themes=_themes(text),
        deals=list_deals(search=text).rows[:DEALS],
    )


def is_literal(text: str) -> bool:
    return PHRASE in text or WITHOUT in f" {text}"


def _hits(text: str, found: Sequence[Related]) -> tuple[Hit, ...]:
    marked = words_rows.marked(text, [one.quote.signal for one in found])
    return tuple(Hit(one, parts(marked.get(one.quote.signal, one.quote.words))) for one in found)


def _passages(text: str, filters: Filters) -> tuple[Said, ...]:
    """Passages have no kind and no theme, so that whoever asks for one means signals."""
    if filters.kind or filters.theme is not None:
        return ()
    snippets = words_rows.unsignalled(text, filters, PASSAGES)
    related = ("document__account", "document__deal__account")
    passages = Passage.objects.select_related(*related).defer("text", "search").in_bulk(list(snippets))
    return tuple(_said(passages[number], snippet) for number, snippet in snippets.items())


def _said(passage: Passage, snippet: str) -> Said:
    document, deal = passage.document, passage.document.deal
    account = account_of(document)
    return Said(
        passage_id=passage.pk,
        parts=parts(snippet),
        speaker=passage.speaker,
        side=passage.side,
        start_ms=passage.start_ms,
        document_id=document.pk,
        document=document.title,
        happened_at=document.happened_at,
        account=account.name if account else "",
        deal_id=deal.pk if deal else None,
        deal=deal.name if deal else "",
        deal_state=deal.state if deal else "",
    )


def parts(snippet: str) -> tuple[Part, ...]:
    """The snippet cut into what was searched for and what stands around it."""
    found: list[Part] = []
    for piece in snippet.split(words_rows.OPENS):
        hit, closed, rest = piece.partition(words_rows.CLOSES)
        found += [Part(hit, True), Part(rest, False)] if closed else [Part(piece, False)]
    return tuple(part for part in found if part.text)


def _themes(text: str) -> tuple[ThemeName, ...]:
    words = text.casefold().split()
    themes = Theme.objects.filter(retired=False).only("name", "given_name")
    named = [theme for theme in themes if all(word in theme.title.casefold() for word in words)]
    return tuple(ThemeName(theme.pk, theme.title) for theme in named[:THEMES])
