"""Rivals and accountability on the sample company, from the command line, against what was planted."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from tests.command_line import command_line
from winward.sample import Truth, read_truth


@pytest.fixture(scope="module")
def truth() -> Truth:
    return read_truth(Path(__file__).parent / "sample_company.json")


@dataclass(frozen=True)
class Shown:
    """What each verb printed. languages: what stands behind the theme about them."""

    answers: dict[str, Any]
    languages: dict[str, Any]
    rivals: dict[str, Any]
    rival: dict[str, Any]


@pytest.fixture(scope="module")
def shown(sample_workspace: Path) -> Shown:
    with command_line(sample_workspace) as typed:
        answers = typed.shown("accountability")
        number = next(theme["id"] for theme in themes(answers) if "languages" in theme["title"])
        return Shown(
            answers,
            typed.shown("accountability", "--theme", str(number)),
            typed.shown("rivals")["matchups"],
            typed.shown("rival", "kestrova"),
        )


def themes(answers: dict[str, Any]) -> list[dict[str, Any]]:
    return [theme for owner in answers["owners"] for theme in owner["themes"]]


def test_only_the_planted_reason_for_leaving_is_found(shown: Shown, truth: Truth) -> None:
    assert shown.answers["churn"]["left"] == len(truth.churned)
    found = [theme["title"] for theme in themes(shown.answers) if theme["churn"]["verdict"] == "more often"]
    assert len(found) == 1
    assert "languages" in found[0]


def test_no_outcome_is_counted_twice(shown: Shown) -> None:
    churn, load, losses = (shown.answers[outcome] for outcome in ("churn", "tickets", "losses"))
    owners = shown.answers["owners"]
    assert sum(owner["churned_value"] for owner in owners) + churn["unexplained"] == pytest.approx(churn["value"])
    assert sum(owner["tickets"] for owner in owners) + load["unsorted"] == pytest.approx(load["tickets"])
    assert sum(owner["lost_value"] for owner in owners) == pytest.approx(losses["clear"])
    assert losses["clear"] + losses["unclear"] + losses["unexplained"] == pytest.approx(losses["value"])


def test_the_words_before_leaving_are_of_customers_who_left(shown: Shown, truth: Truth) -> None:
    said = shown.languages["left"]
    assert len(said) >= 5
    assert {quote["account"] for quote in said} <= {one.account for one in truth.churned}


def test_every_deal_stands_with_its_rival(shown: Shown, truth: Truth) -> None:
    for row in [*shown.rivals["rows"], shown.rivals["without"]]:
        rival = "" if row["name"] == "No rival known" else row["name"]
        deals = [deal.outcome for deal in truth.deals if deal.competitor == rival]
        assert (row["won"], row["lost"]) == (deals.count("won"), deals.count("lost"))
        assert row["low"] < row["rate"] < row["high"]
    assert shown.rival["matchup"] == next(row for row in shown.rivals["rows"] if row["name"] == "Kestrova")
