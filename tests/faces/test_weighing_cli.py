"""What themes cost, from the command line: on part of the deals, compared, over time, what if, and in files."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from tests.many_deals import ManyDeals, many_deals
from winward.faces.cli import looking, weighing
from winward.faces.cli.app import app


@pytest.fixture(autouse=True)
def opened(monkeypatch: pytest.MonkeyPatch) -> None:
    """The workspace is open already."""
    for part in (weighing, looking):
        monkeypatch.setattr(part, "open_workspace", lambda folder: None)


@pytest.fixture(autouse=True)
def many(db: None) -> ManyDeals:
    return many_deals()


def typed(*arguments: object) -> Result:
    return CliRunner(env={"COLUMNS": "80"}).invoke(app, [str(argument) for argument in arguments])


def test_themes_of_a_segment_fit_a_screen_of_eighty() -> None:
    said = typed("themes", "--segment", "Enterprise").stdout
    assert "Sync is lame" in said
    assert "Associated with losing" in said
    assert max(map(len, said.splitlines())) <= 80


def test_themes_land_in_files(tmp_path: Path) -> None:
    files = {ending: tmp_path / f"themes.{ending}" for ending in ("csv", "xlsx", "svg", "png")}
    options = [word for ending, path in files.items() for word in (f"--{ending}", path)]
    assert typed("themes", "--quarter", "2026-Q2", *options).exit_code == 0
    assert files["csv"].read_text(encoding="utf-8-sig").startswith("theme,")
    assert files["xlsx"].read_bytes().startswith(b"PK")
    assert files["svg"].read_text(encoding="utf-8").startswith("<svg")
    assert files["png"].read_bytes().startswith(b"\x89PNG")
    nowhere = typed("themes", "--from", "2026-01-01", "--csv", tmp_path / "no" / "a.csv")
    assert nowhere.exit_code == 1
    assert "No such file" in nowhere.stderr


def test_lists_land_in_files_whole(tmp_path: Path) -> None:
    typed("deals", "--lost", "--csv", tmp_path / "deals.csv")
    typed("signals", "--csv", tmp_path / "signals.csv")
    assert len((tmp_path / "deals.csv").read_text(encoding="utf-8-sig").splitlines()) > 51
    assert len((tmp_path / "signals.csv").read_text(encoding="utf-8-sig").splitlines()) > 31


def test_segments_are_compared_and_changes_told() -> None:
    found = json.loads(typed("compare", "--a", "SMB", "--b", "Enterprise", "--json").stdout)
    assert (found["rows"][0]["title"], found["rows"][0]["turn"]) == ("Sync is lame", "more")
    assert "2026 Q3" in typed("compare", "--by", "quarter", "--a", "2026-Q2", "--b", "2026-Q3").stdout
    assert len(json.loads(typed("over-time", "--json").stdout)["periods"]) == 4
    refused = typed("compare", "--a", "Mars")
    assert refused.exit_code == 1
    assert "No closed deal has “Mars”" in refused.stderr


def test_what_if_takes_names(many: ManyDeals) -> None:
    found = json.loads(typed("what-if", "export", many.sync.pk, "--json").stdout)
    assert [title for _, title in found["themes"]] == ["Export is lost", "Sync is lame"]
    assert found["past"]["gain"]["deals_low"] > 0
    assert "open now" in typed("what-if", "export").stdout
    assert typed("what-if", "nothing like it").exit_code == 1
