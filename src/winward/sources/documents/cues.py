"""WebVTT and SRT: cues with times. A cue that can't be read is reported with its line, and the rest lands.

Read here rather than by webvtt-py, which drops malformed cues without a word and keeps no line numbers.
"""

import html
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from winward.sources.documents import front_matter
from winward.sources.documents.decoding import read_text
from winward.sources.documents.front_matter import FrontMatter
from winward.sources.documents.source_file import SourceFile
from winward.sources.documents.speakers import clock_ms, split_label
from winward.sources.documents.turns import merged, sided
from winward.sources.evidence import Document, DocumentKind, Problem, Turn
from winward.sources.limits import Unreadable, check_single_document

TIME = r"(?:\d{1,4}:)?\d{1,3}:\d{1,2}[.,]\d{1,3}"
TIMES = re.compile(rf"^\s*({TIME})\s*-->\s*({TIME})(?:\s.*)?$")
# Bounded, so that a line of nothing but opening brackets takes no longer than any other.
VOICE = re.compile(r"<v(?:\.[^\s<>]{0,100})?\s{1,9}([^<>]{0,200})>")
TAG = re.compile(r"</?[a-zA-Z][^<>]{0,200}>|<\d[\d:.]{0,20}>|\{\\an?\d\}")
SPOKEN_KINDS: tuple[DocumentKind, ...] = ("call", "meeting", "interview")


@dataclass(frozen=True, slots=True)
class Block:
    """Lines between blank ones. line: the first one's number in the file, from 1."""

    line: int
    lines: list[str]

    @property
    def is_heading(self) -> bool:
        return self.lines[0].startswith(("WEBVTT", "NOTE", "STYLE", "REGION", "X-TIMESTAMP"))


def read(file: SourceFile) -> Iterator[Document | Problem]:
    """One document of the whole file: its cues, those of one speaker merged."""
    check_single_document(file.path)
    turns: list[Turn] = []
    said = FrontMatter()
    problems: list[Problem] = []
    for block in _blocks(read_text(file.path)):
        if block.is_heading:
            said = _noted(block) or said
            continue
        found = _cue(block)
        if isinstance(found, str):
            problems.append(Problem(file.name, block.line, "", found))
        else:
            turns += found
    if not turns:
        raise Unreadable(f"{file.path.name} holds no cue with words; export the transcript again.")
    yield _document(file, said, turns)
    yield from problems


def _document(file: SourceFile, said: FrontMatter, turns: Sequence[Turn]) -> Document:
    return Document(
        external_id=file.name,
        kind=said.kind or file.kind("call", SPOKEN_KINDS),
        title=said.title or file.title,
        turns=sided(merged(turns), said.participants),
        happened_at=said.date or file.date,
        participants=said.participants,
        account=said.account,
        deal=said.deal,
        file=file.name,
    )


def _blocks(text: str) -> Iterator[Block]:
    held: list[str] = []
    first = 1
    for number, line in enumerate([*text.split("\n"), ""], start=1):
        if line.strip():
            first = first if held else number
            held.append(line)
        elif held:
            yield Block(first, held)
            held = []


def _noted(block: Block) -> FrontMatter | None:
    """What a NOTE says in `Key: value` lines, or the title behind WEBVTT."""
    word, _, rest = block.lines[0].partition(" ")
    if word == "NOTE":
        return front_matter.read([rest, *block.lines[1:]] if rest.strip() else block.lines[1:])
    title = rest.strip(" -\t")
    return FrontMatter(title=title) if word == "WEBVTT" and title else None


def _cue(block: Block) -> list[Turn] | str:
    """The turns of a cue, or what is wrong with it."""
    at = next((index for index, line in enumerate(block.lines[:2]) if "-->" in line), None)
    if at is None:
        return "this block has no time line (00:00:01.000 --> 00:00:04.000) and was left out; add one."
    found = TIMES.match(block.lines[at])
    if found is None:
        return f"the time line '{block.lines[at][:60]}' can't be read, so its cue was left out; correct it."
    start, end = clock_ms(found.group(1)), clock_ms(found.group(2))
    if end < start:
        return "this cue ends before it starts and was left out; correct its times."
    return list(_voices(" ".join(line.strip() for line in block.lines[at + 1 :]), start, end))


def _voices(payload: str, start: int, end: int) -> Iterator[Turn]:
    """A cue's turns: one for each <v Name> span, else one with the name before the colon, if any."""
    before, *spans = VOICE.split(payload)
    if text := _plain(before):
        speaker, words = split_label(text) or ("", text)
        yield from [Turn(words, speaker, start_ms=start, end_ms=end)] if words else []
    for name, text in zip(spans[0::2], spans[1::2], strict=True):
        if words := _plain(text):
            yield Turn(words, html.unescape(name).strip(), start_ms=start, end_ms=end)


def _plain(payload: str) -> str:
    return html.unescape(TAG.sub("", payload)).strip()
