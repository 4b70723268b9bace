"""What losses teach, against what was planted in the sample company: stated reasons, and warnings on open deals."""

from pathlib import Path

import pytest

from tests.command_line import command_line
from winward.sample import Truth, read_truth


@pytest.fixture(scope="module")
def truth() -> Truth:
    return read_truth(Path(__file__).parent / "sample_company.json")


def test_planted_wrong_reasons_are_found_and_right_ones_left_alone(sample_workspace: Path, truth: Truth) -> None:
    wrong = {deal.deal for deal in truth.deals if deal.stated_is_wrong}
    found, planted_reason = set(), {deal.deal: deal.stated_reason for deal in truth.deals if deal.stated_reason}
    with command_line(sample_workspace) as typed:
        whole = typed.shown("stated")
        for pair in {(row["reason"], row["theme_id"]) for row in whole["hidden"]}:
            narrowed = typed.shown("stated", "--reason", pair[0], "--theme", str(pair[1]))
            found |= {one["deal"]["reference"] for one in narrowed["deals"] if one["verdict"] == "differs"}
    recall, precision = len(found & wrong) / len(wrong), len(found & wrong) / len(found)
    print(f"wrong stated reasons: recall {recall:.2f}, precision {precision:.2f} of {len(wrong)}")
    assert whole["verdicts"]["differs"] == pytest.approx(len(wrong), rel=0.1)
    assert recall >= 0.9
    assert precision >= 0.9
    assert {planted_reason[deal] for deal in found} == {"Price"}


def test_deals_that_are_warned_of_truly_have_a_low_chance(sample_workspace: Path, truth: Truth) -> None:
    chance = {deal.deal: deal.win_probability for deal in truth.deals if deal.outcome == "open"}
    with command_line(sample_workspace) as typed:
        found = typed.shown("warnings")
    warned = {row["deal"]["reference"] for row in found["rows"]}
    others = [chance[deal] for deal in chance.keys() - warned]
    assert 5 <= len(warned) <= len(chance) / 2
    assert sum(chance[deal] for deal in warned) / len(warned) < 0.15
    assert sum(others) / len(others) > 0.35
    for row in found["rows"]:
        assert row["reasons"]
        assert row["earlier"]
        assert all(reason["here"] for reason in row["reasons"])


def test_tried_on_the_past_the_warnings_beat_the_usual_share_of_losses(sample_workspace: Path) -> None:
    with command_line(sample_workspace) as typed:
        tested = typed.shown("warnings")["tested"]
    assert tested["warned"]["lost"] > tested["others"]["share"] * tested["warned"]["of"]
