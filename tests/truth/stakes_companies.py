"""Simulated companies with a planted truth: which themes move the win, and by how much (docs/method/stakes.md)."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import brentq
from scipy.special import expit, ndtr

from winward.engine.stakes import Exposure
from winward.engine.stakes.revenue import excess_fractions

FEWEST_MENTIONS = 3
Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Kind:
    """What companies are alike in. planted: the share of themes with an effect. measures: how many columns tell how
    much was recorded. exposure: how far it moves the win, in log-odds a standard deviation; ±.5 to ±.8 if None."""

    deals: int
    themes: int
    planted: float = 0.2
    measures: int = 1
    exposure: float | None = None


@dataclass(frozen=True, slots=True)
class Company:
    """exposure, and what made it: per theme whether an effect was planted, its log-odds, and truth, its average
    marginal effect over these deals. base: (deals,), the true log-odds of winning had no theme come up."""

    exposure: Exposure
    planted: NDArray[np.bool_]
    effects: Floats
    base: Floats
    truth: Floats

    @property
    def lost_truth(self) -> Floats:
        """(themes,), the lost amount that goes with each under the true coefficients."""
        lost = self.exposure.lost
        return lost.amount @ excess_fractions(self.base[~self.exposure.won], lost.mentions * self.effects)


def companies(how_many: int, kind: Kind, seed: int | tuple[int, ...]) -> Iterator[Company]:
    for child in np.random.SeedSequence(seed).spawn(how_many):
        yield company(np.random.default_rng(child), kind)


def company(rng: np.random.Generator, kind: Kind) -> Company:
    """Prevalence 3 to 50%, blocks of four correlated themes, exposure raising every mention by 0.8 log-odds a
    standard deviation and moving the win, effects of log-odds −0.5 to −2, win rate 30 to 60%."""
    recorded, exposed = _recorded(rng, kind)
    mentions = _mentions(rng, exposed, kind.themes)
    covariates = rng.normal(size=(kind.deals, 2))
    is_planted = np.zeros(kind.themes, dtype=bool)
    is_planted[rng.choice(kind.themes, round(kind.planted * kind.themes), replace=False)] = True
    effects = np.where(is_planted, rng.uniform(-2.0, -0.5, kind.themes), 0.0)
    moves = rng.choice([-1, 1]) * rng.uniform(0.5, 0.8) if kind.exposure is None else kind.exposure
    moved = moves * exposed + covariates @ rng.normal(0, 0.3, 2)
    base = moved + _shift_to(mentions @ effects + moved, rng.uniform(0.3, 0.6))
    log_odds = base + mentions @ effects
    won = rng.random(kind.deals) < expit(log_odds)
    without = log_odds[:, None] - mentions * effects
    truth = (expit(without + effects) - expit(without)).mean(axis=0)
    exposure = Exposure(mentions, won, recorded, covariates, rng.lognormal(10, 1, kind.deals))
    return Company(exposure, is_planted, effects, base, truth)


def _recorded(rng: np.random.Generator, kind: Kind) -> tuple[Floats, Floats]:
    """(deals, measures), each pair correlated by one half, and (deals,), their standardised sum: the exposure."""
    shared, own = rng.normal(size=(kind.deals, 1)), rng.normal(size=(kind.deals, kind.measures))
    recorded = np.sqrt(0.5) * (shared + own)
    return recorded, recorded.sum(axis=1) / np.sqrt((kind.measures + kind.measures**2) / 2)


def _shift_to(log_odds: Floats, win_rate: float) -> float:
    return float(brentq(lambda shift: expit(log_odds + shift).mean() - win_rate, -20, 20))


def _mentions(rng: np.random.Generator, exposed: Floats, themes: int) -> NDArray[np.bool_]:
    """Blocks of four themes share half of their chance; redrawn until each theme has three mentions."""
    block = np.arange(themes) // 4
    while True:
        prevalence = rng.uniform(0.03, 0.5, themes)
        shared = rng.normal(size=(len(exposed), block.max() + 1))[:, block]
        own = rng.normal(size=(len(exposed), themes))
        chance = ndtr(np.sqrt(0.5) * shared + np.sqrt(0.5) * own)
        mentions = np.log(chance / (1 - chance)) + 0.8 * exposed[:, None] > -np.log(prevalence / (1 - prevalence))
        if (mentions.sum(axis=0) >= FEWEST_MENTIONS).all() and (mentions.sum(axis=0) < len(exposed)).all():
            return np.asarray(mentions)
