"""What a detector finds, and how overlapping findings become one."""

import re
from collections.abc import Iterable, Iterator
from typing import Literal, NamedTuple

Kind = Literal["secret", "e-mail", "IBAN", "card", "phone", "IP", "address", "person"]

# Where two findings overlap, the kind that stands first here names the whole stretch.
_RANK: tuple[Kind, ...] = ("secret", "e-mail", "IBAN", "card", "phone", "IP", "address", "person")

# Five consonants: they spell no word, hold no digit that a detector could take for a number, and are 3.2 million.
LETTERS = "bcdfghjklmnpqrstvwxz"
# Its group is the kind.
PSEUDONYM = re.compile(rf"\[({'|'.join(_RANK)}) [{LETTERS}]{{5}}\]")
# Of private use, so in no detector's pattern: nothing is found across it or in it.
_BARRIER = "\ue000"


class Finding(NamedTuple):
    """text[start:end] is to be replaced. key: what makes two findings of a kind the same one, however written."""

    start: int
    end: int
    kind: Kind
    key: str


def behind_barriers(text: str) -> str:
    """The text, as long as before, with every pseudonym made unreadable for detectors."""
    return PSEUDONYM.sub(lambda match: _BARRIER * len(match.group()), text)


def disjoint(findings: Iterable[Finding]) -> Iterator[Finding]:
    """In order of place; overlapping ones joined under the kind and key of the first by rank."""
    ordered = sorted(findings)
    if not ordered:
        return
    joined = ordered[0]
    for finding in ordered[1:]:
        if finding.start >= joined.end:
            yield joined
            joined = finding
        else:
            leading = min(joined, finding, key=lambda one: _RANK.index(one.kind))
            joined = Finding(joined.start, max(joined.end, finding.end), leading.kind, leading.key)
    yield joined
