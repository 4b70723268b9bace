"""Which words set groups of quotes apart from one another."""

from collections import Counter
from collections.abc import Sequence
from math import log

from winward.engine.themes.phrases import stem, telling, telling_stems
from winward.engine.themes.words import STOPWORDS, words, words_as_written

# Of a theme's words in English at least this share are English small words.
_ENGLISH = 0.15


def small_words(read: Sequence[str]) -> frozenset[str]:
    """Words that say little: the English ones; in quotes of another language the short ones, as most small words are
    short in most languages that part their words."""
    said = [word for quote in read for word in words(quote)]
    english = sum(word in STOPWORDS for word in said) >= _ENGLISH * len(said)
    return STOPWORDS if english else STOPWORDS | {word for word in said if len(word) <= 3}


def said_again(quotes: Sequence[str], small: frozenset[str]) -> Counter[str]:
    """In how many quotes each stem is; what only one of them says names nothing, unless all words are such."""
    said = Counter(word for quote in quotes for word in set(telling_stems(quote, small)))
    again = Counter({word: count for word, count in said.items() if count > 1})
    return again or said


def contrast(said: Sequence[Counter[str]], sizes: Sequence[int]) -> list[dict[str, float]]:
    """For each theme the weight of each stem: the share of its quotes that hold it × log(1 + how much rarer it is in
    an average theme)."""
    share = [{word: count / size for word, count in words_.items()} for words_, size in zip(said, sizes, strict=True)]
    everywhere: Counter[str] = Counter()
    for shares in share:
        everywhere.update(shares)
    typical = sum(everywhere.values()) / max(len(everywhere), 1)
    return [{word: of * log(1 + typical / everywhere[word]) for word, of in shares.items()} for shares in share]


def most_said(quotes: Sequence[str], small: frozenset[str]) -> dict[str, str]:
    """Each stem in the form that is written most: "reports", "ERP"."""
    said = Counter(word for quote in quotes for word in words_as_written(quote))
    forms: dict[str, str] = {}
    for word, _ in sorted(said.items(), key=lambda one: (-one[1], one[0])):
        # A capital at the front may be a sentence's; more of them are the word's own.
        plain = word if word[1:] != word[1:].lower() else word.lower()
        if telling(word.lower(), small):
            forms.setdefault(stem(word.lower()), plain)
    return forms
