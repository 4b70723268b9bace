"""What the sample company negotiates, after the whole pipeline: it shows every part, and comes back as it is."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.command_line import CommandLine, command_line
from winward.sample import read_truth


@pytest.fixture(scope="module")
def typed(sample_workspace: Path) -> Iterator[CommandLine]:
    with command_line(sample_workspace) as typed:
        yield typed


@pytest.fixture(scope="module")
def files(typed: CommandLine) -> list[dict[str, Any]]:
    return [typed.shown("align", "export", str(number)) for number in (1, 2, 3)]


def test_three_initiatives_serve_the_planted_themes_that_cost_deals(
    typed: CommandLine, files: list[dict[str, Any]]
) -> None:
    truth = read_truth(Path(__file__).parent / "sample_company.json")
    said = {sentence: key for document in truth.documents for key, sentence in document.sentences}
    by_title = {row["title"]: row for row in typed.shown("themes")["rows"]}
    planted = []
    for file in files:
        theme = by_title[file["themes"][0]]
        assert theme["verdict"] == "costs"
        quotes = [row["words"] for row in typed.shown("signals", "--theme", str(theme["id"]))["rows"]]
        planted.append(max(said.values(), key=[said.get(quote) for quote in quotes].count))
    assert planted == ["offline_app", "user_provisioning", "erp_sync"]


def test_people_of_every_kind_have_a_say_and_one_is_missing(files: list[dict[str, Any]]) -> None:
    kinds = [{person["kind"] for person in file["people"].values()} for file in files]
    assert {
        "product executive", "tech lead", "designer", "partner team", "sales", "vendor", "legal", "security",
    } == set.union(*kinds)  # fmt: skip
    assert not {"security", "legal"} & kinds[1]
    assert all(6 <= len(file["people"]) <= 9 for file in files)
    grounds = [one for file in files for person in file["people"].values() for one in person.get("grounds", [])]
    assert len({one["quote"] for one in grounds if "quote" in one}) == 4


def test_one_can_be_agreed_by_all_and_one_is_blocked(typed: CommandLine, files: list[dict[str, Any]]) -> None:
    games = [_game(file, typed) for file in files]
    assert games[0]["acceptable"] > 0
    assert games[1]["acceptable"] == 0
    assert {blocker["person"] for blocker in games[1]["blockers"]} == {"Sigrun Aasheim", "Philippa Sandgrove"}


def _game(file: dict[str, Any], typed: CommandLine) -> Any:
    """Of those who decide, everyone's yes needed."""
    keys = ("ranks", "cannot_accept", "otherwise")
    people = {
        name: {key: person[key] for key in keys if key in person}
        for name, person in file["people"].items()
        if person["part"] == "decides"
    }
    path = typed.folder / "game.yaml"
    path.write_text(json.dumps({"name": file["name"], "terms": file["terms"], "people": people}), "utf-8")
    return typed.shown("bargain", str(path))


def test_the_plans_are_of_an_open_deal_and_one_is_late(typed: CommandLine) -> None:
    plans = {plan["name"]: plan for plan in typed.shown("align", "plans")}
    assert len(plans) == 2
    assert plans["Early access to the SAP sync"]["slack"] < 0
    other = next(plan for name, plan in plans.items() if name != "Early access to the SAP sync")
    assert other["slack"] > 0
    assert typed.shown("deal", str(other["deal_id"]))["row"]["state"] == "open"


def test_its_own_files_change_nothing(typed: CommandLine, tmp_path: Path) -> None:
    for number in (1, 2, 3):
        file = tmp_path / f"{number}.yaml"
        typed.type("align", "export", str(number), "--file", str(file))
        done = typed.shown("align", "import", str(file), "--prune")
        assert not done["added"] + done["changed"] + done["removed"]


def test_nothing_of_it_became_evidence(typed: CommandLine) -> None:
    found = typed.shown("search", "Sigrun Aasheim Bridgeworks Keyring")
    assert "Bridgeworks" not in json.dumps({part: rows for part, rows in found.items() if part != "text"})
