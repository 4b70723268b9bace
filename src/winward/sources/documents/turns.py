"""Turns put together and cut: pieces of one speaker become one, monologues several; speakers get sides."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from winward.engine.reading import sentences
from winward.sources.documents.decoding import clean
from winward.sources.evidence import Participant, Side, Turn

# People breathe for less than this; a longer silence starts a new turn.
LONGEST_GAP_MS = 3_000
# About a minute and a half of talk: a turn that can still be read at a glance.
LONGEST_TURN = 1_200
# What listeners say while another goes on.
NODS = frozenset(
    ("mm", "hmm", "mhm", "mmhmm", "uh", "huh", "yeah", "yep", "right", "okay", "ok", "sure", "ah", "oh", "i", "see")
)
MOST_NOD_WORDS = 3
NOD_WORD = re.compile(r"[^\W\d_]+")


def merged(turns: Iterable[Turn]) -> Iterator[Turn]:
    """Adjacent turns of one speaker as one, joined by a space, from the first's start to the last's end.

    Turns are joined while the silence between them is at most LONGEST_GAP_MS and the whole at most LONGEST_TURN
    characters. Where neither speaker nor time is known nothing is joined. A nod in between ("mm-hmm") doesn't part
    them: it stays a turn of its own, after the one that it fell into.
    """
    pending: list[Turn] = []
    nods: list[Turn] = []
    for turn in turns:
        if pending and _is_nod(turn, pending[-1]):
            nods.append(turn)
            continue
        if pending and not _goes_on(pending, turn):
            yield from _closed(pending, nods)
            pending, nods = [], []
        pending.append(turn)
    yield from _closed(pending, nods)


def _goes_on(pending: Sequence[Turn], turn: Turn) -> bool:
    length = sum(len(piece.text) + 1 for piece in pending)
    return _belongs(pending[-1], turn) and length + len(turn.text) <= LONGEST_TURN


def _closed(pending: Sequence[Turn], nods: Sequence[Turn]) -> Iterator[Turn]:
    if pending:
        yield _joined(pending)
    yield from nods


def _is_nod(turn: Turn, before: Turn) -> bool:
    """Whether somebody else only shows that they listen. What follows a question is an answer."""
    if turn.speaker == before.speaker or not turn.speaker or before.text.rstrip().endswith("?"):
        return False
    words = NOD_WORD.findall(turn.text.casefold())
    return 0 < len(words) <= MOST_NOD_WORDS and NODS.issuperset(words)


def sided(turns: Iterable[Turn], participants: Sequence[Participant]) -> tuple[Turn, ...]:
    """The turns without empty ones, cleaned, each with the side of the participant who bears its speaker's name."""
    sides: dict[str, Side] = {person.name.casefold(): person.side for person in participants}
    tidy = (replace(turn, text=clean(turn.text).strip(), speaker=clean(turn.speaker).strip()) for turn in turns)
    told = (turn if turn.side else replace(turn, side=sides.get(turn.speaker.casefold(), "")) for turn in tidy)
    return tuple(piece for turn in told if turn.text for piece in _readable(turn))


def _readable(turn: Turn) -> Iterator[Turn]:
    """The turn, or, where it is a monologue, pieces of at most about LONGEST_TURN characters that end with sentences.

    Their times are shared out by length.
    """
    if not turn.spoken or len(turn.text) <= LONGEST_TURN * 3 // 2:
        yield turn
        return
    for start, end in _cuts(turn.text):
        yield replace(turn, text=turn.text[start:end], start_ms=_moment(turn, start), end_ms=_moment(turn, end))


def _cuts(text: str) -> Iterator[tuple[int, int]]:
    start = end = 0
    for begin, stop in sentences(text):
        if end and stop - start > LONGEST_TURN:
            yield start, end
            start = begin
        end = stop
    yield start, max(end, start)


def _moment(turn: Turn, offset: int) -> int | None:
    if turn.start_ms is None or turn.end_ms is None:
        return turn.start_ms if offset == 0 else None
    return turn.start_ms + (turn.end_ms - turn.start_ms) * offset // len(turn.text)


def _belongs(before: Turn, after: Turn) -> bool:
    if (before.speaker, before.side, before.spoken) != (after.speaker, after.side, after.spoken):
        return False
    if before.end_ms is None or after.start_ms is None:
        return bool(before.speaker) and before.end_ms is None and after.start_ms is None
    return after.start_ms - before.end_ms <= LONGEST_GAP_MS


def _joined(pieces: Sequence[Turn]) -> Turn:
    if len(pieces) == 1:
        return pieces[0]
    return replace(pieces[0], text=" ".join(piece.text for piece in pieces), end_ms=pieces[-1].end_ms)
