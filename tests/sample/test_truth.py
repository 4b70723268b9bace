"""What was planted can be found again in the true mentions, by plain means."""

from collections import Counter
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from tests.sample.conftest import Sample
from winward.sample import Truth, read_truth

SAVED = Path(__file__).parents[1] / "truth" / "sample_company.json"
# Two-sided 90%.
Z = 1.645
# A weak prior: standard deviation 2 on the log-odds.
PENALTY = 0.25

Array = NDArray[np.float64]


def design(truth: Truth) -> tuple[Array, Array, list[str]]:
    """Closed deals × (intercept, themes, circumstances), whether each was won, and the columns' names."""
    closed = [deal for deal in truth.deals if deal.outcome != "open"]
    names = list(truth.coefficients)
    table = np.zeros((len(closed), len(names)))
    for row, deal in enumerate(closed):
        said = {f"theme:{key}" for key in deal.mentions}
        said |= {f"segment:{deal.segment}", f"region:{deal.region}", f"competitor:{deal.competitor}", "intercept"}
        table[row] = [deal.exposure if name == "exposure" else name in said for name in names]
    return table, np.array([deal.outcome == "won" for deal in closed], dtype=float), names


def ridge_logistic(table: Array, won: Array) -> tuple[Array, Array]:
    """Penalised maximum likelihood by Newton's method, and its standard errors. The intercept, first, is free."""
    penalty = np.full(table.shape[1], PENALTY)
    penalty[0] = 0.0
    slopes = np.zeros(table.shape[1])
    for _ in range(30):
        chance = 1 / (1 + np.exp(-table @ slopes))
        curvature = table.T @ (table * (chance * (1 - chance))[:, None]) + np.diag(penalty)
        slopes += np.linalg.solve(curvature, table.T @ (won - chance) - penalty * slopes)
    return slopes, np.sqrt(np.diag(np.linalg.inv(curvature)))


@pytest.fixture(scope="module")
def found(sample: Sample) -> dict[str, tuple[float, float]]:
    """theme -> (log-odds, standard error), adjusted for everything else."""
    table, won, names = design(sample.truth)
    slopes, errors = ridge_logistic(table, won)
    return {
        name.removeprefix("theme:"): (slope, error) for name, slope, error in zip(names, slopes, errors, strict=True)
    }


def keys(truth: Truth, role: str) -> list[str]:
    return [theme.key for theme in truth.themes if theme.role == role]


def test_every_costly_theme_is_below_zero_with_its_interval(
    sample: Sample, found: dict[str, tuple[float, float]]
) -> None:
    assert len(keys(sample.truth, "costly")) == 5
    for key in keys(sample.truth, "costly"):
        slope, error = found[key]
        assert slope + Z * error < 0, key


def test_no_harmless_theme_is_apart_from_zero(sample: Sample, found: dict[str, tuple[float, float]]) -> None:
    assert len(keys(sample.truth, "harmless")) == 5
    for key in keys(sample.truth, "harmless"):
        slope, error = found[key]
        assert abs(slope) < error, key


def test_harmless_themes_are_loud(sample: Sample) -> None:
    said = Counter(key for deal in sample.truth.deals for key in deal.mentions)
    loud = [said[key] for key in keys(sample.truth, "harmless")]
    costly = [said[key] for key in keys(sample.truth, "costly")]
    assert np.mean(loud) > np.mean(costly)
    assert all(0.15 <= count / len(sample.truth.deals) <= 0.30 for count in costly)


def test_a_stated_price_hides_a_planted_theme_in_two_of_five_lost_deals(sample: Sample) -> None:
    lost = [deal for deal in sample.truth.deals if deal.outcome == "lost"]
    wrong = [deal for deal in lost if deal.stated_is_wrong]
    assert 0.35 <= len(wrong) / len(lost) <= 0.45
    assert all(deal.stated_reason == "Price" and deal.true_reason in deal.mentions for deal in wrong)


def test_about_as_many_deals_are_won_as_planned(sample: Sample) -> None:
    outcomes = Counter(deal.outcome for deal in sample.truth.deals)
    assert 185 <= outcomes["won"] + outcomes["lost"] <= 200
    assert 0.40 <= outcomes["won"] / (outcomes["won"] + outcomes["lost"]) <= 0.50


def test_what_a_deal_mentions_is_said_in_its_documents_before_the_decision(sample: Sample) -> None:
    said: dict[str, set[str]] = {}
    for document in sample.truth.documents:
        if document.before_decision:
            said.setdefault(document.deal, set()).update(theme for theme, _ in document.sentences)
    assert all(said.get(deal.deal, set()) == set(deal.mentions) for deal in sample.truth.deals)


def test_the_truth_on_file_is_that_of_the_generator(sample: Sample) -> None:
    again = "python -m winward.sample FOLDER tests/truth/sample_company.json"
    assert SAVED.read_text(encoding="utf-8") == sample.truth.to_json(), f"the material changed; run {again}"
    assert SAVED.stat().st_size < 3_000_000
    assert read_truth(SAVED) == sample.truth
