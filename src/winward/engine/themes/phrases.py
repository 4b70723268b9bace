"""Phrases of a quote that could stand as a name: whole ones, in the words that were said."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from winward.engine.themes.words import NEGATIONS, STOPWORDS, words

LONGEST_NAME = 60
LONGEST_PHRASE = 7
_CLAUSE = re.compile(r"[^.!?;:,()\[\]{}<>\"“”„«»\n\t…|/]+|(?<=\w)/(?=\w)")
_EDGES = "'’‘`*-–—_~#&+="
# They change what a word says, so that the word without them is only half of the phrase.
_LEADING = frozenset({"too", "more", "less", "every", "another"})
_LINKING_WORDS = "and or but although though however when while because if that which who where so since until than as"
_PRONOUN_WORDS = "i we you he she it they me us him her them this these those there"
_PREPOSITIONS = "within across along among amongst toward towards per via despite unless beside besides beyond inside"
# They say how something is told, not what it is about.
_FILLING_WORDS = (
    "really just actually basically currently honestly simply already still especially probably obviously definitely "
    "absolutely totally quite very maybe literally kind sort like even ever well also please hi hello hey thanks "
    "recently today yesterday tomorrow somehow something anything someone somebody everyone always often"
)
# A phrase that ends in one of these waits for more.
_WAITING_WORDS = (
    "need needs needed trying try tries make makes making made allow allows takes take "
    "taking use uses want wanted getting able unable would could keep keeps seem seems become becomes give gives "
    "giving put puts said says asked asks tell tells told going go back way thing bit lot sure due instead based "
    "rather such different same many much new several other first second next last good bad better happen happens"
)
_LINKS, _PRONOUNS = frozenset(_LINKING_WORDS.split()), frozenset(_PRONOUN_WORDS.split())
OPEN_WORDS = frozenset(_WAITING_WORDS.split())
_FILLERS = frozenset(_FILLING_WORDS.split())
_EMPTY = frozenset({*_FILLERS, *_LINKS, *_PREPOSITIONS.split(), "must", "shall", "might", "may"})
_SUFFIXES = (("ies", "y"), ("sses", "ss"), ("ing", ""), ("ed", ""), ("s", ""))


@dataclass(frozen=True, slots=True)
class Phrase:
    """text: as it was said. stems: of its content words and negations. whole: 1 for what stands well on its own, less
    for each thing that doesn't become a name."""

    text: str
    stems: tuple[str, ...]
    length: int
    whole: float


@lru_cache(maxsize=100_000)
def stem(word: str) -> str:
    """The word without a plural's or a verb's ending, so that "cards" counts as "card"."""
    if len(word) > 4 and not word.endswith("ss") and "'" not in word:
        for ending, instead in _SUFFIXES:
            if word.endswith(ending) and len(word) - len(ending) >= 3:
                return word[: len(word) - len(ending)] + instead
    return word.removesuffix("'s")


def telling(word: str, small: frozenset[str]) -> bool:
    """Whether a word says what a quote is about, or denies it."""
    return word in NEGATIONS or (word not in small and word not in _EMPTY and len(word) > 1 and not word.isdigit())


def telling_stems(text: str, small: frozenset[str] = STOPWORDS) -> list[str]:
    return [stem(word) for word in words(text) if telling(word, small)]


def phrases(quote: str, small: frozenset[str] = STOPWORDS, most: int = LONGEST_PHRASE) -> Iterator[Phrase]:
    """Runs of two to `most` words inside one clause that begin and end as a name may."""
    for clause in _CLAUSE.findall(quote):
        spoken = [part.strip(_EDGES) for part in clause.split()]
        spoken = [part for part in spoken if part]
        plain = ["".join(words(part)[:1]) if len(words(part)) == 1 else part.casefold() for part in spoken]
        for start in range(len(spoken)):
            if not _may_begin(plain, start, small):
                continue
            for end in range(start + 2, min(start + most, len(spoken)) + 1):
                if _may_end(plain, end, small):
                    yield from _phrase(spoken, plain, start, end, small)


def _may_begin(plain: Sequence[str], at: int, small: frozenset[str]) -> bool:
    """Not right after a denial, which would be lost, nor in "how long"."""
    cut = at > 0 and (plain[at - 1] in NEGATIONS or plain[at - 1] == "how")
    return not cut and (plain[at] in _LEADING or telling(plain[at], small))


def _may_end(plain: Sequence[str], end: int, small: frozenset[str]) -> bool:
    last = plain[end - 1]
    return telling(last, small) and last not in NEGATIONS


def _phrase(
    spoken: Sequence[str], plain: Sequence[str], start: int, end: int, small: frozenset[str]
) -> Iterator[Phrase]:
    text, held = " ".join(spoken[start:end]), plain[start:end]
    stems = tuple(dict.fromkeys(stem(word) for word in held if telling(word, small)))
    if len(text) <= LONGEST_NAME and sum(word not in NEGATIONS for word in stems) >= 2:
        yield Phrase(text, stems, end - start, _wholeness(plain, start, end, small))


def _wholeness(plain: Sequence[str], start: int, end: int, small: frozenset[str]) -> float:
    """Cut off from a word that belongs to it, held up by fillers, or begun in the middle: each takes something."""
    held = plain[start:end]
    whole = 1.0
    if start > 0 and plain[start - 1] in _LEADING:
        whole *= 0.4
    elif start > 0 and telling(plain[start - 1], small):
        whole *= 0.75
    if end < len(plain) and telling(plain[end], small):
        whole *= 0.65
    if held[-1] in OPEN_WORDS:
        whole *= 0.4
    if held[0] in OPEN_WORDS:
        whole *= 0.8
    for word in held[1:-1]:
        whole *= _inside(word)
    return whole


def _inside(word: str) -> float:
    if word in _FILLERS:
        return 0.75
    if word in _LINKS:
        return 0.8
    return 0.9 if word in _PRONOUNS or word == "to" else 1.0
