"""The names by which the reader knows rivals, and what is no name."""

import re
from collections.abc import Collection
from dataclasses import dataclass

from winward.records import competitor_rows
from winward.records.competitors import Competitor

# What a CRM's competitor field holds besides names.
NO_NAMES = frozenset(
    ("none", "no", "n/a", "na", "unknown", "other", "others", "incumbent", "internal", "in-house", "inhouse", "tbd",
     "yes", "status quo", "do nothing", "no decision", "not known", "various", "multiple", "build", "manual", "-", "?")
)  # fmt: skip


# "A; B", "A, B", "A / B"; but "Rival, Inc." is one.
_BETWEEN = re.compile(r"\s*(?:[;|/\n]|,(?!\s*(?:inc|llc|ltd|co|corp|gmbh|ag|sa)\b))\s*", re.IGNORECASE)
# "A and B" are two only where both are known: a name may hold an "and".
_PERHAPS_BETWEEN = re.compile(r"\s+(?:and|und|et|&|\+|vs\.?)\s+", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class KnownRival:
    """key: of its name. aliases: other spellings."""

    key: str
    name: str
    aliases: tuple[str, ...]

    @property
    def spellings(self) -> tuple[str, ...]:
        return (self.name, *self.aliases)


def known_rivals() -> tuple[str, ...]:
    """Every spelling that the reader knows: what people named, and what deals name as their competitor."""
    return tuple(sorted({spelling for rival in rivals_by_spelling().values() for spelling in rival.spellings}))


def rivals_by_spelling() -> dict[str, KnownRival]:
    """The rivals that people or deals name, by the key of each of their spellings."""
    rows, in_deals = competitor_rows.most_heard(), competitor_rows.in_deals()
    named = [row for row in rows if row.state == Competitor.State.NAMED]
    dismissed = {row.key for row in rows if row.state == Competitor.State.DISMISSED}
    found = {
        key: KnownRival(row.key, row.name, tuple(row.aliases))
        for row in named
        for key in (row.key, *map(key_of, row.aliases))
    }
    met: dict[str, set[str]] = {}
    whole = _alone(in_deals) | found.keys()
    for name in (name for text in in_deals for name in names_in(text, whole)):
        met.setdefault(key_of(name), set()).add(name)
    for key in met.keys() - found.keys() - dismissed:
        found[key] = KnownRival(key, *_first_and_rest(met[key]))
    return found


def _first_and_rest(spellings: Collection[str]) -> tuple[str, tuple[str, ...]]:
    first, *rest = sorted(spellings)
    return first, tuple(rest)


def _alone(fields: Collection[str]) -> set[str]:
    """The keys of names that fill a competitor field by themselves."""
    separators = (_BETWEEN, _PERHAPS_BETWEEN)
    return {key_of(field) for field in fields if is_name(field) and not any(one.search(field) for one in separators)}


def names_in(field: str, known: Collection[str]) -> list[str]:
    """The names in a competitor field, such as "A; B". known: keys of names; a field known as a whole is one name."""
    if key_of(field) in known:
        return [field.strip()]
    parts = [part.strip() for part in _BETWEEN.split(field)]
    return [name for part in parts for name in _perhaps_two(part, known) if is_name(name)]


def _perhaps_two(part: str, known: Collection[str]) -> list[str]:
    halves = _PERHAPS_BETWEEN.split(part)
    return halves if len(halves) > 1 and all(key_of(half) in known for half in halves) else [part]


def key_of(name: str) -> str:
    return "".join(character for character in name.casefold() if character.isalnum())


def is_name(said: str) -> bool:
    return len(said) > 1 and said.casefold() not in NO_NAMES
