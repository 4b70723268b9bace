"""Terms, positions, packages and agreements from the command line."""

import json

import pytest
from typer.testing import CliRunner, Result

from tests.aligning import Aligning
from tests.aligning import aligning as aligning
from tests.cast import cast as cast
from winward.faces.cli import deciding
from winward.faces.cli.align import rooms, terms
from winward.faces.cli.app import app
from winward.records.agreements import Agreement
from winward.records.stakeholders import Seat


@pytest.fixture(autouse=True)
def opened(monkeypatch: pytest.MonkeyPatch) -> None:
    """The workspace is open already."""
    for part in (rooms, terms, deciding):
        monkeypatch.setattr(part, "open_workspace", lambda folder: None)


def typed(*arguments: object) -> Result:
    return CliRunner().invoke(app, ["align", *map(str, arguments)])


def shown(*arguments: object) -> dict[str, object]:
    done = typed(*arguments, "--json")
    assert done.exit_code == 0, done.output
    found: dict[str, object] = json.loads(done.stdout)
    return found


def test_a_term_is_added_changed_and_taken_back(aligning: Aligning) -> None:
    number = aligning.initiative.pk
    added = shown("term", number, "Price", "--option", "As today", "--option", "Less")
    assert typed("option", number, "price", "Nothing").exit_code == 0
    assert typed("option", number, "Price", "Nothing", "--up").exit_code == 0
    assert typed("term", number, "Price", "--rename", "Fee").exit_code == 0
    assert typed("term", number, "Fee", "--up").exit_code == 0
    listed = json.loads(typed("terms", number, "--json").stdout)
    assert [one["name"] for one in listed] == ["Scope", "Date", "Fee", "Support"]
    assert [name for _, name in listed[2]["options"]] == ["As today", "Nothing", "Less"]
    assert CliRunner().invoke(app, ["undo", str(added["audit"])]).exit_code == 0
    assert "Fee" not in typed("terms", number).stdout


def test_a_position_is_put_by_name(aligning: Aligning) -> None:
    number, seat = aligning.initiative.pk, aligning.seats["Ines"]
    assert (
        "Ines ranks Date, then Scope and Support alike."
        in typed("rank", number, "Ines", "Date", "Scope=Support").stdout
    )
    assert typed("rank", number, "ines", "June", "March", "--term", "Date").exit_code == 0
    assert typed("refuse", number, "ines", "Date", "September").exit_code == 0
    assert typed("enough", number, "Ines", "Date", "March").exit_code == 0
    assert typed("otherwise", number, "Ines", "Builds it alone").exit_code == 0
    seat.refresh_from_db()
    assert seat.refused == [aligning.options["Date", "September"].pk]
    assert seat.otherwise == "Builds it alone"
    assert typed("refuse", number, "ines", "Date", "September", "--accepts").exit_code == 0
    assert Seat.objects.get(pk=seat.pk).refused == []
    missing = typed("rank", number, "Zoe", "Date")
    assert missing.exit_code == 1
    assert "Nobody at this table" in missing.output
    assert "There is no term “Pace”" in typed("enough", number, "Ines", "Pace", "Slow").output


def test_the_room_and_its_packages(aligning: Aligning) -> None:
    number = aligning.initiative.pk
    table = ["--table", "Scope=Everything offline", "--table", "date=March", "--table", "Support=Ours"]
    found = shown("room", number, *table)
    assert found["sentence"] == "3 of 4 say yes; Otto says no. It doesn’t pass: everyone must say yes."
    told = typed("room", number, *table)
    assert "Otto says no: can’t accept “Everything offline” for Scope." in told.stdout.replace("\n", " ")
    code = f"{aligning.seats['Otto'].pk}.can.{aligning.options['Scope', 'Everything offline'].pk}"
    assert shown("room", number, *table, "--if", code)["passes"] is True
    best = shown("packages", number, *table)
    assert best.keys() == {"packages", "ways"}
    assert "fair to all" in typed("packages", number, *table).stdout.casefold()
    assert "has no =" in typed("room", number, "--table", "June").output
    assert typed("room", 99_999).exit_code == 1


def test_the_rule_the_agreement_and_the_history(aligning: Aligning) -> None:
    number = aligning.initiative.pk
    assert "1 may say no now." in typed("rule", number, "--may-refuse", "1", "--veto", "Mara").stdout
    refused = typed("agree", number, "--who", "Mara", "--table", "Date=June")
    assert refused.exit_code == 1
    assert "Choose an option for Scope and Support." in refused.output
    table = ["--table", "Scope=Reading only", "--table", "Date=June", "--table", "Support=Ours"]
    assert typed("agree", number, "--who", "Mara", "--who", "Sol", *table, "--on", "2026-11-20").exit_code == 0
    assert str(Agreement.objects.get().agreed_on) == "2026-11-20"
    told = typed("history", number).stdout
    assert "Agreed on 2026-11-20 by Mara, Sol" in told
    assert "1 may say no" in told
    assert shown("history", number)["agreed"]
