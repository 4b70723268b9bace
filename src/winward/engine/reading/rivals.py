"""Rivals by name: known ones found in what was said, and names set beside the product, to be suggested."""

import re
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from winward.engine.reading.kinds import KINDS
from winward.engine.reading.vocabulary import vocabulary

COMPETITOR = KINDS.index("competitor")
# How sure the reader is of a rival that the workspace knows by name.
NAMED_CHANCE = 0.95

_NAME = (
    r"(?:[a-z]+\.(?:com|io|ai|app)|[A-Z][\w&'’]*[\w]|[a-z]+[A-Z]\w+)"
    r"(?:[ .-](?:[A-Z][\w&]+|[A-Z]{1,3}|\d+)){0,2}"
)
_BEFORE = (
    r"(?:switch\w* (?:back )?(?:from|to|over to)|mov(?:e|ed|ing) (?:over |away |back )?(?:from|to)|"
    r"migrat\w+ (?:from|to|off)|"
    r"(?:went|going|go|gone|stay\w*|stick\w*|signed|sign|renewed?) with|instead of|"
    r"compared (?:to|with)|unlike|versus|vs\.?|"
    r"(?:better|worse|cheaper|faster|slower|easier|harder|more \w+|less \w+) than|alternatives? (?:like|such as)|"
    r"competitors? (?:like|such as)|vendors? (?:like|such as)|tools? (?:like|such as)|"
    r"(?:look\w*|looked) at|evaluat\w+|shortlist\w*|consider\w*|trial(?:l?ed|l?ing)?|piloting|pitch\w* (?:from|by)|"
    r"quotes? from|demo(?:ed)? (?:from|of|by|with)|replac\w+|left|leaving|ditch\w*|drop\w*|lost (?:it |this |them )?to|"
    r"(?:contract|renewal|trial|pilot|talks?) with)"
)
_AFTER = (
    r"(?:does|has|had|offers?|offered|quoted|charges?|gives?|gave|already has|lets|can do|"
    r"is (?:cheaper|faster|better|half|about)|came in|undercut\w*|won|beat|wins|pitched|promised|ships|includes?)"
)
_SET_BESIDE = re.compile(rf"\b(?i:{_BEFORE})\s+({_NAME})(?:(?:,| and| or)\s+({_NAME}))?|({_NAME})\s+{_AFTER}\b")
# Words with a capital that name no vendor: they begin sentences, or name days, people's roles, standards and places.
_NO_NAMES = vocabulary(
    """
    i we you he she it they the a an this that these those there here what which who when where why how our my your
    their his her its and but so or if then because although while since yes no not also just even only maybe perhaps
    please thanks hello hi hey ok okay well now today tomorrow yesterday monday tuesday wednesday thursday friday
    saturday sunday january february march april may june july august september october november december q1 q2 q3 q4
    everyone everybody nobody somebody someone anyone people users customers sales marketing support finance legal
    security procurement it hr ops engineering product management board ceo cfo cto cio coo ciso vp gdpr soc iso sso
    saml api sla csv pdf excel erp crm usa us uk eu europe germany france america english german french one two three
    after before during for from in on at with without about as by of to up all both each every some many most more
    version plan enterprise premium basic pro
    """
)


def naming(names: Collection[str]) -> re.Pattern[str] | None:
    """A pattern that finds any of these names as whole words; None for no names.

    A name that is an ordinary word in small letters ("monday", "box") counts only as it is written.
    """
    found = sorted({name.strip() for name in names if len(name.strip()) >= 2}, key=len, reverse=True)
    if not found:
        return None
    exact = "|".join(map(re.escape, found))
    loose = "|".join(re.escape(name) for name in found if len(name) > 5 or " " in name or not name.istitle())
    return _whole_words(rf"{exact}|(?i:{loose})" if loose else exact)


def naming_as_written(names: Collection[str]) -> re.Pattern[str] | None:
    """A pattern that finds these names as whole words, as they are written or all in capitals; None for no names.

    A product is often called by an ordinary word ("Route"), which in small letters is that word.
    """
    trimmed = {name.strip() for name in names if len(name.strip()) >= 2}
    found = sorted(trimmed | {name.upper() for name in trimmed}, key=len, reverse=True)
    return _whole_words("|".join(map(re.escape, found))) if found else None


def holding(texts: Sequence[str], names: re.Pattern[str] | None) -> NDArray[np.bool_]:
    """(texts,): which of them hold one of the names."""
    return np.array([bool(names and names.search(text)) for text in texts], bool)


def _whole_words(pattern: str) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{pattern})(?!\w)")


def discover(texts: Sequence[str], known: Collection[str]) -> Mapping[str, list[int]]:
    """Names that are set beside the product ("switched to X", "X does that"), and the numbers of those texts.

    known: names that are no news: rivals already listed, our own names, accounts and people. Suggestions, no more:
    whether a name is a rival is for a person to say.
    """
    passed_over = {name.casefold() for name in known}
    found: dict[str, list[int]] = defaultdict(list)
    for number, text in enumerate(texts):
        for name in {name for match in _SET_BESIDE.finditer(text) for name in match.groups() if name}:
            trimmed = _without_ordinary_words(name)
            if trimmed and trimmed.casefold() not in passed_over:
                found[trimmed].append(number)
    return found


def _without_ordinary_words(name: str) -> str:
    words = name.removesuffix("'s").removesuffix("’s").split()
    while words and words[0].casefold() in _NO_NAMES:
        words = words[1:]
    while words and words[-1].casefold() in _NO_NAMES:
        words = words[:-1]
    return " ".join(words)
