"""One e-mail message (EML): who wrote to whom, when, and what they wrote now, apart from what they quote."""

from collections.abc import Iterator
from email import message_from_bytes, policy
from email.errors import MessageError
from email.header import decode_header, make_header
from email.message import Message
from email.utils import getaddresses

from winward.sources.documents.dates import moment
from winward.sources.documents.decoding import clean, decoded
from winward.sources.documents.html import text_of
from winward.sources.documents.quoting import split_message
from winward.sources.documents.source_file import SourceFile
from winward.sources.documents.turns import sided
from winward.sources.evidence import Document, Participant, Problem
from winward.sources.limits import Unreadable, check_single_document


def read(file: SourceFile) -> Iterator[Document | Problem]:
    check_single_document(file.path)
    found = document_of(file.path.read_bytes(), file, 0)
    if not found.turns:
        raise Unreadable(f"{file.path.name} is a message without words; leave it out.")
    yield found


def document_of(raw: bytes, file: SourceFile, row: int) -> Document:
    """The message as a document: Message-ID as external id, one turn a paragraph, people from From, To and Cc."""
    message = message_from_bytes(raw, policy=policy.compat32)
    people = _people(message)
    sender = people[0].name if people and message["From"] else ""
    identity = _header(message, "Message-ID").strip("<> ")
    return Document(
        external_id=identity or (f"{file.name}#{row}" if row else file.name),
        kind="email",
        title=_header(message, "Subject") or file.title,
        turns=sided(split_message(_body(message), sender), ()),
        happened_at=moment(_header(message, "Date")) or file.date,
        participants=people,
        file=file.name,
        row=row,
        extra={key: said for key in ("In-Reply-To", "List-Id") if (said := _header(message, key))},
    )


def _people(message: Message) -> tuple[Participant, ...]:
    """The sender first, then those it went to, each once; the role is the header that names them first."""
    people: dict[str, Participant] = {}
    for header, role in (("From", "from"), ("To", "to"), ("Cc", "cc")):
        for name, email in getaddresses([_header(message, header)]):
            if email or name:
                people.setdefault(
                    (email or name).lower(), Participant(clean(name or email), clean(email.lower()), "", role)
                )
    return tuple(people.values())


def _header(message: Message, name: str) -> str:
    value = message.get(name, "")
    try:
        said = str(make_header(decode_header(value)))
    except (ValueError, LookupError, MessageError, TypeError):
        said = str(value)
    return " ".join(clean(said).split())


def _body(message: Message) -> str:
    """The plain text; the HTML's where there is none, or where the plain part only points to it."""
    texts = {"text/plain": "", "text/html": ""}
    for part in message.walk():
        kind = part.get_content_type()
        if kind in texts and part.get_content_disposition() != "attachment" and not texts[kind]:
            texts[kind] = _text(part)
    return texts["text/plain"] if texts["text/plain"].strip() else text_of(texts["text/html"])


def _text(part: Message) -> str:
    raw = part.get_payload(decode=True)
    if not isinstance(raw, bytes):
        return ""
    try:
        return clean(raw.decode(part.get_content_charset() or "ascii"))
    except (LookupError, ValueError):
        return decoded(raw)
