"""The heads as people's answers move them: what an answer tells of each kind, and the shipped heads as the prior."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize
from scipy.sparse import csr_matrix, hstack
from scipy.special import expit

from winward.engine.reading.batches import VECTOR_SIZE
from winward.engine.reading.features import FEATURES
from winward.engine.reading.heads import Heads
from winward.engine.reading.kinds import KINDS
from winward.engine.reading.rivals import COMPETITOR
from winward.engine.reading.yes_or_no import columns_of

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
    rows = _stored(texts, vectors)
    columns = columns_of(texts, vectors[:, :VECTOR_SIZE])
    likeness = columns.vectors @ columns.vectors.T + (columns.features @ columns.features.T).toarray()
    before = base.log_odds(texts, vectors).astype(np.float64)
    moves = [
        _move(likeness, before[:, kind], truth[:, kind], weights[:, kind], float(base.slopes[kind]), penalty)
        for kind in range(truth.shape[1])
    ]
    return _changed(base, np.asarray((rows.T @ np.column_stack(moves)).T, np.float32))


def drift(
    before: Heads, after: Heads, texts: Sequence[str], vectors: NDArray[np.float32], named: NDArray[np.bool_]
) -> NDArray[np.float32]:
    """How far each text's log-odds differ between two heads of one base: (texts, kinds).

    vectors: (texts, VECTOR_SIZE), which is all that a signal is stored with. named: (texts,), those that call a known
    rival by name: their chance of being about one is no head's, and stays.
    """
    change = after.weights - before.weights
    moved = np.hstack([change[:, :VECTOR_SIZE], change[:, -FEATURES:]])
    moves = np.asarray(_stored(texts, vectors) @ moved.T * after.slopes, np.float32)
    moves[named, COMPETITOR] = 0
    return moves


def _stored(texts: Sequence[str], vectors: NDArray[np.float32]) -> csr_matrix:
    """(texts, VECTOR_SIZE + FEATURES)"""
    columns = columns_of(texts, vectors[:, :VECTOR_SIZE])
    return hstack([csr_matrix(columns.vectors), columns.features], format="csr", dtype=np.float32)


def _changed(base: Heads, change: NDArray[np.float32]) -> Heads:
    """change: (kinds, VECTOR_SIZE + FEATURES), added where these columns stand."""
    weights = base.weights.copy()
    weights[:, :VECTOR_SIZE] += change[:, :VECTOR_SIZE]
    weights[:, -FEATURES:] += change[:, VECTOR_SIZE:]
    return replace(base, weights=weights)


def _move(
    likeness: NDArray[np.float32],
    before: NDArray[np.float64],
    truth: NDArray[np.bool_],
    weights: NDArray[np.float64],
    slope: float,
    penalty: float,
) -> NDArray[np.float64]:
    """How much of each text is added to one kind's weights. likeness: (texts, texts); before: log-odds (texts,)."""
    moves, known = np.zeros(len(before)), np.flatnonzero(weights)
    if not len(known):
        return moves
    # Of most answers a kind learns nothing; the solution lies in the span of the others, which is far smaller.
    likeness, before, weights = likeness[np.ix_(known, known)].astype(np.float64), before[known], weights[known]
    signs = np.where(truth[known], 1.0, -1.0)

    def loss(amounts: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
        moved = likeness @ amounts
        margins = signs * (before + slope * moved)
        pull = -signs * weights * slope * expit(-margins)
        value = weights @ np.logaddexp(0, -margins) + penalty / 2 * amounts @ moved
        return float(value), likeness @ (pull + penalty * amounts)

    moves[known] = minimize(loss, np.zeros(len(known)), jac=True, method="L-BFGS-B").x
    return moves
