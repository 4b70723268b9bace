"""Zendesk's ticket exports: JSONL or {tickets: […]}, with comments inside and users beside them where exported."""

from collections.abc import Iterator, Mapping, Sequence

from winward.sources.documents.dates import moment
from winward.sources.documents.html import text_of
from winward.sources.documents.loose import Record, first_text, record, records, text
from winward.sources.documents.quoting import split_message
from winward.sources.documents.source_file import SourceFile
from winward.sources.documents.turns import sided
from winward.sources.evidence import Document, Participant, Problem, Side, Turn

SIDES: dict[str, Side] = {"end-user": "customer", "agent": "us", "admin": "us"}
KEPT = ("status", "priority", "type", "satisfaction_rating")


def recognises(found: Record) -> bool:
    return bool({"requester_id", "requester"} & found.keys()) and bool({"comments", "description"} & found.keys())


def read(
    file: SourceFile, row: int, found: Record, context: Mapping[str, Sequence[Record]]
) -> Iterator[Document | Problem]:
    people = _people(found, context)
    yield Document(
        external_id=f"zendesk/{text(found.get('id'))}" if found.get("id") else f"{file.name}#{row}",
        kind="ticket",
        title=first_text(found, ("subject", "raw_subject")) or f"Ticket {first_text(found, ('id',)) or row}",
        turns=sided(_turns(found, people), ()),
        happened_at=moment(found.get("created_at")) or file.date,
        participants=tuple({person: None for person in people.values() if person.name}),
        account=_organization(found, context),
        file=file.name,
        row=row,
        extra={key: said for key in KEPT if (said := text(found.get(key)))} | _tags(found),
    )


def _turns(found: Record, people: Mapping[str, Participant]) -> Iterator[Turn]:
    """The comments in order; the description where the export has no comments."""
    for comment in records(found.get("comments")) or [
        {"body": found.get("description"), "author_id": found.get("requester_id")}
    ]:
        author = people.get(_author_id(comment), Participant(""))
        body = first_text(comment, ("plain_body", "body")) or text_of(first_text(comment, ("html_body",)))
        for turn in split_message(body, author.name):
            yield Turn(turn.text, turn.speaker, author.side, spoken=turn.spoken)


def _people(found: Record, context: Mapping[str, Sequence[Record]]) -> dict[str, Participant]:
    """By id: who wrote. The requester is the customer; whoever else answers is us, unless their role says otherwise."""
    requester = first_text(found, ("requester_id",)) or first_text(found.get("requester"), ("id",)) or "requester"
    wanted = [requester, *(_author_id(comment) for comment in records(found.get("comments")))]
    known = {text(user.get("id")): user for user in context.get("users", ())} if context.get("users") else {}
    inside = {_author_id(comment): record(comment.get("author")) for comment in records(found.get("comments"))}
    inside[requester] = record(found.get("requester")) or inside.get(requester, {})
    return {each: _participant(inside.get(each) or known.get(each, {}), each == requester) for each in wanted}


def _author_id(comment: Record) -> str:
    author = record(comment.get("author"))
    return first_text(comment, ("author_id",)) or first_text(author, ("id", "email", "name"))


def _participant(user: Record, is_requester: bool) -> Participant:
    email = first_text(user, ("email",)).lower()
    side = SIDES.get(first_text(user, ("role",)), "customer" if is_requester else "us")
    return Participant(first_text(user, ("name",)) or email, email, side)


def _organization(found: Record, context: Mapping[str, Sequence[Record]]) -> str:
    """The organization's name where the export has it, else its id."""
    identity = first_text(found, ("organization_id",))
    named = (text(each.get("name")) for each in context.get("organizations", ()) if text(each.get("id")) == identity)
    return first_text(found.get("organization"), ("name",)) or next(named, "") or identity


def _tags(found: Record) -> dict[str, str]:
    tags = found.get("tags")
    return {"tags": ", ".join(filter(None, map(text, tags)))} if isinstance(tags, list) and tags else {}
