"""Passages to signals: sentences, vectors, kinds, their clauses, strength, and what each is about."""

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
from winward.engine.reading.rivals import COMPETITOR, NAMED_CHANCE, holding, naming, naming_as_written
from winward.engine.reading.spans import Span, clause_spans, sentence_spans
from winward.engine.reading.strength import strength

# Of what our own side says, only these are evidence; the rest is pitch and courtesy.
OUR_KINDS = frozenset({"need", "competitor", "price", "decision", "commitment"})

_OURS = np.array([kind in OUR_KINDS for kind in KINDS])
_PRAISE = KINDS.index("praise")
_AGAINST = [KINDS.index(kind) for kind in ("pain", "objection", "risk")]
# What the models read in place of our own names, so that they don't take them for a rival's.
_OUR_PRODUCT = "the product"


@dataclass(frozen=True, slots=True)
class Reader:
    """What reading needs besides the passages.

    embed: texts to what the heads look at, (texts, columns), of which the first VECTOR_SIZE are the sentence's vector,
    of unit length. version: names model and heads. rivals: names that are known to be
    rivals'. own_names: those of the company and its products, which are not.
    """

    embed: Callable[[Sequence[str]], NDArray[np.float32]]
    heads: Heads
    version: str
    rivals: tuple[str, ...] = ()
    own_names: tuple[str, ...] = ()


class _Typed(NamedTuple):
    """Parallel, one entry a span. chances, has: (spans, kinds), has being whether it has the kind."""

    spans: list[Span]
    chances: NDArray[np.float32]
    has: NDArray[np.bool_]
    vectors: NDArray[np.float32]


def read(passages: pa.RecordBatch, reader: Reader) -> pa.RecordBatch:
    """The signals in `passages`, in their order: PASSAGES in, SIGNALS out.

    Every quote is text[start:end] of its passage. Most sentences give no signal. One that says several things in
    several clauses gives a signal for each of those; its kinds are decided on the whole sentence, and each goes to
    the clauses that bear it out. A signal's leading kind is the likeliest of those that it has (`Heads.called`).
    Hand over thousands of passages at a time.
    """
    ours = np.array([side == "us" for side in passages.column("side").to_pylist()], bool)
    said = _type(sentence_spans(passages.column("text").to_pylist()), ours, reader)
    signals = _taken_apart(_signals_only(said), ours, reader)
    stored = to_store(signals.vectors, [span.meant for span in signals.spans], reader)
    return _rows(passages, signals._replace(vectors=stored))


def _type(spans: list[Span], ours: NDArray[np.bool_], reader: Reader) -> _Typed:
    if not spans:
        none = np.zeros((0, len(KINDS)), np.float32)
        return _Typed([], none, none > 0, np.zeros((0, VECTOR_SIZE), np.float32))
    spoken = without_own_names([span.meant for span in spans], reader.own_names)
    vectors = reader.embed(spoken)
    chances = reader.heads.probabilities(spoken, vectors)
    heed(chances, [span.quote for span in spans], ours[[span.row for span in spans]], reader.rivals)
    return _Typed(spans, chances, reader.heads.called(chances), vectors[:, :VECTOR_SIZE])


def without_own_names(texts: list[str], own_names: Sequence[str]) -> list[str]:
    """What the heads read of texts: our own names would pass for a rival's."""
    own = naming_as_written(own_names)
    return [own.sub(_OUR_PRODUCT, text) for text in texts] if own else texts


def to_store(vectors: NDArray[np.float32], texts: Sequence[str], reader: Reader) -> NDArray[np.float32]:
    """The vectors of the texts as they were said: (texts, VECTOR_SIZE). vectors: those of what the heads read.

    The heads do better without our own names, but what is near in meaning depends on which product is meant. Only the
    texts that hold such a name are embedded once more.
    """
    named = np.flatnonzero(holding(texts, naming_as_written(reader.own_names))).tolist()
    stored = vectors[:, :VECTOR_SIZE].copy()
    if named:
        stored[named] = reader.embed([texts[row] for row in named])[:, :VECTOR_SIZE]
    return stored


