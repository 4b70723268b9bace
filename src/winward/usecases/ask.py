"""ask: what customers said on a question, by theme, with how many said so and in which deals, in their own words."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from django.contrib.postgres.search import SearchQuery
from django.db import transaction
from django.db.models import F, Q, QuerySet
from numpy.typing import NDArray
from pgvector import HalfVector
from pgvector.django import CosineDistance

from winward.engine.unit_length import normalised
from winward.records import related_rows
from winward.records.signals import Signal
from winward.records.themes import Theme
from winward.text_models.language import Evidence, Sentence, Writer
from winward.usecases.list_deals import segments
from winward.usecases.list_themes import list_themes
from winward.usecases.questions import Filter, Question, understand
from winward.usecases.quotes import Quote, quotes_in_order

Embed = Callable[[Sequence[str]], NDArray[np.float32]]

# The cosine from which a quote bears on a question; lower where the quote holds every word that was asked about. On
# the sample company, questions that nobody spoke of reach it with two quotes at most.
RELATED, RELATED_BY_WORDS = 0.45, 0.35
# Below it a quote adds nothing to its theme's place, so that one clear voice counts for more than many vague ones.
NOTHING = 0.3
LEAST_QUOTES = 3
MOST_NEAR, MOST_BY_WORDS, MOST_LISTED = 300, 200, 2000
MOST_THEMES, MOST_QUOTES = 5, 3
# A theme with less of a place than this share of the first one's is left out.
LEAST_SHARE = 0.05
NO_THEME = "In no theme yet"
SAME_WORDS = 0.8


@dataclass(frozen=True, slots=True)
class SaidOn:
    """What one theme has to say. times: quotes that bear on the question. theme_id: None for what is in no theme."""

    theme_id: int | None
    theme: str
    sentence: str
    times: int
    accounts: int
    deals: int
    won: int
    lost: int
    open: int
    quotes: tuple[Quote, ...]


@dataclass(frozen=True, slots=True)
class Answer:
    """kinds: those counted where the question has no other subject. enough: whether LEAST_QUOTES quotes bear on the
    question; without it `nearest` holds what comes closest, and nothing is claimed. worded: by the language model,
    where one is configured; each sentence names its quotes. dropped: sentences of its that named none or weren't
    borne out. note: why it worded nothing."""

    question: str
    filters: tuple[Filter, ...]
    kinds: tuple[str, ...]
    enough: bool
    sentence: str
    themes: tuple[SaidOn, ...] = ()
    nearest: tuple[Quote, ...] = ()
    worded: tuple[Sentence, ...] = ()
    dropped: int = 0
    note: str = ""


@dataclass(frozen=True, slots=True)
class _Found:
    """A signal that bears on the question. weight: how much, for its theme's place among the themes."""

    signal: int
    theme: int | None
    weight: float
    voice: tuple[str, int]
    deal: int | None
    state: str
    words: str


def ask(text: str, embed: Embed, writer: Writer | None = None) -> Answer:
    """The best-supported answer out of verbatim quotes, or that there is not enough evidence.

    embed: sentence vectors. writer: words the answer, where a language model is configured.
    """
    text = " ".join(text.split())
    question = understand(text)
    if not text or not question.about_something:
        return Answer(text, question.filters, question.kinds, False, _NOTHING_ASKED if text else "")
    found = _bearing(question, _vector(question, embed)) if question.subject else _listed(question)
    if len({one.words for one in found}) < LEAST_QUOTES:
        return _too_little(text, question, found)
    themes = _by_theme(found)
    answer = Answer(text, question.filters, question.kinds, True, _sentence(found, themes, question.filters), themes)
    return _worded(answer, writer) if writer else answer


_NOTHING_ASKED = "Not enough to go on: the question names nothing that customers may have spoken of."


def suggestions() -> tuple[str, ...]:
    """Questions that this workspace can be asked, out of its own segments and themes; none while it holds no signal."""
    if not Signal.objects.exists():
        return ()
    themes = [row.title for row in list_themes().rows[:2]]
    named = [f"Why do {segment} customers hesitate?" for segment in segments() if segment][:1]
    return (*named, *(f"What do customers say about “{title}”?" for title in themes), "Why do we lose deals?")


