"""JSON and JSONL: finds the records, knows each by its own shape, and gathers loose turns into documents."""

import json
from collections import Counter
from collections.abc import Iterator
from itertools import count

from winward.sources.documents import fireflies, gong, intercom, transcript, zendesk
from winward.sources.documents.decoding import chunks, lines
from winward.sources.documents.json_stream import Broken, JsonStream
from winward.sources.documents.loose import Json, Record, record, text
from winward.sources.documents.source_file import SourceFile
from winward.sources.evidence import Document, Problem
from winward.sources.limits import LARGEST_RECORD, MOST_TURNS

# Objects under these keys are documents; lists under SIDE_KEYS say who the ids in them are.
RECORD_KEYS = (
    "tickets",
    "conversations",
    "callTranscripts",
    "documents",
    "transcripts",
    "meetings",
    "interviews",
    "reviews",
    "responses",
    "feedback",
    "comments",
    "notes",
    "results",
    "items",
    "records",
    "data",
    "calls",
)
SIDE_KEYS = ("users", "organizations", "calls")
SHAPES = (gong, fireflies, zendesk, intercom, transcript)
GROUP_KEYS = ("document_id", "document", "call_id", "meeting_id", "conversation_id", "dialogue_id", "session_id")
# Most exports are one line, which must not be held whole only to see whether another follows.
LONGEST_FIRST_LINE = 2 * 1024**2

Entry = tuple[int, Json] | Problem
Context = dict[str, list[Record]]


def read(file: SourceFile) -> Iterator[Document | Problem]:
    """The documents of a file of any size. A record that can't be read is a Problem with its number, counted from 1."""
    if _is_one_a_line(file):
        yield from _documents(file, _from_lines(file), {})
        return
    stream = JsonStream(chunks(file.path))
    if stream.peek() == "[":
        yield from _documents(file, _numbered(file, stream.elements()), {})
        return
    key, context = _survey(file)
    yield from _documents(file, _numbered(file, _members(file, key)), context)


def _is_one_a_line(file: SourceFile) -> bool:
    """Whether the first line is a whole JSON object and a second line follows."""
    if file.path.suffix.lower() in (".jsonl", ".ndjson"):
        return True
    filled = (line for line in lines(file.path, LONGEST_FIRST_LINE) if line.strip())
    first = next(filled, "")
    return first.endswith("\n") and next(filled, "").lstrip().startswith("{") and isinstance(_loaded(first), dict)


def _from_lines(file: SourceFile) -> Iterator[Entry]:
    for number, line in enumerate(lines(file.path), start=1):
        if not line.strip():
            continue
        value = _loaded(line.lstrip("\ufeff"))
        if isinstance(value, Broken):
            yield Problem(
                file.name, number, "", f"this line is no JSON ({value}) and was left out; correct or remove it."
            )
        else:
            yield number, value


def _loaded(line: str) -> Json | Broken:
    if len(line) > LARGEST_RECORD:
        return Broken("the line is too long")
    try:
        return json.loads(line)
    except (ValueError, RecursionError) as error:
        return Broken(str(error))


def _numbered(file: SourceFile, values: Iterator[Json]) -> Iterator[Entry]:
    numbers = count(1)
    try:
        yield from zip(numbers, values, strict=False)
    except Broken as error:
        place = next(numbers) - 1
        yield Problem(
            file.name, place, "", f"the JSON breaks off here ({error}); what came before was read. Export it again."
        )


def _survey(file: SourceFile) -> tuple[str, Context]:
    """The key under which the object holds its records ("" where it is one record itself), and who its ids are."""
    stream = JsonStream(chunks(file.path))
    lists: set[str] = set()
    context: Context = {}
    try:
        for key in stream.members():
            if stream.peek() != "[":
                stream.value()
                continue
            lists.add(key)
            kept = context.setdefault(key, []) if key in SIDE_KEYS else []
            for element in stream.elements():
                if key in SIDE_KEYS:
                    kept.append(record(element))
    except Broken:
        # What can be read of a file that breaks off is yielded, and the break is told, when its records are read.
        pass
    return next((key for key in RECORD_KEYS if key in lists), ""), context


def _members(file: SourceFile, key: str) -> Iterator[Json]:
    stream = JsonStream(chunks(file.path))
    if not key:
        yield stream.value()
        return
    for found in stream.members():
        if found == key and stream.peek() == "[":
            yield from stream.elements()
            return
        stream.value()


def _documents(file: SourceFile, entries: Iterator[Entry], context: Context) -> Iterator[Document | Problem]:
    """Each record's documents; runs of loose turns with the same group key become one document."""
    loose = _LooseTurns(file)
    for entry in entries:
        if isinstance(entry, Problem):
            yield entry
        elif transcript.is_turn(entry[1]):
            yield from loose.add(*entry)
        else:
            yield from loose.flush()
            yield from _of_record(file, *entry, context)
    yield from loose.flush()


def _of_record(file: SourceFile, row: int, value: Json, context: Context) -> Iterator[Document | Problem]:
    found = record({"turns": value} if isinstance(value, list) else value)
    shape = next((shape for shape in SHAPES if shape.recognises(found)), None)
    if shape is None:
        yield Problem(
            file.name, row, "", "this record has no turns and no text and was left out; name them speaker and text."
        )
        return
    for item in shape.read(file, row, found, context):
        if isinstance(item, Document) and not item.turns:
            yield Problem(file.name, row, "", "this record has no words and was left out.")
        else:
            yield item


class _LooseTurns:
    """Records that are one turn each, until their group key changes or they are too many for one document."""

    def __init__(self, file: SourceFile) -> None:
        self._file = file
        self._group = ""
        self._row = 0
        self._held: list[Record] = []
        self._parts: Counter[str] = Counter()

    def add(self, row: int, turn: Record) -> Iterator[Document | Problem]:
        group = next((said for key in GROUP_KEYS if (said := text(turn.get(key)))), "")
        if group != self._group or len(self._held) >= MOST_TURNS:
            yield from self.flush()
        if not self._held:
            self._group, self._row = group, row
        self._held.append(turn)

    def flush(self) -> Iterator[Document | Problem]:
        if not self._held:
            return
        self._parts[self._group] += 1
        yield transcript.of_turns(self._file, self._row, self._group, self._parts[self._group], self._held)
        self._held = []
