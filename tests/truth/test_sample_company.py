"""The whole pipeline against what was planted in the sample company."""

from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from tests.command_line import CommandLine, command_line
from winward.sample import Truth, read_truth


@dataclass(frozen=True)
class Outcome:
    """themes: the rows of `winward themes`, and planted: for each of them the planted theme that most of its quotes
    belong to."""

    truth: Truth
    rows: list[dict[str, Any]]
    planted: dict[int, str]
    weighing: dict[str, Any]

    def of_role(self, role: str) -> list[dict[str, Any]]:
        keys = {theme.key for theme in self.truth.themes if theme.role == role}
        return [row for row in self.rows if self.planted.get(row["id"]) in keys]


@pytest.fixture(scope="module")
def outcome(sample_workspace: Path) -> Outcome:
    truth = read_truth(Path(__file__).parent / "sample_company.json")
    said = {sentence: key for document in truth.documents for key, sentence in document.sentences}
    with command_line(sample_workspace) as typed:
        themes = typed.shown("themes")
        planted = {row["id"]: _most_said(row["id"], said, typed) for row in themes["rows"]}
    return Outcome(truth, themes["rows"], planted, themes["weighing"])


def _most_said(theme: int, said: dict[str, str], typed: CommandLine) -> str:
    quotes = [row["words"] for row in typed.shown("signals", "--theme", str(theme))["rows"]]
    counted = Counter(said[quote] for quote in quotes if quote in said)
    return counted.most_common(1)[0][0] if counted else ""


def test_every_costly_theme_is_found_with_an_interval_below_zero(outcome: Outcome) -> None:
    costly = {theme.key for theme in outcome.truth.themes if theme.role == "costly"}
    found = {outcome.planted[row["id"]] for row in outcome.rows if row["verdict"] == "costs" and row["high"] < 0}
    assert found == costly


def test_no_harmless_theme_is_called_costly_or_has_an_interval_below_zero(outcome: Outcome) -> None:
    harmless = outcome.of_role("harmless")
    assert len({outcome.planted[row["id"]] for row in harmless}) >= 4
    assert [row["title"] for row in harmless if row["verdict"] == "costs" or row["high"] < 0] == []


def test_only_planted_costly_themes_are_called_costly(outcome: Outcome) -> None:
    roles = {theme.key: theme.role for theme in outcome.truth.themes}
    assert {roles.get(outcome.planted[row["id"]]) for row in outcome.rows if row["verdict"] == "costs"} == {"costly"}


def test_the_loss_is_shared_out_and_never_twice(outcome: Outcome) -> None:
    shared = sum(row["lost_value"] for row in outcome.rows)
    assert shared + outcome.weighing["unexplained"] == pytest.approx(outcome.weighing["lost_value"])
