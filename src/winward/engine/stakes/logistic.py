"""Logistic regression under a normal prior: the peak of the posterior and its curvature, by Newton's method."""

from dataclasses import dataclass

import numpy as np
from scipy.linalg import cho_factor, cho_solve
from scipy.special import expit

from winward.engine.stakes.exposure import Flags, Floats

ROWS_AT_ONCE = 16_384
GAIN_ENOUGH = 1e-6
# A step that gains more than this a deal moves the log-odds by more than about 0.003, and with them the information.
FAR = 1e-6


@dataclass(frozen=True, slots=True)
class Peak:
    """The posterior's peak. coefficients: (p,). information: (p, p), the likelihood's. score: (p,), such that the
    log likelihood is close to score·β − ½ β·information·β around the peak."""

    coefficients: Floats
    information: Floats
    score: Floats


def climb(x: Floats, won: Flags, precision: Floats, start: Floats, known: Floats | None = None) -> Peak:
    """The peak of log likelihood − ½ β·precision·β. x: (deals, p). precision: (p, p), positive definite. known: the
    likelihood's information at `start`, if at hand."""
    coefficients, log_odds, information = start, x @ start, known
    for _ in range(60):
        chance = expit(log_odds)
        if information is None:
            information = _information(x, chance)
        gradient = x.T @ (won - chance)
        gradient_with_prior = gradient - precision @ coefficients
        step = cho_solve(cho_factor(information + precision), gradient_with_prior)
        gain = float(gradient_with_prior @ step)
        if gain < GAIN_ENOUGH:
            return Peak(coefficients, information, information @ coefficients + gradient)
        coefficients, log_odds = _shortened(x, won, precision, coefficients, log_odds, step)
        information = None if gain > FAR * len(x) else information
    return _peak_at(x, won, coefficients, log_odds)


def _peak_at(x: Floats, won: Flags, coefficients: Floats, log_odds: Floats) -> Peak:
    chance = expit(log_odds)
    information = _information(x, chance)
    return Peak(coefficients, information, information @ coefficients + x.T @ (won - chance))


def _information(x: Floats, chance: Floats) -> Floats:
    """The likelihood's (p, p) at these chances, in blocks of rows."""
    root = np.sqrt(chance * (1 - chance))
    information = np.zeros((x.shape[1], x.shape[1]))
    for first in range(0, len(x), ROWS_AT_ONCE):
        block = x[first : first + ROWS_AT_ONCE] * root[first : first + ROWS_AT_ONCE, None]
        information += block.T @ block
    return information


def log_likelihood(won: Flags, log_odds: Floats) -> Floats:
    """Each deal's log likelihood. won broadcasts against log_odds."""
    return -np.logaddexp(0.0, np.where(won, -log_odds, log_odds))


def _shortened(
    x: Floats, won: Flags, precision: Floats, coefficients: Floats, log_odds: Floats, step: Floats
) -> tuple[Floats, Floats]:
    """The step taken, halved until it doesn't lead down."""

    def height(point: Floats, odds: Floats) -> float:
        return float(log_likelihood(won, odds).sum() - point @ precision @ point / 2)

    before, along, share = height(coefficients, log_odds), x @ step, 1.0
    while height(coefficients + share * step, log_odds + share * along) < before and share > 1e-6:
        share /= 2
    return coefficients + share * step, log_odds + share * along
