"""Any JSON that holds turns ({speaker, text}) or one text, under the names that exports commonly give them."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from winward.sources.documents.dates import moment
from winward.sources.documents.front_matter import participant
from winward.sources.documents.loose import Json, Record, first_text, milliseconds, record, records, text
from winward.sources.documents.quoting import split_message
from winward.sources.documents.source_file import KIND_WORDS, SourceFile
from winward.sources.documents.speakers import CLOCK_ONLY, clock_ms, turns_of
from winward.sources.documents.turns import merged, sided
from winward.sources.evidence import Document, DocumentKind, Participant, Problem, Side, Turn

TURN_LISTS = (
    "meeting_transcripts",
    "transcript",
    "turns",
    "sentences",
    "utterances",
    "segments",
    "messages",
    "dialogue",
    "chat_logs",
    "monologues",
)
TEXTS = ("text", "content", "body", "review", "comment", "message", "transcript", "note", "answer", "description")
SPEAKERS = (
    "speaker",
    "speaker_name",
    "speakerName",
    "speaker_id",
    "name",
    "author",
    "from",
    "role",
    "participant",
    "id",
)
SPEAKER_OF_LOOSE_TURN = ("speaker", "speaker_name", "speakerName")
TITLES = ("title", "subject", "name", "headline", "topic")
IDS = (
    "external_id",
    "document_id",
    "id",
    "call_id",
    "meeting_id",
    "conversation_id",
    "dialogue_id",
    "review_id",
    "reviewId",
    "ticket_id",
    "response_id",
    "uuid",
)
DATES = (
    "date",
    "happened_at",
    "created_at",
    "createdAt",
    "started",
    "started_at",
    "start_time",
    "datetime",
    "timestamp",
)
KINDS = ("kind", "type", "source_type")
ACCOUNTS = ("account", "account_id", "account_name", "company", "customer", "organization")
DEALS = ("deal", "deal_id", "opportunity", "opportunity_id", "deal_name")
PEOPLE = ("participants", "attendees", "meeting_attendees")
SIDES: dict[str, Side] = {"customer": "customer", "external": "customer", "us": "us", "internal": "us"}
CONSUMED = frozenset((*TURN_LISTS, *TEXTS, *TITLES, *IDS, *DATES, *KINDS, *ACCOUNTS, *DEALS, *PEOPLE))


def is_turn(value: Json) -> bool:
    """Whether the record is one turn of a larger document: who speaks and what, and no title of its own."""
    found = record(value)
    return bool(first_text(found, SPEAKER_OF_LOOSE_TURN) and first_text(found, TEXTS)) and not any(
        key in found for key in ("title", "subject", *PEOPLE)
    )


def recognises(found: Record) -> bool:
    return bool(_turn_list(found)) or bool(first_text(found, TEXTS))


def read(
    file: SourceFile, row: int, found: Record, _context: Mapping[str, Sequence[Record]]
) -> Iterator[Document | Problem]:
    people = participants(next((found[key] for key in PEOPLE if key in found), None))
    identity = first_text(found, IDS)
    turns = _turns(_turn_list(found)) if _turn_list(found) else _of_text(found)
    title = first_text(found, TITLES)
    yield Document(
        external_id=f"{file.name}#{identity or row}" if identity or row > 1 else file.name,
        kind=_kind(file, found, has_turns=bool(_turn_list(found))),
        title=title or (f"{file.title} {identity or row}" if identity or row > 1 else file.title),
        turns=sided(turns, people),
        happened_at=moment(next((found[key] for key in DATES if found.get(key)), None)) or file.date,
        participants=people,
        account=first_text(found, ACCOUNTS),
        deal=first_text(found, DEALS),
        file=file.name,
        row=row if identity or row > 1 else 0,
        extra={key: said for key, value in found.items() if key not in CONSUMED and (said := text(value))},
    )


def of_turns(file: SourceFile, row: int, group: str, part: int, turns: Sequence[Record]) -> Document:
    """The document of a run of loose turns; a run that was too long, or comes back, goes on as a further part."""
    name = f"#{group}" if group else ""
    return Document(
        external_id=f"{file.name}{name}" + (f"/{part}" if part > 1 else ""),
        kind=file.kind("meeting"),
        title=" ".join(filter(None, (file.title, group, f"(part {part})" if part > 1 else ""))),
        turns=sided(_turns(turns), ()),
        happened_at=moment(first_text(turns[0], DATES[:4])) or file.date,
        account=first_text(turns[0], ACCOUNTS),
        deal=first_text(turns[0], DEALS),
        file=file.name,
        row=row,
    )


def participants(value: Json) -> tuple[Participant, ...]:
    """People given as `Jane <jane@acme.com> (role)`, as bare addresses, or as objects with name and email."""
    people = value if isinstance(value, list) else []
    found = (participant(person) if isinstance(person, str) else _described(record(person)) for person in people)
    return tuple(person for person in found if person is not None)


def _described(person: Record) -> Participant | None:
    email = first_text(person, ("email", "emailAddress", "email_address")).lower()
    name = first_text(person, ("name", "displayName", "display_name", "full_name")) or email
    side = SIDES.get(first_text(person, ("side", "affiliation")).lower(), "")
    return Participant(name, email, side, first_text(person, ("role", "title"))) if name else None


def _kind(file: SourceFile, found: Record, has_turns: bool) -> DocumentKind:
    said = KIND_WORDS.get(first_text(found, KINDS).lower())
    return said or file.kind("meeting" if has_turns else "note")


def _turn_list(found: Record) -> list[Record]:
    return next((turns for key in TURN_LISTS if (turns := records(found.get(key)))), [])


def _turns(turns: Iterable[Record]) -> Iterable[Turn]:
    return merged(turn for value in turns if (turn := _turn(value)).text)


def _turn(value: Record) -> Turn:
    return Turn(
        first_text(value, TEXTS)
        or " ".join(first_text(part, ("value", "text")) for part in records(value.get("elements"))),
        _speaker(value),
        SIDES.get(first_text(value, ("side", "affiliation")).lower(), ""),
        _time(value, "start_ms", ("start", "start_time", "startTime", "offset")),
        _time(value, "end_ms", ("end", "end_time", "endTime")),
    )


def _speaker(value: Record) -> str:
    described = next((found for key in SPEAKERS if (found := record(value.get(key)))), {})
    return first_text(value, SPEAKERS) or first_text(described, ("name", "displayName", "email", "id"))


def _time(value: Record, exact: str, keys: Iterable[str]) -> int | None:
    """Milliseconds; times under other names are seconds or clock times."""
    if exact in value:
        return milliseconds(value[exact], 1)
    said = next((value[key] for key in keys if value.get(key) is not None), None)
    if isinstance(said, str) and CLOCK_ONLY.match(said.strip()):
        return clock_ms(said.strip())
    return milliseconds(said, 1000)


def _of_text(found: Record) -> Iterable[Turn]:
    said = first_text(found, TEXTS)
    is_mail = KIND_WORDS.get(first_text(found, KINDS).lower()) == "email"
    return split_message(said) if is_mail else turns_of(said)
