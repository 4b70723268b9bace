"""Simulated companies in whose parts some themes cost differently (docs/method/stakes-slices.md)."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import expit

from tests.truth.stakes_companies import Kind, companies
from winward.engine.stakes import Exposure


@dataclass(frozen=True, slots=True)
class PartedCompany:
    """part: (deals,). truth: (parts, themes), the average marginal effect over each part's own deals. changed:
    (themes,), whether a difference between the parts was planted."""

    exposure: Exposure
    part: NDArray[np.intp]
    truth: NDArray[np.float64]
    changed: NDArray[np.bool_]


def parted_companies(
    how_many: int, deals: int, themes: int, parts: int, seed: int, changed: float = 0.2
) -> Iterator[PartedCompany]:
    """As `companies`, won anew: the win rate drifts by 0.3 log-odds a part, and from the first part to the last a share
    of the themes comes to cost 1 to 2.5 log-odds more or less, in a straight line."""
    drawn = np.random.SeedSequence(seed).spawn(how_many)
    for company, child in zip(companies(how_many, Kind(deals, themes), seed), drawn, strict=True):
        rng = np.random.default_rng(child.spawn(1)[0])
        part = rng.integers(0, parts, deals)
        is_changed = np.zeros(themes, dtype=bool)
        is_changed[rng.choice(themes, round(changed * themes), replace=False)] = True
        shift = np.where(is_changed, rng.choice([-1, 1], themes) * rng.uniform(1, 2.5, themes), 0.0)
        effects = company.effects + np.outer(np.arange(parts) / (parts - 1), shift)
        mentions = company.exposure.mentions
        moved = mentions * effects[part]
        log_odds = company.base + 0.3 * part + moved.sum(axis=1)
        won, without = rng.random(deals) < expit(log_odds), log_odds[:, None] - moved
        inside = [part == one for one in range(parts)]
        truth = np.array(
            [(expit(without[own] + effects[at]) - expit(without[own])).mean(axis=0) for at, own in enumerate(inside)]
        )
        of = company.exposure
        yield PartedCompany(Exposure(mentions, won, of.recorded, of.covariates, of.amount), part, truth, is_changed)
