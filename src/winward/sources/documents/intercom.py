"""Intercom's conversations as its API gives them (GET /conversations/{id}): a source and the parts that follow it."""

from collections.abc import Iterator, Mapping, Sequence

from winward.sources.documents.dates import moment
from winward.sources.documents.html import text_of
from winward.sources.documents.loose import Record, first_text, record, records, text
from winward.sources.documents.quoting import split_message
from winward.sources.documents.source_file import SourceFile
from winward.sources.documents.turns import sided
from winward.sources.evidence import Document, Participant, Problem, Side, Turn

SIDES: dict[str, Side] = {
    "user": "customer",
    "lead": "customer",
    "contact": "customer",
    "admin": "us",
    "team": "us",
    "bot": "us",
}


def recognises(found: Record) -> bool:
    return "conversation_parts" in found or (found.get("type") == "conversation" and bool(record(found.get("source"))))


def read(
    file: SourceFile, row: int, found: Record, _context: Mapping[str, Sequence[Record]]
) -> Iterator[Document | Problem]:
    pieces = [record(found.get("source")), *_parts(found)]
    people = tuple({person: None for piece in pieces if (person := _author(piece)).name})
    identity = first_text(found, ("id",))
    title = first_text(found, ("title",)) or text_of(first_text(found.get("source"), ("subject",))).strip()
    yield Document(
        external_id=f"intercom/{identity}" if identity else f"{file.name}#{row}",
        kind="ticket" if record(found.get("ticket")) else "message",
        title=title or f"Conversation {identity or row}",
        turns=sided(_turns(pieces), ()),
        happened_at=moment(found.get("created_at")) or file.date,
        participants=people,
        account=first_text(found.get("company"), ("name", "id")),
        file=file.name,
        row=row,
        extra={key: said for key in ("state", "priority") if (said := text(found.get(key)))},
    )


def _parts(found: Record) -> list[Record]:
    """The API wraps the list in an object; exports hold the list itself."""
    parts = found.get("conversation_parts")
    return records(parts) or records(record(parts).get("conversation_parts"))


def _turns(pieces: Sequence[Record]) -> Iterator[Turn]:
    """What people wrote. A bot's answers stay in the text, unspoken: they are nobody's words."""
    for piece in pieces:
        author = _author(piece)
        is_bot = first_text(piece.get("author"), ("type",)) == "bot"
        for turn in split_message(text_of(first_text(piece, ("body",))), author.name):
            yield Turn(turn.text, turn.speaker, author.side, spoken=turn.spoken and not is_bot)


def _author(piece: Record) -> Participant:
    author = record(piece.get("author"))
    email = first_text(author, ("email",)).lower()
    side = SIDES.get(first_text(author, ("type",)), "")
    return Participant(first_text(author, ("name",)) or email, email, side)
