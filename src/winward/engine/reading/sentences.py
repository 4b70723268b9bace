"""Text to sentences with exact character offsets, for written and for spoken language."""

import re
from collections.abc import Iterator
from itertools import pairwise

from winward.engine.reading.vocabulary import vocabulary

# A spoken turn without punctuation is cut at a conjunction once it is this long, so that one quote says one thing.
LONGEST_SENTENCE = 60
SHORTEST_PIECE = 12
# A text that offers no conjunction at all is still cut here: the embedded model reads 256 tokens and no further.
LONGEST_PIECE = 120

_ABBREVIATIONS = vocabulary(
    """
    mr mrs ms dr prof sr jr st vs etc approx appt dept est inc ltd co corp no nr fig vol ed al cf resp incl
    excl e.g i.e eg ie ca bzw z.b u.s u.k e.u p.a a.m p.m jan feb mar apr jun jul aug sep sept oct nov dec
    mon tue tues wed thu thur thurs fri
    """
)
# These end sentences as often as not: what follows decides.
_EITHER_WAY = vocabulary("etc inc ltd co corp a.m p.m u.s u.k e.u p.a no al ed")

_LINE = re.compile(r"[^\n\r\v\f\x1c-\x1e\x85\u2028\u2029]+")
_BULLET = re.compile(r"\s*(?:[-*+•‣◦–—·]|\(?(?:\d{1,3}|[a-zA-Z])[.)])\s")
_WIDE_STOP = re.compile(r"[。！？]+[”’」』)]*")
_STOP = re.compile(r"(?:[.!?…]+)[\"'”’»)\]]*(?=\s)|(?<=[a-z]{2})[.!?]+(?=[A-Z][a-z]*\s)")
_LAST_WORD = re.compile(r"[^\s(\[\"'“‘]+$")
_QUOTED = re.compile(r"\"[^\"\n]{1,200}\"|“[^”\n]{1,200}”|«[^»\n]{1,200}»")
_WORD = re.compile(r"\S+")
_CONJUNCTIONS = vocabulary("and but so because then or which although though whereas however")


def sentences(text: str) -> list[tuple[int, int]]:
    """The (start, end) character spans of the sentences of `text`, in order, disjoint and without outer blanks.

    Together they hold every character that is not blank. A newline ends a sentence unless the text is plainly
    wrapped by an e-mail program; what is inside quotation marks is never cut apart.
    """
    spans: list[tuple[int, int]] = []
    for start, end in _blocks(text):
        for left, right in _between(_stops(text, start, end), start, end):
            spans += _pieces(text, *_stripped(text, left, right))
    return [span for span in spans if span[0] < span[1]]


def _blocks(text: str) -> Iterator[tuple[int, int]]:
    """Lines, with those joined that only a mail program's wrapping parted."""
    start = end = -1
    for line in _LINE.finditer(text):
        if start >= 0 and not _wrapped(text[start:end], text[end : line.start()], line.group()):
            yield start, end
            start = -1
        start, end = (line.start() if start < 0 else start), line.end()
    if start >= 0:
        yield start, end


def _wrapped(before: str, gap: str, after: str) -> bool:
    last = before.rsplit("\n", 1)[-1].rstrip()
    continues = after.lstrip()[:1].islower() and not _BULLET.match(after)
    return (
        continues and len(gap.strip(" ")) <= 2 and gap.count("\n") == 1 and len(last) >= 50 and last[-1] not in ".!?:;…"
    )


def _stops(text: str, start: int, end: int) -> list[int]:
    """Offsets after the characters that end a sentence within text[start:end]."""
    bullet = _BULLET.match(text, start, end)
    first = bullet.end() if bullet else start
    quoted = [m.span() for m in _QUOTED.finditer(text, start, end) if m.end() - m.start() < end - start - 2]
    stops = [m.end() for m in _STOP.finditer(text, first, end) if _ends_sentence(text, m.start(), m.end(), end)]
    stops += [m.end() for m in _WIDE_STOP.finditer(text, first, end)]
    return sorted(stop for stop in stops if not any(left < stop < right for left, right in quoted))


def _ends_sentence(text: str, mark: int, after: int, end: int) -> bool:
    following = text[after:end].lstrip()[:1]
    closed = text[after - 1] in "\"'”’»)]"
    if following.islower() and (closed or text[mark:after].startswith(("..", "…"))):
        return False
    return text[mark] != "." or not _abbreviated(text, mark, following)


def _abbreviated(text: str, dot: int, following: str) -> bool:
    found = _LAST_WORD.search(text, max(0, dot - 20), dot)
    if not found:
        return False
    word = found.group()
    if word.lower() in _EITHER_WAY:
        return not following.isupper()
    return word.lower() in _ABBREVIATIONS or (len(word) == 1 and word.isupper() and word != "I")


def _between(stops: list[int], start: int, end: int) -> Iterator[tuple[int, int]]:
    return pairwise([start, *stops, end])


def _stripped(text: str, start: int, end: int) -> tuple[int, int]:
    part = text[start:end]
    left = len(part) - len(part.lstrip())
    return start + left, max(start + left, start + len(part.rstrip()))


def _pieces(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The span itself, or, where it runs on, its pieces: each but the first begins with a conjunction."""
    words = [match.span() for match in _WORD.finditer(text, start, end)]
    quoted = [match.span() for match in _QUOTED.finditer(text, start, end)] if len(words) > LONGEST_SENTENCE else []
    first = 0
    while len(words) - first > LONGEST_SENTENCE:
        cut = _cut(text, words, first, quoted)
        yield words[first][0], words[cut - 1][1]
        first = cut
    if first < len(words):
        yield words[first][0], words[-1][1]


def _cut(text: str, words: list[tuple[int, int]], first: int, quoted: list[tuple[int, int]]) -> int:
    """The index of the word that begins the next piece: the last conjunction in reach, or else the next one."""

    def conjunction(index: int) -> bool:
        start, end = words[index]
        return text[start:end].lower().strip(",.;") in _CONJUNCTIONS and not any(a < start < b for a, b in quoted)

    near = range(min(first + LONGEST_SENTENCE, len(words) - 3), first + SHORTEST_PIECE - 1, -1)
    far = range(first + LONGEST_SENTENCE + 1, min(first + LONGEST_PIECE, len(words)))
    return next((i for i in (*near, *far) if conjunction(i)), min(first + LONGEST_PIECE, len(words)))
