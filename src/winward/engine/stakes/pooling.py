"""How far the themes' effects are drawn together: normal around a shared mean, with a spread that the data choose."""

import numpy as np
from scipy.linalg import cho_factor, cho_solve

from winward.engine.stakes.exposure import Floats
from winward.engine.stakes.logistic import Peak

SPREADS = np.geomspace(0.05, 2.0, 14)
MEAN_SD = 1.0
INTERCEPT_SD = 5.0
COVARIATE_SD = 1.0
THEME_SD = 2.0


def pooled_precision(controls: int, themes: int, spread: float) -> Floats:
    """(p, p) with p = controls + themes: intercept N(0, 5²), other controls N(0, 1), theme effects N(μ, spread²) with
    μ ~ N(0, 1) integrated out."""
    precision = np.eye(controls + themes)
    precision[0, 0] = INTERCEPT_SD**-2
    precision[1:controls, 1:controls] /= COVARIATE_SD**2
    precision[controls:, controls:] = _shared_mean(themes, spread)
    return precision


def precision_in_question(controls: int, themes: int, spread: float, theme: int) -> Floats:
    """The same, but `theme` has a weak N(0, 2²) prior of its own and takes no part in the pooling."""
    precision = pooled_precision(controls, themes, spread)
    others = controls + np.delete(np.arange(themes), theme)
    asked = controls + theme
    precision[asked, :] = precision[:, asked] = 0.0
    precision[asked, asked] = THEME_SD**-2
    precision[np.ix_(others, others)] = _shared_mean(themes - 1, spread)
    return precision


def likeliest_spread(peak: Peak, controls: int, themes: int) -> float:
    """The spread with the highest marginal likelihood under the quadratic expansion at `peak`, times a half-normal(1)
    prior that keeps it finite. Source: MacKay (1992), the evidence framework."""
    evidence = [
        _log_evidence(peak, pooled_precision(controls, themes, float(spread))) - spread**2 / 2 for spread in SPREADS
    ]
    return float(SPREADS[int(np.argmax(evidence))])


def _shared_mean(themes: int, spread: float) -> Floats:
    """Inverse of spread² I + MEAN_SD² 11ᵀ (Sherman and Morrison)."""
    shared = MEAN_SD**2 / (spread**2 + themes * MEAN_SD**2)
    return (np.eye(themes) - shared) / spread**2


def _log_evidence(peak: Peak, precision: Floats) -> float:
    factor = cho_factor(peak.information + precision)
    fitted = float(peak.score @ cho_solve(factor, peak.score)) / 2
    return float(np.linalg.slogdet(precision)[1] / 2 - np.log(np.diag(factor[0])).sum() + fitted)
