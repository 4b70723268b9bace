"""The public sets that themes are judged on: texts, and of each the group that people put it in."""

import csv
import json
import random
from collections.abc import Callable, Iterable, Iterator
from itertools import chain
from pathlib import Path
from typing import NamedTuple

import numpy as np
from bench.real_texts import Item, meetings, spans
from numpy.typing import NDArray
from python_calamine import CalamineWorkbook

from winward.text_models import EmbeddedModel

OUT = Path(__file__).parent / "out"
MIXED = 100_000
OUT_OF_SCOPE = -1
# Labelled by how something is said (a bug, a wish, praise), or not at all: by no subject that a theme could find.
UNLABELLED = -2


class Labelled(NamedTuple):
    """truth: (n,) the group of each text, from 0; OUT_OF_SCOPE for texts of no group, UNLABELLED for unknown ones.

    vectors: (n, d), L2-normalised.
    """

    texts: list[str]
    truth: NDArray[np.int64]
    vectors: NDArray[np.float32]


def banking77(data: Path) -> Labelled:
    """Questions to a bank, 77 intents."""
    with (data / "feedback/banking77/train.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    return _embedded("banking77", [row["text"] for row in rows], _numbered([row["category"] for row in rows]))


def clinc150(data: Path) -> Labelled:
    """Questions to an assistant, 150 intents, and questions that belong to none."""
    parts = json.loads((data / "feedback/clinc150/data_full.json").read_text(encoding="utf-8"))
    rows = list(chain.from_iterable(parts.values()))
    intent = np.array([intent for _, intent in rows])
    truth = np.full(len(rows), OUT_OF_SCOPE)
    truth[intent != "oos"] = _numbered(intent[intent != "oos"].tolist())
    return _embedded("clinc150", [text for text, _ in rows], truth)


def clinc150_in_scope(data: Path) -> Labelled:
    texts, truth, vectors = clinc150(data)
    kept = np.flatnonzero(truth >= 0)
    return Labelled([texts[row] for row in kept], truth[kept], vectors[kept])


def stackoverflow(data: Path) -> Labelled:
    """Titles of questions, 20 tags."""
    folder = data / "feedback/stackoverflow_titles"
    titles = (folder / "title_StackOverflow.txt").read_text(encoding="utf-8").splitlines()
    return _embedded("stackoverflow", titles, np.loadtxt(folder / "label_StackOverflow.txt", dtype=np.int64) - 1)


def mixed(data: Path) -> Labelled:
    """All feedback sets joined, issues and reviews sentence by sentence, filled up to 100,000 with talk of meetings.

    A text's group is its set's and its label's there. Issues, reviews and talk have none: people labelled whether they
    are a bug, a wish or praise, not what they are about.
    """
    parts = [banking77(data), clinc150(data), stackoverflow(data)]
    first = np.cumsum([0, *(int(part.truth.max()) + 1 for part in parts)])
    truth = [
        np.where(part.truth >= 0, part.truth + start, part.truth) for part, start in zip(parts, first, strict=False)
    ]
    others = list(_sentences(_long_texts(data / "feedback")))
    missing = MIXED - sum(map(len, (part.texts for part in parts))) - len(others)
    talk = list(_sentences(item.text for item in meetings()))
    others += [talk[at] for at in sorted(random.Random(0).sample(range(len(talk)), missing))]
    parts.append(_embedded("sentences", others, np.full(len(others), UNLABELLED)))
    return Labelled(
        list(chain.from_iterable(part.texts for part in parts)),
        np.concatenate([*truth, parts[-1].truth]),
        np.concatenate([part.vectors for part in parts]),
    )


SETS: dict[str, Callable[[Path], Labelled]] = {
    "banking77": banking77,
    "clinc150": clinc150_in_scope,
    "clinc150+oos": clinc150,
    "stackoverflow": stackoverflow,
    "mixed": mixed,
}


def _embedded(name: str, texts: list[str], truth: NDArray[np.int64]) -> Labelled:
    """The vectors are kept by the model's name: those of another model are not taken for these."""
    kept = OUT / f"{name}-{EmbeddedModel.name.replace('/', '-')}.npy"
    if not kept.exists():
        OUT.mkdir(exist_ok=True)
        np.save(kept, EmbeddedModel().embed(texts))
    return Labelled(texts, truth, np.load(kept))


def _sentences(texts: Iterable[str]) -> Iterator[str]:
    for text in texts:
        item = Item("", "", 0, text)
        yield from (text[start:end] for start, end in spans(item))


def _long_texts(folder: Path) -> Iterator[str]:
    csv.field_size_limit(10**7)
    with (folder / "nlbse24/issues_train.csv").open(encoding="utf-8", newline="") as file:
        yield from (f"{row['title']}\n{row['body']}" for row in csv.DictReader(file))
    reviews = json.loads((folder / "reviews_typed/ReviewTypes.json").read_text(encoding="utf-8"))
    yield from (row["text"] for row in reviews["reviews"])
    yield from _column(folder / "reviews_features/Ground_truth.xlsx", 3)
    for path in sorted((folder / "requirements_re21").glob("*.xlsx")):
        yield from _column(path, 0)


def _column(path: Path, at: int) -> Iterable[str]:
    rows = CalamineWorkbook.from_path(str(path)).get_sheet_by_index(0).to_python()
    return (str(row[at]) for row in rows[1:])


def _numbered(labels: list[str]) -> NDArray[np.int64]:
    return np.unique(labels, return_inverse=True)[1]
