"""Names for themes, in the customers' own words."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import log, sqrt

import numpy as np
from numpy.typing import NDArray

from winward.engine.themes.vectors import centres_of, fit_to
from winward.engine.themes.words import NEGATIONS, STOPWORDS, content_words, telling_words, without_marks, words

LONGEST_NAME = 60
_SMALL = STOPWORDS - NEGATIONS
_CLAUSE = re.compile(r"[^.!?;:,()\[\]\"“”\n…]+")
_LONGEST_PHRASE = 7
_QUOTES_READ = 60


@dataclass(frozen=True, slots=True)
class ThemeName:
    """name: at most 60 characters, unique among the themes. terms: the most contrastive words, best first.
    central: rows of the quotes nearest to the theme's centre, best first, no two with the same words."""

    name: str
    terms: tuple[str, ...]
    central: tuple[int, ...]


def name_themes(
    theme: NDArray[np.int32], vectors: NDArray[np.float32], quotes: Sequence[str], central: int = 5, terms: int = 6
) -> list[ThemeName]:
    """A short name for each theme, a phrase that its members really said where one stands out.

    theme: (n,) from 0, −1 unsorted. vectors: (n, d), L2-normalised. quotes: n texts.
    Words are weighed by how much more often a theme's quotes hold them than the others'; the name is the phrase of
    most weight in the most central quotes. Source: class-based TF-IDF, Grootendorst (2022), over sets of words.
    """
    quotes = [without_marks(quote) for quote in quotes]
    fit = fit_to(vectors, theme, centres_of(vectors, theme))
    members = [_central_first(theme, fit, label) for label in range(int(theme.max(initial=-1)) + 1)]
    said = [_said_again([quotes[row] for row in rows]) for rows in members]
    weights = _contrast(said, [len(rows) for rows in members])
    taken: set[str] = set()
    named = []
    for rows, weight in zip(members, weights, strict=True):
        read = [quotes[row] for row in rows[:_QUOTES_READ]]
        best = sorted(weight.keys() - NEGATIONS, key=lambda word: (-weight[word], word))[:terms]
        name = _unused(_candidates(read, weight, best), taken)
        taken.add(name.casefold())
        named.append(ThemeName(name, tuple(best), _different(rows, quotes, central)))
    return named


def _central_first(theme: NDArray[np.int32], fit: NDArray[np.float32], label: int) -> list[int]:
    rows = np.flatnonzero(theme == label)
    return [int(row) for row in rows[np.argsort(-fit[rows], kind="stable")]]


def _said_again(quotes: Sequence[str]) -> Counter[str]:
    """In how many quotes each word is; what only one of them says names nothing, unless all words are such."""
    said = Counter(word for quote in quotes for word in set(telling_words(quote)))
    again = Counter({word: count for word, count in said.items() if count > 1})
    return again or said


def _different(rows: Sequence[int], quotes: Sequence[str], most: int) -> tuple[int, ...]:
    """The first `most` rows, leaving out those that share nine in ten of their words with one before."""
    chosen: list[tuple[int, set[str]]] = []
    for row in rows:
        said = set(words(quotes[row]))
        if all(len(said & other) < 0.9 * len(said | other) for _, other in chosen):
            chosen.append((row, said))
        if len(chosen) == most:
            break
    return tuple(row for row, _ in chosen)


def _contrast(said: Sequence[Counter[str]], sizes: Sequence[int]) -> list[dict[str, float]]:
    """For each theme the weight of each word: the share of its quotes that hold it × log(1 + how much rarer it is in
    an average theme)."""
    share = [{word: count / size for word, count in words_.items()} for words_, size in zip(said, sizes, strict=True)]
    everywhere: Counter[str] = Counter()
    for shares in share:
        everywhere.update(shares)
    typical = sum(everywhere.values()) / max(len(everywhere), 1)
    return [{word: of * log(1 + typical / everywhere[word]) for word, of in shares.items()} for shares in share]


def _candidates(quotes: Sequence[str], weight: dict[str, float], terms: Sequence[str]) -> Iterator[str]:
    """Names from the best to the last resort."""
    score: dict[str, float] = {}
    for place, quote in enumerate(quotes):
        for phrase in _phrases(quote):
            gain = _weight(phrase, weight) / (1 + place / len(quotes))
            score[phrase] = max(score.get(phrase, 0.0), gain)
    yield from (_capitalised(phrase) for phrase in sorted(score, key=lambda phrase: (-score[phrase], phrase)))
    yield _capitalised(" and ".join(terms[:2]) or "Theme")


def _phrases(quote: str) -> Iterator[str]:
    """Runs of two to seven words inside one clause that stand on their own."""
    for clause in _CLAUSE.findall(quote):
        spoken = clause.split()
        for start in range(len(spoken)):
            for end in range(start + 2, min(start + _LONGEST_PHRASE, len(spoken)) + 1):
                if _stands_alone(spoken[start:end]):
                    yield " ".join(spoken[start:end])


def _stands_alone(spoken: Sequence[str]) -> bool:
    """Two words of content or more, one of them last, and none but a word of content or a negation first."""
    phrase = " ".join(spoken)
    begins_and_ends = bool(telling_words(spoken[0]) and content_words(spoken[-1]))
    return begins_and_ends and len(phrase) <= LONGEST_NAME and len(content_words(phrase)) >= 2


def _weight(phrase: str, weight: dict[str, float]) -> float:
    said = words(phrase)
    gain = sum(weight.get(word, 0.0) for word in set(said))
    small = sum(word in _SMALL for word in said)
    return gain / sqrt(1 + len(said) + 0.5 * small)


def _unused(candidates: Iterator[str], taken: set[str]) -> str:
    last = ""
    for last in candidates:
        if last.casefold() not in taken:
            return last
    number = 2
    while f"{last} {number}".casefold() in taken:
        number += 1
    return f"{last} {number}"


def _capitalised(phrase: str) -> str:
    return phrase[:1].upper() + phrase[1:]
