"""What the model says of one lost deal: each theme's share of the loss, and what would have had to be otherwise."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import expit

from winward.engine.stakes.differences import Fit
from winward.engine.stakes.exposure import Exposure, Flags, Floats
from winward.engine.stakes.revenue import COARSE_DIGITS, excess_fractions, lost_revenue

DRAWS = 500
LEVEL = 0.90


@dataclass(frozen=True, slots=True)
class Range:
    """A number between 0 and 1 with its 90% interval, which holds it."""

    point: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Otherwise:
    """themes: the fewest whose absence lifts the chance to that of the won deals like it, the costliest first; all
    candidates where not even that is enough (reached is then false); none where it had that chance already.
    now, without: the chance of winning as it was, and without them. like: the mean of the won deals like it."""

    themes: tuple[int, ...]
    reached: bool
    now: Range
    without: Range
    like: Range


class Draws:
    """A fit's coefficients drawn again and again, the first of them being the fit itself."""

    def __init__(self, fit: Fit, seed: int) -> None:
        drawn = np.random.default_rng(seed).multivariate_normal(fit.coefficients, fit.covariance, DRAWS, method="eigh")
        self.fit, self.coefficients = fit, np.vstack([fit.coefficients, drawn])

    def base(self, deals: Exposure) -> Floats:
        """(1 + draws, deals), log-odds of winning had no theme come up."""
        return np.asarray(self.coefficients[:, : self.fit.controls] @ self.fit.control_columns(deals).T)

    def log_odds(self, deals: Exposure) -> Floats:
        """(1 + draws, deals), of winning with the themes that came up."""
        return self.base(deals) + self.themes @ deals.mentions.T

    @property
    def themes(self) -> Floats:
        return self.coefficients[:, self.fit.controls :]


def share_ranges(draws: Draws, deal: Exposure) -> tuple[Range, ...]:
    """Each theme's share of the loss of the one deal given, 0 to 1, as `lost_revenue` has it for a sum of 1, widened to
    the middle 90% of the draws: in a single deal the other themes and circumstances are as unsure as the theme."""
    one = Exposure(deal.mentions, deal.won, deal.recorded, deal.covariates, np.ones(1))
    found = lost_revenue(draws.fit, one)
    drawn = excess_fractions(draws.base(one)[1:, 0], draws.themes[1:] * one.mentions, COARSE_DIGITS)
    low, high = np.quantile(drawn, [(1 - LEVEL) / 2, (1 + LEVEL) / 2], axis=0)
    ends = (np.minimum(found.low, low), np.maximum(found.high, high))
    return tuple(map(Range, found.amount.tolist(), *(one_end.tolist() for one_end in ends)))


def otherwise(draws: Draws, deals: Exposure, deal: int, like: NDArray[np.intp], costly: Flags) -> Otherwise:
    """What would have had to be otherwise for the deal at that row to have the chance of the deals `like` it.

    draws: of a fit in which the costly themes that came up aren't drawn towards others (`fit_asking`). like: rows, at
    least one. costly: (themes,), those that may be taken away. Log-odds add up, so that taking the costliest first
    finds the fewest. An association: nothing says that leaving a theme out would have won the deal.
    """
    odds = draws.log_odds(deals.of(np.array([deal])))[:, 0]
    level = expit(draws.log_odds(deals.of(like))).mean(axis=1)
    candidates = np.flatnonzero(costly & deals.mentions[deal] & (draws.fit.themes < 0))
    costliest = candidates[np.argsort(draws.fit.themes[candidates], kind="stable")]
    lifted = odds[0] - np.concatenate([[0.0], np.cumsum(draws.fit.themes[costliest])])
    # Rounding must not ask for one theme more where the same themes are taken away on both sides.
    enough = np.flatnonzero(expit(lifted) >= level[0] - 1e-12)
    taken = costliest[: enough[0]] if len(enough) else costliest
    without = odds - draws.themes[:, taken].sum(axis=1)
    ranges = (_range(expit(odds)), _range(expit(without)), _range(level))
    return Otherwise(tuple(taken.tolist()), len(enough) > 0, *ranges)


def _range(values: Floats) -> Range:
    """The first is the point."""
    low, high = np.quantile(values[1:], [(1 - LEVEL) / 2, (1 + LEVEL) / 2])
    point = float(values[0])
    return Range(point, min(float(low), point), max(float(high), point))
