"""Simulated companies with a planted truth: which themes move the win, and by how much (docs/method/stakes.md)."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import brentq
from scipy.special import expit, ndtr

from winward.engine.stakes import Exposure

FEWEST_MENTIONS = 3


@dataclass(frozen=True, slots=True)
class Company:
    """exposure, and what made it: per theme whether an effect was planted, its log-odds, and truth, its average
    marginal effect over these deals. base: (deals,), the true log-odds of winning had no theme come up."""

    exposure: Exposure
    planted: NDArray[np.bool_]
    effects: NDArray[np.float64]
    base: NDArray[np.float64]
    truth: NDArray[np.float64]


def companies(how_many: int, deals: int, themes: int, seed: int, planted: float = 0.2) -> Iterator[Company]:
    """Companies of one size; `planted` is the share of themes with an effect."""
    for child in np.random.SeedSequence(seed).spawn(how_many):
        yield company(np.random.default_rng(child), deals, themes, planted)


def company(rng: np.random.Generator, deals: int, themes: int, planted: float = 0.2) -> Company:
    """Prevalence 3 to 50%, blocks of four correlated themes, exposure raising every mention by 0.8 log-odds a
    standard deviation and moving the win by ±0.5 to ±0.8, effects of log-odds −0.5 to −2, win rate 30 to 60%."""
    recorded = rng.normal(size=deals)
    mentions = _mentions(rng, recorded, themes)
    covariates = rng.normal(size=(deals, 2))
    is_planted = np.zeros(themes, dtype=bool)
    is_planted[rng.choice(themes, round(planted * themes), replace=False)] = True
    effects = np.where(is_planted, rng.uniform(-2.0, -0.5, themes), 0.0)
    moved = recorded * rng.choice([-1, 1]) * rng.uniform(0.5, 0.8) + covariates @ rng.normal(0, 0.3, 2)
    base = moved + _shift_to(mentions @ effects + moved, rng.uniform(0.3, 0.6))
    log_odds = base + mentions @ effects
    won = rng.random(deals) < expit(log_odds)
    without = log_odds[:, None] - mentions * effects
    truth = (expit(without + effects) - expit(without)).mean(axis=0)
    amount = rng.lognormal(10, 1, deals)
    exposure = Exposure(mentions, won, recorded[:, None], covariates, amount)
    return Company(exposure, is_planted, effects, base, truth)


def _shift_to(log_odds: NDArray[np.float64], win_rate: float) -> float:
    return float(brentq(lambda shift: expit(log_odds + shift).mean() - win_rate, -20, 20))


def _mentions(rng: np.random.Generator, recorded: NDArray[np.float64], themes: int) -> NDArray[np.bool_]:
    """Blocks of four themes share half of their chance; redrawn until each theme has three mentions."""
    block = np.arange(themes) // 4
    while True:
        prevalence = rng.uniform(0.03, 0.5, themes)
        shared = rng.normal(size=(len(recorded), block.max() + 1))[:, block]
        own = rng.normal(size=(len(recorded), themes))
        chance = ndtr(np.sqrt(0.5) * shared + np.sqrt(0.5) * own)
        mentions = np.log(chance / (1 - chance)) + 0.8 * recorded[:, None] > -np.log(prevalence / (1 - prevalence))
        if (mentions.sum(axis=0) >= FEWEST_MENTIONS).all() and (mentions.sum(axis=0) < len(recorded)).all():
            return np.asarray(mentions)
