"""Lost revenue shared over themes without counting any of it twice, and the open pipeline that shows the same."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from scipy.special import expit

from winward.engine.stakes.differences import Counts, Fit
from winward.engine.stakes.exposure import Exposure, Flags, Floats
from winward.engine.stakes.sharing import shapley

DRAWS = 200
COARSE_DIGITS = 3.0
GAMES_AT_ONCE = 50_000
Part = Callable[[Floats, Floats, float], Floats]


@dataclass(frozen=True, slots=True)
class LostRevenue:
    """amount, low, high: (themes,), in the amounts' unit. unexplained: what no theme accounts for.
    unknown: lost deals without an amount, which count nowhere."""

    amount: Floats
    low: Floats
    high: Floats
    unexplained: float
    unknown: int


@dataclass(frozen=True, slots=True)
class OpenPipeline:
    """Per theme (themes,): deals, how many open ones mention it; exposed, their amount; expected_loss, the part of it
    that the fall in their win probability puts at risk, with low and high. unknown: open deals without an amount."""

    deals: Counts
    exposed: Floats
    expected_loss: Floats
    low: Floats
    high: Floats
    unknown: int


def attribute(fit: Fit, lost: Exposure) -> tuple[Floats, Floats]:
    """Each lost deal's amount, shared over the themes that came up in it, and what stays unexplained.

    Returns shares (deals, themes), never below 0, and unexplained (deals,); their sum is the deal's amount, and both
    are 0 where the amount is unknown. A theme's share is its Shapley value of the fall in the win probability, divided
    by the chance of losing (the excess fraction); themes that help belong to the deal and get nothing.
    """
    amount = known_amounts(lost)
    shares = np.maximum(amount, 0.0)[:, None] * excess_fractions(
        fit.log_odds_without_themes(lost), lost.mentions * fit.themes
    )
    rest = amount - shares.sum(axis=1)
    return shares, np.where(amount > 0, np.maximum(rest, 0.0), amount)


def lost_revenue(fit: Fit, lost: Exposure, seed: int, level: float = 0.90) -> LostRevenue:
    """The lost amount that goes with each theme, with an interval from 200 draws of the coefficients."""
    shares, unexplained = attribute(fit, lost)
    total = shares.sum(axis=0)
    low, high = _between(_drawn_totals(fit, lost, seed, excess_fractions), total, level)
    return LostRevenue(total, low, high, float(unexplained.sum()), _unknown(lost))


def open_exposed(fit: Fit, still_open: Exposure, seed: int, level: float = 0.90) -> OpenPipeline:
    """The open pipeline in which each theme came up, and the expected loss in it. `won` of open deals isn't read."""
    amount = np.maximum(known_amounts(still_open), 0.0)
    exposed, deals = amount @ still_open.mentions, still_open.mentions.sum(axis=0, dtype=np.int64)
    loss = amount @ falls(fit.log_odds_without_themes(still_open), still_open.mentions * fit.themes)
    low, high = _between(_drawn_totals(fit, still_open, seed, falls), loss, level)
    return OpenPipeline(deals, exposed, loss, low, high, _unknown(still_open))


def excess_fractions(base: Floats, effects: Floats, digits: float = 9.0) -> Floats:
    """The part of each deal's chance of losing that goes with each theme: (deals, themes), a row sums to at most 1.

    base: (deals,), log-odds without themes. effects: (deals, themes), 0 where a theme didn't come up.
    Source: Greenland and Robins (1988), the excess fraction.
    """
    fall = falls(base, effects, digits)
    chance_of_losing = expit(-base - effects.sum(axis=1))
    return np.asarray(fall / np.maximum(chance_of_losing, fall.sum(axis=1)).clip(min=1e-300)[:, None])


def falls(base: Floats, effects: Floats, digits: float = 9.0) -> Floats:
    """How far each costly theme lowers the win probability, as Shapley values ≥ 0. Shapes as in `excess_fractions`."""
    with_help = base + np.maximum(effects, 0.0).sum(axis=1)
    return np.maximum(-shapley(with_help, np.minimum(effects, 0.0), digits), 0.0)


def known_amounts(deals: Exposure) -> Floats:
    """(deals,), 0 where the amount is unknown."""
    return np.where(np.isfinite(deals.amount), deals.amount, 0.0)


def _unknown(deals: Exposure) -> int:
    return int((~np.isfinite(deals.amount)).sum())


def _between(totals: Floats, point: Floats, level: float) -> tuple[Floats, Floats]:
    low, high = np.quantile(totals, [(1 - level) / 2, (1 + level) / 2], axis=0)
    return np.minimum(low, point), np.maximum(high, point)


def _drawn_totals(fit: Fit, deals: Exposure, seed: int, part: Part) -> Floats:
    """(draws, themes): the sum over the deals of amount × part, for coefficients drawn from the fit."""
    draws = np.random.default_rng(seed).multivariate_normal(fit.coefficients, fit.covariance, DRAWS, method="eigh")
    controls, amount = fit.control_columns(deals), np.maximum(known_amounts(deals), 0.0)
    together = max(1, GAMES_AT_ONCE // max(len(amount), 1))
    return np.concatenate(
        [
            _totals(draws[first : first + together], controls, deals.mentions, amount, part)
            for first in range(0, DRAWS, together)
        ]
    )


def _totals(draws: Floats, controls: Floats, mentions: Flags, amount: Floats, part: Part) -> Floats:
    """(draws, themes), all draws at once."""
    base = draws[:, : controls.shape[1]] @ controls.T
    effects = draws[:, None, controls.shape[1] :] * mentions
    parts = part(base.reshape(base.size), effects.reshape(base.size, mentions.shape[1]), COARSE_DIGITS)
    return np.asarray(amount @ parts.reshape(effects.shape))
