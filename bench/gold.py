"""The sentences that reading is judged on, labelled by reading: stored by reference, resolved to their texts here.

Texts are never stored beside their labels, since most licences allow no copies. See docs/method/reading-labels.md.
"""

import json
from functools import cache
from pathlib import Path
from typing import NamedTuple

from bench.real_texts import SOURCES, Item
from tests.real_data import REAL_DATA

TRUTH = Path(__file__).parents[1] / "tests" / "truth"
GOLD = TRUTH / "reading_test_gold.jsonl"
# Elsewhere an item's number is unique in its source, and the document's name would repeat its text.
NAMED_DOCUMENTS = ("meetings", "bargaining")


class Reference(NamedTuple):
    """Where a sentence lies: characters [start, end) of an item. document: "" unless the source needs it."""

    source: str
    document: str
    number: int
    start: int
    end: int


class Row(NamedTuple):
    """A labelled sentence. draw: "chance", or the kind whose word pattern it was drawn by.

    item: which document it is of. The four meetings of one team count as one.
    """

    text: str
    kinds: list[str]
    draw: str
    source: str
    item: str


def rows(gold: Path = GOLD) -> list[Row]:
    """The labelled sentences whose data is at hand, in the file's order; none where the data is absent."""
    if not REAL_DATA.is_dir():
        return []
    found = []
    for row in map(json.loads, gold.read_text("utf-8").splitlines()):
        reference = Reference(*(row[field] for field in Reference._fields))
        found.append(Row(text(reference), row["kinds"], row["draw"], row["source"], _item(reference)))
    return found


def text(reference: Reference) -> str:
    """The sentence referred to. Raises KeyError where the source holds no such item."""
    item = _items(reference.source)[reference.document, reference.number]
    return item.text[reference.start : reference.end]


def _item(reference: Reference) -> str:
    team = reference.document[:-1] if reference.source == "meetings" else reference.document or str(reference.number)
    return f"{reference.source} {team}"


def document_of(item: Item) -> str:
    return item.document if item.source in NAMED_DOCUMENTS else ""


@cache
def _items(source: str) -> dict[tuple[str, int], Item]:
    return {(document_of(item), item.number): item for item in SOURCES[source]()}
