"""The people to look for, and the companies to leave, made ready for looking through many texts."""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from winward.engine.redaction.common_words import NO_NAMES, TITLES, vocabulary

# Letters, with accents that stand as characters of their own.
WORD = re.compile(r"[^\W\d_](?:[^\W\d_]|[\u0300-\u036f])*")
_ACCENTS = re.compile(r"[\u0300-\u036f]+")
_BRACKETED = re.compile(r"\([^()]*\)|\[[^\[\]]*\]|<[^<>]*>")
_PLAIN = str.maketrans({"ø": "o", "ł": "l", "đ": "d", "æ": "ae", "œ": "oe", "ı": "i", "ð": "d", "þ": "th"})
_UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue"})
_LEGAL_FORMS = vocabulary("inc llc ltd limited gmbh ag se sa sas sarl bv nv plc corp corporation co kg oy ab")
_SHORTEST_USER_NAME = 8
_MOST_WORDS = 6


def folded(word: str) -> str:
    """Without case and diacritics: "Zoë" and "ZOE" are one."""
    word = word.casefold()
    if word.isascii():
        return word
    return _ACCENTS.sub("", unicodedata.normalize("NFKD", word.translate(_PLAIN)))


@dataclass(frozen=True, slots=True)
class KnownNames:
    """Built by `known_names`; the empty one knows nobody. All words are folded.

    people: the identity of each person, by place. parts: a word -> the places of the people who bear it.
    companies: the first word of a company's name -> its words, longest first. user_names: first and last in one word.
    first_look: all words at which a name or a company may begin.
    """

    people: tuple[str, ...] = field(default=(), repr=False)
    parts: dict[str, frozenset[int]] = field(default_factory=dict, repr=False)
    companies: dict[str, tuple[tuple[str, ...], ...]] = field(default_factory=dict, repr=False)
    user_names: frozenset[str] = field(default=frozenset(), repr=False)
    first_look: frozenset[str] = field(default=frozenset(), repr=False)


def known_names(people: Iterable[str], companies: Iterable[str] = ()) -> KnownNames:
    """people: "Anna Schmidt", "Schmidt, Anna", "Dr. Anna-Lena Schmidt (Acme)"; roles ("Speaker 2") are passed over.

    companies: names that stay even where a person bears the same word.
    """
    spellings: dict[str, set[str]] = {}
    user_names = set()
    for words in filter(None, map(_name_words, people)):
        together = "".join(map(folded, words)) if len(words) > 1 else ""
        if len(together) >= _SHORTEST_USER_NAME:
            user_names.add(together)
        spellings.setdefault(" ".join(sorted(set(map(folded, words)))), set()).update(_spellings(words), {together})
    identities = tuple(sorted(spellings))
    bearers: dict[str, set[int]] = {}
    for place, identity in enumerate(identities):
        for spelling in spellings[identity] - {""}:
            bearers.setdefault(spelling, set()).add(place)
    parts = {part: frozenset(places) for part, places in bearers.items()}
    kept = _companies(companies)
    first_look = frozenset(parts) | {part + "s" for part in parts} | frozenset(kept)
    return KnownNames(identities, parts, kept, frozenset(user_names), first_look)


def _name_words(name: str) -> list[str]:
    """The words of a person's name, or none where it is no person's."""
    if "@" in name or any(mark.isdigit() for mark in name):
        return []
    words = [word for word in WORD.findall(_BRACKETED.sub(" ", name)) if folded(word) not in TITLES]
    if any(folded(word) in NO_NAMES for word in words) or len(words) > _MOST_WORDS:
        return []
    return [word for word in words if len(word) > 1]


def _spellings(words: Sequence[str]) -> set[str]:
    """Each part, umlauts also as two letters."""
    return {folded(word) for word in words} | {folded(word.casefold().translate(_UMLAUTS)) for word in words}


def _companies(names: Iterable[str]) -> dict[str, tuple[tuple[str, ...], ...]]:
    found: dict[str, set[tuple[str, ...]]] = {}
    for name in names:
        words = tuple(folded(word) for word in WORD.findall(name))
        bare = tuple(word for word in words if word not in _LEGAL_FORMS)
        # "Schmidt GmbH" leaves "Schmidt" to be a person's name; "Morgan Stanley Inc" is known by both its words.
        for form in {words, bare} if len(bare) > 1 else {words}:
            if form:
                found.setdefault(form[0], set()).add(form)
    return {first: tuple(sorted(forms, key=lambda form: (-len(form), form))) for first, forms in found.items()}
