"""The heads as people's answers move them: what an answer tells of each kind, and the shipped heads as the prior."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize
from scipy.special import expit

from winward.engine.reading.heads import Heads, design
from winward.engine.reading.kinds import KINDS

# How firmly the heads stay where they were shipped: at this, two or three answers alike turn what is like them.
PENALTY = 1.0


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

    truth, weights: (texts, kinds). vectors: (texts, 384). A penalised logistic fit of the change of each kind's
    weights, with the shipped ones as the mean of its Gaussian prior: without answers nothing moves. Solved in the
    span of the texts, so that it takes a second for hundreds of answers.
    Source: Chelba and Acero (2006), Adaptation of maximum entropy capitalizer: little data can help a lot.
    """
    if not texts:
        return base
    rows = design(texts, vectors)
    likeness = (rows @ rows.T).toarray().astype(np.float64)
    before = (rows @ base.weights.T + base.bias) * base.slopes + base.offsets
    moves = [
        _move(likeness, before[:, kind], truth[:, kind], weights[:, kind], float(base.slopes[kind]), penalty)
        for kind in range(truth.shape[1])
    ]
    changes = np.asarray((rows.T @ np.column_stack(moves)).T, np.float32)
    return replace(base, weights=base.weights + changes)


def _move(
    likeness: NDArray[np.float64],
    before: NDArray[np.float64],
    truth: NDArray[np.bool_],
    weights: NDArray[np.float64],
    slope: float,
    penalty: float,
) -> NDArray[np.float64]:
    """How much of each text is added to one kind's weights. likeness: (texts, texts); before: log-odds (texts,)."""
    if not weights.any():
        return np.zeros(len(before))
    signs = np.where(truth, 1.0, -1.0)

    def loss(amounts: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
        moved = likeness @ amounts
        margins = signs * (before + slope * moved)
        pull = -signs * weights * slope * expit(-margins)
        value = weights @ np.logaddexp(0, -margins) + penalty / 2 * amounts @ moved
        return float(value), likeness @ (pull + penalty * amounts)

    found: NDArray[np.float64] = minimize(loss, np.zeros(len(before)), jac=True, method="L-BFGS-B").x
    return found
