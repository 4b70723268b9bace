"""Scores to probabilities."""

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize


def calibration(
    scores: NDArray[np.float32], truth: NDArray[np.bool_], weights: NDArray[np.float64] | None = None
) -> tuple[float, float]:
    """Slope and offset that turn held-out scores (texts,) into log-odds. weights: of each text, one by default.

    Counts of one half on either side keep few or perfectly parted texts from certainty. Source: Platt (1999).
    """
    worth = np.ones(len(scores)) if weights is None else weights
    right, wrong = float(worth[truth].sum()), float(worth[~truth].sum())
    aim = np.where(truth, (right + 1) / (right + 2), 1 / (wrong + 2))

    def loss(parameters: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
        odds = parameters[0] * scores + parameters[1]
        pull = worth * (1 / (1 + np.exp(-np.clip(odds, -500, 500))) - aim)
        total = worth @ (np.logaddexp(0, odds) - aim * odds)
        return float(total), np.array([pull @ scores, pull.sum()])

    slope, offset = minimize(loss, np.array([1.0, 0.0]), jac=True).x
    return float(slope), float(offset)
