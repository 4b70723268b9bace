"""Scores to probabilities."""

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize


def calibration(scores: NDArray[np.float32], truth: NDArray[np.bool_]) -> tuple[float, float]:
    """Slope and offset that turn held-out scores (texts,) into log-odds.

    Counts of one half on either side keep few or perfectly parted texts from certainty. Source: Platt (1999).
    """
    right, wrong = float(truth.sum()), float((~truth).sum())
    aim = np.where(truth, (right + 1) / (right + 2), 1 / (wrong + 2))

    def loss(parameters: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
        odds = parameters[0] * scores + parameters[1]
        pull = 1 / (1 + np.exp(-np.clip(odds, -500, 500))) - aim
        total = (np.logaddexp(0, odds) - aim * odds).sum()
        return float(total), np.array([pull @ scores, pull.sum()])

    slope, offset = minimize(loss, np.array([1.0, 0.0]), jac=True).x
    return float(slope), float(offset)
