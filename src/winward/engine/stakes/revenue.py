"""Lost revenue shared over themes without counting any of it twice, and the open pipeline that shows the same."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from scipy.special import expit

from winward.engine.stakes.differences import Counts, Fit
from winward.engine.stakes.exposure import Exposure, Flags, Floats
from winward.engine.stakes.sharing import DIGITS, Positions, shapley, shapley_of_one

COARSE_DIGITS = 4.0
PAIRS_AT_ONCE = 20_000
Part = Callable[[Floats, Floats], Floats]


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
    by the chance of losing (the excess fraction); themes that help take part and get nothing.
    """
    amount = known_amounts(lost)
    shares = np.maximum(amount, 0.0)[:, None] * excess_fractions(
        fit.log_odds_without_themes(lost), lost.mentions * fit.themes
    )
    rest = amount - shares.sum(axis=1)
    return shares, np.where(amount > 0, np.maximum(rest, 0.0), amount)


def lost_revenue(fit: Fit, lost: Exposure) -> LostRevenue:
    """The lost amount that goes with each theme, with what it comes to at both ends of the theme's interval."""
    shares, unexplained = attribute(fit, lost)
    total = shares.sum(axis=0)
    low, high = _between(_at_ends(fit, lost, _fraction_of_losing), total)
    return LostRevenue(total, low, high, float(unexplained.sum()), _unknown(lost))


def open_exposed(fit: Fit, still_open: Exposure) -> OpenPipeline:
    """The open pipeline in which each theme came up, and the expected loss in it. `won` of open deals isn't read."""
    amount = np.maximum(known_amounts(still_open), 0.0)
    exposed, deals = amount @ still_open.mentions, still_open.mentions.sum(axis=0, dtype=np.int64)
    loss = amount @ falls(fit.log_odds_without_themes(still_open), still_open.mentions * fit.themes)
    low, high = _between(_at_ends(fit, still_open, lambda fall, _: fall), loss)
    return OpenPipeline(deals, exposed, loss, low, high, _unknown(still_open))


def excess_fractions(base: Floats, effects: Floats, digits: float = DIGITS) -> Floats:
    """The part of each deal's chance of losing that goes with each theme: (deals, themes), a row sums to at most 1.

    base: (deals,), log-odds without themes. effects: (deals, themes), 0 where a theme didn't come up.
    Source: Greenland and Robins (1988), the excess fraction.
    """
    fall = falls(base, effects, digits)
    chance_of_losing = expit(-base - effects.sum(axis=1))
    return np.asarray(fall / np.maximum(chance_of_losing, fall.sum(axis=1)).clip(min=1e-300)[:, None])


def falls(base: Floats, effects: Floats, digits: float = DIGITS) -> Floats:
    """How far each costly theme lowers the win probability, as Shapley values ≥ 0. Shapes as in `excess_fractions`."""
    return np.where(effects < 0, np.maximum(-shapley(base, effects, digits), 0.0), 0.0)


def known_amounts(deals: Exposure) -> Floats:
    """(deals,), 0 where the amount is unknown."""
    return np.where(np.isfinite(deals.amount), deals.amount, 0.0)


def _unknown(deals: Exposure) -> int:
    return int((~np.isfinite(deals.amount)).sum())


def _between(at_ends: Floats, point: Floats) -> tuple[Floats, Floats]:
    return np.minimum(at_ends.min(axis=0), point), np.maximum(at_ends.max(axis=0), point)


def _at_ends(fit: Fit, deals: Exposure, part: Part) -> Floats:
    """(2, themes): the sum over the deals of amount × part, with the theme's coefficient at the ends of its interval;
    nothing and the whole amount where it has none.

    part: from the fall in the win probability and the chance of losing, of each deal.
    """
    amount, controls = np.maximum(known_amounts(deals), 0.0), fit.control_columns(deals)
    theme, deal = np.nonzero(deals.mentions.T & (amount > 0))
    totals = np.zeros((2, deals.mentions.shape[1]))
    for end, coefficients in enumerate(fit.ends):
        costly = np.flatnonzero(coefficients[theme, fit.controls + theme] < 0)
        for first in range(0, len(costly), PAIRS_AT_ONCE):
            some = costly[first : first + PAIRS_AT_ONCE]
            said, where = theme[some], deal[some]
            fall, losing = _fall_of_one(coefficients[said], controls[where], deals.mentions[where], said)
            weighed = amount[where] * part(fall, losing)
            totals[end] += np.bincount(said, weights=weighed, minlength=totals.shape[1])
    untold = np.isnan(fit.ends[0, :, 0])
    totals[1, untold] = (amount @ deals.mentions)[untold]
    return totals


def _fall_of_one(coefficients: Floats, controls: Floats, mentions: Flags, theme: Positions) -> tuple[Floats, Floats]:
    """How far one theme in each deal lowers the win probability, and the chance of losing: (deals,) each.

    coefficients: (deals, controls + themes). theme: (deals,), which one.
    """
    base = (controls * coefficients[:, : controls.shape[1]]).sum(axis=1)
    others, deals = coefficients[:, controls.shape[1] :] * mentions, np.arange(len(theme))
    losing, own = expit(-base - others.sum(axis=1)), others[deals, theme]
    others[deals, theme] = 0.0
    return np.maximum(-shapley_of_one(base, own, others, COARSE_DIGITS), 0.0), losing


def _fraction_of_losing(fall: Floats, losing: Floats) -> Floats:
    return np.asarray(fall / np.maximum(losing, fall).clip(min=1e-300))
