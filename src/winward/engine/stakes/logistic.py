"""Logistic regression under a normal prior: the peak of the posterior and its curvature, by Newton's method."""

from dataclasses import dataclass

import numpy as np
from scipy.linalg import cho_factor, cho_solve
from scipy.special import expit

from winward.engine.stakes.exposure import Flags, Floats

ROWS_AT_ONCE = 16_384
GAIN_ENOUGH = 1e-7


@dataclass(frozen=True, slots=True)
class Peak:
    """The posterior's peak. coefficients: (p,). information: (p, p), the likelihood's. score: (p,), such that the
    log likelihood is close to score·β − ½ β·information·β around the peak."""

    coefficients: Floats
    information: Floats
    score: Floats


def climb(x: Floats, won: Flags, precision: Floats, start: Floats) -> Peak:
    """The peak of log likelihood − ½ β·precision·β. x: (deals, p). precision: (p, p), positive definite."""
    coefficients, log_odds = start, x @ start
    for _ in range(60):
        information, gradient = curvature(x, won, log_odds)
        gradient_with_prior = gradient - precision @ coefficients
        step = cho_solve(cho_factor(information + precision), gradient_with_prior)
        if gradient_with_prior @ step < GAIN_ENOUGH:
            break
        coefficients, log_odds = _shortened(x, won, precision, coefficients, log_odds, step)
    return Peak(coefficients, information, information @ coefficients + gradient)


def curvature(x: Floats, won: Flags, log_odds: Floats) -> tuple[Floats, Floats]:
    """The likelihood's information (p, p) and gradient (p,) at these log-odds, in blocks of rows."""
    chance = expit(log_odds)
    root = np.sqrt(chance * (1 - chance))
    information = np.zeros((x.shape[1], x.shape[1]))
    for first in range(0, len(x), ROWS_AT_ONCE):
        block = x[first : first + ROWS_AT_ONCE] * root[first : first + ROWS_AT_ONCE, None]
        information += block.T @ block
    return information, x.T @ (won - chance)


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
