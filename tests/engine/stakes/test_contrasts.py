"""Shares in a group beside the others', on planted truth: how much was recorded must not look like a finding."""

import numpy as np
import pytest
from tests.truth.rival_companies import Talk, talk

from winward.engine.stakes.contrasts import Counts, contrast, strata
from winward.engine.stakes.verdicts import discoveries

DEALS, THEMES, RIVALS, COMPANIES = 240, 20, 3, 40


def test_with_nothing_planted_hardly_a_company_names_a_pair_and_without_strata_nearly_all_do() -> None:
    rng, named, named_plainly = np.random.default_rng(5), 0, 0
    for _ in range(COMPANIES):
        company = talk(DEALS, THEMES, RIVALS, effect=0.0, pull=0.8, rng=rng)
        named += anything_named(company, strata(company.recorded))
        named_plainly += anything_named(company, np.zeros(DEALS, dtype=np.int64))
    assert named <= 0.12 * COMPANIES
    assert named_plainly >= 0.8 * COMPANIES


def anything_named(company: Talk, parts: Counts) -> bool:
    found = [contrast(company.said, company.against[:, rival], parts).doubt for rival in range(RIVALS)]
    return bool(discoveries(np.concatenate(found)).any())


def test_intervals_cover_what_was_planted() -> None:
    rng, covered, planted = np.random.default_rng(6), [], []
    for _ in range(COMPANIES):
        company = talk(DEALS, THEMES, RIVALS, effect=1.2, pull=0.8, rng=rng)
        parts = strata(company.recorded)
        for rival in range(RIVALS):
            found, truth = contrast(company.said, company.against[:, rival], parts), company.truth(rival, parts)
            held = (found.low <= truth) & (truth <= found.high)
            covered += held.tolist()
            planted += held[company.planted[rival] > 0].tolist()
    assert 0.86 <= np.mean(covered) <= 0.95
    assert 0.85 <= np.mean(planted) <= 0.97


def test_the_difference_of_two_plain_groups_is_that_of_their_shares() -> None:
    said = np.array([[True]] * 6 + [[False]] * 4 + [[True]] * 2 + [[False]] * 8)
    found = contrast(said, np.arange(20) < 10, np.zeros(20, dtype=np.int64))
    assert (found.here[0], found.elsewhere[0]) == (6, 2)
    assert found.difference[0] == pytest.approx(0.4)
    assert -1 <= found.low[0] < 0.1 < 0.6 < found.high[0] <= 1


def test_a_group_of_nobody_or_of_all_can_not_be_told() -> None:
    said = np.ones((5, 2), dtype=bool)
    for group in (np.zeros(5, dtype=bool), np.ones(5, dtype=bool)):
        found = contrast(said, group, np.zeros(5, dtype=np.int64))
        assert (found.low.tolist(), found.high.tolist(), found.doubt.tolist()) == ([-1, -1], [1, 1], [1, 1])


def test_what_all_rows_said_tells_nothing() -> None:
    found = contrast(np.ones((40, 1), dtype=bool), np.arange(40) < 20, np.zeros(40, dtype=np.int64))
    assert found.doubt[0] == 1.0
    assert found.low[0] < 0 < found.high[0]


def test_rows_are_parted_by_how_much_was_recorded() -> None:
    assert set(strata(np.arange(10.0)).tolist()) == {0}
    assert np.bincount(strata(np.arange(60.0))).tolist() == [15, 15, 15, 15]
    assert len(set(strata(np.arange(10_000.0)).tolist())) == 12
    assert set(strata(np.zeros(100)).tolist()) == {0}
    assert strata(np.zeros(0)).tolist() == []
