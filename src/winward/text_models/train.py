"""Train the eleven reading heads on the sentences in `training/` and write heads.npz:

    python -m winward.text_models.train

Deterministic: the same sentences and the same vectors give the same file.
"""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy.special import expit

from winward.engine.reading.calibration import calibration
from winward.engine.reading.heads import Heads
from winward.engine.reading.kinds import KINDS
from winward.engine.reading.yes_or_no import Columns, Fitted, columns_of, fit_yes_or_no
from winward.text_models.embedded import EmbeddedModel
from winward.text_models.shipped import HEADS_FILE, write_heads

TRAINING = Path(__file__).parent / "training"
PENALTY = 2e-4
FOLDS = 5
SEED = 20
# In real documents about two sentences in three are no signal, in the training sentences two in five:
# those that are none count as if they were as many as in life.
NONE_SHARE = 0.65
# How much recall weighs against precision when a threshold is chosen. A false objection, rival, price or risk
# costs trust; a missed need is missing from its theme.
BETA = {kind: 0.5 if kind in ("objection", "competitor", "price", "risk") else 1.3 for kind in KINDS}


class Sentences(NamedTuple):
    """truth: (texts, kinds). weights: of each text, mean one."""

    texts: list[str]
    truth: NDArray[np.bool_]
    weights: NDArray[np.float64]


def training_sentences(folder: Path = TRAINING) -> Sentences:
    rows = [
        json.loads(line) for path in sorted(folder.glob("*.jsonl")) for line in path.read_text("utf-8").splitlines()
    ]
    truth = np.array([[kind in row["kinds"] for kind in KINDS] for row in rows])
    none = ~truth.any(axis=1)
    weights = np.where(none, NONE_SHARE / none.mean(), (1 - NONE_SHARE) / (~none).mean())
    return Sentences([row["text"] for row in rows], truth, weights)


def train(sentences: Sentences, vectors: NDArray[np.float32]) -> Heads:
    """vectors: (texts, size), those of the texts. Calibration and thresholds come from folds that were held out."""
    columns = columns_of(sentences.texts, vectors)
    weights, bias = _fitted(columns, sentences.truth, sentences.weights)
    scores = held_out_scores(columns, sentences)
    pairs = list(zip(scores.T, sentences.truth.T, strict=True))
    slopes, offsets = np.array([calibration(score, truth, sentences.weights) for score, truth in pairs]).T
    chances = expit(scores * slopes + offsets)
    thresholds = [
        _threshold(chances[:, column], sentences.truth[:, column], sentences.weights, BETA[kind])
        for column, kind in enumerate(KINDS)
    ]
    return Heads(weights, bias, *(np.array(part, np.float32) for part in (slopes, offsets, thresholds)))


def _fitted(columns: Columns, truth: NDArray[np.bool_], weights: NDArray[np.float64]) -> Fitted:
    costs = np.repeat((weights / weights.mean())[:, None], truth.shape[1], axis=1)
    return fit_yes_or_no(columns, truth, costs, PENALTY * len(truth))


def held_out_scores(columns: Columns, sentences: Sentences) -> NDArray[np.float64]:
    """(texts, kinds): each text's scores from heads that have not seen it."""
    scores = np.zeros(sentences.truth.shape)
    for inside, outside in _folds(len(sentences.texts)):
        fitted = _fitted(columns.take(inside), sentences.truth[inside], sentences.weights[inside])
        scores[outside] = fitted.scores(columns.take(outside))
    return scores


def _folds(rows: int) -> Iterator[tuple[NDArray[np.int64], NDArray[np.int64]]]:
    fold = np.random.default_rng(SEED).permutation(rows) % FOLDS
    return ((np.flatnonzero(fold != number), np.flatnonzero(fold == number)) for number in range(FOLDS))


def _threshold(
    chances: NDArray[np.float64], truth: NDArray[np.bool_], weights: NDArray[np.float64], beta: float
) -> float:
    """The probability, from which on calling it the kind has the best weighted F-beta."""

    def f_beta(threshold: float) -> float:
        called = chances >= threshold
        hits = weights[called & truth].sum()
        return float((1 + beta**2) * hits / (beta**2 * weights[truth].sum() + weights[called].sum()))

    return max(np.arange(0.2, 0.8, 0.02), key=f_beta)


def main() -> None:
    sentences = training_sentences()
    heads = train(sentences, EmbeddedModel().embed(sentences.texts))
    write_heads(heads, HEADS_FILE)
    print(f"{len(sentences.texts)} sentences, {HEADS_FILE.stat().st_size / 1e6:.1f} MB in {HEADS_FILE}")


if __name__ == "__main__":
    main()
