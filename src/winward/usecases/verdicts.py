"""What a person's word on a signal or a speaker is now, and what writing it changes."""

from collections.abc import Mapping
from typing import Any

from winward.records import side_rows, signal_rows
from winward.records.correction_rows import Text
from winward.records.decisions import Correction, SpeakerSide
from winward.records.documents import Passage
from winward.records.signals import Signal
from winward.usecases import readers
from winward.usecases.kept_words import signal_row

Values = Mapping[str, Any]


def read_signal(number: int) -> dict[str, Any] | None:
    signal = Signal.objects.select_for_update().filter(pk=number).first()
    if signal is None:
        return None
    held = correction_of(signal)
    corrected = held is not None and (held.dismissed or held.kind != "")
    return {"kind": signal.kind, "dismissed": signal.dismissed, "words": signal.quote, "corrected": corrected}


def write_signal(number: int, values: Values, by: str) -> None:
    """The correction outlives the row, which a later run replaces; the row shows it at once."""
    signal = Signal.objects.get(pk=number)
    held = correction_of(signal)
    now = read_signal(number) or {}
    verdict = {**now, **values}
    if verdict["words"] != signal.quote:
        signal_rows.requote(number, _row(signal, verdict["words"]))
    quote = held.quote if held else signal.quote
    words = "" if verdict["words"] == quote else verdict["words"]
    checked = bool(verdict["corrected"] or words)
    if checked:
        kind = verdict["kind"] if verdict["corrected"] else ""
        kept = {"kind": kind, "dismissed": verdict["dismissed"], "words": words, "signal": number, "by": by}
        Correction.objects.update_or_create(document_id=signal.document_id, quote=quote, defaults=kept)
    elif held:
        held.delete()
    # The same words elsewhere in the document are the same signal to a correction, here as after a rerun.
    alike = Signal.objects.filter(document=signal.document_id, quote=verdict["words"])
    alike.update(kind=verdict["kind"], dismissed=verdict["dismissed"], checked=checked)


def correction_of(signal: Signal) -> Correction | None:
    of_document = Correction.objects.filter(document=signal.document_id)
    return (
        of_document.filter(signal=signal.pk).first()
        or of_document.filter(words=signal.quote).first()
        or of_document.filter(words="", quote=signal.quote).first()
    )


def read_speaker(number: int) -> dict[str, Any] | None:
    """number: of the row that keeps a person's word on a speaker. told: whether there is such a word now."""
    row = SpeakerSide.objects.select_for_update().filter(pk=number).first()
    return {"side": side_rows.of_speaker(row), "told": row.side != ""} if row else None


def write_speaker(number: int, values: Values, by: str) -> None:
    row = SpeakerSide.objects.get(pk=number)
    side_rows.put(row.document_id, row.speaker, values["side"])
    SpeakerSide.objects.filter(pk=number).update(side=values["side"] if values["told"] else "", by=by)


def _row(signal: Signal, words: str) -> signal_rows.SignalRow:
    """Those of the words in the signal's passage that stand nearest to what it quotes. They are known to be there."""
    passage = Passage.objects.get(pk=signal.passage_id)
    text = Text(passage.pk, passage.document_id, passage.text, signal.side)
    reader = readers.of_workspace(readers.shipped())
    return signal_row(text, nearest(passage.text, words, signal.start), words, reader, signal.kind)


def nearest(text: str, words: str, start: int) -> int:
    """Where these words begin, nearest to `start`; −1 where they aren't in the text."""
    places, at = list[int](), text.find(words)
    while at >= 0:
        places.append(at)
        at = text.find(words, at + 1)
    return min(places, key=lambda place: abs(place - start), default=-1)
