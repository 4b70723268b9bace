"""The real texts that reading is judged on, by reference: source, document, item. The texts stay where they lie.

    python -m bench.real_texts meetings 40 [--seed 1]

prints sentences of the half that may be read while the reader is built. The other half is for gold labels alone.
"""

import argparse
import csv
import json
import random
import re
import sys
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

from python_calamine import CalamineWorkbook
from tests.real_data import REAL_DATA

from winward.engine.reading import sentences


class Item(NamedTuple):
    """One turn, review or issue. document: what it belongs to; all of a document lies in one half."""

    source: str
    document: str
    number: int
    text: str


def meetings() -> Iterator[Item]:
    for path in sorted((REAL_DATA / "meetings_product").glob("*.json")):
        turns = json.loads(path.read_text("utf-8"))["meeting_transcripts"]
        yield from (Item("meetings", path.stem, number, turn["content"]) for number, turn in enumerate(turns))


def bargaining() -> Iterator[Item]:
    for path in sorted((REAL_DATA / "negotiation" / "casino").glob("*.json")):
        for dialogue in json.loads(path.read_text("utf-8")):
            name = str(dialogue["dialogue_id"])
            for number, turn in enumerate(dialogue["chat_logs"]):
                yield Item("bargaining", name, number, turn["text"])


def reviews() -> Iterator[Item]:
    content = json.loads((REAL_DATA / "feedback" / "reviews_typed" / "ReviewTypes.json").read_text("utf-8"))
    for number, row in enumerate(content["reviews"]):
        yield Item("reviews", _plain(row["text"]), number, row["text"])


def features() -> Iterator[Item]:
    rows = _sheet(REAL_DATA / "feedback" / "reviews_features" / "Ground_truth.xlsx")
    for number, (_app, review, _place, sentence, *_rest) in enumerate(rows[1:]):
        yield Item("features", str(review), number, str(sentence))


def issues() -> Iterator[Item]:
    csv.field_size_limit(10**7)
    with (REAL_DATA / "feedback" / "nlbse24" / "issues_train.csv").open(encoding="utf-8", newline="") as file:
        for number, row in enumerate(csv.DictReader(file)):
            yield Item("issues", f"{row['repo']} {row['title']}", number, f"{row['title']}\n{row['body']}")


SOURCES: dict[str, Callable[[], Iterator[Item]]] = {
    "meetings": meetings,
    "bargaining": bargaining,
    "reviews": reviews,
    "features": features,
    "issues": issues,
}


def for_gold(item: Item) -> bool:
    """Whether the item is kept for gold labels. The four meetings of one team lie in the same half."""
    team = item.document[:-1] if item.source == "meetings" else item.document
    return zlib.crc32(team.encode()) % 2 == 0


def spans(item: Item) -> list[tuple[int, int]]:
    """Sentences of at least three words, without the code and the logs that issues hold."""
    return [(start, end) for start, end in sentences(item.text) if _prose(item.text[start:end])]


def _prose(sentence: str) -> bool:
    letters = sum(character.isalpha() or character.isspace() for character in sentence)
    return len(sentence.split()) >= 3 and letters / len(sentence) > 0.85


def trained_on() -> set[str]:
    """Sentences that may be learnt from, and so are no gold: one set of reviews was labelled by several people."""
    folder = REAL_DATA / "feedback" / "requirements_re21"
    return {_plain(str(cell)) for path in folder.glob("*.xlsx") for row in _sheet(path) for cell in row}


def _sheet(path: Path) -> list[list[object]]:
    return [list(row) for row in CalamineWorkbook.from_path(str(path)).get_sheet_by_index(0).to_python()]


def _plain(text: str) -> str:
    return re.sub(r"\W+", " ", text.lower()).strip()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("source", choices=SOURCES)
    parser.add_argument("count", type=int)
    parser.add_argument("--seed", type=int, default=1)
    arguments = parser.parse_args()
    open_half = [item for item in SOURCES[arguments.source]() if not for_gold(item)]
    found = [item.text[start:end] for item in open_half for start, end in spans(item)]
    sys.stdout.write("\n".join(random.Random(arguments.seed).sample(found, arguments.count)) + "\n")


if __name__ == "__main__":
    main()
