"""People's words on what was said, laid over what a reader found: a rerun of the reader never takes one back."""

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np

from winward.engine.reading import KINDS, Reader
from winward.engine.reading.given import given
from winward.records import correction_rows
from winward.records.correction_rows import Text
from winward.records.decisions import Correction
from winward.records.signal_rows import Place, SignalRow, as_halfvec


@dataclass
class Kept:
    """rows: the signals of some documents. ids: those that corrected ones have, by their places."""

    rows: list[SignalRow]
    ids: dict[Place, int] = field(default_factory=dict)


def lay_over(documents: Sequence[int], found: list[SignalRow], reader: Reader) -> Kept:
    """What a reader found in these documents, as people corrected it.

    Where a correction's words were found, its verdict counts; where they weren't, they are put back, and what was
    found in their place under other bounds yields to them.
    """
    corrections = correction_rows.of_documents(documents)
    kept = Kept(found)
    if not corrections:
        return kept
    texts = correction_rows.texts({one.document_id for one in corrections})
    stood = correction_rows.standing(corrections)
    missing = [one for one in corrections if not _verdict(kept, one)]
    places = [(one, place) for one in missing if (place := _place(one, texts[one.document_id], stood))]
    _put_back(kept, places, reader)
    return kept


def signal_row(text: Text, start: int, words: str, reader: Reader, kind: str = "") -> SignalRow:
    """A signal of words that somebody gave. kind: empty for the one that the reader leans to."""
    return _rows([(text, start, words, kind)], reader)[0]


def _words(correction: Correction) -> str:
    return correction.words or correction.quote


def _verdict(kept: Kept, correction: Correction) -> bool:
    """Let the correction's verdict count wherever its words were found. False where they weren't."""
    held = [
        at
        for at, row in enumerate(kept.rows)
        if row.document_id == correction.document_id and row.quote == _words(correction)
    ]
    for at in held:
        kept.rows[at] = _judged(kept.rows[at], correction)
    if held and correction.signal is not None:
        kept.ids[kept.rows[held[0]].place] = correction.signal
    if held and correction.words:
        _drop(kept, correction, {kept.rows[at].passage_id for at in held})
    return bool(held)


def _drop(kept: Kept, correction: Correction, passages: set[int]) -> None:
    """What the reader quotes in these passages in place of the right words."""
    wrong = [row for row in kept.rows if row.quote == correction.quote and row.passage_id in passages]
    kept.rows = [row for row in kept.rows if row not in wrong or row.checked]


def _judged(row: SignalRow, correction: Correction) -> SignalRow:
    return row._replace(kind=correction.kind or row.kind, dismissed=correction.dismissed, checked=True)


def _place(correction: Correction, texts: Sequence[Text], stood: dict[int, Place]) -> tuple[Text, int] | None:
    """Where the words stood before, else where they first stand in what was spoken; None where they don't any more."""
    words = _words(correction)
    passage, start, _ = stood.get(correction.signal or 0, (0, 0, 0))
    before = [(text, start) for text in texts if text.passage == passage and text.text.startswith(words, start)]
    anywhere = ((text, text.text.find(words)) for text in texts if words in text.text)
    return next(iter(before), None) or next(anywhere, None)


def _put_back(kept: Kept, places: list[tuple[Correction, tuple[Text, int]]], reader: Reader) -> None:
    made = _rows([(text, start, _words(one), one.kind) for one, (text, start) in places], reader)
    for row, (correction, _) in zip(made, places, strict=True):
        kept.rows = [other for other in kept.rows if other.checked or not _same_stretch(row, other)]
        if correction.words:
            _drop(kept, correction, {row.passage_id})
        kept.rows.append(_judged(row, correction))
        if correction.signal is not None:
            kept.ids[row.place] = correction.signal
    kept.rows.sort(key=lambda row: row.place)


def _same_stretch(one: SignalRow, other: SignalRow) -> bool:
    """Whether two quotes share half of the shorter one."""
    shared = min(one.end, other.end) - max(one.start, other.start)
    return one.passage_id == other.passage_id and 2 * shared >= min(len(one.quote), len(other.quote))


def _rows(given_words: Sequence[tuple[Text, int, str, str]], reader: Reader) -> list[SignalRow]:
    """given_words: (text, start, words, kind)."""
    if not given_words:
        return []
    made = given([words for _, _, words, _ in given_words], [text.side for text, _, _, _ in given_words], reader)
    leaning = np.where(made.leading < 0, made.chances.argmax(axis=1), made.leading)
    return [
        SignalRow(
            text.passage, text.document, start, start + len(words), words, kind or KINDS[leaning[at]],
            made.chances[at].tolist(), made.strengths[at], float(made.polarities[at]), made.abouts[at], text.side,
            as_halfvec(made.vectors[at]),
        )
        for at, (text, start, words, kind) in enumerate(given_words)
    ]  # fmt: skip
