"""The public key-point pairs, and the shared task's own measure of matching.

Source of the measure: the evaluation of the Key Point Analysis shared task, track 1 (IBM/KPA_2021_shared_task,
track_1_kp_matching.py); Friedman et al. (2021), Overview of the 2021 Key Point Analysis Shared Task.
"""

import csv
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from winward.engine.themes.matching import Texts, prepared
from winward.text_models.embedded import EmbeddedModel
from winward.text_models.train_matcher import Pairs

TOP_SHARE = 0.5
Scores = NDArray[np.float32]


class Half(NamedTuple):
    """pairs: every argument with every key point of its topic and stance; truth -1 where the label is missing, since
    people were undecided. group, topic: (pairs,), numbers of topic and stance, and of topic."""

    arguments: Texts
    key_points: Texts
    pairs: Pairs
    group: NDArray[np.int64]
    topic: NDArray[np.int64]


def load(folder: Path, name: str, model: EmbeddedModel) -> Half:
    """name: train or dev."""
    arguments, key_points = _rows(folder / f"arguments_{name}.csv"), _rows(folder / f"key_points_{name}.csv")
    labels = {(row["arg_id"], row["key_point_id"]): int(row["label"]) for row in _rows(folder / f"labels_{name}.csv")}
    groups = sorted({(row["topic"], row["stance"]) for row in arguments})
    topics = sorted({topic for topic, _ in groups})
    rows = [
        (a, k, labels.get((argument["arg_id"], point["key_point_id"]), -1), groups.index(key), topics.index(key[0]))
        for a, argument in enumerate(arguments)
        for k, point in enumerate(key_points)
        if (key := (argument["topic"], argument["stance"])) == (point["topic"], point["stance"])
    ]
    text, point, truth, group, topic = (np.array(column, np.int64) for column in zip(*rows, strict=True))
    sides = [_prepared(arguments, "argument", model), _prepared(key_points, "key_point", model)]
    return Half(sides[0], sides[1], Pairs(text, point, truth), group, topic)


def _prepared(table: list[dict[str, str]], column: str, model: EmbeddedModel) -> Texts:
    texts = [row[column] for row in table]
    return prepared(texts, model.depths(texts))


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))


def mean_average_precision(half: Half, scores: Scores) -> tuple[float, float]:
    """(strict, relaxed), over the topics and stances among the pairs.

    Each argument goes with its best key point; of these the better half by score is judged, undecided pairs as wrong
    (strict) or as right (relaxed).
    """
    found = []
    for group in np.unique(half.group):
        best = _best(half.pairs.text, scores, np.flatnonzero(half.group == group))
        kept = best[: int(len(best) * TOP_SHARE)]
        truth = half.pairs.truth[kept]
        found.append((average_precision(truth == 1, scores[kept]), average_precision(truth != 0, scores[kept])))
    strict, relaxed = np.mean(found, axis=0)
    return float(strict), float(relaxed)


def over_all_pairs(half: Half, scores: Scores) -> tuple[float, float]:
    """(strict, relaxed) where every pair of a topic and stance is ranked: harder than the shared task's measure."""
    found = []
    for group in np.unique(half.group):
        rows = np.flatnonzero(half.group == group)
        truth = half.pairs.truth[rows]
        found.append((average_precision(truth == 1, scores[rows]), average_precision(truth != 0, scores[rows])))
    strict, relaxed = np.mean(found, axis=0)
    return float(strict), float(relaxed)


def _best(texts: NDArray[np.int64], scores: Scores, rows: NDArray[np.int64]) -> NDArray[np.int64]:
    """The row of each text's best pair, best first."""
    ordered = rows[np.argsort(-scores[rows], kind="stable")]
    return ordered[np.sort(np.unique(texts[ordered], return_index=True)[1])]


def average_precision(truth: NDArray[np.bool_], scores: Scores) -> float:
    """Σ (recall now − recall before) · precision over the distinct scores, as scikit-learn has it; 0 without any."""
    if not truth.any():
        return 0.0
    order = np.argsort(-scores, kind="stable")
    last = np.append(np.flatnonzero(np.diff(scores[order])), len(order) - 1)
    hits = np.cumsum(truth[order])[last]
    return float(np.diff(hits / truth.sum(), prepend=0.0) @ (hits / (last + 1)))
