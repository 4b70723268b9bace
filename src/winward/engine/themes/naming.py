"""Names for themes, in the customers' own words."""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from math import log

import numpy as np
from numpy.typing import NDArray

from winward.engine.themes.contrast import contrast, most_said, said_again, small_words
from winward.engine.themes.phrases import LONGEST_NAME, Phrase, phrases, telling_stems
from winward.engine.themes.vectors import centres_of, fit_to
from winward.engine.themes.words import NEGATIONS, without_marks, words

Embed = Callable[[Sequence[str]], NDArray[np.float32]]
_QUOTES_READ = 60
_WEIGHED_BY_VECTOR = 24
# Set by hand while looking at the names that banking77 and the titles of StackOverflow got.
_LENGTH_POWER, _NEARNESS_POWER = 0.3, 5
# Two words seldom say what the matter is.
_OF_TWO_WORDS = 0.8


@dataclass(frozen=True, slots=True)
class ThemeName:
    """name: at most 60 characters, unique among the themes. terms: the most contrastive words, best first.
    central: rows of the quotes nearest to the theme's centre, best first, no two with the same words."""

    name: str
    terms: tuple[str, ...]
    central: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class _Theme:
    """A theme while it is named. read: the most central quotes; weight: of each stem; small: words that say nothing."""

    rows: list[int]
    read: list[str]
    weight: dict[str, float]
    small: frozenset[str]


def name_themes(
    theme: NDArray[np.int32],
    vectors: NDArray[np.float32],
    quotes: Sequence[str],
    central: int = 5,
    terms: int = 6,
    embed: Embed | None = None,
) -> list[ThemeName]:
    """A short name for each theme, a phrase that its members really said where one stands out.

    theme: (n,) from 0, −1 unsorted. vectors: (n, d), L2-normalised. quotes: n texts. embed: gives phrases vectors whose
    first d columns are in the space of `vectors`; with it the phrase nearest to the theme's centre wins among the best.
    Words are weighed by how much more often a theme's quotes hold them than the others'. Source: class-based TF-IDF,
    Grootendorst (2022), over sets of words; candidates and their wholeness: docs/method/themes.md.
    """
    quotes = [without_marks(quote) for quote in quotes]
    centres = centres_of(vectors, theme)
    fit = fit_to(vectors, theme, centres)
    themes = _prepared([_central_first(theme, fit, label) for label in range(len(centres))], quotes)
    best = [_best(one) for one in themes]
    if embed is not None:
        best = _nearest_first(best, centres, embed)
    names = _distinct([[phrase.text for phrase, _ in found] for found in best], themes)
    told = [_terms(one, terms) for one in themes]
    different = [_different(one.rows, quotes, central) for one in themes]
    return [ThemeName(*one) for one in zip(names, told, different, strict=True)]


def _prepared(members: Sequence[list[int]], quotes: Sequence[str]) -> list[_Theme]:
    small = [small_words([quotes[row] for row in rows[:_QUOTES_READ]]) for rows in members]
    said = [said_again([quotes[row] for row in rows], few) for rows, few in zip(members, small, strict=True)]
    weights = contrast(said, [len(rows) for rows in members])
    return [
        _Theme(rows, [quotes[row] for row in rows[:_QUOTES_READ]], weight, few)
        for rows, weight, few in zip(members, weights, small, strict=True)
    ]


def _central_first(theme: NDArray[np.int32], fit: NDArray[np.float32], label: int) -> list[int]:
    rows = np.flatnonzero(theme == label)
    return [int(row) for row in rows[np.argsort(-fit[rows], kind="stable")]]


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