def _vector(question: Question, embed: Embed) -> list[float]:
    """Halfway between the question as asked and its words of content alone, which blur each other's noise."""
    whole, content = embed([question.asked, " ".join(question.subject)])
    return [float(part) for part in normalised(whole + content)]


@transaction.atomic
def _bearing(question: Question, vector: list[float]) -> list[_Found]:
    """The signals near in meaning, and those a little further that hold all the words asked about."""
    distance = CosineDistance("meaning__vector", HalfVector(vector))
    related_rows.look_widely()
    # Held to be there: else the database joins vectors to signals, and never the other way from their index on.
    counted = Signal.objects.filter(dismissed=False, meaning__isnull=False)
    near = _counting(counted, question).annotate(distance=distance).order_by("distance")[:MOST_NEAR]
    query = SearchQuery(" ".join(question.subject), config="english", search_type="plain")
    worded = Signal.objects.filter(words=query).values("pk")[:MOST_LISTED]
    held = _counting(counted.filter(pk__in=worded), question).annotate(distance=distance)
    rows = {row["pk"]: row for row in _rows(near) if 1 - row["distance"] >= RELATED}
    rows |= {row["pk"]: row for row in _rows(held.order_by("distance")[:MOST_BY_WORDS]) if _by_words(row)}
    found = [_found(row, max(0.0, 1 - row["distance"] - NOTHING) ** 2) for row in rows.values()]
    return sorted(found, key=lambda one: (-one.weight, one.signal))


def _by_words(row: dict[str, Any]) -> bool:
    return bool(1 - row["distance"] >= RELATED_BY_WORDS)


def _listed(question: Question) -> list[_Found]:
    """What was said of the kinds asked for, in whatever words, the newest of it."""
    signals = _counting(Signal.objects.filter(dismissed=False), question).order_by("-pk")[:MOST_LISTED]
    found = [_found(row, row["strength"] * (0.5 + row["fit"] / 2)) for row in _rows(signals)]
    return sorted(found, key=lambda one: (-one.weight, one.signal))


def _counting(signals: QuerySet[Signal, Any], question: Question) -> QuerySet[Signal, Any]:
    """What customers said, of whom the question asks, outside of themes that somebody has hidden."""
    ours = Q(side="us") | Q(side="", passage__side="us")
    hidden = Theme.objects.filter(hidden=True).values("pk")
    visible = Q(theme=None) | ~Q(theme__in=hidden)
    return signals.filter(question.condition(), visible).exclude(ours)


def _rows(signals: QuerySet[Signal, Any]) -> list[dict[str, Any]]:
    columns = ["pk", "theme_id", "quote", "strength", "fit", "document_id", "document__deal_id"]
    if "distance" in signals.query.annotations:
        columns.append("distance")
    more = {
        "account": F("document__account_id"),
        "deal_account": F("document__deal__account_id"),
        "state": F("document__deal__state"),
    }
    return list(signals.values(*columns, **more))


def _found(row: dict[str, Any], weight: float) -> _Found:
    """The voice is the account, or the document where nobody knows whose it is."""
    account = row["account"] or row["deal_account"]
    voice = ("account", account) if account is not None else ("document", row["document_id"])
    words = " ".join(row["quote"].casefold().split())
    return _Found(row["pk"], row["theme_id"], weight, voice, row["document__deal_id"], row["state"] or "", words)


def _by_theme(found: Sequence[_Found]) -> tuple[SaidOn, ...]:
    """The best-supported first: by the sum over accounts of how near the nearest quote of each is."""
    groups: dict[int | None, list[_Found]] = {}
    for one in found:
        groups.setdefault(one.theme, []).append(one)
    place = {theme: _place(group) for theme, group in groups.items()}
    best = max(place.values())
    named = [theme for theme in groups if theme is not None and place[theme] >= LEAST_SHARE * best]
    order = sorted(named, key=lambda theme: (-place[theme], theme))[:MOST_THEMES]
    unsorted = [None] if None in groups and len(groups[None]) >= LEAST_QUOTES else []
    kept: list[int | None] = [*order, *unsorted] if order or unsorted else [None]
    titles = {theme.pk: theme.title for theme in Theme.objects.filter(pk__in=order).only("name", "given_name")}
    shown = {theme: _telling(groups[theme]) for theme in kept}
    quotes = {quote.signal: quote for quote in quotes_in_order(pk for ids in shown.values() for pk in ids)}
    return tuple(
        _said_on(theme, titles.get(theme or 0, NO_THEME), groups[theme], [quotes[pk] for pk in shown[theme]])
        for theme in kept
    )