def heed(chances: NDArray[np.float32], quotes: Sequence[str], ours: NDArray[np.bool_], rivals: Sequence[str]) -> None:
    """Change the heads' chances (quotes, kinds) in place by what is known: rivals' names, and whose words they are."""
    chances[holding(quotes, naming(rivals)), COMPETITOR] = NAMED_CHANCE
    chances[np.ix_(np.flatnonzero(ours), ~_OURS)] = 0


def _signals_only(typed: _Typed) -> _Typed:
    return _picked(typed, np.flatnonzero(typed.has.any(axis=1)))


def _picked(typed: _Typed, rows: NDArray[np.int64]) -> _Typed:
    return _Typed([typed.spans[row] for row in rows], typed.chances[rows], typed.has[rows], typed.vectors[rows])


def _taken_apart(signals: _Typed, ours: NDArray[np.bool_], reader: Reader) -> _Typed:
    """The signals with each sentence that says several things replaced by the clauses that say them."""
    parts = [clause_spans(span) for span in signals.spans]
    owners = np.repeat(np.arange(len(parts)), [len(clauses) for clauses in parts])
    typed = _type([span for clauses in parts for span in clauses], ours, reader)
    typed = typed._replace(has=_shared_out(typed.has, signals.has, owners))
    telling = np.flatnonzero(typed.has.any(axis=1))
    apart = np.flatnonzero(np.bincount(owners[telling], minlength=len(parts)) > 1)
    whole = np.setdiff1d(np.arange(len(parts)), apart)
    together = _joined(_picked(signals, whole), _picked(typed, telling[np.isin(owners[telling], apart)]))
    order = sorted(range(len(together.spans)), key=lambda row: together.spans[row])
    return _picked(together, np.array(order, np.int64))


def _shared_out(
    of_clauses: NDArray[np.bool_], of_sentences: NDArray[np.bool_], owners: NDArray[np.int64]
) -> NDArray[np.bool_]:
    """Each kind of a sentence goes to those of its clauses that have it by themselves, and no clause gets another.

    (clauses, kinds), (sentences, kinds), and the sentence of each clause. Where a kind is borne out by no clause, it
    lies in the whole, and no clause gets any.
    """
    borne = of_clauses & of_sentences[owners]
    found = np.zeros_like(of_sentences)
    np.logical_or.at(found, owners, borne)
    complete = (found == of_sentences).all(axis=1)
    return np.asarray(borne & complete[owners][:, None])


def _joined(one: _Typed, other: _Typed) -> _Typed:
    return _Typed(
        [*one.spans, *other.spans],
        np.concatenate([one.chances, other.chances]),
        np.concatenate([one.has, other.has]),
        np.concatenate([one.vectors, other.vectors]),
    )


def _rows(passages: pa.RecordBatch, signals: _Typed) -> pa.RecordBatch:
    spans, chances = signals.spans, signals.chances
    leading = np.where(signals.has, chances, 0).argmax(axis=1)
    places = pa.array([span.row for span in spans], pa.int64())
    columns = (
        passages.column("passage").take(places),
        pa.array([span.start for span in spans], pa.int32()),
        pa.array([span.end for span in spans], pa.int32()),
        pa.array([span.quote for span in spans], pa.string()),
        passages.column("side").take(places),
        pa.array([KINDS[kind] for kind in leading], pa.string()),
        _lists(chances.astype(np.float32), pa.float32()),
        pa.array([strength(span.quote) for span in spans], pa.float32()),
        pa.array(polarity(chances), pa.float32()),
        pa.array([about(span.quote) for span in spans], pa.string()),
        _lists(signals.vectors.astype(np.float16), pa.float16()),
    )
    return pa.RecordBatch.from_arrays(list(columns), schema=SIGNALS)


def polarity(chances: NDArray[np.float32]) -> NDArray[np.float32]:
    """-1 (wholly against) to 1 (wholly in favour): the chance of praise less that of pain, objection or risk."""
    return np.asarray(chances[:, _PRAISE] - chances[:, _AGAINST].max(axis=1), np.float32)


def _lists(rows: NDArray[np.float32], kind: pa.DataType) -> pa.FixedSizeListArray:
    return pa.FixedSizeListArray.from_arrays(pa.array(rows.ravel(), kind), rows.shape[1])
