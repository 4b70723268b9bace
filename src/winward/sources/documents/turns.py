"""Turns put together: pieces of one speaker become one turn, and speakers get the side their participant has."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from winward.sources.documents.decoding import clean
from winward.sources.evidence import Participant, Side, Turn

# People breathe for less than this; a longer silence starts a new turn.
LONGEST_GAP_MS = 3_000
# About a minute and a half of talk: a turn that can still be read at a glance.
LONGEST_TURN = 1_200


def merged(turns: Iterable[Turn]) -> Iterator[Turn]:
    """Adjacent turns of one speaker as one, joined by a space, from the first's start to the last's end.

    Turns are joined while the silence between them is at most LONGEST_GAP_MS and the whole at most LONGEST_TURN
    characters. Where neither speaker nor time is known nothing is joined.
    """
    pending: list[Turn] = []
    length = 0
    for turn in turns:
        if pending and (not _belongs(pending[-1], turn) or length + len(turn.text) > LONGEST_TURN):
            yield _joined(pending)
            pending, length = [], 0
        pending.append(turn)
        length += len(turn.text) + 1
    if pending:
        yield _joined(pending)


def sided(turns: Iterable[Turn], participants: Sequence[Participant]) -> tuple[Turn, ...]:
    """The turns without empty ones, cleaned, each with the side of the participant who bears its speaker's name."""
    sides: dict[str, Side] = {person.name.casefold(): person.side for person in participants}
    tidy = (replace(turn, text=clean(turn.text).strip(), speaker=clean(turn.speaker).strip()) for turn in turns)
    return tuple(
        turn if turn.side else replace(turn, side=sides.get(turn.speaker.casefold(), "")) for turn in tidy if turn.text
    )


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
