"""Fireflies' transcripts: sentences with speaker_name and start_time in seconds."""

from collections.abc import Iterator, Mapping, Sequence

from winward.sources.documents.dates import moment
from winward.sources.documents.loose import Record, first_text, milliseconds, record, records
from winward.sources.documents.source_file import SourceFile
from winward.sources.documents.transcript import participants
from winward.sources.documents.turns import merged, sided
from winward.sources.evidence import Document, Problem, Turn


def recognises(found: Record) -> bool:
    sentences = records(_call(found).get("sentences"))
    return bool(sentences) and "speaker_name" in sentences[0]


def read(
    file: SourceFile, row: int, found: Record, _context: Mapping[str, Sequence[Record]]
) -> Iterator[Document | Problem]:
    call = _call(found)
    identity = first_text(call, ("id", "transcript_id"))
    people = participants(call.get("meeting_attendees")) or participants(call.get("participants"))
    yield Document(
        external_id=f"fireflies/{identity}" if identity else f"{file.name}#{row}",
        kind=file.kind("meeting", ("call", "meeting", "interview")),
        title=first_text(call, ("title",)) or file.title,
        turns=sided(merged(map(_turn, records(call.get("sentences")))), people),
        happened_at=moment(call.get("date") or call.get("dateString")) or file.date,
        participants=people,
        file=file.name,
        row=row,
    )


def _call(found: Record) -> Record:
    """The transcript itself, or the one inside an API answer ({data: {transcript: …}})."""
    return record(record(found.get("data")).get("transcript")) or found


def _turn(sentence: Record) -> Turn:
    return Turn(
        first_text(sentence, ("raw_text", "text")),
        first_text(sentence, ("speaker_name",)),
        start_ms=milliseconds(sentence.get("start_time"), 1000),
        end_ms=milliseconds(sentence.get("end_time"), 1000),
    )