def _place(group: Sequence[_Found]) -> float:
    nearest_of: dict[tuple[str, int], float] = {}
    for one in group:
        nearest_of[one.voice] = max(one.weight, nearest_of.get(one.voice, 0.0))
    return sum(nearest_of.values())


def _telling(group: Sequence[_Found]) -> list[int]:
    """The quotes of most weight, each of another account and in other words, as far as there are such."""
    chosen: list[_Found] = []
    for one in group:
        if len(chosen) < MOST_QUOTES and all(_different(one, other) for other in chosen):
            chosen.append(one)
    return [one.signal for one in chosen]


def _different(one: _Found, other: _Found) -> bool:
    mine, theirs = set(one.words.split()), set(other.words.split())
    return one.voice != other.voice and len(mine & theirs) < SAME_WORDS * len(mine | theirs)


def _said_on(theme: int | None, title: str, group: Sequence[_Found], quotes: list[Quote]) -> SaidOn:
    accounts = len({one.voice for one in group if one.voice[0] == "account"})
    states = {one.deal: one.state for one in group if one.deal is not None}
    won, lost, open = (sum(state == wanted for state in states.values()) for wanted in ("won", "lost", "open"))
    sentence = _support(len(group), accounts, len(states), won, lost, open)
    return SaidOn(theme, title, sentence, len(group), accounts, len(states), won, lost, open, tuple(quotes))


def _support(times: int, accounts: int, deals: int, won: int, lost: int, open: int) -> str:
    """ "7 accounts in 9 deals (5 lost, 3 won and 1 open): 12 quotes." """
    said = f"{times:,} quote{'' if times == 1 else 's'}"
    if not accounts:
        return f"{said}, of no known account."
    who = f"{accounts:,} account{'' if accounts == 1 else 's'}"
    if not deals:
        return f"{who}, in no deal: {said}."
    ended = [f"{count:,} {state}" for count, state in ((lost, "lost"), (won, "won"), (open, "open")) if count]
    listed = ended[0] if len(ended) == 1 else f"{', '.join(ended[:-1])} and {ended[-1]}"
    return f"{who} in {deals:,} deal{'' if deals == 1 else 's'} ({listed}): {said}."


def _sentence(found: Sequence[_Found], themes: Sequence[SaidOn], filters: Sequence[Filter]) -> str:
    accounts = len({one.voice for one in found if one.voice[0] == "account"})
    among = f" from {_among(filters)}" if filters else ""
    voices = f" by {accounts:,} account{'' if accounts == 1 else 's'}" if accounts else ""
    said = f"{len(found):,} quotes{among}{voices} bear on this"
    named = [theme for theme in themes if theme.theme_id is not None]
    return f"{said}; the best supported is “{named[0].theme}”." if named else f"{said}, none of them in a theme yet."


def _among(filters: Sequence[Filter]) -> str:
    """ "the segment Enterprise and lost deals"; an account goes by its name."""
    forms = {"account": "{}", "outcome": "{} deals"}
    return " and ".join(forms.get(one.name, f"the {one.name} {{}}").format(one.value) for one in filters)


def _too_little(text: str, question: Question, found: Sequence[_Found]) -> Answer:
    """Not enough evidence: what there is is shown, and nothing said of it."""
    among = f" in what comes from {_among(question.filters)}" if question.filters else ""
    count = len({one.words for one in found})
    held = "no quote bears" if count == 0 else "only one quote bears" if count == 1 else f"only {count} quotes bear"
    sentence = f"Not enough evidence: {held} on this{among}, and an answer takes at least {LEAST_QUOTES}."
    return Answer(
        text, question.filters, question.kinds, False, sentence, nearest=tuple(quotes_in_order(_telling(found)))
    )


def _worded(answer: Answer, writer: Writer) -> Answer:
    evidence = [Evidence(quote.signal, said.theme, quote.words) for said in answer.themes for quote in said.quotes]
    wording = writer.word(answer.question, evidence)
    note = f"The language model worded nothing: {wording.why_not}." if wording.why_not else ""
    return replace(answer, worded=wording.sentences, dropped=wording.dropped, note=note)
