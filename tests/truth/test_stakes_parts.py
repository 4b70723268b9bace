"""Differences between parts keep their promise: a small, seeded run of the table in docs/method/stakes-slices.md."""

from functools import cache

import numpy as np
import pytest

from tests.truth.stakes_parts import PartedCompany, parted_companies
from winward.engine.stakes import Comparison, compare, linear_contrast

Told = list[tuple[PartedCompany, Comparison]]
CELLS = [(100, 25, 2, 8), (300, 40, 4, 2)]


@cache
def told(deals: int, themes: int, parts: int, how_many: int, changed: float) -> Told:
    simulated = parted_companies(how_many, deals, themes, parts, seed=2027, changed=changed)
    return [(one, compare(one.exposure, one.part, linear_contrast(parts), seed=0)) for one in simulated]


def covered(run: Told, changed_alone: bool = False) -> float:
    hits = []
    for company, found in run:
        truth = linear_contrast(len(company.truth)) @ company.truth
        asked = (found.change_high - found.change_low < 4) & (company.changed | (not changed_alone))
        hits.append(((found.change_low <= truth) & (truth <= found.change_high))[asked])
    return float(np.concatenate(hits).mean())


def covered_parts(run: Told) -> float:
    hits = [
        ((found.low <= company.truth) & (company.truth <= found.high))[found.high - found.low < 2]
        for company, found in run
    ]
    return float(np.concatenate(hits).mean())


@pytest.mark.parametrize("cell", CELLS)
@pytest.mark.parametrize("changed", [0.0, 0.2])
def test_intervals_hold(cell: tuple[int, int, int, int], changed: float) -> None:
    run = told(*cell, changed)
    assert covered(run) >= 0.86
    assert covered_parts(run) >= 0.86
    if changed:
        assert covered(run, changed_alone=True) >= 0.80


@pytest.mark.parametrize("cell", CELLS)
def test_where_nothing_changed_nearly_no_company_is_told_that_something_did(cell: tuple[int, int, int, int]) -> None:
    alarms = [any(turn != "can't tell" for turn in found.turn) for _, found in told(*cell, 0.0)]
    assert np.mean(alarms) <= 0.10


def test_changes_are_found_once_deals_are_many() -> None:
    run = told(2_000, 40, 2, 1, 0.2)
    named = np.concatenate([(np.array(found.turn) != "can't tell")[company.changed] for company, found in run])
    assert named.mean() >= 0.6
