"""Gong's call transcripts: /v2/calls/transcript alone, or with the parties of /v2/calls/extensive in the same file."""

from collections.abc import Iterator, Mapping, Sequence

from winward.sources.documents.dates import moment
from winward.sources.documents.loose import Record, first_text, milliseconds, number, record, records, text
from winward.sources.documents.source_file import SourceFile
from winward.sources.documents.turns import merged, sided
from winward.sources.evidence import Document, Participant, Problem, Side, Turn

SIDES: dict[str, Side] = {"internal": "us", "external": "customer"}
# People speak about 15 characters a second. Above this, times in seconds were taken for milliseconds.
FASTEST_SPEECH = 200.0
TIMES_IN_SECONDS = "the times look like seconds, not Gong's milliseconds, and were read as seconds; check the export."


def recognises(found: Record) -> bool:
    monologues = records(found.get("transcript"))
    return bool(monologues) and isinstance(monologues[0].get("sentences"), list)


def read(
    file: SourceFile, row: int, found: Record, context: Mapping[str, Sequence[Record]]
) -> Iterator[Document | Problem]:
    """The call, and a Problem where its times were seconds, not the milliseconds that Gong writes."""
    about = _metadata(found)
    identity = first_text(found, ("callId",)) or first_text(about, ("id",))
    call = next((call for call in context.get("calls", ()) if text(_metadata(call).get("id")) == identity), found)
    about = _metadata(call) or about
    parties = records(call.get("parties"))
    sentences = list(_sentences(found))
    unit = 1000 if _in_seconds(sentences, number(about.get("duration"))) else 1
    people = tuple(_participant(party) for party in parties)
    yield Document(
        external_id=f"gong/{identity}" if identity else f"{file.name}#{row}",
        kind=file.kind("call", ("call", "meeting", "interview")),
        title=first_text(about, ("title",)) or file.title,
        turns=sided(merged(_turns(sentences, parties, unit)), people),
        happened_at=moment(about.get("started") or about.get("scheduled")) or file.date,
        participants=people,
        account=_crm_id(call, "Account"),
        deal=_crm_id(call, "Opportunity"),
        file=file.name,
        row=row,
    )
    if unit == 1000:
        yield Problem(file.name, row, "sentences", TIMES_IN_SECONDS)


def _metadata(call: Record) -> Record:
    return record(call.get("metaData"))


def _sentences(found: Record) -> Iterator[tuple[str, Record]]:
    for monologue in records(found.get("transcript")):
        for sentence in records(monologue.get("sentences")):
            yield text(monologue.get("speakerId")), sentence


def _in_seconds(sentences: Sequence[tuple[str, Record]], duration: float | None) -> bool:
    """Whether the times look like seconds: they end near the call's duration (seconds), or nobody speaks so fast."""
    ends = [end for _, sentence in sentences if (end := number(sentence.get("end"))) is not None]
    last = max(ends, default=0.0)
    if last <= 0:
        return False
    if duration:
        return last <= 1.2 * duration
    spoken = sum(len(first_text(sentence, ("text",))) for _, sentence in sentences)
    return spoken / (last / 1000) > FASTEST_SPEECH


def _turns(sentences: Sequence[tuple[str, Record]], parties: Sequence[Record], unit: int) -> Iterator[Turn]:
    names = {text(party.get("speakerId")): _participant(party) for party in parties if party.get("speakerId")}
    for speaker, sentence in sentences:
        person = names.get(speaker)
        yield Turn(
            first_text(sentence, ("text",)),
            person.name if person else f"Speaker {speaker}".strip(),
            person.side if person else "",
            milliseconds(sentence.get("start"), unit),
            milliseconds(sentence.get("end"), unit),
        )


def _participant(party: Record) -> Participant:
    email = first_text(party, ("emailAddress",)).lower()
    side = SIDES.get(first_text(party, ("affiliation",)).lower(), "")
    return Participant(first_text(party, ("name",)) or email, email, side, first_text(party, ("title",)))


def _crm_id(call: Record, kind: str) -> str:
    """The id of the CRM object that Gong tied to the call or to one of its parties."""
    places = [call, *records(call.get("parties"))]
    objects = (
        found
        for place in places
        for context in records(place.get("context"))
        for found in records(context.get("objects"))
    )
    return next((text(found.get("objectId")) for found in objects if found.get("objectType") == kind), "")
