"""What answers move is told from stored vectors and words alone, and no answer moves what a rival's name decides."""

import numpy as np
import pytest

from winward.engine.reading import KINDS, Heads
from winward.engine.reading.batches import VECTOR_SIZE
from winward.engine.reading.features import FEATURES
from winward.engine.reading.rivals import COMPETITOR
from winward.engine.reading.taught import drift, retrain

TEXTS = ("Pipely has that already.", "They have that already.")


def vectors(count: int, columns: int) -> np.ndarray:
    found = np.random.default_rng(1).normal(size=(count, columns)).astype(np.float32)
    return found / np.linalg.norm(found[:, :VECTOR_SIZE], axis=1, keepdims=True)


@pytest.fixture
def base() -> Heads:
    ones = np.ones(len(KINDS), np.float32)
    return Heads(np.zeros((len(KINDS), 2 * VECTOR_SIZE + FEATURES), np.float32), -ones, ones, 0 * ones, 0.5 * ones)


@pytest.fixture
def taught(base: Heads) -> Heads:
    """After an answer that the first text is of no kind."""
    nothing = np.zeros((1, len(KINDS)), bool)
    return retrain(base, TEXTS[:1], nothing, vectors(1, 2 * VECTOR_SIZE), np.ones((1, len(KINDS))))


def test_the_drift_is_what_the_heads_differ_by(base: Heads, taught: Heads) -> None:
    both = vectors(2, 2 * VECTOR_SIZE)
    moves = drift(base, taught, TEXTS, both[:, :VECTOR_SIZE], np.array([False, False]))
    assert np.allclose(moves, taught.log_odds(TEXTS, both) - base.log_odds(TEXTS, both), atol=1e-4)
    assert (moves[0] < 0).all()


def test_a_chance_that_a_rivals_name_decides_does_not_drift(base: Heads, taught: Heads) -> None:
    stored = vectors(2, VECTOR_SIZE)
    free = drift(base, taught, TEXTS, stored, np.array([False, False]))
    held = drift(base, taught, TEXTS, stored, np.array([True, False]))
    assert held[0, COMPETITOR] == 0
    others = np.delete(np.arange(len(KINDS)), COMPETITOR)
    assert np.array_equal(held[0, others], free[0, others])
    assert np.array_equal(held[1], free[1])
