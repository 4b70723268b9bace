"""The eleven reading heads: fitted to the sentences in `training/`, calibrated on sentences that they have not seen.

`python -m bench.train_heads` does both and writes heads.npz. Deterministic: the same sentences give the same file.
"""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy.special import expit

from winward.engine.reading.calibration import calibration
from winward.engine.reading.heads import Heads
from winward.engine.reading.kinds import KINDS
from winward.engine.reading.plain import plain
from winward.engine.reading.yes_or_no import Fitted, columns_of, fit_yes_or_no

TRAINING = Path(__file__).parent / "training"
# A share of the rows: a tenth and ten times as much do a little worse on the development set.
PENALTY = 1.5e-5
# In real documents about two sentences in three are no signal, in the training sentences about one in three:
# those that are none count as if they were half; the chances are then fitted to real ones.
NONE_SHARE = 0.5
# A missed need is missing from its theme, so kinds are called where precision and recall together are best. But a
# false objection, rival, price or risk costs trust, so these are called only where they are right this often. Asking
# for more makes them scarcer and, on sentences apart, hardly righter.
MONEY_KINDS = frozenset(("objection", "competitor", "price", "risk"))
WANTED_PRECISION = 0.6
THRESHOLDS = np.arange(0.1, 0.95, 0.01)


class Sentences(NamedTuple):
    """texts: as the models read them. truth: (texts, kinds). files: where each text stands."""

    texts: list[str]
    truth: NDArray[np.bool_]
    files: NDArray[np.str_]


def training_sentences(folder: Path = TRAINING) -> Sentences:
    rows = [
        (json.loads(line), path.stem)
        for path in sorted(folder.glob("*.jsonl"))
        for line in path.read_text("utf-8").splitlines()
    ]
    truth = np.array([[kind in row["kinds"] for kind in KINDS] for row, _ in rows])
    return Sentences([plain(row["text"]) for row, _ in rows], truth, np.array([file for _, file in rows]))


def fit(texts: Sequence[str], vectors: NDArray[np.float32], truth: NDArray[np.bool_]) -> Fitted:
    """vectors: (texts, columns), as the reader embeds. truth: (texts, kinds)."""
    none = ~truth.any(axis=1)
    weights = np.where(none, NONE_SHARE / none.mean(), (1 - NONE_SHARE) / (~none).mean())
    costs = np.repeat((weights / weights.mean())[:, None], truth.shape[1], axis=1)
    return fit_yes_or_no(columns_of(texts, vectors), truth, costs, PENALTY * len(truth))


def calibrated(fitted: Fitted, scores: NDArray[np.float32], truth: NDArray[np.bool_]) -> Heads:
    """Heads whose chances and thresholds come from texts that they had not seen.

    scores, truth: of those texts, (texts, kinds).
    """
    pairs = zip(scores.T, truth.T, strict=True)
    slopes, offsets = np.array([calibration(score, true) for score, true in pairs], np.float32).T
    chances = expit(scores * slopes + offsets)
    thresholds = [_threshold(kind, chances[:, at]) for at, kind in enumerate(KINDS)]
    return Heads(fitted.weights, fitted.bias, slopes, offsets, np.array(thresholds, np.float32))


def _threshold(kind: str, chances: NDArray[np.float32]) -> float:
    """By what the chances promise, since a rare kind's few hits in the texts themselves say less. chances: (texts,)."""
    called = chances >= THRESHOLDS[:, None]
    hits, calls = called @ chances, called.sum(axis=1)
    best = THRESHOLDS[(hits / (calls + chances.sum())).argmax()]
    if kind not in MONEY_KINDS:
        return float(best)
    precise = THRESHOLDS[hits >= WANTED_PRECISION * np.maximum(calls, 1)]
    return float(max(best, precise.min() if len(precise) else THRESHOLDS.max()))
