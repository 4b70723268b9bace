"""Where one sentence says several things: its clauses, cut at the words that join or contrast."""

import re
from itertools import pairwise

from winward.engine.reading.vocabulary import vocabulary

# What is shorter is a tag ("but okay", "and so on"), which says nothing by itself.
SHORTEST_CLAUSE = 4

_SUBJECT = (
    r"(?:i|we|you|he|she|it|they|there|this|that|these|those|who|nobody|everybody|everyone|people|users|customers|"
    r"i['’]\w+|we['’]\w+|you['’]\w+|he['’]\w+|she['’]\w+|it['’]\w+|they['’]\w+|there['’]s|that['’]s|"
    r"(?:the|our|my|your|their|his|her|its|some|most|all|no) \w+)"
)
_CONTRAST = r"(?:but|yet|however|although|though|whereas|except|nevertheless|nonetheless)"
_JOINT = re.compile(
    # Always a seam: a semicolon, a dash between blanks, a contrast with or without a comma.
    rf";\s+(?=\S)|\s+[—–-]+\s+(?=\w)|,?\s+(?={_CONTRAST}\b,?\s)"
    # A seam only where a subject follows: "it crashes and it loses my data", not "fast and easy".
    rf"|,?\s+(?=(?:and|so|or|plus|because)\s+(?:then\s+|also\s+|now\s+)?{_SUBJECT}\b)",
    re.IGNORECASE,
)
# "Although it is cheap, we won't buy it": the comma is the seam.
_LED = re.compile(r"^\W*(?:although|though|while|whereas|even though|apart from|besides)\b[^,]*(?P<seam>,\s+)", re.I)
# A condition and what follows from it say one thing together.
_CONDITION = vocabulary("if unless until once when whenever assuming provided otherwise")
_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")


def clauses(sentence: str) -> list[tuple[int, int]]:
    """The (start, end) spans of the clauses, in order; the whole sentence where it says one thing.

    Every character but blanks and the seams' marks is in one of them. Nothing is cut within quotation marks or
    beside a condition ("if it had that, we'd sign").
    """
    if _conditional(sentence):
        return [(0, len(sentence))]
    cuts = [0]
    for start, end in _seams(sentence):
        if _words(sentence, cuts[-1], start) >= SHORTEST_CLAUSE and _words(sentence, end, None) >= SHORTEST_CLAUSE:
            cuts.append(end)
    return [_trimmed(sentence, left, right) for left, right in pairwise([*cuts, len(sentence)])]


def _conditional(sentence: str) -> bool:
    return any(word.lower() in _CONDITION for word in _WORD.findall(sentence))


def _seams(sentence: str) -> list[tuple[int, int]]:
    led = _LED.match(sentence)
    found = [match.span() for match in _JOINT.finditer(sentence)] + ([led.span("seam")] if led else [])
    return sorted(seam for seam in found if sentence.count('"', 0, seam[0]) % 2 == 0)


def _words(sentence: str, start: int, end: int | None) -> int:
    return len(_WORD.findall(sentence[start:end]))


def _trimmed(sentence: str, start: int, end: int) -> tuple[int, int]:
    left = start + len(sentence[start:end]) - len(sentence[start:end].lstrip())
    return left, max(left, start + len(sentence[start:end].rstrip(" ,;—–-")))
