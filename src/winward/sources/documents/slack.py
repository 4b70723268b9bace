"""Slack's export ZIP: one document per channel and day, and one per thread; a channel in memory at a time."""

import html
import json
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from zipfile import BadZipFile, ZipFile
from zlib import error as ZlibError

from winward.sources.documents.dates import moment
from winward.sources.documents.decoding import decoded
from winward.sources.documents.loose import Json, Record, first_text, record, records, text
from winward.sources.documents.source_file import SourceFile
from winward.sources.documents.turns import sided
from winward.sources.evidence import Document, Participant, Problem, Turn
from winward.sources.limits import LARGEST_RECORD

DAY = re.compile(r"^(?:.*/)?(?P<channel>[^/]+)/(?P<day>\d{4}-\d\d-\d\d)\.json$")
REFERENCE = re.compile(r"<([@#!]?)([^<>|]+)(?:\|([^<>]*))?>")
# Joins, renames and the like are the system's words. Bots speak for nobody.
SPOKEN_SUBTYPES = frozenset(("", "me_message", "thread_broadcast", "file_share", "file_comment"))


@dataclass(frozen=True, slots=True)
class _Export:
    archive: ZipFile
    file: SourceFile
    people: dict[str, Participant]
    channel_ids: dict[str, str]


def read(file: SourceFile) -> Iterator[Document | Problem]:
    """The rows of Problems are 0: an archive's entry is named in the column instead."""
    with ZipFile(file.path) as archive:
        names = archive.namelist()
        people = {text(user.get("id")): _participant(user) for user in _listed(archive, names, "users.json")}
        channels = {
            text(channel.get("name")): text(channel.get("id"))
            for listing in ("channels.json", "groups.json")
            for channel in _listed(archive, names, listing)
        }
        export = _Export(archive, file, people, channels)
        for channel, days in _days_by_channel(names).items():
            yield from _channel(export, channel, days)


def _days_by_channel(names: Iterable[str]) -> dict[str, list[tuple[str, str]]]:
    """(day, entry) in order, by channel."""
    found: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for name in sorted(names):
        if day := DAY.match(name):
            found[day["channel"]].append((day["day"], name))
    return found


def _channel(export: _Export, channel: str, days: Sequence[tuple[str, str]]) -> Iterator[Document | Problem]:
    threads: dict[str, list[Record]] = defaultdict(list)
    for day, entry in days:
        loaded = _loaded(export.archive, entry)
        if isinstance(loaded, str):
            yield Problem(
                export.file.name, 0, entry, f"this part of the archive can't be read ({loaded}); export it again."
            )
            continue
        spoken = [message for message in records(loaded) if _is_spoken(message)]
        for message in spoken:
            if thread := _thread(message):
                threads[thread].append(message)
        yield from _document(export, channel, day, [message for message in spoken if not _thread(message)])
    for thread, messages in threads.items():
        yield from _document(export, channel, thread, messages)


def _document(export: _Export, channel: str, name: str, messages: Sequence[Record]) -> Iterator[Document]:
    turns = sided((_turn(message, export.people) for message in messages), ())
    if not turns:
        return
    wrote = dict.fromkeys(_author(message, export.people) for message in messages)
    first = first_text(messages[0], ("ts",))
    is_thread = bool(_thread(messages[0]))
    yield Document(
        external_id=f"slack/{export.channel_ids.get(channel) or channel}/{name}",
        kind="message",
        title=f"#{channel}: {turns[0].text[:60]}" if is_thread else f"#{channel} {name}",
        turns=turns,
        happened_at=moment(float(first)) if re.fullmatch(r"\d{9,11}(\.\d+)?", first) else moment(name),
        participants=tuple(person for person in wrote if person.name),
        file=export.file.name,
        extra={"channel": channel},
    )


def _is_spoken(message: Record) -> bool:
    return (
        text(message.get("type")) == "message"
        and text(message.get("subtype")) in SPOKEN_SUBTYPES
        and "bot_id" not in message
    )


def _thread(message: Record) -> str:
    """The thread's key, of answers and of messages that were answered."""
    key = text(message.get("thread_ts"))
    is_answer = key != text(message.get("ts"))
    return key if key and (is_answer or message.get("reply_count") or message.get("replies")) else ""


def _turn(message: Record, people: dict[str, Participant]) -> Turn:
    return Turn(_readable(text(message.get("text")), people), _author(message, people).name)


def _author(message: Record, people: dict[str, Participant]) -> Participant:
    identity = text(message.get("user"))
    named = first_text(message.get("user_profile"), ("real_name", "display_name", "name"))
    return people.get(identity) or Participant(named or first_text(message, ("username",)) or identity)


def _readable(said: str, people: dict[str, Participant]) -> str:
    """The text as people saw it: names for ids, links' labels, and & < > themselves."""

    def shown(found: re.Match[str]) -> str:
        mark, target, label = found.groups()
        known = people[target].name if mark == "@" and target in people else ""
        name = label or known or target
        return f"{mark.replace('!', '@')}{name}"

    return html.unescape(REFERENCE.sub(shown, said))


def _participant(user: Record) -> Participant:
    profile = record(user.get("profile"))
    name = first_text(profile, ("real_name", "display_name")) or first_text(user, ("real_name", "name"))
    return Participant(name, first_text(profile, ("email",)).lower(), "", first_text(profile, ("title",)))


def _listed(archive: ZipFile, names: Sequence[str], listing: str) -> list[Record]:
    entry = next((name for name in names if name.rpartition("/")[2] == listing), None)
    loaded = _loaded(archive, entry) if entry else []
    return records(loaded)


def _loaded(archive: ZipFile, entry: str) -> Json | str:
    """The entry's JSON, or what is wrong with it."""
    if archive.getinfo(entry).file_size > LARGEST_RECORD:
        return "it is too large"
    try:
        return json.loads(decoded(archive.read(entry)))
    except (BadZipFile, ZlibError, ValueError, RecursionError, OSError, EOFError, NotImplementedError) as error:
        return str(error) or "it is damaged"
