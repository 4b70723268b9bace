"""Initiatives, risks and steps from the command line; every word can be taken back."""

import json
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from tests.aligning import Aligning
from tests.aligning import aligning as aligning
from tests.cast import Cast
from tests.cast import cast as cast
from winward.faces.cli import deciding
from winward.faces.cli.align import initiatives, risks, steps
from winward.faces.cli.app import app
from winward.records.initiatives import Initiative, Risk, Step


@pytest.fixture(autouse=True)
def opened(monkeypatch: pytest.MonkeyPatch) -> None:
    """The workspace is open already."""
    for part in (deciding, initiatives, risks, steps):
        monkeypatch.setattr(part, "open_workspace", lambda folder: None)


def typed(*arguments: object) -> Result:
    return CliRunner(env={"COLUMNS": "100"}).invoke(app, [str(argument) for argument in arguments])


def shown(*arguments: object) -> Any:
    done = typed("align", *arguments, "--json")
    assert done.exit_code == 0, done.output
    return json.loads(done.stdout)


def test_started_from_themes_by_name_and_taken_back(cast: Cast) -> None:
    made = shown("start", "network", cast.helpdesk.pk, "--name", "Be there")
    page = shown("initiative", made["id"])
    assert (page["name"], page["stakes"]["lost"], page["needed"]["day"]) == ("Be there", 80_000, "2026-12-01")
    assert typed("undo", made["audit"]).exit_code == 0
    assert typed("align", "initiative", made["id"]).exit_code == 1
    assert typed("align", "start", "zeppelin").exit_code == 1


def test_the_list_and_one_in_words(aligning: Aligning) -> None:
    listed = typed("align", "initiatives").stdout
    assert "1 initiative is under way. €80k of lost revenue" in listed
    assert "€30k … €120k" in listed
    one = typed("align", "initiative", aligning.initiative.pk).stdout
    assert "Needed by 1 December 2026: Acme decides on a deal of €60,000." in one
    assert "No next step: who does what by when?" in one
    assert shown("initiatives", "--state", "idea")["rows"] == []


def test_parts_change_together_or_not_at_all(aligning: Aligning) -> None:
    number = aligning.initiative.pk
    made = shown("set", number, "--state", "agreed", "--goal", "Win", "--effort", "ux=1-2", "--serve", "helpdesk")
    assert len(made) == 4
    now = Initiative.objects.get()
    assert (now.state, now.goal, now.effort[0]["skill"], len(now.themes)) == ("agreed", "Win", "ux", 2)
    assert "took" not in typed("align", "set", number, "--goal", "Lose", "--effort", "ux=2-1").stdout
    assert Initiative.objects.get().goal == "Win"
    assert typed("align", "set", number).exit_code == 2
    assert "It was so already." in typed("align", "set", number, "--goal", "Win").stdout


def test_a_risk_from_its_beginning_to_its_step(aligning: Aligning) -> None:
    made = shown("risk", "add", aligning.initiative.pk, "Late", "--owner", "mara")
    assert [row["what"] for row in shown("risks", aligning.initiative.pk, "--top", 1)] == ["Conflicts when two edit"]
    shown("risk", "change", made["id"], "--likelihood", "high", "--severity", "high")
    assert shown("risks", aligning.initiative.pk)[0]["what"] == "Late"
    fired = shown("risk", "fired", made["id"], "--due", "2026-12-01")
    assert Step.objects.values_list("what", "owner").get(pk=fired["id"]) == ("Decide what to do: Late", "mara")
    assert typed("undo", fired["audit"]).exit_code == 0
    assert Risk.objects.get(pk=made["id"]).state == "open"
    shown("risk", "change", made["id"], "--state", "closed")
    assert typed("align", "risk", "change", made["id"]).exit_code == 2
    assert typed("align", "risk", "fired", made["id"]).exit_code == 1
    assert "Conflicts" in typed("align", "risks", aligning.initiative.pk).stdout


def test_steps_are_added_given_away_and_done(aligning: Aligning, cast: Cast) -> None:
    made = shown("step", "add", "Ask Acme for a day", "--deal", "ACME-2", "--owner", "ana", "--due", "2026-10-02")
    assert Step.objects.get(pk=made["id"]).deal == cast.deals["ACME-2"]
    shown("step", "change", made["id"], "--owner", "ines", "--due", "")
    assert shown("steps", "--owner", "ines")["rows"][0]["when"] == "not yet a step"
    shown("step", "done", made["id"])
    assert shown("steps")["rows"] == []
    shown("step", "done", made["id"], "--off")
    assert "Ask Acme for a day" in typed("align", "steps").stdout
    shown("step", "remove", made["id"])
    assert typed("align", "step", "add", "Ask nobody").exit_code == 1
