"""What a question asks: about what, and of whose words."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import reduce
from operator import or_

from django.contrib.postgres.search import SearchQuery, SearchVector
from django.db import connection
from django.db.models import Q

from winward.records.accounts import Account
from winward.usecases.list_deals import segments

# Words that stand in every question about customers, and say nothing of what it is about.
FURNITURE = """
    customer customers client clients people anybody anyone everybody everyone somebody someone nobody prospect
    prospects buyer buyers company companies deal deals tell tells told say says said saying think thinks thought
    thoughts feel feels felt mention mentions mentioned talk talks opinion must many much would could may might lot get
    gets main biggest often usually us them want wants wanted need needs needed ask asks asked
"""
# They say what is asked about only beside another word: "user accounts be created", not "Enterprise accounts hesitate".
HOLLOW = "account accounts user users team teams business businesses"
# Asked with nothing else, these are questions for kinds of signals.
KIND_WORDS: dict[tuple[str, ...], str] = {
    ("objection", "price", "risk"): "hesitate hesitant reluctant object objection doubt resist refuse decline reserve",
    ("pain",): "complain complaint hate annoy frustrate suffer struggle hurt trouble problem bother",
    ("praise",): "love praise enjoy appreciate happy satisfied",
    ("risk",): "leave leaving churn cancel quit",
    ("competitor",): "competitor rival alternative",
    ("need", "request"): "need want ask request wish miss lack require",
}
_KIND_WORDS = tuple(word for words in KIND_WORDS.values() for word in words.split())
_STATES = {
    "lost": re.compile(r"\b(?:los[et]|losing|loses) (?:\w+ )?deals?\b|\bwe (?:lose|lost|are losing)\b", re.I),
    "won": re.compile(r"\b(?:win|won|winning|wins) (?:\w+ )?deals?\b|\bwe (?:win|won|are winning)\b", re.I),
    "open": re.compile(r"\bopen deals?\b", re.I),
}
_STATE_WORDS = frozenset(["lose", "lost", "losing", "loses", "win", "won", "winning", "wins", "open"])
Stems = Mapping[str, frozenset[str]]
_WORD = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")
_CANDIDATES = 200


@dataclass(frozen=True, slots=True)
class Filter:
    """Of whose words the answer is made. name: account, segment, industry, region or outcome."""

    name: str
    value: str


@dataclass(frozen=True, slots=True)
class Question:
    """asked: the text without the words that became filters. subject: its words of content, empty where it asks for a
    kind of signal, or for everything that the filters leave. kinds: those asked for where there is no subject."""

    asked: str
    subject: tuple[str, ...]
    kinds: tuple[str, ...]
    filters: tuple[Filter, ...]

    @property
    def about_something(self) -> bool:
        return bool(self.subject or self.kinds or self.filters)

    def condition(self) -> Q:
        """On signals. Two values of one name widen, two names narrow."""
        wanted = Q()
        for name in {one.name for one in self.filters}:
            wanted &= _either(name, [one.value for one in self.filters if one.name == name])
        return wanted & Q(kind__in=self.kinds) if self.kinds else wanted


def understand(text: str) -> Question:
    """The question, held against the segments, industries, regions and accounts of this workspace."""
    words, values = _WORD.findall(text), _values()
    stems = _stems([*words, *values, *_KIND_WORDS, *FURNITURE.split(), *HOLLOW.split()])
    state = next((state for state, pattern in _STATES.items() if pattern.search(text)), "")
    filters = [*_named_accounts(text, words), *_matching(words, values, stems)]
    used = frozenset[str]().union(*_stems(one.value for one in filters).values())
    asked = [word for word in words if not (stems[word] and stems[word] <= used)]
    content = [word for word in asked if stems[word] and not (state and word.casefold() in _STATE_WORDS)]
    kinds, subject = _parted(content, stems)
    outcome = [Filter("outcome", state)] if state else []
    return Question(" ".join(asked), subject, () if subject else kinds, (*filters, *outcome))


def _parted(content: list[str], stems: Stems) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The kinds that the words ask for, and the words that ask for something else."""
    common = {stems[word] for word in FURNITURE.split()} | {stems[word] for word in _KIND_WORDS}
    hollow = {stems[word] for word in HOLLOW.split()}
    subject = tuple(word for word in content if stems[word] not in common)
    if {stems[word] for word in subject} <= hollow:
        subject = ()
    found = {stems[word] for word in content}
    groups = [kinds for kinds, words in KIND_WORDS.items() if found & {stems[word] for word in words.split()}]
    return tuple(dict.fromkeys(kind for kinds in groups for kind in kinds)), subject


def _values() -> dict[str, str]:
    """Every segment, industry and region that the workspace's deals and accounts have, and which of them it is."""
    found: dict[str, str] = {}
    for industry, segment, region in Account.objects.values_list("industry", "segment", "region").distinct():
        found |= {industry: "industry", region: "region", segment: "segment"}
    found |= dict.fromkeys(segments(), "segment")
    found.pop("", None)
    return found


def _matching(words: list[str], values: Mapping[str, str], stems: Stems) -> list[Filter]:
    """The values whose words all stand in the question, in any form: "banks" is the segment Banking."""
    asked = frozenset[str]().union(*(stems[word] for word in words))
    return [Filter(name, value) for value, name in values.items() if stems[value] and stems[value] <= asked]


def _named_accounts(text: str, words: list[str]) -> list[Filter]:
    """Accounts whose whole name stands in the question, or whose first word does, capital and all, and no other's."""
    queries = [SearchQuery(word, config="simple") for word in words if len(word) > 2]
    if not queries:
        return []
    named = Account.objects.annotate(words=SearchVector("name", config="simple")).filter(words=reduce(or_, queries))
    names = set(named.values_list("name", flat=True)[:_CANDIDATES])
    whole = {name for name in names if f" {_plain(name)} " in f" {_plain(text)} "}
    firsts = Counter(name.split()[0] for name in names)
    alone = {name for name in names if name[0].isupper() and _alone(name.split()[0], words, firsts)}
    return [Filter("account", name) for name in sorted(whole or alone)]


def _alone(first: str, words: list[str], firsts: Mapping[str, int]) -> bool:
    """The question's own first word has a capital in any case."""
    return first in words[1:] and firsts[first] == 1


def _plain(text: str) -> str:
    return " ".join(_WORD.findall(text)).casefold()


def _stems(texts: Iterable[str]) -> dict[str, frozenset[str]]:
    """The English stems of each text, as the full-text search forms them; none for words like "the"."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT given, tsvector_to_array(to_tsvector('english', regexp_replace(given, '[^[:alnum:]]+', ' ', 'g')))"
            " FROM unnest(%s::text[]) AS given",
            [list(texts)],
        )
        return {given: frozenset(stems) for given, stems in cursor.fetchall()}


_COLUMNS = {
    "segment": ("deal__segment", "account__segment", "deal__account__segment"),
    "region": ("deal__region", "account__region", "deal__account__region"),
    "industry": ("account__industry", "deal__account__industry"),
    "account": ("account__name", "deal__account__name"),
    "outcome": ("deal__state",),
}


def _either(name: str, values: list[str]) -> Q:
    wanted = Q()
    for column in _COLUMNS[name]:
        wanted |= Q(**{f"document__{column}__in": values})
    return wanted
