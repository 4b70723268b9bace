"""A text with its personal data replaced, and the way back to the original's offsets."""

from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from operator import attrgetter

from winward.engine.redaction.findings import Finding, Kind
from winward.engine.redaction.pseudonyms import Pseudonyms


@dataclass(frozen=True, slots=True)
class Replaced:
    """original[start:end] reads as `pseudonym`, which begins at `place` in the redacted text."""

    kind: Kind
    start: int
    end: int
    pseudonym: str
    place: int


@dataclass(frozen=True, slots=True)
class Redacted:
    """text: with pseudonyms. replaced: in order and disjoint."""

    text: str
    replaced: tuple[Replaced, ...]

    def restore(self, start: int, end: int) -> tuple[int, int]:
        """The span of the original for text[start:end], where start < end.

        A span that cuts through a pseudonym takes in all that the pseudonym stands for.
        """
        first, last = self._at(start), self._at(end - 1)
        return (
            start if first is None else _before(first, start),
            end if last is None else _after(last, end),
        )

    def _at(self, offset: int) -> Replaced | None:
        """The last stretch that begins at or before the offset of the redacted text."""
        index = bisect_right(self.replaced, offset, key=attrgetter("place")) - 1
        return self.replaced[index] if index >= 0 else None


def _before(stretch: Replaced, offset: int) -> int:
    beyond = offset - stretch.place - len(stretch.pseudonym)
    return stretch.end + beyond if beyond >= 0 else stretch.start


def _after(stretch: Replaced, offset: int) -> int:
    return stretch.end + max(0, offset - stretch.place - len(stretch.pseudonym))


def replace(text: str, findings: Iterable[Finding], pseudonyms: Pseudonyms) -> Redacted:
    """`findings`: in order and disjoint."""
    pieces, replaced, done, length = list[str](), list[Replaced](), 0, 0
    for start, end, kind, key in findings:
        pseudonym = pseudonyms.of(kind, key)
        replaced.append(Replaced(kind, start, end, pseudonym, length + start - done))
        pieces += text[done:start], pseudonym
        length += start - done + len(pseudonym)
        done = end
    return Redacted("".join([*pieces, text[done:]]), tuple(replaced))
