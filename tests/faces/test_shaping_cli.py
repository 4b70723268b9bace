"""Themes are put right from the command line, and every word can be taken back."""

import json

import pytest
from typer.testing import CliRunner, Result

from tests.cast import Cast
from tests.cast import cast as cast
from winward.faces.cli import deciding, shaping
from winward.faces.cli.app import app
from winward.records.signals import Signal
from winward.records.themes import Theme


@pytest.fixture(autouse=True)
def opened(monkeypatch: pytest.MonkeyPatch) -> None:
    """The workspace is open already."""
    for part in (shaping, deciding):
        monkeypatch.setattr(part, "open_workspace", lambda folder: None)


def typed(*arguments: object) -> Result:
    return CliRunner().invoke(app, [str(argument) for argument in arguments])


def shown(*arguments: object) -> dict[str, object]:
    done = typed(*arguments, "--json")
    assert done.exit_code == 0, done.output
    found: dict[str, object] = json.loads(done.stdout)
    return found


def test_merging_by_name_and_taking_it_back(cast: Cast) -> None:
    done = shown("merge", "helpdesk", "network")
    assert Signal.objects.filter(theme=cast.export).count() == 5
    assert typed("undo", done["audit"]).exit_code == 0
    assert Signal.objects.filter(theme=cast.helpdesk).count() == 1


def test_splitting_after_looking(cast: Cast) -> None:
    seeds = [cast.signals["acme export"].pk, cast.signals["cobalt export"].pk]
    parts = json.loads(typed("split", cast.export.pk, *seeds, "--preview", "--json").stdout)
    assert [part["signals"] for part in parts] == [3, 1]
    assert "3 signals stay" in typed("split", cast.export.pk, *seeds, "--preview").stdout
    assert "weighed anew" in typed("split", cast.export.pk, *seeds, "--between").stdout
    assert Signal.objects.filter(theme=cast.export).count() == 3
    shown("split", cast.export.pk, seeds[0], "--name", "On site")
    assert Theme.objects.filter(given_name="On site", retired=False).exists()


def test_moving_and_setting_aside(cast: Cast) -> None:
    weather = cast.signals["acme weather"].pk
    shown("move", weather, "--to", "helpdesk")
    assert Signal.objects.get(pk=weather).theme == cast.helpdesk
    shown("unsort", weather)
    assert Signal.objects.get(pk=weather).unsorted_why.startswith("set aside by ")
    assert "It was so already." in typed("unsort", weather).stdout


def test_pinning_and_hiding(cast: Cast) -> None:
    shown("pin", "helpdesk")
    shown("hide", "helpdesk")
    assert Theme.objects.filter(pinned=True, hidden=True).get() == cast.helpdesk
    shown("hide", "helpdesk", "--off")
    assert not Theme.objects.filter(hidden=True).exists()


def test_what_is_not_there_is_an_error(cast: Cast) -> None:
    assert typed("merge", "zeppelin", cast.export.pk).exit_code == 1
    assert typed("move", cast.signals["acme weather"].pk).exit_code == 2
