"""Where a quote stands in a passage, word for word; after that by blanks, quotation marks and dashes made alike."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import chain
from typing import NamedTuple

_SINGLE, _DOUBLE, _DASH = "'‘’‚‛`´′", '"“”„‟«»″', "-‐‑‒–—―−"
_ALIKE = {mark: plain[0] for plain in (_SINGLE, _DOUBLE, _DASH) for mark in plain} | {"…": "..."}
_WRAPPED = re.compile(r"\A[\s\"“”„«»]+|[\s\"“”„«»]+\Z")
_WORD = re.compile(r"\w+")
_LEAST_WORDS = 2
# From here on stand scripts that put no blanks between words.
_UNPARTED = "\u2e80"


class Place(NamedTuple):
    """text[start:end] is the quote. exact: found character for character, not after a repair."""

    start: int
    end: int
    exact: bool


@dataclass(slots=True)
class Passage:
    """A passage in which quotes are looked up one after the other: what is given out is disjoint."""

    text: str
    _taken: list[Place] = field(default_factory=list)
    _plain: tuple[str, list[int]] | None = None

    def find(self, quote: str) -> Place | None:
        """The first place that overlaps none given out. None where it isn't there, cuts a word or is one word."""
        if quote.isascii() and len(_WORD.findall(quote)) < _LEAST_WORDS:
            return None
        for place in chain(self._exact(quote), self._repaired(quote)):
            if self._whole_words(place) and self._free(place):
                self._taken.append(place)
                return place
        return None

    def _exact(self, quote: str) -> Iterator[Place]:
        quote = quote.strip()
        return (Place(start, start + len(quote), True) for start in _occurrences(self.text, quote))

    def _repaired(self, quote: str) -> Iterator[Place]:
        if self._plain is None:
            self._plain = _made_plain(self.text)
        text, places = self._plain
        plain, _ = _made_plain(_WRAPPED.sub("", quote))
        for start in _occurrences(text, plain):
            # The last character of the quote may be one of three dots: the place after it is the next one's.
            yield Place(places[start], places[start + len(plain) - 1] + 1, False)

    def _free(self, place: Place) -> bool:
        return all(place.end <= one.start or one.end <= place.start for one in self._taken)

    def _whole_words(self, place: Place) -> bool:
        return not (_cuts(self.text, place.start) or _cuts(self.text, place.end))


def _occurrences(text: str, quote: str) -> Iterator[int]:
    start = text.find(quote) if quote else -1
    while start >= 0:
        yield start
        start = text.find(quote, start + 1)


def _cuts(text: str, offset: int) -> bool:
    neighbours = text[offset - 1 : offset + 1] if offset else ""
    return len(neighbours) == 2 and neighbours.isalnum() and max(neighbours) < _UNPARTED


def _made_plain(text: str) -> tuple[str, list[int]]:
    """The text with marks made alike and each run of blanks made one, and where each of its characters came from."""
    plain, places = list[str](), list[int]()
    for place, mark in enumerate(text):
        alike = " " if mark.isspace() else _ALIKE.get(mark, mark)
        if alike == " " and plain[-1:] == [" "]:
            continue
        plain += alike
        places += [place] * len(alike)
    return "".join(plain), places
