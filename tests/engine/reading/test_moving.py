"""Moves are the best there are for what was told, whatever was said of each kind."""

import numpy as np
import pytest
from scipy.optimize import minimize

from winward.engine.reading.moving import Told, moves


@pytest.fixture
def told() -> Told:
    """Forty texts, four of them alike, and three kinds, of the last of which nothing was said."""
    chance = np.random.default_rng(3)
    columns = chance.normal(size=(40, 12)).astype(np.float32)
    columns[:4] = columns[0]
    weights = chance.integers(0, 3, (40, 3)).astype(float)
    weights[:, 2] = 0
    signs = np.where(chance.random((40, 3)) < 0.4, 1.0, -1.0)
    return Told(columns @ columns.T, chance.normal(size=(40, 3)), signs, weights, np.array([1.0, 2.5, 1.0]), 0.2)


def losses(told: Told, amounts: np.ndarray) -> np.ndarray:
    return told.loss(amounts, told.spread(amounts))


def test_no_solver_finds_less_loss(told: Told) -> None:
    found = moves(told)

    def loss(flat: np.ndarray) -> tuple[float, np.ndarray]:
        amounts = flat.reshape(40, 3)
        gained = told.likeness.astype(float) @ amounts
        slope = told.likeness.astype(float) @ told.slope(amounts, gained)
        return float(told.loss(amounts, gained).sum()), slope.ravel()

    least = minimize(loss, np.zeros(120), jac=True, method="L-BFGS-B", options={"maxiter": 2_000}).fun
    assert losses(told, found).sum() == pytest.approx(least, rel=1e-4)
    assert (losses(told, found)[:2] < losses(told, 0 * found)[:2]).all()


def test_nothing_moves_a_kind_of_which_nothing_was_said(told: Told) -> None:
    assert not moves(told)[:, 2].any()


def test_texts_that_are_told_alike_and_are_alike_move_alike(told: Told) -> None:
    told.signs[:4], told.weights[:4], told.before[:4] = 1, 1, 0
    found = moves(told)
    assert np.allclose(found[:4], found[0], atol=1e-6)
