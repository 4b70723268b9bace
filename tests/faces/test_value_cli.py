"""winward value, typed as people type it."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.command_line import CommandLine, command_line


@pytest.fixture(scope="module")
def typing(tmp_path_factory: pytest.TempPathFactory) -> Iterator[CommandLine]:
    with command_line(tmp_path_factory.mktemp("value")) as typing:
        yield typing


def test_a_template_is_printed_kept_and_worked_out(typing: CommandLine) -> None:
    printed = typing.type("value", "--template", "support-load")
    Path(typing.folder, "chain.yaml").write_text(printed.stdout, "utf-8")
    worth = typing.shown("value", "chain.yaml")
    assert worth["result"]["low"] < worth["result"]["median"] < worth["result"]["high"]
    shown = typing.type("value", "chain.yaml")
    assert worth["name"] in shown.stdout
    assert "What drives the spread" in shown.stdout


def test_what_is_wrong_names_the_file_and_the_line(typing: CommandLine) -> None:
    Path(typing.folder, "wrong.yaml").write_text("name: x\nresult: y\nquantities:\n  y: {unit: hours, range: [2, 1]}\n")
    done = typing.type("value", "wrong.yaml")
    assert done.returncode == 1
    assert "wrong.yaml, line 4" in done.stderr
    assert typing.type("value", "none.yaml").returncode == 1
    assert typing.type("value").returncode == 2
    assert typing.type("value", "--template", "wishes").returncode == 2


def test_the_schema_is_printed(typing: CommandLine) -> None:
    assert json.loads(typing.type("value", "--schema").stdout)["title"] == "Winward value chain"
