"""The heads as people's answers move them: what an answer tells of each kind, and the shipped heads as the prior."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from winward.engine.reading.batches import VECTOR_SIZE
from winward.engine.reading.features import FEATURES
from winward.engine.reading.heads import Heads
from winward.engine.reading.kinds import KINDS
from winward.engine.reading.moving import Told, moves
from winward.engine.reading.rivals import COMPETITOR
from winward.engine.reading.yes_or_no import Columns, columns_of

# How firmly the heads stay where they were shipped: at this, two or three answers alike turn what is like them.
PENALTY = 0.2


def told(kinds: Sequence[str], led: NDArray[np.int64]) -> tuple[NDArray[np.bool_], NDArray[np.float64]]:
    """What answers tell: truth and weights, (answers, kinds). A weight of 0 says that nothing was said of a kind.

    kinds: the right kind of each answer, "" for no signal. led: (answers,), the kind that the heads led with, −1 for
    none. The right kind is true and the one that led in its place is not; of the others nothing is known, since a
    quote may have several kinds. No signal has none.
    """
    truth = np.array([[kind == name for name in KINDS] for kind in kinds], bool).reshape(len(kinds), len(KINDS))
    known = truth.copy()
    wrongly = np.flatnonzero(led >= 0)
    known[wrongly, led[wrongly]] = True
    known[[kind == "" for kind in kinds]] = True
    return truth, known.astype(np.float64)


def retrain(
    base: Heads,
    texts: Sequence[str],
    truth: NDArray[np.bool_],
    vectors: NDArray[np.float32],
    weights: NDArray[np.float64],
    penalty: float = PENALTY,
) -> Heads:
    """The heads nearest to `base` that agree with what was told; calibration and thresholds stay.

    truth, weights: (texts, kinds). vectors: (texts, columns), as the reader embeds them. A penalised logistic fit of
    the change of each kind's weights, with the shipped ones as the mean of its Gaussian prior: without answers nothing
    moves. Solved in the span of the texts, so that it takes a second for hundreds of answers. Only the weights move of
    what every signal is stored with, its vector and its words, so that `drift` needs nothing else.
    Source: Chelba and Acero (2006), Adaptation of maximum entropy capitalizer: little data can help a lot.
    """
    if not texts:
        return base
    columns = columns_of(texts, vectors)
    stored = Columns(columns.vectors[:, :VECTOR_SIZE], columns.features)
    likeness = stored.vectors @ stored.vectors.T + (stored.features @ stored.features.T).toarray()
    before = base.log_odds_of(columns).astype(np.float64)
    told = Told(likeness, before, np.where(truth, 1.0, -1.0), weights, base.slopes.astype(np.float64), penalty)
    return _changed(base, stored.back(moves(told).astype(np.float32)).T)


def drift(
    before: Heads, after: Heads, texts: Sequence[str], vectors: NDArray[np.float32], named: NDArray[np.bool_]
) -> NDArray[np.float32]:
    """How far each text's log-odds differ between two heads of one base: (texts, kinds).

    vectors: (texts, VECTOR_SIZE), which is all that a signal is stored with. named: (texts,), those that call a known
    rival by name: their chance of being about one is no head's, and stays.
    """
    change = after.weights - before.weights
    moved = np.hstack([change[:, :VECTOR_SIZE], change[:, -FEATURES:]])
    moves = np.asarray(columns_of(texts, vectors[:, :VECTOR_SIZE]).scores(moved.T) * after.slopes, np.float32)
    moves[named, COMPETITOR] = 0
    return moves


def _changed(base: Heads, change: NDArray[np.float32]) -> Heads:
    """change: (kinds, VECTOR_SIZE + FEATURES), added where these columns stand."""
    weights = base.weights.copy()
    weights[:, :VECTOR_SIZE] += change[:, :VECTOR_SIZE]
    weights[:, -FEATURES:] += change[:, VECTOR_SIZE:]
    return replace(base, weights=weights)
