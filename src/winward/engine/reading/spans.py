"""What of a passage may hold a signal: its sentences, without bullets, nods and transcribers' marks."""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from winward.engine.reading.clauses import clauses
from winward.engine.reading.plain import plain
from winward.engine.reading.sentences import sentences
from winward.engine.reading.vocabulary import vocabulary

_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)?")
_BULLET = re.compile(r"(?:[-*+•‣◦–—·]|\(?\d{1,3}[.)])\s+")
_FILLER = vocabulary(
    """
    mm hmm mhm uh huh um erm hm oh ah yeah yep yes yup no nope ok okay right sure well so and but like you
    know i mean thanks thank very much cool great fine alright all good perfect exactly absolutely totally
    hi hello hey bye there got see that's sounds nice wow true indeed of course lovely awesome sorry the a
    to
    """
)


class Span(NamedTuple):
    """quote is characters start to end of the text of passage `row`."""

    row: int
    start: int
    end: int
    quote: str


def sentence_spans(texts: Sequence[str | None]) -> list[Span]:
    """The sentences of each text that say something, in order."""
    return [span for row, text in enumerate(texts) if text for span in _of_text(row, text)]


def clause_spans(span: Span) -> list[Span]:
    """The parts of a sentence that say something each; none where it says one thing."""
    parts = [
        Span(span.row, span.start + start, span.start + end, span.quote[start:end])
        for start, end in clauses(span.quote)
    ]
    telling = [part for part in parts if says_something(part.quote)]
    return telling if len(telling) > 1 else []


def says_something(sentence: str) -> bool:
    """At least two words that are more than a nod."""
    words = (word.lower() for word in _WORD.findall(plain(sentence)))
    return sum(word not in _FILLER for word in words) >= 2


def _of_text(row: int, text: str) -> Iterator[Span]:
    for start, end in sentences(text):
        bullet = _BULLET.match(text, start, end)
        start = bullet.end() if bullet else start
        if says_something(text[start:end]):
            yield Span(row, start, end, text[start:end])
