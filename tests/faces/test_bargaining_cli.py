"""bargain as a person types it."""

import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from typer.testing import CliRunner, Result

from tests.real_data import REAL_DATA, needs_real_data
from winward.faces.cli.app import app

BASE = REAL_DATA / "negotiation" / "games" / "base"
EXAMPLE = Path(__file__).parents[2] / "docs" / "examples" / "faster-export.yaml"
BLOCKED = """name: Blocked
terms:
  Date: [June, October]
people:
  Ana: {scores: {Date: [10, 0]}, least: 5}
  Ben: {scores: {Date: [0, 10]}, cannot_accept: {Date: [June]}}
"""


def typed(*arguments: str | Path) -> Result:
    return CliRunner().invoke(app, ["bargain", *map(str, arguments)])


def answered(*arguments: str | Path) -> Any:
    done = typed(*arguments, "--json")
    assert done.exit_code == 0, done.output
    return json.loads(done.stdout)


@needs_real_data
def test_the_game_of_six_parties() -> None:
    found = answered(BASE)
    assert (found["packages"], found["acceptable"], found["gap"], found["blockers"]) == (720, 12, 0, [])
    assert (found["nash"]["options"], found["nash"]["product"]) == ([1, 2, 2, 1, 2], 6_031_872)
    assert found["nash"]["options"] in found["acceptable_packages"]
    refusing = {one["person"] for one in found["table"]["people"] if not one["accepts"]}
    assert refusing == {one["person"] for one in found["cheapest_concessions"]} != set()


@needs_real_data
def test_the_first_two_and_all_but_one() -> None:
    found = answered(BASE, "--all-but", "1", "--veto", "SportCo", "--veto", "Department of Tourism")
    assert found["acceptable"] == 55
    assert found["nash"]["options"] == [1, 2, 2, 1, 2]


def test_the_example_of_the_docs() -> None:
    found = answered(EXAMPLE)
    assert found["acceptable"] > 0
    assert 0 < found["nash"]["stays_best"] <= 1
    assert found == answered(EXAMPLE)
    shown = typed(EXAMPLE)
    assert shown.exit_code == 0
    assert "fair to all" in shown.output
    assert "the cheapest yes" in shown.output


def test_who_blocks_is_told(tmp_path: Path) -> None:
    file = tmp_path / "blocked.yaml"
    file.write_text(BLOCKED, "utf-8")
    found = answered(file)
    assert (found["nash"], found["acceptable"]) == (None, 0)
    assert [one["says"] for one in found["blockers"]] == [
        "Ana accepts no less than 5 points.", "Ben can't accept “June” for Date.",
    ]  # fmt: skip
    assert found["let_go"]["says"] == ["Ana goes from at least 5 points down to 0"]
    shown = " ".join(typed(file).output.split())
    assert "These can't all be had together" in shown
    assert "The least that frees it: Ana goes" in shown


def test_too_many_packages_to_look_at_are_solved_and_said(tmp_path: Path) -> None:
    terms = {f"T{number}": ["a", "b", "c", "d"] for number in range(11)}
    scores = [{term: [(number * way) % 7 for number in (1, 2, 3, 4)] for term in terms} for way in (1, 3, 5)]
    people = {f"P{way}": {"scores": own} for way, own in enumerate(scores)}
    file = tmp_path / "many.yaml"
    file.write_text(json.dumps({"name": "Many", "terms": terms, "people": people}), "utf-8")
    found = answered(file)
    assert (found["packages"], found["acceptable"]) == (4**11, None)
    assert found["nash"]["gap"] == 0
    assert "too many to look at" in found["notes"][0]


@pytest.mark.parametrize(
    ("arguments", "code", "says"),
    [
        ((), 2, "winward bargain --schema"),
        (("nowhere.yaml",), 1, "nowhere.yaml can't be read"),
        ((EXAMPLE, "--veto", "Nobody"), 1, "There is no “Nobody”"),
        ((EXAMPLE, "--all-but", "9"), 1, "may say no"),
    ],
)
def test_what_can_not_be_done_is_told(arguments: tuple[str, ...], code: int, says: str) -> None:
    done = typed(*arguments)
    assert done.exit_code == code
    assert says in " ".join(done.stderr.split())


def test_the_schema_is_one_and_takes_the_example() -> None:
    import yaml

    schema = json.loads(typed("--schema").stdout)
    jsonschema.Draft202012Validator.check_schema(schema)
    jsonschema.validate(yaml.safe_load(EXAMPLE.read_text("utf-8")), schema)
