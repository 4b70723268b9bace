"""A small, seeded run of the simulation that bench/stakes.py runs in full."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np
import pytest
from numpy.typing import NDArray

from tests.truth.stakes_companies import Company, Kind, companies
from winward.engine.stakes import Exposure, Stakes, estimate, lost_revenue

Told = list[tuple[Company, Stakes]]


@dataclass(frozen=True)
class Cell:
    """`widest`: what the median width may be."""

    kind: Kind
    companies: int
    widest: float


CELLS = [
    Cell(Kind(40, 15), 60, 0.60),
    Cell(Kind(100, 25), 30, 0.46),
    Cell(Kind(300, 40), 10, 0.30),
    Cell(Kind(2000, 40), 5, 0.115),
    Cell(Kind(100, 25, measures=3), 20, 0.46),
]


@cache
def told(kind: Kind, how_many: int) -> Told:
    return [(company, estimate(company.exposure, seed=0)) for company in companies(how_many, kind, seed=2026)]


def covered(run: Told, which: Sequence[NDArray[np.bool_]]) -> float:
    hits = [
        ((stakes.low <= company.truth) & (company.truth <= stakes.high))[mask]
        for (company, stakes), mask in zip(run, which, strict=True)
    ]
    return float(np.concatenate(hits).mean())


def false_share(company: Company, stakes: Stakes) -> float:
    named = np.array(stakes.verdict) != "can't tell"
    return float((named & ~company.planted).sum() / max(1, named.sum()))


@pytest.mark.parametrize(
    "cell", CELLS, ids=lambda cell: f"{cell.kind.deals}x{cell.kind.themes}, {cell.kind.measures} measures"
)
def test_intervals_hold_over_all_and_over_planted_themes(cell: Cell) -> None:
    run = told(cell.kind, cell.companies)
    assert 0.85 <= covered(run, [np.ones_like(company.planted) for company, _ in run]) <= 0.96
    assert 0.80 <= covered(run, [company.planted for company, _ in run]) <= 0.98
    assert np.median(np.concatenate([stakes.high - stakes.low for _, stakes in run])) <= cell.widest
    assert np.mean([false_share(*one) for one in run]) <= 0.15


def test_rarely_mentioned_themes_are_covered_too() -> None:
    run = told(Kind(40, 15), 60)
    assert covered(run, [company.exposure.mentions.sum(axis=0) <= 4 for company, _ in run]) >= 0.80


@pytest.mark.parametrize("exposure", [-0.8, 0.8])
def test_where_nothing_is_planted_few_companies_are_told_that_a_theme_costs(exposure: float) -> None:
    run = told(Kind(40, 15, planted=0.0, exposure=exposure), 30)
    assert np.mean(["costs" in stakes.verdict for _, stakes in run]) <= 0.10


def test_most_planted_themes_are_named_once_deals_are_many() -> None:
    run = told(Kind(2000, 40), 5)
    named = np.concatenate([np.array(stakes.verdict)[company.planted] == "costs" for company, stakes in run])
    assert named.mean() >= 0.85


def test_under_complete_separation_planted_effects_stay_covered() -> None:
    hits = []
    for company in companies(60, Kind(40, 15), seed=7):
        separated = separated_by_a_planted_theme(company)
        if separated is not None:
            exposure, theme = separated
            stakes = estimate(exposure, seed=0)
            assert np.isfinite([stakes.low, stakes.high]).all()
            assert (stakes.low >= -1).all()
            assert (stakes.high <= 1).all()
            hits.append(stakes.low[theme] <= company.truth[theme] <= stakes.high[theme])
    assert len(hits) >= 10
    assert np.mean(hits) >= 0.75


def separated_by_a_planted_theme(company: Company) -> tuple[Exposure, int] | None:
    """The company and a planted theme that was never said in a won deal, where there is one."""
    never_won = ~company.exposure.mentions[company.exposure.won].any(axis=0)
    theme = np.flatnonzero(never_won & company.planted)
    return (company.exposure, int(theme[0])) if len(theme) else None


def test_intervals_of_lost_revenue_hold_over_planted_themes_too() -> None:
    hits, planted = [], []
    for company, stakes in told(Kind(100, 25), 30):
        revenue, truth = lost_revenue(stakes.fit, company.exposure.lost), company.lost_truth
        slack = 1e-4 * company.exposure.lost.amount.sum()
        hits += ((revenue.low - slack <= truth) & (truth <= revenue.high + slack)).tolist()
        planted += company.planted.tolist()
    assert np.mean(hits) >= 0.85
    assert np.mean(np.array(hits)[planted]) >= 0.80
