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
    """quote is characters start to end of the text of passage `row`; meant is what the models read of it."""

    row: int
    start: int
    end: int
    quote: str
    meant: str


def sentence_spans(texts: Sequence[str | None]) -> list[Span]:
    """The sentences of each text that say something, in order."""
    return [span for row, text in enumerate(texts) if text for span in _of_text(row, text)]


def clause_spans(span: Span) -> list[Span]:
    """The parts of a sentence that say something each; none where it says one thing."""
    parts = clauses(span.quote)
    if len(parts) < 2:
        return []
    found = [_span(span.row, span.start + start, span.quote[start:end]) for start, end in parts]
    telling = [part for part in found if says_something(part.meant)]
    return telling if len(telling) > 1 else []


def says_something(meant: str) -> bool:
    """At least two words that are more than a nod."""
    return sum(word.lower() not in _FILLER for word in _WORD.findall(meant)) >= 2


def _of_text(row: int, text: str) -> Iterator[Span]:
    for start, end in sentences(text):
        bullet = _BULLET.match(text, start, end)
        start = bullet.end() if bullet else start
        span = _span(row, start, text[start:end])
        if says_something(span.meant):
            yield span


def _span(row: int, start: int, quote: str) -> Span:
    return Span(row, start, start + len(quote), quote, plain(quote))