def _best(theme: _Theme) -> list[tuple[Phrase, float]]:
    """The best phrases with their scores, best first, no two of the same words of content."""
    score: dict[Phrase, float] = {}
    times: Counter[str] = Counter()
    for place, quote in enumerate(theme.read):
        for phrase in set(phrases(quote, theme.small)):
            times[phrase.text.casefold()] += 1
            gain = _gain(phrase, theme.weight) / (1 + place / len(theme.read))
            score[phrase] = max(score.get(phrase, 0.0), gain)
    said = {phrase: gain * (1 + 0.3 * log(times[phrase.text.casefold()])) for phrase, gain in score.items()}
    first: dict[tuple[str, ...], tuple[Phrase, float]] = {}
    for phrase in sorted(said, key=lambda one: (-said[one], one.text)):
        first.setdefault(tuple(sorted(phrase.stems)), (phrase, said[phrase]))
        if len(first) == _WEIGHED_BY_VECTOR:
            break
    return list(first.values())


def _gain(phrase: Phrase, weight: dict[str, float]) -> float:
    """The weight that it gathers for its length. Small words count as well: they make it longer."""
    gathered = sum(weight.get(word, 0.0) for word in phrase.stems)
    length = 1 + phrase.length + 0.5 * (phrase.length - len(phrase.stems))
    specific = 1.0 if phrase.length > 2 else _OF_TWO_WORDS
    return float(phrase.whole * specific * gathered / length**_LENGTH_POWER)


def _nearest_first(
    best: Sequence[list[tuple[Phrase, float]]], centres: NDArray[np.float32], embed: Embed
) -> list[list[tuple[Phrase, float]]]:
    """Weighed by how near each phrase is to the centre of its theme."""
    texts = [phrase.text for found in best for phrase, _ in found]
    of = np.repeat(np.arange(len(best)), [len(found) for found in best])
    if not texts:
        return list(best)
    near = iter(np.maximum(np.einsum("nd,nd->n", embed(texts)[:, : centres.shape[1]], centres[of]), 0.0).tolist())
    weighed = [[(phrase, score * next(near) ** _NEARNESS_POWER) for phrase, score in found] for found in best]
    return [sorted(found, key=lambda one: -one[1]) for found in weighed]


def _distinct(candidates: Sequence[list[str]], themes: Sequence[_Theme]) -> list[str]:
    """The first name of each theme that none before it has, in other words or in the same."""
    taken: set[str] = set()
    used: set[frozenset[str]] = set()
    names = []
    for texts, theme in zip(candidates, themes, strict=True):
        fresh = [text for text in texts if frozenset(telling_stems(text, theme.small)) not in used]
        last_resort = " and ".join(_terms(theme, 2)) or "Theme"
        name = _unused((_as_name(text, theme.read) for text in (*fresh, *texts, last_resort)), taken)
        taken.add(name.casefold())
        used.add(frozenset(telling_stems(name, theme.small)))
        names.append(name)
    return names


def _unused(candidates: Iterator[str], taken: set[str]) -> str:
    last = ""
    for last in candidates:
        if last.casefold() not in taken:
            return last
    number = 2
    while f"{last} {number}".casefold() in taken:
        number += 1
    return f"{last} {number}"


def _terms(theme: _Theme, most: int) -> tuple[str, ...]:
    """The heaviest stems, each in the form that is said most."""
    best = sorted(theme.weight.keys() - NEGATIONS, key=lambda word: (-theme.weight[word], word))[:most]
    forms = most_said(theme.read, theme.small)
    return tuple(forms.get(word, word) for word in best)


def _as_name(phrase: str, read: Sequence[str]) -> str:
    """In sentence case; what people mostly write in capitals, or with some inside, stays as they write it."""
    said = Counter(word for quote in read for word in quote.split())
    spoken = [word.lower() if said[word.lower()] >= said[word] else word for word in phrase.split()]
    first = spoken[0]
    spoken[0] = first[:1].upper() + first[1:] if first.islower() else first
    return _shortened(" ".join(spoken))


def _shortened(name: str) -> str:
    return name if len(name) <= LONGEST_NAME else f"{name[: LONGEST_NAME - 1].rstrip()}…"
