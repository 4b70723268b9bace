"""What people say of signals: right, another kind, other words, no signal, missed, or said by the other side."""

from django.db import transaction

from winward.engine.reading.kinds import KINDS
from winward.records import signal_rows
from winward.records.correction_rows import Text
from winward.records.decisions import SpeakerSide
from winward.records.documents import Passage
from winward.records.signals import Signal
from winward.usecases import readers
from winward.usecases.decide import Decision, change
from winward.usecases.kept_words import signal_row
from winward.usecases.quotes import NotFound
from winward.usecases.verdicts import nearest

SIDES = {"customer": "the customer’s side", "us": "our side"}


def correct_signal(signal_id: int, kind: str, by: str) -> Decision | None:
    """Say which kind of signal a quote is. Raises NotFound, and ValueError for what is no kind."""
    _check(kind)
    after = {"kind": kind, "dismissed": False, "corrected": True}
    return change("signal", signal_id, after, by, f"Now marked as {kind}.")


def confirm_signal(signal_id: int, by: str) -> Decision | None:
    """Say that the reader is right about a signal. Raises NotFound."""
    kind = _found(signal_id).kind
    after = {"kind": kind, "dismissed": False, "corrected": True}
    return change("signal", signal_id, after, by, f"Right: it stays {kind}.")


def dismiss_signal(signal_id: int, by: str) -> Decision | None:
    """Say that the quote is no signal. Raises NotFound."""
    after = {"kind": _found(signal_id).kind, "dismissed": True, "corrected": True}
    return change("signal", signal_id, after, by, "Dismissed: it no longer counts.")


def bound_signal(signal_id: int, words: str, by: str) -> Decision | None:
    """Say which words the quote should be: a stretch of the same passage. Raises NotFound, and ValueError where they
    don't stand there, or are a signal already."""
    signal = _found(signal_id)
    words = _tidy(words)
    start = _start(Passage.objects.get(pk=signal.passage_id).text, words, signal.start)
    _free(signal.passage_id, start, words, but=signal_id)
    after = {"words": words, "kind": signal.kind, "dismissed": False, "corrected": True}
    return change("signal", signal_id, after, by, f"It quotes “{_short(words)}” now.")


@transaction.atomic
def mark_signal(passage_id: int, words: str, kind: str, by: str) -> Decision | None:
    """Say that these words of a passage are a signal that the reader missed.

    Raises NotFound, and ValueError for what is no kind, or words that don't stand there.
    """
    _check(kind)
    passage = Passage.objects.filter(pk=passage_id).first()
    if passage is None:
        raise NotFound(f"There is no passage {passage_id}.")
    words = _tidy(words)
    start = _start(passage.text, words, 0)
    there = Signal.objects.filter(passage=passage_id, start=start, end=start + len(words)).first()
    number = there.pk if there else _write(passage, start, words, kind)
    after = {"kind": kind, "dismissed": False, "corrected": True}
    return change("signal", number, after, by, f"“{_short(words)}” is marked as {kind} now.")


def side_speaker(document_id: int, speaker: str, side: str, by: str) -> Decision | None:
    """Say on whose side somebody who speaks in a document is. Raises NotFound, and ValueError for what is no side."""
    if side not in SIDES:
        raise ValueError(f"“{side}” is no side. The sides are {', '.join(SIDES)}.")
    if not Passage.objects.filter(document=document_id, speaker=speaker).exists():
        raise NotFound(f"Nobody called “{speaker}” speaks in document {document_id}.")
    row, _ = SpeakerSide.objects.get_or_create(document_id=document_id, speaker=speaker)
    said = f"{speaker or 'Whoever has no name'} is on {SIDES[side]} in this document now. The next run reads it again."
    return change("speaker", row.pk, {"side": side, "told": True}, by, said)


def other_side(signal_id: int, by: str) -> Decision | None:
    """The speaker of a signal is on the side where the reader doesn't have them. Raises NotFound."""
    signal = _found(signal_id)
    speaker = Passage.objects.values_list("speaker", flat=True).get(pk=signal.passage_id)
    return side_speaker(signal.document_id, speaker, "customer" if signal.side == "us" else "us", by)


def mark_words(document_id: int, words: str, kind: str, by: str, passage_id: int | None = None) -> Decision | None:
    """`mark_signal` in the passage given, else in the first of the document in which these words stand.

    Raises NotFound, and ValueError.
    """
    passages = Passage.objects.filter(document=document_id).order_by("ordinal")
    if not passages.exists():
        raise NotFound(f"There is no document {document_id}.")
    tidy = _tidy(words)
    holding = [pk for pk, text in passages.values_list("pk", "text") if tidy and tidy in text]
    if not holding:
        raise ValueError(
            f"“{_short(tidy)}” doesn’t stand in this document; a quote is a stretch of it, letter by letter."
        )
    return mark_signal(passage_id if passage_id in holding else holding[0], words, kind, by)


def _check(kind: str) -> None:
    if kind not in KINDS:
        raise ValueError(f"“{kind}” is no kind of signal. The kinds are {', '.join(KINDS)}.")


def _found(signal_id: int) -> Signal:
    signal = Signal.objects.filter(pk=signal_id).first()
    if signal is None:
        raise NotFound(f"There is no signal {signal_id}.")
    return signal


def _tidy(words: str) -> str:
    """As they may stand in a passage: browsers send two characters for the end of a line."""
    return words.replace("\r\n", "\n").strip()


def _start(text: str, words: str, near: int) -> int:
    if not words:
        raise ValueError("A quote needs words.")
    start = nearest(text, words, near)
    if start < 0:
        raise ValueError(
            f"“{_short(words)}” doesn’t stand in this passage. A quote is a stretch of it, letter by letter."
        )
    return start


def _free(passage: int, start: int, words: str, but: int) -> None:
    there = Signal.objects.filter(passage=passage, start=start, end=start + len(words)).exclude(pk=but).first()
    if there is not None:
        raise ValueError(f"These words are a signal already ({there.pk}); say of one of the two that it is none.")


def _write(passage: Passage, start: int, words: str, kind: str) -> int:
    """The row of a signal that isn't one yet: nobody has said so."""
    text = Text(passage.pk, passage.document_id, passage.text, passage.side)
    reader = readers.of_workspace(readers.shipped())
    return signal_rows.add([signal_row(text, start, words, reader, kind)._replace(dismissed=True)])[0]


def _short(words: str) -> str:
    return words if len(words) <= 60 else words[:59].rstrip() + "…"
