"""The matcher: fitted to pairs of a text and a statement that people have judged.

`python -m bench.train_matcher` fits it and writes matcher.npz. Deterministic: the same pairs give the same file.
"""

from dataclasses import replace
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize
from scipy.sparse import csr_array
from scipy.special import expit, logit

from winward.engine.reading.calibration import calibration
from winward.engine.themes.matching import FEATURES, LAYERS, Matcher, Texts, pair_features

Floats = NDArray[np.float32]
Numbers = NDArray[np.float64]

# Chosen by cross-validation over the topics of the training half: see docs/method/matching.md.
DIRECTIONS, RANK = 96, 64
METRIC_PENALTY, PLAIN_PENALTY = 1e-1, 1e-3
# The metric's penalty is stated for products of this size.
_SCALE = 30.0
_MOST_STEPS = 60
# Of pairs that people disagree on, 4 in 10 count as matches, and all of them for little.
UNDECIDED, UNDECIDED_WEIGHT = 0.4, 0.3


class Pairs(NamedTuple):
    """text, statement: (pairs,) rows. truth: 1 a match, 0 none, -1 undecided."""

    text: NDArray[np.int64]
    statement: NDArray[np.int64]
    truth: NDArray[np.int64]


def fit(texts: Texts, statements: Texts, pairs: Pairs) -> Matcher:
    """Minimises the mean log loss + penalties / 2 · squared weights, then keeps RANK directions of the metric."""
    means, bases = zip(*(_basis(texts, statements, layer) for layer in range(LAYERS)), strict=True)
    problem = _Problem.of(np.stack(means), bases, texts, statements, pairs)
    found = minimize(
        problem.loss, np.zeros(problem.size), jac=True, method="L-BFGS-B", options={"maxiter": _MOST_STEPS}
    )
    plain, bias, metrics = problem.taken_apart(found.x)
    factors = [_factors(basis, _SCALE * metric) for basis, metric in zip(bases, metrics, strict=True)]
    left, right = (np.stack(side).astype(np.float32) for side in zip(*factors, strict=True))
    return Matcher(np.stack(means).astype(np.float32), left, right, plain.astype(np.float32), bias)


def calibrated(matcher: Matcher, held_out: Floats, truth: NDArray[np.bool_]) -> Matcher:
    """The matcher with chances that hold for subjects that it hasn't seen: on those it was taught it is too sure.

    held_out: (pairs,) scores by matchers that had not seen the pairs' subjects. truth: whether they match.
    """
    slope, offset = calibration(logit(np.clip(held_out, 1e-6, 1 - 1e-6)), truth)
    weight = np.float32(slope)
    return replace(
        matcher, left=matcher.left * weight, plain=matcher.plain * weight, bias=matcher.bias * slope + offset
    )


def _basis(texts: Texts, statements: Texts, layer: int) -> tuple[Floats, Floats]:
    """The mean of the layer's vectors, and its DIRECTIONS of most spread, (d, directions)."""
    size = texts.vectors.shape[1] // LAYERS
    rows = np.vstack([texts.vectors, statements.vectors])[:, layer * size : (layer + 1) * size]
    mean = rows.mean(axis=0)
    spread = np.linalg.svd(rows - mean, full_matrices=False)[2][:DIRECTIONS].T
    return mean, np.ascontiguousarray(spread, np.float32)


def _factors(basis: Floats, metric: Numbers) -> tuple[Numbers, Numbers]:
    """(d, RANK) twice: their product is the metric in the vectors' own space, as near as RANK allows."""
    left, strengths, right = np.linalg.svd(metric)
    root = np.sqrt(strengths[:RANK])
    return basis @ (left[:, :RANK] * root), basis @ (right[:RANK].T * root)


class _Problem(NamedTuple):
    """sides: per layer, texts and statements along the basis. plain: (pairs, FEATURES)."""

    sides: list[tuple[Floats, Floats]]
    plain: Floats
    pairs: Pairs
    aim: Floats
    weights: Floats

    @classmethod
    def of(cls, means: Floats, bases: tuple[Floats, ...], texts: Texts, statements: Texts, pairs: Pairs) -> "_Problem":
        size = texts.vectors.shape[1] // LAYERS
        sides = []
        for layer, basis in enumerate(bases):
            columns = slice(layer * size, (layer + 1) * size)
            along = [(side.vectors[:, columns] - means[layer]) @ basis for side in (texts, statements)]
            sides.append((along[0], along[1]))
        undecided = pairs.truth < 0
        aim = np.where(undecided, UNDECIDED, pairs.truth).astype(np.float32)
        weights = (np.where(undecided, UNDECIDED_WEIGHT, 1) / len(aim)).astype(np.float32)
        return cls(sides, _plain(means, texts, statements, pairs), pairs, aim, weights)

    @property
    def size(self) -> int:
        return len(FEATURES) + 1 + sum(int(text.shape[1]) ** 2 for text, _ in self.sides)

    def taken_apart(self, parameters: Numbers) -> tuple[Numbers, float, list[Numbers]]:
        """The plain weights, the bias and each layer's metric, (directions, directions)."""
        place, metrics = len(FEATURES) + 1, []
        for text, _ in self.sides:
            width = text.shape[1]
            metrics.append(parameters[place : place + width**2].reshape(width, width))
            place += width**2
        return parameters[: len(FEATURES)], float(parameters[len(FEATURES)]), metrics

    def loss(self, parameters: Numbers) -> tuple[float, Numbers]:
        plain, bias, metrics = self.taken_apart(parameters)
        odds = self.plain @ plain + bias
        for (text, statement), metric in zip(self.sides, metrics, strict=True):
            near = (text @ metric.astype(np.float32))[self.pairs.text]
            odds = odds + _SCALE * np.einsum("pd,pd->p", near, statement[self.pairs.statement])
        pull = self.weights * (expit(odds) - self.aim)
        penalised = np.sqrt(METRIC_PENALTY) * parameters[len(plain) + 1 :]
        total = self.weights @ (np.logaddexp(0, odds) - self.aim * odds)
        penalty = (penalised @ penalised + PLAIN_PENALTY * plain @ plain) / 2
        return float(total + penalty), self._slope(pull.astype(np.float32), plain, metrics)

    def _slope(self, pull: Floats, plain: Numbers, metrics: list[Numbers]) -> Numbers:
        shape = len(self.sides[0][0]), len(self.sides[0][1])
        table = csr_array((pull, (self.pairs.text, self.pairs.statement)), shape=shape)
        parts = [self.plain.T @ pull + PLAIN_PENALTY * plain, np.array([pull.sum()])]
        for (text, statement), metric in zip(self.sides, metrics, strict=True):
            parts.append((_SCALE * (text.T @ (table @ statement)) + METRIC_PENALTY * metric).ravel())
        return np.concatenate(parts).astype(np.float64)


def _plain(means: Floats, texts: Texts, statements: Texts, pairs: Pairs) -> Floats:
    """(pairs, FEATURES), of one statement after the other, so that no table of all pairs is made."""
    found = np.zeros((len(pairs.truth), len(FEATURES)), np.float32)
    for statement in np.unique(pairs.statement):
        rows = np.flatnonzero(pairs.statement == statement)
        columns = pair_features(means, texts.take(pairs.text[rows]), statements.take(np.array([statement])))
        found[rows] = np.hstack([np.broadcast_to(column, (len(rows), 1)) for column in columns])
    return found
