"""Planted themes: points around known directions on the sphere, and noise around none."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import gammaln


@dataclass(frozen=True)
class Planted:
    vectors: NDArray[np.float32]
    truth: NDArray[np.int64]
    quotes: list[str]


def planted(
    themes: int = 20, members: int = 40, noise: int = 200, spread: float = 0.9, dimensions: int = 128, seed: int = 7
) -> Planted:
    """`noise` rows have truth −1. spread: the length of a member's own part beside its theme's part of length 1."""
    chance = np.random.default_rng(seed)
    centres = _unit(chance.normal(size=(themes, dimensions)))
    truth = np.concatenate([np.repeat(np.arange(themes), members), np.full(noise, -1)])
    own = _unit(chance.normal(size=(len(truth), dimensions)))
    around = np.zeros_like(own)
    around[truth >= 0] = centres[truth[truth >= 0]]
    order = chance.permutation(len(truth))
    vectors = _unit(around + spread * own)[order].astype(np.float32)
    truth = truth[order]
    return Planted(vectors, truth, [f"subject{label} detail{row}" for row, label in enumerate(truth)])


def adjusted_mutual_information(one: NDArray[np.int64], other: NDArray[np.int64]) -> float:
    """Vinh, Epps and Bailey (2010), with the arithmetic mean of the entropies; 1 for the same groups."""
    table = _contingency(one, other)
    n = int(table.sum())
    rows, columns = table.sum(axis=1), table.sum(axis=0)
    p = table / n
    expected = np.outer(rows, columns) / n**2
    mutual = float((p[p > 0] * np.log(p[p > 0] / expected[p > 0])).sum())
    by_chance = sum(_expected_cell(int(a), int(b), n) for a in rows for b in columns)
    mean_entropy = (_entropy(rows / n) + _entropy(columns / n)) / 2
    return (mutual - by_chance) / (mean_entropy - by_chance)


def adjusted_rand(one: NDArray[np.int64], other: NDArray[np.int64]) -> float:
    """Hubert and Arabie (1985)."""
    table = _contingency(one, other)
    together = _pairs(table).sum()
    rows, columns = _pairs(table.sum(axis=1)).sum(), _pairs(table.sum(axis=0)).sum()
    by_chance = rows * columns / _pairs(np.array(table.sum()))
    return float((together - by_chance) / ((rows + columns) / 2 - by_chance))


def _unit(rows: NDArray[np.float64]) -> NDArray[np.float64]:
    return rows / np.linalg.norm(rows, axis=1, keepdims=True)


def _contingency(one: NDArray[np.int64], other: NDArray[np.int64]) -> NDArray[np.int64]:
    rows, columns = np.unique(one, return_inverse=True)[1], np.unique(other, return_inverse=True)[1]
    table = np.zeros((rows.max() + 1, columns.max() + 1), dtype=np.int64)
    np.add.at(table, (rows, columns), 1)
    return table


def _pairs(counts: NDArray[np.int64]) -> NDArray[np.float64]:
    return counts * (counts - 1) / 2


def _entropy(p: NDArray[np.float64]) -> float:
    return float(-(p[p > 0] * np.log(p[p > 0])).sum())


def _expected_cell(a: int, b: int, n: int) -> float:
    """The mutual information that one cell of row sum a and column sum b has by chance (hypergeometric)."""
    cell = np.arange(max(1, a + b - n), min(a, b) + 1)
    chance = (
        gammaln(a + 1) + gammaln(b + 1) + gammaln(n - a + 1) + gammaln(n - b + 1)
        - gammaln(n + 1) - gammaln(cell + 1) - gammaln(a - cell + 1) - gammaln(b - cell + 1)
        - gammaln(n - a - b + cell + 1)
    )  # fmt: skip
    return float((cell / n * np.log(n * cell / (a * b)) * np.exp(chance)).sum())
