"""The simple `Key: value` lines with which a text file or a VTT note may say what it is."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from winward.sources.documents.dates import moment
from winward.sources.documents.source_file import KIND_WORDS
from winward.sources.evidence import DocumentKind, Participant, Side

KEYS = {
    "account": "account",
    "company": "account",
    "deal": "deal",
    "opportunity": "deal",
    "date": "date",
    "kind": "kind",
    "type": "kind",
    "title": "title",
    "subject": "title",
    "participants": "participants",
    "attendees": "participants",
}
LINE = re.compile(r"^([A-Za-z][A-Za-z ]{0,30}):\s*(.*)$")
ITEM = re.compile(r"^\s*[-*•]\s+(.+)$|^\s{2,}(\S.*)$")
PERSON = re.compile(
    r"^(?P<name>[^<(]*?)\s*(?:<(?P<email>[^<>\s]+@[^<>\s]+)>)?\s*(?:\((?P<role>[^()]*)\)|,\s*(?P<role2>.+))?$"
)
SIDES: dict[str, Side] = {
    "customer": "customer",
    "external": "customer",
    "prospect": "customer",
    "buyer": "customer",
    "us": "us",
    "internal": "us",
    "our side": "us",
    "vendor": "us",
}


@dataclass(frozen=True, slots=True)
class FrontMatter:
    account: str = ""
    deal: str = ""
    title: str = ""
    kind: DocumentKind | None = None
    date: datetime | None = None
    participants: tuple[Participant, ...] = ()

    def or_else(self, other: "FrontMatter") -> "FrontMatter":
        """What this one leaves open, taken from the other."""
        return FrontMatter(
            self.account or other.account,
            self.deal or other.deal,
            self.title or other.title,
            self.kind or other.kind,
            self.date or other.date,
            self.participants or other.participants,
        )


def split(text: str) -> tuple[FrontMatter, str]:
    """(what the first lines say, the rest). Text that does not begin with a known key comes back whole.

    The lines stand between two lines of `---`, or end at a blank line that no further known key follows.
    """
    body = text.lstrip("\n")
    if fenced := re.match(r"---[ \t]*\n(.*?)\n---[ \t]*(?:\n|$)(.*)", body, re.DOTALL):
        found = read(fenced.group(1).splitlines())
        return (found, fenced.group(2)) if found else (FrontMatter(), text)
    said, rest = FrontMatter(), body
    while block := _of_block(rest):
        said, rest = said.or_else(block[0]), block[1]
    return (said, rest) if rest.strip() else (FrontMatter(), text)


def read(lines: Sequence[str]) -> FrontMatter | None:
    """What the lines say; None unless every one is a `Key: value` (or an item under it) and the first key is known.

    A key that comes back is a speaker, not a key.
    """
    values: dict[str, list[str]] = {}
    key = ""
    for line in (line for line in lines if line.strip()):
        if (item := ITEM.match(line)) and key:
            values[key].append(item.group(1) or item.group(2))
        elif (found := LINE.match(line)) and found.group(1).strip().lower() not in values:
            key = found.group(1).strip().lower()
            values[key] = [found.group(2).strip()]
        else:
            return None
    return _front_matter(values) if next(iter(values), None) in KEYS else None


def participant(text: str) -> Participant | None:
    """`Jane Doe <jane@acme.com> (VP Operations, customer)`; name or e-mail must be there."""
    found = PERSON.match(text.strip())
    if found is None or not (found["name"] or found["email"]):
        return None
    words = [word.strip() for word in (found["role"] or found["role2"] or "").split(",") if word.strip()]
    side: Side = next((SIDES[word.lower()] for word in words if word.lower() in SIDES), "")
    role = ", ".join(word for word in words if word.lower() not in SIDES)
    return Participant(found["name"] or found["email"], (found["email"] or "").lower(), side, role)


def _of_block(text: str) -> tuple[FrontMatter, str] | None:
    """(what the lines up to the first blank one say, the rest)."""
    block, _, rest = text.lstrip("\n").partition("\n\n")
    found = read(block.splitlines())
    return (found, rest) if found else None


def _front_matter(values: dict[str, list[str]]) -> FrontMatter:
    said = {KEYS[key]: value for key, value in values.items() if key in KEYS}
    people = [person for line in said.get("participants", []) for person in _people(line)]
    return FrontMatter(
        account=_first(said, "account"),
        deal=_first(said, "deal"),
        title=_first(said, "title"),
        kind=KIND_WORDS.get(_first(said, "kind").lower()),
        date=moment(_first(said, "date")),
        participants=tuple(person for text in people if (person := participant(text))),
    )


def _people(line: str) -> list[str]:
    """Separated by semicolons; by commas where no role can stand after one: before an address, or in bare names."""
    if not re.search(r"[<(;]", line):
        return line.split(",")
    return re.split(r";|,(?![^(]*\))(?=[^;]*<)", line)


def _first(said: dict[str, list[str]], key: str) -> str:
    return next((value for value in said.get(key, []) if value), "")
