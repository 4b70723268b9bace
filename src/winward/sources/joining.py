"""Joins what files call the same thing by different names: by id, then by name, then by the nearest name."""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Hashable, Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Generic, TypeVar

from rapidfuzz import fuzz, process

Key = TypeVar("Key", bound=Hashable)

# Of 100: at 90, names of ten letters may differ by one, names of twenty by two.
THRESHOLD = 90.0
# The next best name must be this much further away, or the match is a guess.
LEAD = 4.0
SHORTEST_FUZZY = 5
_END = 4
_LEGAL = frozenset({
    "inc", "incorporated", "llc", "llp", "lp", "ltd", "limited", "plc", "corp", "corporation", "co", "company",
    "gmbh", "ag", "kg", "kgaa", "ug", "se", "sa", "sas", "sasu", "sarl", "srl", "spa", "sl", "slu", "bv", "nv",
    "oy", "oyj", "ab", "as", "asa", "aps", "pty", "pte", "kk", "sro", "doo", "zrt", "kft", "holding", "holdings",
    "group",
})  # fmt: skip


@lru_cache(maxsize=131_072)
def name_key(text: str) -> str:
    """Without case, accents, spaces and punctuation: `GTX Pro`, `gtx-pro` and `GTXPro` are `gtxpro`."""
    return "".join(_words(text)) or text.strip().casefold()


@lru_cache(maxsize=131_072)
def bare_name_key(text: str) -> str:
    """`name_key` without legal forms: `Acme, Inc.` and `ACME GmbH & Co. KG` are `acme`."""
    words = [word for word in _words(text.replace(".", "")) if word not in _LEGAL]
    if len(words) > 1 and words[-1] == "and":
        words.pop()
    return "".join(words) or name_key(text)


def _words(text: str) -> list[str]:
    decomposed = unicodedata.normalize("NFKD", text.replace("&", " and ")).casefold()
    plain = "".join(letter for letter in decomposed if not unicodedata.combining(letter))
    return re.findall(r"\w+", plain.replace("_", " "))


@dataclass(frozen=True, slots=True)
class Match(Generic[Key]):
    """confidence: 0 to 1. why: a sentence part for people, such as `same name but for case and spaces`."""

    key: Key
    why: str
    confidence: float


class NameIndex(Generic[Key]):
    """Finds the one thing that a text names, among (key, external id, name). What could be two is none."""

    def __init__(self, names: Iterable[tuple[Key, str, str]]) -> None:
        self._by_id: dict[str, set[Key]] = defaultdict(set)
        self._by_name: dict[str, set[Key]] = defaultdict(set)
        self._by_bare_name: dict[str, set[Key]] = defaultdict(set)
        self._by_end: dict[str, list[str]] = defaultdict(list)
        self._found: dict[str, Match[Key] | None] = {}
        for key, external_id, name in names:
            self._add(key, external_id.strip(), name.strip())

    def _add(self, key: Key, external_id: str, name: str) -> None:
        if external_id:
            self._by_id[external_id].add(key)
        if not name:
            return
        bare = bare_name_key(name)
        self._by_name[name_key(name)].add(key)
        if bare not in self._by_bare_name:
            for end in _ends(bare):
                self._by_end[end].append(bare)
        self._by_bare_name[bare].add(key)

    def find(self, text: str) -> Match[Key] | None:
        """By id, else by name, else by the nearest name, provided that only one thing fits."""
        text = text.strip()
        if not text:
            return None
        if text not in self._found:
            self._found[text] = self._search(text)
        return self._found[text]

    def _search(self, text: str) -> Match[Key] | None:
        for candidates, why, confidence in (
            (self._by_id.get(text), "same id", 1.0),
            (self._by_name.get(name_key(text)), "same name but for case, spaces and punctuation", 0.98),
            (self._by_bare_name.get(bare_name_key(text)), "same name but for the legal form", 0.93),
        ):
            if candidates:
                return Match(next(iter(candidates)), why, confidence) if len(candidates) == 1 else None
        return self._nearest(bare_name_key(text))

    def _nearest(self, bare: str) -> Match[Key] | None:
        """Only names that share their first or last letters are compared, so that a look-up stays quick among many."""
        if len(bare) < SHORTEST_FUZZY:
            return None
        near = dict(scored for end in _ends(bare) for scored in _alike(bare, self._by_end.get(end, [])))
        best = sorted(near.items(), key=lambda scored: -scored[1])[:2]
        if not best or best[0][1] < THRESHOLD or (len(best) == 2 and best[0][1] - best[1][1] < LEAD):
            return None
        name, score = best[0]
        keys = self._by_bare_name[name]
        if len(keys) != 1:
            return None
        return Match(next(iter(keys)), f"nearest name, {score:.0f} of 100 alike", 0.9 * score / 100)


def _alike(bare: str, names: list[str]) -> list[tuple[str, float]]:
    found = process.extract(bare, names, scorer=fuzz.ratio, score_cutoff=THRESHOLD - LEAD, limit=2)
    return [(name, score) for name, score, _ in found]


def _ends(bare: str) -> tuple[str, str]:
    """The two groups that a name is compared in. Names with other digits (`GTX 500`, `GTX 600`) are other things."""
    digits = re.sub(r"\D", "", bare)
    return f"{digits}^{bare[:_END]}", f"{digits}${bare[-_END:]}"
