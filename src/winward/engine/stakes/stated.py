"""The reason that a form states for a loss, beside the needs that the deal's evidence shows."""

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

Kind = Literal["price", "competitor", "timing", "no decision", "features", "security", "support"]
Verdict = Literal["same", "differs", "who, not why", "says nothing", "not understood", "nothing found"]

# A text names the themes whose centres are this near to it, and those hardly farther than the nearest.
LEAST_NEARNESS, HARDLY_FARTHER = 0.45, 0.05
# A theme is about what a description says from this cosine on; of one about price most quotes are.
ABOUT, MOSTLY = 0.40, 0.5
DESCRIBED: dict[Kind, str] = {
    "security": "security, compliance, privacy and audit requirements",
    "support": "support, service, onboarding and training",
}

_WORDS: dict[Kind, str] = {
    "price": r"pric\w*|cost\w*|budget\w*|expensive|cheap\w*|discount\w*|afford\w*|fees?|money|roi|commercial\w*",
    "competitor": r"compet\w*|rivals?|incumbent\w*|(?:other|another|different) (?:vendor|supplier|provider|tool)\w*",
    "timing": r"tim(?:e|ing)|later|postpon\w*|delay\w*|next (?:year|quarter)|priorit\w*|not (?:now|ready)|too early",
    "no decision": r"no decision|undecided|(?:went )?(?:silent|dark|cold)|(?:no|non)[ -]?respon\w*|unrespons\w*|"
    r"ghost\w*|stalled|lost contact|status quo|cancell?ed|no (?:need|interest)|not interested",
    "features": r"features?|functional\w*|product|missing|capabilit\w*|integrations?|gaps?|usability|performance|"
    r"fit|technical\w*|lack\w*|requirements?",
    "security": r"secur\w*|complian\w*|legal|privacy|gdpr|soc ?2|iso ?27001|data protection|infosec",
    "support": r"support|service|onboarding|training|implementation|help ?desk",
}
_KINDS = {kind: re.compile(rf"\b(?:{words})\b", re.IGNORECASE) for kind, words in _WORDS.items()}
# What people write to get past a required field.
_NOTHING = re.compile(
    r"\b(?:closed|lost|other|others|misc\w*|unknown|none|not (?:specified|known|given)|no reason|n/?a|tbd|deal|reason|"
    r"see (?:notes?|comments?)|unspecified|dead)\b|[\W\d_]",
    re.IGNORECASE,
)
_SMALL = frozenset(
    ("a", "an", "and", "as", "at", "by", "did", "due", "for", "from", "had", "has", "have", "in", "is", "it", "its",
     "lost", "no", "not", "of", "on", "or", "our", "that", "the", "their", "them", "they", "to", "too", "very", "was",
     "we", "were", "with", "without", "high", "low", "bad", "poor", "against", "us", "another", "other", "than")
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Stated:
    """What a stated reason says. kinds: of reason, by its words. themes: that it names, by its meaning. empty: it says
    nothing, as "Other" does."""

    kinds: frozenset[Kind]
    themes: frozenset[int]
    empty: bool


@dataclass(frozen=True, slots=True)
class Need:
    """A theme that is clearly associated with losing and came up in the deal. kinds: of reason that it would be."""

    theme: int
    kinds: frozenset[Kind]


def kinds_of(reason: str, rivals: Collection[str] = ()) -> frozenset[Kind]:
    """The kinds of reason that its words say; none for other words. rivals: names that mean a competitor."""
    found: set[Kind] = {kind for kind, words in _KINDS.items() if words.search(reason)}
    if any(re.search(rf"\b{re.escape(name)}\b", reason, re.IGNORECASE) for name in rivals if name):
        found.add("competitor")
    return frozenset(found)


def says_nothing(reason: str) -> bool:
    """Blank, or words such as "Other" and "Closed lost" alone."""
    return not _NOTHING.sub("", reason)


def has_words_of_its_own(reason: str) -> bool:
    """Whether it says more than the words of a picklist, so that its meaning is worth comparing."""
    rest = reason
    for words in _KINDS.values():
        rest = words.sub(" ", rest)
    return any(word.casefold() not in _SMALL for word in re.findall(r"[^\W\d_]{2,}", rest)) and not says_nothing(reason)


def themes_named(vectors: NDArray[np.float32], centres: NDArray[np.float32]) -> list[list[int]]:
    """For each text the rows of the themes that it names. vectors: (texts, d), centres: (themes, d), of unit length."""
    if not len(vectors) or not len(centres):
        return [[] for _ in vectors]
    near = vectors @ centres.T
    enough = np.maximum(near.max(axis=1) - HARDLY_FARTHER, LEAST_NEARNESS)
    return [np.flatnonzero(row >= least).tolist() for row, least in zip(near, enough, strict=True)]


def kinds_of_theme(price_share: float, nearness: dict[Kind, float]) -> frozenset[Kind]:
    """The kinds of reason that a theme would be. price_share: of its quotes, 0 to 1. nearness: the cosine of its centre
    to each description in DESCRIBED."""
    if price_share >= MOSTLY:
        return frozenset({"price"})
    return frozenset({"features", *(kind for kind, cosine in nearness.items() if cosine >= ABOUT)})


def judged(stated: Stated, needs: Sequence[Need]) -> Verdict:
    """Whether the form names the same need as the evidence.

    "differs": it names another, or circumstances, where the evidence holds a need that clearly costs deals. "who, not
    why": it names a competitor alone. "nothing found": the evidence holds no such need, so that nothing can be said.
    """
    if not needs:
        return "nothing found"
    if stated.empty:
        return "says nothing"
    if not stated.kinds and not stated.themes:
        return "not understood"
    named = any(need.theme in stated.themes for need in needs)
    if named or any(need.kinds & stated.kinds for need in needs):
        return "same"
    return "who, not why" if stated.kinds == {"competitor"} and not stated.themes else "differs"
