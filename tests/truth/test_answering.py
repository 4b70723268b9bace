"""Rivals and accountability on the sample company, from the command line, against what was planted."""

from pathlib import Path
from typing import Any

import pytest

from tests.command_line import command_line
from winward.sample import Truth, read_truth


@pytest.fixture(scope="module")
def truth() -> Truth:
    return read_truth(Path(__file__).parent / "sample_company.json")


@pytest.fixture(scope="module")
def answers(sample_workspace: Path) -> dict[str, Any]:
    with command_line(sample_workspace) as typed:
        shown: dict[str, Any] = typed.shown("accountability")
        return shown


def themes(answers: dict[str, Any]) -> list[dict[str, Any]]:
    return [theme for owner in answers["owners"] for theme in owner["themes"]]


def test_only_the_planted_reason_for_leaving_is_found(answers: dict[str, Any], truth: Truth) -> None:
    assert answers["churn"]["left"] == len(truth.churned)
    found = [theme["title"] for theme in themes(answers) if theme["churn"]["verdict"] == "more often"]
    assert len(found) == 1
    assert "languages" in found[0]


def test_no_outcome_is_counted_twice(answers: dict[str, Any]) -> None:
    churn, load, losses = answers["churn"], answers["tickets"], answers["losses"]
    owners = answers["owners"]
    assert sum(owner["churned_value"] for owner in owners) + churn["unexplained"] == pytest.approx(churn["value"])
    assert sum(owner["tickets"] for owner in owners) + load["unsorted"] == pytest.approx(load["tickets"])
    assert sum(owner["lost_value"] for owner in owners) == pytest.approx(losses["clear"])
    assert losses["clear"] + losses["unclear"] + losses["unexplained"] == pytest.approx(losses["value"])


def test_the_words_before_leaving_are_of_customers_who_left(sample_workspace: Path, truth: Truth) -> None:
    with command_line(sample_workspace) as typed:
        number = next(theme["id"] for theme in themes(typed.shown("accountability")) if "languages" in theme["title"])
        said = typed.shown("accountability", "--theme", str(number))["left"]
    assert len(said) >= 5
    assert {quote["account"] for quote in said} <= {one.account for one in truth.churned}


def test_every_deal_stands_with_its_rival(sample_workspace: Path, truth: Truth) -> None:
    with command_line(sample_workspace) as typed:
        found = typed.shown("rivals")["matchups"]
        one = typed.shown("rival", "kestrova")
    for row in [*found["rows"], found["without"]]:
        rival = "" if row["name"] == "No rival known" else row["name"]
        deals = [deal.outcome for deal in truth.deals if deal.competitor == rival]
        assert (row["won"], row["lost"]) == (deals.count("won"), deals.count("lost"))
        assert row["low"] < row["rate"] < row["high"]
    assert one["matchup"] == next(row for row in found["rows"] if row["name"] == "Kestrova")
