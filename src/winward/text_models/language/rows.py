"""Claims that a model made, held against the passage, as rows of signals."""

from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from winward.engine.reading import KINDS, SIGNALS
from winward.engine.reading.about import about
from winward.engine.reading.batches import VECTOR_SIZE
from winward.engine.reading.plain import plain
from winward.engine.reading.reader import OUR_KINDS, polarity
from winward.engine.reading.strength import strength
from winward.text_models.language.answers import Claim, Claims
from winward.text_models.language.questions import Question
from winward.text_models.language.quotes import Passage
from winward.text_models.language.report import Report

# A kind counts where the model holds it likelier than not.
LEAST_CHANCE = 0.5
_MOST_WORDS_ABOUT = 8

Embed = Callable[[Sequence[str]], NDArray[np.float32]]


class Found(NamedTuple):
    """A signal whose quote is its passage's: original[start:end] == quote. chances: (kinds,)."""

    row: int
    start: int
    end: int
    quote: str
    chances: NDArray[np.float32]
    strength: float
    polarity: float
    about: str


def verified(question: Question, claims: Claims, report: Report) -> Iterator[Found]:
    """The claims whose quotes stand in the passage. All that a claim can do is to point at words of that passage."""
    report.unreadable += claims.unreadable
    report.unknown_kinds += claims.unknown_kinds
    passage = Passage(question.redacted.text)
    for claim in claims.claims:
        chances = _chances(claim, question.sent.side)
        if chances.max() < LEAST_CHANCE:
            continue
        place = passage.find(claim.quote)
        if place is None:
            report.rejected += 1
            continue
        report.exact += place.exact
        report.repaired += not place.exact
        yield _found(question, claim, chances, *question.redacted.restore(place.start, place.end))


def _chances(claim: Claim, side: str) -> NDArray[np.float32]:
    chances = np.array([claim.chances.get(kind, 0.0) for kind in KINDS], np.float32)
    if side == "us":
        chances[[kind not in OUR_KINDS for kind in KINDS]] = 0
    return chances


def _found(question: Question, claim: Claim, chances: NDArray[np.float32], start: int, end: int) -> Found:
    quote = question.original[start:end]
    return Found(
        question.row,
        start,
        end,
        quote,
        chances,
        strength(quote) if claim.strength is None else claim.strength,
        float(polarity(chances[None])[0]) if claim.polarity is None else claim.polarity,
        _about(question, claim, quote),
    )


def _about(question: Question, claim: Claim, quote: str) -> str:
    """The model's phrase where the quote holds it word for word, and else one picked from the quote."""
    if 0 < len(claim.about.split()) <= _MOST_WORDS_ABOUT:
        place = question.redacted.text.find(claim.about)
        start, end = question.redacted.restore(place, place + len(claim.about)) if place >= 0 else (0, 0)
        if question.original[start:end] in quote and end > start:
            return question.original[start:end]
    return about(quote)


def signal_rows(found: Sequence[Found], passages: pa.RecordBatch, embed: Embed) -> pa.RecordBatch:
    """SIGNALS, with the row of the batch in place of the passage's key. Whoever adds a column adds it here."""
    vectors = embed([plain(one.quote) for one in found])[:, :VECTOR_SIZE] if found else np.zeros((0, 0), np.float32)
    sides = passages.column("side").to_pylist()
    rows = [
        {
            "passage": one.row,
            "start": one.start,
            "end": one.end,
            "quote": one.quote,
            "side": sides[one.row],
            "kind": KINDS[int(one.chances.argmax())],
            "kinds": one.chances.tolist(),
            "strength": one.strength,
            "polarity": one.polarity,
            "about": one.about,
            "vector": vector.astype(np.float16),
        }
        for one, vector in zip(found, vectors, strict=True)
    ]
    return pa.RecordBatch.from_pylist(rows, schema=SIGNALS)


def in_order(parts: Sequence[pa.RecordBatch], passages: pa.RecordBatch) -> pa.RecordBatch:
    """The parts as one, by passage and place, with each row of the batch given back its passage's key."""
    together = pa.Table.from_batches(list(parts), schema=SIGNALS)
    order = [("passage", "ascending"), ("start", "ascending"), ("end", "ascending")]
    batch = together.sort_by(order).combine_chunks().to_batches(max_chunksize=None)
    if not batch:
        return pa.RecordBatch.from_pylist([], schema=SIGNALS)
    keys = passages.column("passage").take(batch[0].column("passage"))
    return batch[0].set_column(0, SIGNALS.field("passage"), keys)
