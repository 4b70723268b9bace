"""Passages to signals: sentences, vectors, kinds, strength, and what each is about."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from winward.engine.reading.about import about
from winward.engine.reading.batches import SIGNALS, VECTOR_SIZE
from winward.engine.reading.heads import Heads
from winward.engine.reading.kinds import KINDS
from winward.engine.reading.sentences import sentences
from winward.engine.reading.strength import strength
from winward.engine.reading.vocabulary import vocabulary

# Of what our own side says, only these are evidence; the rest is pitch and courtesy.
OUR_KINDS = frozenset({"need", "competitor", "price", "decision", "commitment"})

_OURS = np.array([kind in OUR_KINDS for kind in KINDS])
_NO_KINDS = np.zeros((0, len(KINDS)), np.float32)
_NO_VECTORS = np.zeros((0, VECTOR_SIZE), np.float32)
_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)?")
# A noise, a gap or a slip of the tongue, as transcribers write them: {vocalsound}, [inaudible], <laugh>.
_TRANSCRIBERS_MARK = re.compile(r"\{[^{}]{1,40}\}|\[[^\[\]]{1,40}\]|<[^<>]{1,40}>")
_BULLET = re.compile(r"(?:[-*+•‣◦–—·]|\(?\d{1,3}[.)])\s+")
_FILLER = vocabulary(
    """
    mm hmm mhm uh huh um erm hm oh ah yeah yep yes yup no nope ok okay right sure well so and but like you
    know i mean thanks thank very much cool great fine alright all good perfect exactly absolutely totally
    hi hello hey bye there got see that's sounds nice wow true indeed of course lovely awesome sorry the a
    to
    """
)


@dataclass(frozen=True, slots=True)
class Reader:
    """What reading needs besides the passages. embed: texts to unit vectors (texts, 384). version: names both parts."""

    embed: Callable[[Sequence[str]], NDArray[np.float32]]
    heads: Heads
    version: str


class _Span(NamedTuple):
    row: int
    start: int
    end: int
    quote: str


def read(passages: pa.RecordBatch, reader: Reader) -> pa.RecordBatch:
    """The signals in `passages`, in their order: PASSAGES in, SIGNALS out.

    Every quote is text[start:end] of its passage. A sentence gives at most one signal, most give none; its kind is
    the likeliest of those whose probability reaches their threshold. Hand over thousands of passages at a time.
    """
    spans = _spans(passages.column("text").to_pylist())
    quotes = [span.quote for span in spans]
    if not quotes:
        return _signals(passages, [], _NO_KINDS, np.zeros(0, np.int64), _NO_VECTORS)
    spoken = [_without_marks(quote) for quote in quotes]
    vectors = reader.embed(spoken)
    chances = reader.heads.probabilities(spoken, vectors)
    chances[np.ix_(_from_us(passages, spans), ~_OURS)] = 0
    passing = np.where(chances >= reader.heads.thresholds, chances, 0)
    chosen = np.flatnonzero(passing.any(axis=1))
    leading = passing[chosen].argmax(axis=1)
    return _signals(passages, [spans[row] for row in chosen], chances[chosen], leading, vectors[chosen])


def _spans(texts: Sequence[str | None]) -> list[_Span]:
    found = []
    for row, text in enumerate(texts):
        for start, end in sentences(text or ""):
            bullet = _BULLET.match(text or "", start, end)
            start = bullet.end() if bullet else start
            quote = (text or "")[start:end]
            if _says_something(quote):
                found.append(_Span(row, start, end, quote))
    return found


def _says_something(sentence: str) -> bool:
    """At least two words that are more than a nod."""
    words = (word.lower() for word in _WORD.findall(_without_marks(sentence)))
    return sum(word not in _FILLER for word in words) >= 2


def _without_marks(quote: str) -> str:
    """What the models read of a quote, which itself keeps the marks."""
    return _TRANSCRIBERS_MARK.sub(" ", quote)


def _from_us(passages: pa.RecordBatch, spans: Sequence[_Span]) -> NDArray[np.int64]:
    sides = passages.column("side").to_pylist()
    return np.flatnonzero([sides[span.row] == "us" for span in spans])


def _signals(
    passages: pa.RecordBatch,
    spans: Sequence[_Span],
    chances: NDArray[np.float32],
    leading: NDArray[np.int64],
    vectors: NDArray[np.float32],
) -> pa.RecordBatch:
    columns = (
        passages.column("passage").take(pa.array([span.row for span in spans], pa.int64())),
        pa.array([span.start for span in spans], pa.int32()),
        pa.array([span.end for span in spans], pa.int32()),
        pa.array([span.quote for span in spans], pa.string()),
        pa.array([KINDS[kind] for kind in leading], pa.string()),
        _lists(chances.astype(np.float32), pa.float32()),
        pa.array([strength(span.quote) for span in spans], pa.float32()),
        pa.array([about(span.quote) for span in spans], pa.string()),
        _lists(vectors.astype(np.float16), pa.float16()),
    )
    return pa.RecordBatch.from_arrays(list(columns), schema=SIGNALS)


def _lists(rows: NDArray[np.float32], kind: pa.DataType) -> pa.FixedSizeListArray:
    return pa.FixedSizeListArray.from_arrays(pa.array(rows.ravel(), kind), rows.shape[1])
