"""Transcripts, mails, tickets, reviews, surveys, interviews and notes, in the shapes that tools export them in."""

import csv
import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from pathlib import Path
from typing import Any

from winward.sample.company import VENDOR, Account, Deal, Person
from winward.sample.crm_files import CONSTRUCTED
from winward.sample.speech import Turn, sentences_of
from winward.sample.truth import Link

CHARACTERS_A_SECOND = 15.5


@dataclass(frozen=True, slots=True)
class Piece:
    """One document before it has a file. people: who took part. link: what the file shall say of deal and account."""

    kind: str
    account: Account
    deal: Deal | None
    at: datetime
    people: tuple[Person, ...]
    turns: tuple[Turn, ...]
    link: Link
    title: str = ""

    @property
    def marks(self) -> tuple[tuple[str, str], ...]:
        return tuple(mark for turn in self.turns for mark in turn.sentences)


def vtt(piece: Piece, is_teams: bool) -> str:
    """A transcript as Zoom or, with voice tags, Teams saves it."""
    blocks = ["WEBVTT", "NOTE\n" + "\n".join(_head(piece))]
    for number, (start, end, turn, text) in enumerate(_cues(piece.turns), start=1):
        said = f"<v {turn.speaker.name}>{text}</v>" if is_teams else f"{turn.speaker.name}: {text}"
        blocks.append(f"{number}\n{_clock(start)} --> {_clock(end)}\n{said}")
    return "\n\n".join(blocks) + "\n"


def gong(piece: Piece, key: str) -> str:
    """A transcript in the shape of Gong's two answers about one call; times in milliseconds."""
    speakers = {person.key: str(7_100_000_000 + int(person.key)) for person in piece.people}
    monologues: list[dict[str, Any]] = []
    end = 0
    for start, end, turn, text in _cues(piece.turns):
        if not monologues or monologues[-1]["speakerId"] != speakers[turn.speaker.key]:
            monologues.append({"speakerId": speakers[turn.speaker.key], "topic": None, "sentences": []})
        monologues[-1]["sentences"].append({"start": start, "end": end, "text": text})
    parties = [_party(person, speakers[person.key]) for person in piece.people]
    meta = {
        "id": key,
        "title": piece.title,
        "started": piece.at.isoformat() + "Z",
        "duration": end // 1000 + 2,
        "direction": "Conference",
        "system": "Zoom",
        "media": "Video",
        "language": "eng",
        "note": CONSTRUCTED,
    }
    whole = {
        "calls": [{"metaData": meta, "parties": parties}],
        "callTranscripts": [{"callId": key, "transcript": monologues}],
    }
    return json.dumps(whole, ensure_ascii=False, indent=1) + "\n"


def eml(piece: Piece, quoted: str, address: str) -> bytes:
    """A mail with the answered one quoted below it, and a signature. address: the sender's."""
    writer, reader = piece.people[:2]
    message = EmailMessage(policy=SMTP.clone(max_line_length=None, cte_type="8bit"))
    message["From"] = f"{writer.name} <{address}>"
    message["To"] = f"{reader.name} <{reader.email}>"
    message["Date"] = format_datetime(piece.at)
    message["Subject"] = piece.title
    message["Message-ID"] = f"<{piece.at:%Y%m%d%H%M%S}.{writer.key}@{address.partition('@')[2]}>"
    message["X-Sample"] = CONSTRUCTED
    paragraphs = [turn.text for turn in piece.turns]
    signature = f"-- \n{writer.name}\n{writer.title}, {piece.account.name if writer.side == 'customer' else VENDOR}"
    before = f"On {piece.at - timedelta(days=2):%a, %d %b %Y} at 16:12, {reader.name} <{reader.email}> wrote:"
    history = f"\n\n{before}\n" + "\n".join(f"> {row}" for row in quoted.splitlines()) if quoted else ""
    message.set_content("\n\n".join([*paragraphs, signature]) + history + "\n", cte="8bit")
    return message.as_bytes()


