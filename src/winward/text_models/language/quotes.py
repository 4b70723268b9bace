"""Where a quote stands in a passage, word for word; after that by blanks, quotation marks and dashes made alike."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
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
    """A passage in which quotes are looked up one after the other: each place is given out once."""

    text: str
    _taken: set[tuple[int, int]] = field(default_factory=set)
    _plain: tuple[str, list[int]] | None = None

    def find(self, quote: str) -> Place | None:
        """The first place not given out yet, or None: not there, cut through a word, or less than two words."""
        if quote.isascii() and len(_WORD.findall(quote)) < _LEAST_WORDS:
            return None
        for place in (*self._exact(quote), *self._repaired(quote)):
            if (place.start, place.end) not in self._taken and self._whole_words(place):
                self._taken.add((place.start, place.end))
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
