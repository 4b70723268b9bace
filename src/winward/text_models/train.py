"""The eleven reading heads: fitted to the sentences in `training/`, then to real ones that they have not seen.

`python -m bench.train_heads` does both and writes heads.npz. Deterministic: the same sentences give the same file.
"""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize
from scipy.special import expit

from winward.engine.reading.cues import CUE_NAMES, CUE_WEIGHT
from winward.engine.reading.heads import Heads
from winward.engine.reading.kinds import KINDS
from winward.engine.reading.plain import plain
from winward.engine.reading.yes_or_no import Fitted, columns_of, fit_yes_or_no

Floats = NDArray[np.float32]

TRAINING = Path(__file__).parent / "training"
# A share of the rows: a tenth and ten times as much do a little worse on the development set.
PENALTY = 1.5e-5
# In real documents about two sentences in three are no signal, in the training sentences about one in three:
# those that are none count as if they were half; the chances are then fitted to real ones.
NONE_SHARE = 0.5
# A missed need is missing from its theme, so kinds are called where precision and recall together are best. But a
# false objection, rival, price or risk costs trust, so these are called only where they are right this often.
MONEY_KINDS = frozenset(("objection", "competitor", "price", "risk"))
WANTED_PRECISION = 0.82
# Unless next to none would be called: a kind that is never named warns of nothing.
LEAST_FOUND = 0.1
# The words without which these kinds are rarely what they seem: on real sentences they count as much as is borne out.
WITNESSES = {
    "objection": ("speaks against", "denies a fault", "must"),
    "competitor": ("weighs others", "rivals", "better than"),
    "price": ("money",),
    "risk": ("leaves or harms", "leaves", "intrudes", "stays"),
}
# What the other heads say of a sentence helps to tell these; the others it confuses.
COMPARED = frozenset(("competitor", "price", "risk"))
THRESHOLDS = np.arange(0.1, 0.95, 0.01)
FOLDS, SHUFFLES = 5, 3
# Of fewer that are called, nobody can say how many are right.
_FEW = 15
# How freely the second fit moves a kind's own score, its witnesses, and the other kinds' scores.
_OWN, _WITNESS, _OTHERS = 10.0, 1.4, 0.3


class Sentences(NamedTuple):
    """texts: as the models read them. truth: (texts, kinds). files: where each text stands."""

    texts: list[str]
    truth: NDArray[np.bool_]
    files: NDArray[np.str_]


class Real(NamedTuple):
    """Real sentences. scores, truth, known: (texts, kinds); known is False where nobody said if a text has a kind.

    cues: (texts, cues), whether each is there. documents: (texts,), which document a text is of. drawn: (texts,),
    False where a text was picked by what the heads made of it, so that it tells of precision and not of recall.
    """

    scores: Floats
    truth: NDArray[np.bool_]
    known: NDArray[np.bool_]
    cues: NDArray[np.bool_]
    documents: NDArray[np.str_]
    drawn: NDArray[np.bool_]


def training_sentences(folder: Path = TRAINING) -> Sentences:
    rows = [
        (json.loads(line), path.stem)
        for path in sorted(folder.glob("*.jsonl"))
        for line in path.read_text("utf-8").splitlines()
    ]
    truth = np.array([[kind in row["kinds"] for kind in KINDS] for row, _ in rows])
    return Sentences([plain(row["text"]) for row, _ in rows], truth, np.array([file for _, file in rows]))


def fit(texts: Sequence[str], vectors: Floats, truth: NDArray[np.bool_]) -> Fitted:
    """vectors: (texts, columns), as the reader embeds. truth: (texts, kinds)."""
    none = ~truth.any(axis=1)
    weights = np.where(none, NONE_SHARE / none.mean(), (1 - NONE_SHARE) / (~none).mean())
    costs = np.repeat((weights / weights.mean())[:, None], truth.shape[1], axis=1)
    return fit_yes_or_no(columns_of(texts, vectors), truth, costs, PENALTY * len(truth))


def fitted_again(fitted: Fitted, real: Real) -> Heads:
    """Heads fitted to texts that they had not seen: each kind by its own score, its witnesses and the other kinds.

    All of these are sums over the same columns, so that heads stay as simple as they were. The chances are those of
    the second fit; thresholds come from its chances for texts of documents that it was not fitted to.
    Source: Wolpert (1992), Stacked generalization.
    """
    every, mean, spread = range(len(KINDS)), *_scale(real)
    chances = np.stack([held_out(kind, real) for kind in every], axis=-1)
    parts = [_folded(kind, _fit_kind(kind, _design(kind, real), real, real.known[:, kind]), spread) for kind in every]
    mixing, cues, slopes, offsets = (np.array(part, np.float32) for part in zip(*parts, strict=True))
    weights = mixing @ fitted.weights
    weights[:, -len(CUE_NAMES) :] += cues
    thresholds = [_threshold(kind, chances[..., kind], real) for kind in every]
    bias = mixing @ (fitted.bias - mean)
    return Heads(weights, bias, slopes, offsets, np.array(thresholds, np.float32))


