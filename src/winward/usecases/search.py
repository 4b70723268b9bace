"""Search: the words themselves and what is near them in meaning, fused into one order."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import connection

from winward.records.documents import Passage
from winward.records.themes import Theme
from winward.usecases.list_deals import DealRow, list_deals
from winward.usecases.nearest import nearest
from winward.usecases.quotes import account_of

Embed = Callable[[str], Sequence[float]]
SHOWN, DEALS, THEMES = 30, 5, 5
# Of a common word only this many passages are ranked, so that the answer never waits for a million of them.
RANKED = 500
NEAR = 60
# Reciprocal rank fusion's constant. Source: Cormack, Clarke and Büttcher (2009).
K = 60
OPENS, CLOSES = "\x02", "\x03"


@dataclass(frozen=True, slots=True)
class Part:
    """Text of a snippet; hit where it is a word that was searched for."""

    text: str
    hit: bool


@dataclass(frozen=True, slots=True)
class Hit:
    """A passage. signal, kind: its nearest signal, where meaning found it. by: words, meaning or both."""

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
    signal: int | None
    by: str


@dataclass(frozen=True, slots=True)
class ThemeName:
    id: int
    title: str


@dataclass(frozen=True, slots=True)
class Found:
    text: str
    hits: tuple[Hit, ...]
    themes: tuple[ThemeName, ...]
    deals: tuple[DealRow, ...]


def search(text: str, embed: Embed | None = None) -> Found:
    """text: words, "a phrase", or -without. embed: gives the text's vector; without it only words are compared."""
    text = text.strip()
    if not text:
        return Found("", (), (), ())
    by_words = _by_words(text)
    by_meaning = _by_meaning(embed(text)) if embed else {}
    order = fuse([list(by_words), list(by_meaning)])[:SHOWN]
    return Found(text, _hits(order, by_words, by_meaning), _themes(text), list_deals(search=text).rows[:DEALS])


def fuse(rankings: Sequence[Sequence[int]]) -> list[int]:
    """One order of all the numbers, by the sum over the rankings of 1 / (60 + rank)."""
    scores: dict[int, float] = {}
    for ranking in rankings:
        for rank, number in enumerate(ranking, start=1):
            scores[number] = scores.get(number, 0.0) + 1 / (K + rank)
    return sorted(scores, key=lambda number: (-scores[number], number))


def _by_words(text: str) -> dict[int, str]:
    """Passages that hold the words, best first, each with its snippet."""
    query = """
        WITH asked AS (SELECT websearch_to_tsquery('english', %s) AS words),
        held AS (SELECT id, text, search FROM passage, asked WHERE search @@ words LIMIT %s),
        best AS (
            SELECT id, text, ts_rank_cd(search, words) AS rank FROM held, asked ORDER BY rank DESC, id LIMIT %s
        )
        SELECT id, ts_headline('english', text, words, %s) FROM best, asked ORDER BY rank DESC, id
    """
    style = f'StartSel="{OPENS}", StopSel="{CLOSES}", MaxFragments=2, MaxWords=28, MinWords=12, FragmentDelimiter=" … "'
    with connection.cursor() as cursor:
        cursor.execute(query, [text, RANKED, SHOWN, style])
        return dict(cursor.fetchall())


def _by_meaning(vector: Sequence[float]) -> dict[int, tuple[int, str]]:
    """Passages of the nearest signals, nearest first, each with the signal and its words."""
    found: dict[int, tuple[int, str]] = {}
    for passage, signal, quote in nearest(vector).values_list("passage_id", "pk", "quote")[:NEAR]:
        found.setdefault(passage, (signal, quote))
    return found


def _hits(order: list[int], by_words: dict[int, str], by_meaning: dict[int, tuple[int, str]]) -> tuple[Hit, ...]:
    related = ("document__account", "document__deal__account")
    passages = Passage.objects.select_related(*related).defer("text", "search").in_bulk(order)
    return tuple(
        _hit(passages[number], by_words.get(number), by_meaning.get(number)) for number in order if number in passages
    )


def _hit(passage: Passage, snippet: str | None, near: tuple[int, str] | None) -> Hit:
    document, deal = passage.document, passage.document.deal
    account = account_of(document)
    return Hit(
        passage_id=passage.pk,
        parts=parts(snippet) if snippet is not None else (Part(near[1] if near else "", False),),
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
        signal=near[0] if near else None,
        by="both" if snippet is not None and near else "words" if near is None else "meaning",
    )


def parts(snippet: str) -> tuple[Part, ...]:
    """The snippet cut into what was searched for and what stands around it."""
    found: list[Part] = []
    for piece in snippet.split(OPENS):
        hit, closed, rest = piece.partition(CLOSES)
        found += [Part(hit, True), Part(rest, False)] if closed else [Part(piece, False)]
    return tuple(part for part in found if part.text)


def _themes(text: str) -> tuple[ThemeName, ...]:
    words = text.casefold().split()
    themes = Theme.objects.filter(retired=False).only("name", "given_name")
    named = [theme for theme in themes if all(word in theme.title.casefold() for word in words)]
    return tuple(ThemeName(theme.pk, theme.title) for theme in named[:THEMES])
