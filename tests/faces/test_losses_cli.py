"""What losses teach, from the command line."""

import json
from datetime import UTC, datetime

import pytest
from typer.testing import CliRunner, Result

from tests.usecases.losing import SAID, Losing, losing
from winward.faces.cli import deciding, warning
from winward.faces.cli.app import app
from winward.records.losses import LossWarning
from winward.usecases.warn import warn
from winward.usecases.weigh import weigh

NOW = datetime(2026, 9, 30, tzinfo=UTC)


@pytest.fixture(autouse=True)
def opened(monkeypatch: pytest.MonkeyPatch) -> None:
    """The workspace is open already."""
    for part in (warning, deciding):
        monkeypatch.setattr(part, "open_workspace", lambda folder: None)


@pytest.fixture(autouse=True)
def company(db: None) -> Losing:
    made = losing()
    weigh(NOW, seed=3)
    warn(NOW, seed=3)
    return made


def typed(*arguments: object) -> Result:
    return CliRunner().invoke(app, [str(argument) for argument in arguments])


def test_warnings_are_listed_and_answered() -> None:
    listed = typed("warnings").stdout
    assert "2 open deals look like ones we lost" in listed
    assert SAID["offline"] in listed
    found = json.loads(typed("warnings", "--json").stdout)
    reference = found["rows"][0]["deal"]["reference"]
    assert found["tested"]["warned"]["of"] == len(found["would_have"])
    done = json.loads(typed("answer", reference, "Called them.", "--json").stdout)
    assert "What was done: Called them." in typed("warnings").stdout
    assert typed("undo", done["audit"]).exit_code == 0
    assert not LossWarning.objects.exclude(answer="").exists()
    assert typed("answer", "D-0", "Called them.").exit_code == 1


def test_stated_reasons_are_set_beside_what_was_found(company: Losing) -> None:
    assert "By stated reason" in typed("stated").stdout
    found = json.loads(typed("stated", "--json").stdout)
    assert found["verdicts"]["differs"] == found["all"]["differ"] > 0
    narrowed = json.loads(
        typed("stated", "--reason", "Price", "--theme", company.themes["offline"].pk, "--json").stdout
    )
    assert {one["deal"]["stated_reason"] for one in narrowed["deals"]} == {"Price"}
