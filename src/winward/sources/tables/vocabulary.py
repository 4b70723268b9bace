"""The headings that exports are known to use, by kind of table and field (`labels.csv`).

Labels are compared without case, spaces, accents and punctuation, so `Deal Name` and `dealname` are one.
Of several columns with a known label for one field, the label that stands first in the file wins.
"""

import csv
import re
import unicodedata
from collections import defaultdict
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from typing import Literal, get_args

TableKind = Literal["deals", "accounts", "contacts", "owners", "products", "stages", "documents"]
TABLE_KINDS: tuple[TableKind, ...] = get_args(TableKind)
# A survey has one column of words per question; each further one is a turn of its own.
MORE_TEXTS = tuple(f"text_{number}" for number in range(2, 13))
_VENDORS = ("HubSpot", "Salesforce", "usual")


@dataclass(frozen=True, slots=True)
class Label:
    """place: its rank among the labels of its field, the most exact first."""

    field: str
    vendor: str
    place: int


@lru_cache(maxsize=4_096)
def label_key(text: str) -> str:
    """`Opportunity Name`, `opportunity_name` and `OpportunityName__c` have one key; what is bracketed stays in it."""
    folded = unicodedata.normalize("NFKD", text.casefold().removesuffix("__c"))
    return re.sub(r"[^a-z0-9]", "", folded) or folded


@cache
def labels(kind: TableKind) -> dict[str, list[Label]]:
    """By label key, the fields of this kind of table that it may stand for."""
    return _all_labels()[kind]


@cache
def fields_of(kind: TableKind) -> tuple[str, ...]:
    """The fields that a table of this kind can have, in a fixed order."""
    return _all_fields()[kind]


@cache
def telling(key: str) -> dict[TableKind, float]:
    """How much a heading speaks for each kind of table: one, shared by all the kinds that know it."""
    knowing = [kind for kind in TABLE_KINDS if key in labels(kind)]
    return {kind: 1 / len(knowing) for kind in knowing}


def _lines() -> list[dict[str, str]]:
    text = files(__package__).joinpath("labels.csv").read_text(encoding="utf-8")
    return list(csv.DictReader(text.splitlines()))


@cache
def _all_fields() -> dict[TableKind, tuple[str, ...]]:
    lines = _lines()
    known = {kind: tuple(line["field"] for line in lines if line["kind"] == kind) for kind in TABLE_KINDS}
    known["documents"] = tuple(dict.fromkeys((*known["documents"], *MORE_TEXTS)))
    return known


@cache
def _all_labels() -> dict[TableKind, dict[str, list[Label]]]:
    found: dict[TableKind, dict[str, list[Label]]] = {kind: defaultdict(list) for kind in TABLE_KINDS}
    for line in _lines():
        kind = next(kind for kind in TABLE_KINDS if kind == line["kind"])
        place = 0
        for vendor in _VENDORS:
            for label in filter(None, line[vendor].split(" | ")):
                found[kind][label_key(label)].append(Label(line["field"], vendor, place))
                place += 1
    return {kind: dict(by_key) for kind, by_key in found.items()}
