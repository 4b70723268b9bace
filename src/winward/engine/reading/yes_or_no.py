"""Penalised logistic regressions, one a head, over dense vectors beside sparse features, fitted together."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix
from scipy.special import expit

from winward.engine.reading.features import features

# A vector has unit length, as each hashed block has, but says more: it counts for this much in the penalty.
VECTOR_WEIGHT = 1.4

# Up to so many rows, working in their span is quicker than over all columns.
MOST_SPANNED = 1500

_TOLERANCE = 3e-3
_MOST_STEPS = 30
_MOST_DIRECTIONS = 80

Floats = NDArray[np.float32]


class Columns(NamedTuple):
    """What heads look at, a row a text. vectors: (rows, size). features: (rows, FEATURES)."""

    vectors: Floats
    features: csr_matrix

    def take(self, rows: NDArray[np.int64]) -> "Columns":
        return Columns(self.vectors[rows], self.features[rows])

    def scores(self, weights: Floats) -> Floats:
        """weights: (columns, heads). Returns (rows, heads)."""
        size = self.vectors.shape[1]
        return np.asarray(self.vectors @ weights[:size] + self.features @ weights[size:], np.float32)

    def back(self, pull: Floats) -> Floats:
        """Sums of rows. pull: (rows, heads). Returns (columns, heads)."""
        return np.vstack([self.vectors.T @ pull, self.features.T @ pull])


class Fitted(NamedTuple):
    """weights: (heads, columns). bias: (heads,)."""

    weights: Floats
    bias: Floats

    def scores(self, design: Columns) -> Floats:
        """(rows, heads), log-odds."""
        return design.scores(self.weights.T) + self.bias


def columns_of(texts: Sequence[str], vectors: Floats) -> Columns:
    """vectors: (texts, size), those of the texts."""
    return Columns(np.asarray(vectors, np.float32) * np.float32(VECTOR_WEIGHT), features(texts))


def fit_yes_or_no(
    columns: Columns,
    truth: NDArray[np.bool_],
    costs: NDArray[np.float64],
    penalty: float,
    start: Fitted | None = None,
) -> Fitted:
    """Coefficients that minimise sum of costs · log loss + penalty / 2 · their squared length, each head by itself.

    The bias is not penalised.

    truth, costs: (rows, heads). start: coefficients to begin at; they change how quickly, not what is found.
    Source: Lin, Weng and Keerthi (2008), Newton steps by conjugate gradients.
    """
    if len(truth) > MOST_SPANNED:
        return _descended(_Problem.of(columns, truth, costs, penalty), start)
    spanned, way_back = _spanned(columns)
    inside = _descended(_Problem.of(spanned, truth, costs, penalty), None)
    return Fitted((columns.back(way_back @ inside.weights.T)).T.copy(), inside.bias)


def _spanned(columns: Columns) -> tuple[Columns, Floats]:
    """The rows by coordinates within their own span, where the solution lies: far fewer columns, the same lengths.

    Also the way back: coefficients there, times it, are sums of rows.
    """
    likeness = columns.vectors @ columns.vectors.T + (columns.features @ columns.features.T).toarray()
    values, directions = np.linalg.eigh(likeness.astype(np.float64))
    kept = values > values[-1] * 1e-6
    scale, directions = np.sqrt(values[kept]), directions[:, kept]
    nothing = csr_matrix((len(likeness), 0), dtype=np.float32)
    return Columns((directions * scale).astype(np.float32), nothing), (directions / scale).astype(np.float32)


def _descended(problem: "_Problem", start: Fitted | None) -> Fitted:
    parameters = problem.nought() if start is None else np.vstack([start.weights.T, start.bias])
    scores, first = problem.scores(parameters), None
    for _ in range(_MOST_STEPS):
        gradient = problem.gradient(scores, parameters)
        length = np.linalg.norm(gradient, axis=0)
        first = np.maximum(length, 1e-12) if first is None else first
        if (length <= _TOLERANCE * first).all():
            break
        parameters, scores = problem.stepped(parameters, scores, problem.direction(scores, gradient))
    return Fitted(parameters[:-1].T.copy(), parameters[-1].copy())


@dataclass(frozen=True, slots=True)
class _Problem:
    """parameters: (columns + 1, heads), the last row being the bias. penalties: (columns + 1, 1)."""

    columns: Columns
    turned: csr_matrix
    signs: Floats
    costs: Floats
    penalties: Floats

    @classmethod
    def of(
        cls,
        columns: Columns,
        truth: NDArray[np.bool_],
        costs: NDArray[np.float64],
        penalty: float,
    ) -> "_Problem":
        width = columns.vectors.shape[1] + columns.features.shape[1]
        penalties = np.full((width + 1, 1), penalty, np.float32)
        penalties[-1] = 0
        signs = np.where(truth, 1, -1).astype(np.float32)
        return cls(columns, columns.features.T.tocsr(), signs, costs.astype(np.float32), penalties)

    def nought(self) -> Floats:
        return np.zeros((len(self.penalties), self.signs.shape[1]), np.float32)

    def scores(self, parameters: Floats) -> Floats:
        return np.asarray(self.columns.scores(parameters[:-1]) + parameters[-1], np.float32)

    def back(self, pull: Floats) -> Floats:
        return np.asarray(np.vstack([self.columns.vectors.T @ pull, self.turned @ pull, pull.sum(axis=0)]), np.float32)

    def loss(self, scores: Floats, parameters: Floats) -> NDArray[np.float64]:
        fit = (self.costs * np.logaddexp(0, -self.signs * scores)).sum(axis=0, dtype=np.float64)
        return np.asarray(fit + (self.penalties * parameters**2).sum(axis=0, dtype=np.float64) / 2)

    def gradient(self, scores: Floats, parameters: Floats) -> Floats:
        pull = -self.signs * self.costs * expit(-self.signs * scores)
        return np.asarray(self.back(pull) + self.penalties * parameters, np.float32)

    def direction(self, scores: Floats, gradient: Floats) -> Floats:
        """Roughly the Newton step, by conjugate gradients, each head stopping by itself."""
        chances = expit(scores)
        curvature = self.costs * chances * (1 - chances)
        found, rest, along = np.zeros_like(gradient), -gradient, -gradient
        left = (rest**2).sum(axis=0)
        enough = left * 0.01
        for _ in range(_MOST_DIRECTIONS):
            going = left > enough
            if not going.any():
                break
            bent = self.back(curvature * self.scores(along)) + self.penalties * along
            stride = np.where(going, left / np.maximum((along * bent).sum(axis=0), 1e-30), 0).astype(np.float32)
            found, rest = found + stride * along, rest - stride * bent
            now = np.where(going, (rest**2).sum(axis=0), left)
            along = rest + np.where(going, now / np.maximum(left, 1e-30), 0).astype(np.float32) * along
            left = now
        return found

    def stepped(self, parameters: Floats, scores: Floats, direction: Floats) -> tuple[Floats, Floats]:
        """A step along the direction, halved for each head until its loss falls."""
        before, moved = self.loss(scores, parameters), self.scores(direction)
        size = np.ones(len(before), np.float32)
        for _ in range(20):
            worse = self.loss(scores + size * moved, parameters + size * direction) > before
            if not worse.any():
                break
            size = np.where(worse, size / 2, size).astype(np.float32)
        return parameters + size * direction, scores + size * moved
