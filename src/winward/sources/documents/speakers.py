"""Text in which people speak: `Name: text` lines, `Name 0:12` headings, or plain paragraphs."""

import re
from collections import Counter
from collections.abc import Iterator
from itertools import groupby

from winward.sources.evidence import Turn

CLOCK = r"(?:\d{1,2}:)?\d{1,3}:\d{2}(?:[.,]\d{1,3})?"
NAME = r"[^\W\d_][\w.'’&-]*(?:[ ][\w.'’&(/-][\w.'’&)/-]*){0,5}"
LABEL = re.compile(
    rf"^\s{{0,3}}(?:[\[(]?(?P<before>{CLOCK})[\])]?\s*[-–]?\s*)?(?P<bold>\*\*|__)?(?P<name>{NAME})"
    rf"(?:\s*[\[(](?P<after>{CLOCK})[\])])?(?:\s*[\[(][^\])]{{1,40}}[\])])?(?:\*\*|__)?\s*:(?:\*\*|__)?(?:\s+|$)(?P<text>.*)$"
)
CLOCK_ONLY = re.compile(rf"^{CLOCK}$")
HEADING = re.compile(rf"^\s{{0,3}}(?P<name>{NAME})\s{{1,6}}[\[(]?(?P<clock>{CLOCK})[\])]?\s*$")
LONGEST_NAME = 40
# The only words of a name that begin with a small letter: `They want one thing: speed` names nobody.
PARTICLES = frozenset(
    ("de", "da", "do", "di", "del", "der", "den", "du", "la", "le", "van", "von", "zu", "bin", "al", "el")
)
# Words that stand before a colon and are nobody's name.
NOBODY = frozenset(
    (
        *("note", "notes", "action", "actions", "agenda", "date", "subject", "summary", "todo", "question", "answer"),
        *(
            "example",
            "title",
            "account",
            "deal",
            "kind",
            "type",
            "participants",
            "attendees",
            "http",
            "https",
            "update",
        ),
        *(
            "important",
            "warning",
            "next",
            "steps",
            "decision",
            "decisions",
            "background",
            "context",
            "time",
            "location",
        ),
        *("topic", "topics", "ps", "re", "fwd", "fw", "pros", "cons", "e.g", "i.e"),
    )
)


def turns_of(text: str) -> list[Turn]:
    """The speakers' turns where the text is a transcript, else its paragraphs."""
    found = list(_headed(text)) if _has_headings(text) else list(_labelled(text))
    return found or [Turn(paragraph) for paragraph in paragraphs(text)]


def paragraphs(text: str) -> list[str]:
    """Runs of lines between blank ones, each as it stands."""
    groups = groupby(text.splitlines(), key=lambda line: bool(line.strip()))
    return ["\n".join(run).strip() for filled, run in groups if filled]


def split_label(line: str) -> tuple[str, str] | None:
    """(name, what follows) of a line such as `Jane Doe: hello`; None where no name stands before a colon."""
    found = LABEL.match(line)
    if found is None or not _is_name(found["name"]):
        return None
    return found["name"].strip(), found["text"]


def clock_ms(text: str) -> int:
    """Milliseconds of `1:02:03.400`, `02:03` or `62:03`."""
    *rest, seconds = text.replace(",", ".").split(":")
    minutes = 0
    for part in rest:
        minutes = minutes * 60 + int(part)
    return minutes * 60_000 + round(float(seconds) * 1000)


def _is_name(name: str) -> bool:
    first, *others = name.split()
    if len(name) > LONGEST_NAME or first.casefold() in NOBODY or first[0] != first[0].upper():
        return False
    return all(word in PARTICLES or word[0] == word[0].upper() for word in others)


def _labelled(text: str) -> Iterator[Turn]:
    """Nothing unless names come back or make up half the paragraphs: a lone `Result: good` is no speaker."""
    lines = text.splitlines()
    names = Counter(label[0] for line in lines if (label := split_label(line)))
    enough = names.total() >= 2 and (max(names.values()) >= 2 or 2 * names.total() >= len(paragraphs(text)))
    return _by_label(lines) if enough else iter(())


def _by_label(lines: list[str]) -> Iterator[Turn]:
    """A label starts a turn; further lines go on with it; a blank line starts a further turn of the same speaker."""
    speaker, start, held = "", None, list[str]()
    for line in [*lines, ""]:
        found = LABEL.match(line) if split_label(line) else None
        if (found or not line.strip()) and any(held):
            yield Turn("\n".join(held).strip(), speaker, start_ms=start)
            start, held = None, []
        if found:
            clock = found["before"] or found["after"]
            speaker, start, held = found["name"].strip(), clock_ms(clock) if clock else None, [found["text"]]
        elif line.strip():
            held.append(line)


def _has_headings(text: str) -> bool:
    return sum(1 for line in text.splitlines() if HEADING.match(line)) >= 2


def _headed(text: str) -> Iterator[Turn]:
    speaker, start, held = "", None, list[str]()
    for line in text.splitlines():
        found = HEADING.match(line)
        if found is None:
            held.append(line)
            continue
        yield from _paragraph_turns(held, speaker, start)
        speaker, start, held = found["name"].strip(), clock_ms(found["clock"]), []
    yield from _paragraph_turns(held, speaker, start)


def _paragraph_turns(lines: list[str], speaker: str, start: int | None) -> Iterator[Turn]:
    for paragraph in paragraphs("\n".join(lines)):
        yield Turn(paragraph, speaker, start_ms=start)
        start = None
