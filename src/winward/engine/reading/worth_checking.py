"""Which signals a person should look at next, so that a few minutes of checking gain the most."""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

# Crowds are counted for this many of the most doubtful and consequential signals only.
SHORTLIST = 200
# At this cosine another signal is like this one: an answer on one tells of the other.
ALIKE = 0.6
# How much a crowd weighs. Source: Settles and Craven (2008), whose information density raises it to this power.
CROWD_POWER = 0.5


class Pick(NamedTuple):
    """A signal, by its row among those given. doubt: 0 to 1. alike: the rows of those like it, without it."""

    row: int
    doubt: float
    alike: tuple[int, ...]


def doubts(chances: NDArray[np.float32]) -> NDArray[np.float32]:
    """(signals,): 0 (certain) to 1 (can't tell), from calibrated chances (signals, kinds).

    The entropy in bits of whether the signal has its likeliest kind, or how near the next kind comes to that one,
    whichever is more: a signal may be one for sure and yet of either of two kinds.
    Source: Settles (2009), active learning literature survey, 3.1: entropy and margin sampling.
    """
    two = np.sort(chances, axis=1)[:, -2:].astype(np.float64)
    first, second = np.clip(two[:, 1], 1e-6, 1 - 1e-6), two[:, 0]
    entropy = -(first * np.log2(first) + (1 - first) * np.log2(1 - first))
    return np.asarray(np.maximum(entropy, second / first), np.float32)


def worth_checking(
    vectors: NDArray[np.float32], chances: NDArray[np.float32], consequences: NDArray[np.float32], count: int
) -> list[Pick]:
    """The signals to check next, best first: at most `count`.

    vectors: (signals, size), unit length. chances: (signals, kinds), calibrated. consequences: (signals,), 0 and up:
    what hangs on a signal beside the others. The score is doubt × crowd^½ × (1 + consequence); the crowd is the
    signal itself and those like it. Signals are taken one by one, each weighed down by its likeness to those taken:
    never ten times the same sentence.
    Sources: Settles and Craven (2008), An analysis of active learning strategies for sequence labeling tasks
    (uncertainty weighted by density); Carbonell and Goldstein (1998), maximal marginal relevance.
    """
    if not len(vectors):
        return []
    value = doubts(chances) * (1 + consequences)
    short = np.argsort(-value, kind="stable")[:SHORTLIST]
    scores = value[short] * _near(vectors, short).sum(axis=1) ** CROWD_POWER
    return look_at(short[_one_by_one(scores, vectors[short], count)], vectors, chances)


def look_at(rows: NDArray[np.int64], vectors: NDArray[np.float32], chances: NDArray[np.float32]) -> list[Pick]:
    """Why these rows are, or were, worth checking. Shapes as for `worth_checking`."""
    doubt, near = doubts(chances), _near(vectors, rows)
    alike = [tuple(int(other) for other in np.flatnonzero(of_row)) for of_row in near]
    return [
        Pick(int(row), float(doubt[row]), tuple(other for other in others if other != row))
        for row, others in zip(rows, alike, strict=True)
    ]


def _near(vectors: NDArray[np.float32], rows: NDArray[np.int64]) -> NDArray[np.bool_]:
    """(rows, signals): which signals are like each of these, itself among them."""
    near: NDArray[np.bool_] = vectors[rows] @ vectors.T >= ALIKE
    near[np.arange(len(rows)), rows] = True
    return near


def _one_by_one(scores: NDArray[np.float32], vectors: NDArray[np.float32], count: int) -> list[int]:
    left, taken = scores.astype(np.float64), list[int]()
    closest = np.zeros(len(scores))
    while len(taken) < min(count, len(scores)):
        best = int(np.argmax(left * (1 - closest)))
        taken.append(best)
        left[best] = -np.inf
        closest = np.clip(np.maximum(closest, vectors @ vectors[best]), 0, 1 - 1e-9)
    return taken
