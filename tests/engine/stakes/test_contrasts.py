"""Shares in a group beside the others', on planted truth: how much was recorded must not look like a finding."""

import numpy as np
import pytest
from numpy.typing import NDArray
from scipy.special import expit, logit

from winward.engine.stakes.contrasts import contrast, strata
from winward.engine.stakes.verdicts import discoveries

ROWS, THEMES = 240, 20
COMPANIES = 60


def company(effect: float, rng: np.random.Generator) -> tuple[NDArray[np.float64], ...]:
    """recorded, group, said and the chance of each theme in each row without and with the group's effect, which a
    fifth of the themes have. Recording raises all mentions and the chance to be in the group."""
    recorded = rng.normal(size=ROWS)
    group = rng.random(ROWS) < expit(logit(0.25) + 0.8 * recorded)
    base = logit(rng.uniform(0.05, 0.4, THEMES)) + 0.8 * recorded[:, None]
    effects = np.where(np.arange(THEMES) < THEMES // 5, effect, 0.0)
    said = rng.random((ROWS, THEMES)) < expit(base + group[:, None] * effects)
    return recorded, group, said, expit(base), expit(base + effects)


def test_with_nothing_planted_hardly_a_company_names_a_theme_and_without_strata_nearly_all_do() -> None:
    rng, named, named_plainly = np.random.default_rng(5), 0, 0
    for _ in range(COMPANIES):
        recorded, group, said, *_ = company(0.0, rng)
        named += discoveries(contrast(said, group, strata(recorded)).doubt).any()
        named_plainly += discoveries(contrast(said, group, np.zeros(ROWS, dtype=np.int64)).doubt).any()
    assert named <= 0.12 * COMPANIES
    assert named_plainly >= 0.8 * COMPANIES


def test_intervals_cover_what_was_planted() -> None:
    rng, covered, planted = np.random.default_rng(6), [], []
    for _ in range(COMPANIES):
        recorded, group, said, without, with_it = company(1.2, rng)
        parts = strata(recorded)
        found = contrast(said, group, parts)
        truth = weights(group, parts) @ (with_it - without)
        held = (found.low <= truth) & (truth <= found.high)
        covered += held.tolist()
        planted += held[: THEMES // 5].tolist()
    assert 0.86 <= np.mean(covered) <= 0.95
    assert 0.85 <= np.mean(planted) <= 0.96


def weights(group: NDArray[np.bool_], parts: NDArray[np.int64]) -> NDArray[np.float64]:
    """(rows,): of each row in the difference."""
    weight = np.zeros(len(group))
    for part in np.unique(parts):
        inside, outside = (group & (parts == part)).sum(), (~group & (parts == part)).sum()
        weight[parts == part] = inside * outside / (inside + outside) / (parts == part).sum()
    return weight / weight.sum()


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