def held_out(kind: int, real: Real) -> Floats:
    """(shuffles, texts): the chance of the kind by second fits that saw nothing of a text's document."""
    design = _design(kind, real)
    _, document = np.unique(real.documents, return_inverse=True)
    chances = np.zeros((SHUFFLES, len(design)), np.float32)
    for shuffle in range(SHUFFLES):
        fold = (np.random.default_rng(shuffle).permutation(document.max() + 1) % FOLDS)[document]
        for number in range(FOLDS):
            fitted = _fit_kind(kind, design, real, (fold != number) & real.known[:, kind])
            chances[shuffle, fold == number] = expit(_with_bias(design[fold == number]) @ fitted)
    return chances


def _scale(real: Real) -> tuple[Floats, Floats]:
    """Mean and standard deviation of each kind's scores: (kinds,)."""
    return real.scores[real.drawn].mean(axis=0), real.scores[real.drawn].std(axis=0)


def _design(kind: int, real: Real) -> Floats:
    """(texts, columns): the kind's own score, its witnesses, the other kinds' scores."""
    mean, spread = _scale(real)
    standard = (real.scores - mean) / spread
    own, witnesses = standard[:, [kind]] * _OWN, real.cues[:, _witnesses(kind)] * _WITNESS
    others = np.delete(standard, kind, axis=1) * (_OTHERS if KINDS[kind] in COMPARED else 0)
    return np.hstack([own, witnesses, others]).astype(np.float32)


def _witnesses(kind: int) -> list[int]:
    return [CUE_NAMES.index(name) for name in WITNESSES.get(KINDS[kind], ())]


def _fit_kind(kind: int, design: Floats, real: Real, chosen: NDArray[np.bool_]) -> Floats:
    """(columns + 1,), the last being the bias, which alone is not penalised."""
    rows = _with_bias(design[chosen])
    signs = np.where(real.truth[chosen, kind], 1.0, -1.0)

    def loss(parameters: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
        margins, held = signs * (rows @ parameters), np.append(parameters[:-1], 0)
        return float(np.logaddexp(0, -margins).sum() + held @ held / 2), rows.T @ (-signs * expit(-margins)) + held

    return np.asarray(minimize(loss, np.zeros(rows.shape[1]), jac=True).x, np.float32)


def _with_bias(design: Floats) -> Floats:
    return np.hstack([design, np.ones((len(design), 1), np.float32)])


def _folded(kind: int, fitted: Floats, spread: Floats) -> tuple[Floats, Floats, float, float]:
    """What the second fit does, as (mixing of the first fit's heads, weights of cues, slope, offset).

    The slope is the weight of the kind's own score, so that the mixing has 1 there.
    """
    (own, *weights), bias, count = fitted[:-1], fitted[-1], len(_witnesses(kind))
    mixing = np.asarray(np.insert(np.multiply(weights[count:], _OTHERS), kind, own * _OWN) / spread, np.float32)
    cues = np.zeros(len(CUE_NAMES), np.float32)
    cues[_witnesses(kind)] = np.multiply(weights[:count], _WITNESS / CUE_WEIGHT)
    slope = float(mixing[kind])
    return mixing / slope, cues / slope, slope, float(bias)


def _best(chances: Floats, recall: float = 1.0) -> float:
    """Where the F that the chances promise is best, since a rare kind's few hits in the texts say less.

    recall: how many times as much as precision it counts. Source: van Rijsbergen (1979), Information Retrieval.
    """
    called = chances.ravel() >= THRESHOLDS[:, None]
    promised = (called @ chances.ravel()) / (called.sum(axis=1) + recall**2 * chances.sum())
    return float(THRESHOLDS[promised.argmax()])


def _threshold(kind: int, chances: Floats, real: Real) -> float:
    """Where F1 is best. For the kinds that carry money at least where those called are right often enough; but if less
    than a tenth of what there is would be found there, where F is best with precision counting twice."""
    best = _best(chances[:, real.drawn])
    if KINDS[kind] not in MONEY_KINDS:
        return best
    precise = _precise(chances[:, real.known[:, kind]], real.truth[real.known[:, kind], kind])
    found = (chances[:, real.drawn & real.truth[:, kind]] >= precise).mean()
    return max(best, precise) if found >= LEAST_FOUND else _best(chances[:, real.drawn], recall=0.5)


def _precise(chances: Floats, truth: NDArray[np.bool_]) -> float:
    """The lowest threshold at which those called are right as often as wanted, or else as often as they ever are."""
    called = chances >= THRESHOLDS[:, None, None]
    hits, calls = (called & truth).sum(axis=(1, 2)), called.sum(axis=(1, 2))
    right = np.where(calls >= _FEW * SHUFFLES, hits / np.maximum(calls, 1), 0)
    return float(THRESHOLDS[right >= min(WANTED_PRECISION, right.max())].min())
