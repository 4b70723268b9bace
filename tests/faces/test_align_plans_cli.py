"""Action plans and alignments' files, from the command line."""

import json
from datetime import timedelta
from pathlib import Path

import pytest
from django.utils import timezone
from typer.testing import CliRunner, Result

from tests.aligning import Aligning
from tests.aligning import aligning as aligning
from tests.cast import Cast
from tests.cast import cast as cast
from winward.faces.cli.align import files, plans
from winward.faces.cli.app import app
from winward.records.action_plans import ActionPlan, PlanLink, PlanStep
from winward.records.initiatives import Initiative

TODAY = timezone.localdate()
DAY = str(TODAY + timedelta(40))


@pytest.fixture(autouse=True)
def opened(monkeypatch: pytest.MonkeyPatch) -> None:
    """The workspace is open already."""
    for part in (plans, files):
        monkeypatch.setattr(part, "open_workspace", lambda folder: None)


def typed(*arguments: object) -> Result:
    return CliRunner().invoke(app, ["align", *(str(argument) for argument in arguments)])


def test_a_plan_is_begun_changed_and_followed(aligning: Aligning) -> None:
    number = aligning.initiative.pk
    assert "No plan yet" in typed("plans").stdout
    assert "Its number is" in typed("plan-new", "Live", DAY, "--initiative", number, "--outcome", "Exports").stdout
    plan = ActionPlan.objects.get().pk
    first = typed("plan-step-add", plan, "Review", "--side", "customer", "--days", 5, "--owner", "Otto")
    assert "Added “Review”." in first.stdout
    review = PlanStep.objects.get().pk
    assert typed("plan-step-add", plan, "Live", "--days", 0, "--after", review).exit_code == 0
    live = PlanStep.objects.get(name="Live").pk
    assert "would wait for itself" in typed("plan-step", review, "--after", live).stderr
    assert "is done" in typed("plan-step", review, "--done").stdout
    assert "is open again" in typed("plan-step", review, "--open").stdout
    assert "is expected on" in typed("plan-step", review, "--expected", DAY).stdout
    assert "The customer’s day is" in " ".join(typed("plan-change", plan, "--day", TODAY + timedelta(7)).stdout.split())
    shown = json.loads(typed("plan", plan, "--json").stdout)
    assert shown["slack"] < 0
    assert shown["drives"] == ["Review", "Live"]
    assert "Late by" in typed("plan", plan).stdout
    assert [one["id"] for one in json.loads(typed("plans", "--initiative", number, "--json").stdout)] == [plan]
    assert "Took “Live” out" in typed("plan-step", live, "--remove").stdout
    assert "Took the plan “Live” away." in typed("plan-change", plan, "--remove").stdout
    assert typed("plan", plan).exit_code == 1


def test_a_plan_for_a_deal_begins_with_a_template_and_is_shared(cast: Cast) -> None:
    assert typed("plan-new", "Live", DAY, "--deal", "ACME-2", "--template", "evaluation").exit_code == 0
    assert PlanStep.objects.count() == 11
    plan = ActionPlan.objects.get().pk
    done = json.loads(typed("plan-share", plan, "--days", 10, "--json").stdout)
    assert "/shared/plans/" in done["address"]
    assert done["until"] == str(TODAY + timedelta(10))
    assert typed("plan-share", plan, "--days", 900).exit_code == 1
    assert "leads nowhere" in typed("plan-unshare", done["link"]).stdout
    assert not PlanLink.objects.filter(removed=False).exists()
    assert typed("plan-new", "Live", DAY, "--deal", "NONE").exit_code == 1
    assert "There is no template" in typed("plan-new", "Live", DAY, "--deal", "ACME-2", "--template", "x").stderr


def test_an_alignment_goes_out_into_a_file_and_comes_back(aligning: Aligning, tmp_path: Path) -> None:
    file, number = tmp_path / "offline.yaml", aligning.initiative.pk
    assert "stands in" in typed("export", number, "--file", file).stdout
    assert typed("export", number).stdout == file.read_text("utf-8")
    assert json.loads(typed("export", number, "--json").stdout)["name"] == "Export that works offline"
    assert "as the file says already" in typed("import", file).stdout
    file.write_text(file.read_text("utf-8").replace("owner: Ana", "owner: Bea"), "utf-8")
    assert "1 changed, if it were kept" in typed("import", file, "--dry-run").stdout
    assert Initiative.objects.get().owner == "Ana"
    done = json.loads(typed("import", file, "--json").stdout)
    assert (done["initiative"], len(done["changed"])) == (number, 1)
    assert Initiative.objects.get().owner == "Bea"


def test_what_is_wrong_with_a_file_is_told_with_its_line(aligning: Aligning, tmp_path: Path) -> None:
    file = tmp_path / "wrong.yaml"
    file.write_text("alignment: 1\nname: Offline\nthemes: [Nothing like it]\n", "utf-8")
    wrong = typed("import", file)
    assert wrong.exit_code == 1
    assert "line 3: there is no theme “Nothing like it” here" in " ".join(wrong.stderr.split())
    assert typed("import", tmp_path / "none.yaml").exit_code == 1
    assert typed("import").exit_code == 2
    assert typed("export", 999).exit_code == 1
    assert json.loads(typed("import", "--schema").stdout)["title"] == "Winward alignment"
