"""Linear heads over sentence vectors and hashed features: the eleven kinds, and a workspace's own labels."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize
from scipy.sparse import csr_matrix, hstack
from scipy.special import expit, log_softmax, softmax

from winward.engine.reading.features import features

Embed = Callable[[Sequence[str]], NDArray[np.float32]]

# A vector has unit length, as each hashed block has, but says more: it counts for this much in the penalty.
VECTOR_WEIGHT = 2.0


@dataclass(frozen=True, slots=True)
class Heads:
    """One calibrated yes-or-no head a kind.

    weights: (kinds, columns) over `design`. bias, slopes, offsets, thresholds: (kinds,). The probability of a kind
    is expit(slope · score + offset); a sentence has the kind where that reaches the threshold.
    """

    weights: NDArray[np.float32]
    bias: NDArray[np.float32]
    slopes: NDArray[np.float32]
    offsets: NDArray[np.float32]
    thresholds: NDArray[np.float32]

    def probabilities(self, texts: Sequence[str], vectors: NDArray[np.float32]) -> NDArray[np.float32]:
        """(texts, kinds), calibrated, each kind by itself: a row need not sum to one."""
        scores: NDArray[np.float32] = design(texts, vectors) @ self.weights.T + self.bias
        return np.asarray(expit(scores * self.slopes + self.offsets), np.float32)


@dataclass(frozen=True, slots=True)
class Head:
    """A workspace's own labels, one of which each text has. weights: (labels, columns); bias: (labels,)."""

    labels: tuple[str, ...]
    weights: NDArray[np.float32]
    bias: NDArray[np.float32]


def design(texts: Sequence[str], vectors: NDArray[np.float32]) -> csr_matrix:
    """Vectors and hashed features side by side: (texts, vector size + FEATURES)."""
    return hstack([csr_matrix(vectors * np.float32(VECTOR_WEIGHT)), features(texts)], format="csr", dtype=np.float32)


def learn(texts: Sequence[str], labels: Sequence[str], embed: Embed, penalty: float = 0.01) -> Head:
    """A multinomial logistic head for `labels`, one a text. Raises ValueError for fewer than two different labels."""
    names = tuple(sorted(set(labels)))
    if len(names) < 2:
        raise ValueError("a head needs texts of at least two different labels")
    truth = np.eye(len(names))[[names.index(label) for label in labels]]
    weights, bias = _multinomial(design(texts, embed(texts)), truth, penalty)
    return Head(names, weights, bias)


def label(head: Head, texts: Sequence[str], embed: Embed) -> tuple[list[str], NDArray[np.float32]]:
    """The likeliest label of each text, and the probabilities of all labels: (texts, labels), rows sum to one."""
    scores = design(texts, embed(texts)) @ head.weights.T + head.bias
    chances = softmax(scores, axis=1).astype(np.float32)
    return [head.labels[best] for best in chances.argmax(axis=1)], chances


def fit_yes_or_no(
    columns: csr_matrix, truth: NDArray[np.bool_], weights: NDArray[np.float64], penalty: float
) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """L2-penalised logistic regressions, one a column of `truth`, by themselves but fitted together.

    columns: (rows, columns). truth: (rows, heads). weights: (rows,), mean one.
    Returns the coefficients (heads, columns) and the biases (heads,), which are not penalised.
    """
    # With fewer rows than columns the solution lies in the span of the rows: solving there is the same, and quicker.
    values, directions = np.linalg.eigh((columns @ columns.T).toarray().astype(np.float64))
    kept = values > values[-1] * 1e-9
    scale, directions = np.sqrt(values[kept]), directions[:, kept]
    inside = directions * scale
    signs, share = np.where(truth, 1.0, -1.0), (weights / len(weights))[:, None]
    shape = (truth.shape[1], inside.shape[1] + 1)

    def loss(flat: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
        slopes, bias = flat.reshape(shape)[:, :-1], flat.reshape(shape)[:, -1]
        margins = signs * (inside @ slopes.T + bias)
        pull = -signs * share * expit(-margins)
        gradient = np.column_stack([pull.T @ inside + penalty * slopes, pull.sum(axis=0)])
        return float((share * np.logaddexp(0, -margins)).sum() + penalty / 2 * (slopes**2).sum()), gradient.ravel()

    found = minimize(loss, np.zeros(shape).ravel(), jac=True, method="L-BFGS-B", options={"maxiter": 300}).x.reshape(
        shape
    )
    coefficients = columns.T @ ((directions / scale) @ found[:, :-1].T)
    return coefficients.T.astype(np.float32), found[:, -1].astype(np.float32)


def _multinomial(
    columns: csr_matrix, truth: NDArray[np.float64], penalty: float
) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    rows, labels = truth.shape
    shape = (labels, columns.shape[1] + 1)

    def loss(flat: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
        parameters = flat.reshape(shape)
        weights = parameters[:, :-1]
        logs = log_softmax(columns @ weights.T + parameters[:, -1], axis=1)
        pull = (np.exp(logs) - truth) / rows
        gradient = np.column_stack([(columns.T @ pull).T + penalty / rows * weights, pull.sum(axis=0)])
        return float(-(truth * logs).sum() / rows + penalty / rows / 2 * (weights**2).sum()), gradient.ravel()

    found = minimize(loss, np.zeros(shape).ravel(), jac=True, method="L-BFGS-B", options={"maxiter": 300}).x.reshape(
        shape
    )
    return found[:, :-1].astype(np.float32), found[:, -1].astype(np.float32)