def markdown(piece: Piece) -> str:
    """An interview: front matter, then turns."""
    return "\n".join(_head(piece)) + "\n\n" + "\n\n".join(f"{t.speaker.name}: {t.text}" for t in piece.turns) + "\n"


def plain(piece: Piece) -> str:
    """A note: front matter, then paragraphs."""
    return "\n".join(_head(piece)) + "\n\n" + "\n\n".join(turn.text for turn in piece.turns) + "\n"


def zendesk(pieces: Sequence[tuple[str, Piece]]) -> str:
    """Tickets as Zendesk exports them, with their users and organizations."""
    people = {piece.people[0].key: piece for _, piece in pieces}
    accounts = {piece.account.key: piece.account for _, piece in pieces}
    whole = {
        "note": CONSTRUCTED,
        "tickets": [_ticket(key, piece) for key, piece in pieces],
        "users": [
            {
                "id": int(key),
                "name": piece.people[0].name,
                "email": piece.people[0].email,
                "role": "end-user",
                "organization_id": int(piece.account.key),
            }
            for key, piece in people.items()
        ],
        "organizations": [
            {"id": int(account.key), "name": account.name, "domain_names": [account.domain]}
            for account in accounts.values()
        ],
    }
    return json.dumps(whole, ensure_ascii=False, indent=1) + "\n"


def write_rows(path: Path, rows: Sequence[dict[str, str]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, fieldnames=list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)


def _ticket(key: str, piece: Piece) -> dict[str, Any]:
    at = piece.at.isoformat() + "Z"
    body = "\n\n".join(turn.text for turn in piece.turns)
    author = int(piece.people[0].key)
    return {
        "id": int(key),
        "subject": piece.title,
        "description": body,
        "status": "solved",
        "priority": "normal",
        "created_at": at,
        "updated_at": at,
        "requester_id": author,
        "organization_id": int(piece.account.key),
        "comments": [{"id": int(key) * 10, "author_id": author, "body": body, "public": True, "created_at": at}],
    }


def _party(person: Person, speaker: str) -> dict[str, Any]:
    return {
        "id": person.key,
        "speakerId": speaker,
        "name": person.name,
        "emailAddress": person.email,
        "title": person.title,
        "affiliation": "Internal" if person.side == "us" else "External",
    }


def _head(piece: Piece) -> list[str]:
    """Front matter that says as much of account and deal as `link` allows."""
    rows = [f"Account: {piece.account.name}"] if piece.link in ("explicit", "account") else []
    if piece.link == "explicit" and piece.deal is not None:
        rows.append(f"Deal: {piece.deal.key}")
    rows += [f"Date: {piece.at:%Y-%m-%d}", f"Kind: {piece.kind}"]
    named = piece.link in ("explicit", "account", "domain")
    people = "; ".join(_participant(person, named) for person in piece.people)
    return [*rows, f"Participants: {people}", f"Sample: {CONSTRUCTED}"]


def _participant(person: Person, named: bool) -> str:
    return (
        f"{person.name} <{person.email}> ({person.role})" if named else f"{person.name} ({person.role}, {person.side})"
    )


def _cues(turns: Sequence[Turn]) -> list[tuple[int, int, Turn, str]]:
    """Start and end in milliseconds, the turn, and one or two of its sentences."""
    cues = []
    clock = 2_400
    for turn in turns:
        sentences = sentences_of(turn.text)
        for place in range(0, len(sentences), 2):
            text = " ".join(sentences[place : place + 2])
            end = clock + int(len(text) / CHARACTERS_A_SECOND * 1000) + 350
            cues.append((clock, end, turn, text))
            clock = end + 180
    return cues


def _clock(milliseconds: int) -> str:
    seconds, rest = divmod(milliseconds, 1000)
    return f"{seconds // 3600:02}:{seconds // 60 % 60:02}:{seconds % 60:02}.{rest:03}"
