"""read, cluster, drivers: one file, no workspace, JSON out; or one sentence and exit code 1."""

import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from tests.engine.reading.test_side import BUYER, SELLER
from tests.real_data import REAL_DATA, needs_real_data
from winward.faces.cli.app import app

CALL = (
    "Ada: We can’t export when the line is down.\n\nSam: I see.\n\nAda: And it is too expensive for us.\n\nSam: Noted."
)
TEXTS = ("the app is slow to load", "pages load too slowly", "loading takes forever", "slow loading again",
         "we want single sign-on", "please add SSO login", "single sign-on is missing", "SSO for login")  # fmt: skip


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(app, [str(argument) for argument in arguments])


def written(folder: Path, name: str, text: str) -> Path:
    (folder / name).write_text(text, encoding="utf-8")
    return folder / name


def test_read_gives_signals_that_stand_in_the_file(tmp_path: Path) -> None:
    done = run("read", written(tmp_path, "call.txt", CALL), "--json")
    assert done.exit_code == 0, done.output
    signals = json.loads(done.stdout)["signals"]
    assert signals
    for one in signals:
        assert {"quote", "start", "end", "kinds", "kind", "strength", "side", "speaker", "about"} <= one.keys()
        assert one["quote"] in CALL
        assert one["speaker"] == "Ada"


def signals_of(path: Path) -> list[dict[str, Any]]:
    done = run("read", path, "--json")
    assert done.exit_code == 0, done.output
    return list(json.loads(done.stdout)["signals"])


def test_read_says_how_far_each_signal_is_for_or_against(tmp_path: Path) -> None:
    path = written(
        tmp_path, "call.txt", "Ada: The new dashboard is great, we love it.\n\nAda: The export crashes daily."
    )
    towards = {one["quote"]: one["polarity"] for one in signals_of(path)}
    assert towards["The new dashboard is great, we love it."] > 0.2
    assert towards["The export crashes daily."] < -0.2


def test_read_tells_sides_by_the_talk_where_the_file_gives_none(tmp_path: Path) -> None:
    talk = "\n\n".join([*(f"Tom: {said}" for said in SELLER), *(f"Jane: {said}" for said in BUYER)])
    sides = {one["speaker"]: one["side"] for one in signals_of(written(tmp_path, "call.txt", talk))}
    assert sides["Jane"] == "customer"
    assert sides.get("Tom", "us") == "us"


def test_read_takes_the_sides_that_the_file_gives(tmp_path: Path) -> None:
    names = "Participants: Jane Doe (us); Tom Roe (customer)\n\n"
    talk = "\n\n".join([*(f"Tom Roe: {said}" for said in SELLER), *(f"Jane Doe: {said}" for said in BUYER)])
    sides = {one["speaker"]: one["side"] for one in signals_of(written(tmp_path, "call.txt", names + talk))}
    assert set(sides.items()) <= {("Jane Doe", "us"), ("Tom Roe", "customer")}
    assert sides


def test_cluster_answers_for_every_row_in_the_files_order(tmp_path: Path) -> None:
    rows = ["7,", *(f'{at},"{text}, said {at}"' for at in range(6) for text in TEXTS), ",", "8,Ok."]
    done = run("cluster", written(tmp_path, "texts.csv", "id,text\n" + "\n".join(rows)), "--column", "text", "--json")
    assert done.exit_code == 0, done.output
    found = json.loads(done.stdout)
    assert found.keys() == {"rows", "themes"}
    assert all(row.keys() == {"theme", "why"} for row in found["rows"])
    assert all(theme.keys() == {"id", "name", "size", "quotes"} for theme in found["themes"])
    assert len(found["rows"]) == len(rows)
    assert [found["rows"][at] for at in (0, -2, -1)] == [{"theme": None, "why": "says too little to sort"}] * 3
    sizes = Counter(row["theme"] for row in found["rows"] if row["theme"] is not None)
    assert sizes == {theme["id"]: theme["size"] for theme in found["themes"]}
    assert sizes
    assert all((row["theme"] is None) == bool(row["why"]) for row in found["rows"])
    texts = [text for row in rows if (text := row.partition(",")[2].strip('"'))]
    assert {quote for theme in found["themes"] for quote in theme["quotes"]} <= set(texts)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "texts.csv is empty"),
        (b"id,text\n", "texts.csv has no row below its headings"),
        (b"id,words\n1,slow\n2,slow\n", "texts.csv has no column 'text'; it has id, words"),
        ("id,text\n1,fine\n2,caf\u00e9\n".encode("cp1252"), "texts.csv, line 3: is not UTF-8"),
        (b"id,text\n" + b"1,fine\n" * 30 + b"2,a,b,c\n", "texts.csv, row 32: has 4 cells under 2 headings"),
    ],
    ids=["empty", "headings alone", "no such column", "not UTF-8", "a row of too many cells"],
)
def test_cluster_says_what_is_wrong_with_a_file_and_where(content: bytes, said: str, tmp_path: Path) -> None:
    (tmp_path / "texts.csv").write_bytes(content)
    done = run("cluster", tmp_path / "texts.csv", "--column", "text", "--json")
    assert done.exit_code == 1, done.output
    assert done.stdout == ""
    assert said in " ".join(done.stderr.split())


def test_drivers_give_a_factor_a_level_with_its_interval(tmp_path: Path) -> None:
    lines = [f"D-{at},{('North', 'South')[at % 2]},{('Won', 'Lost')[(at // 2) % 2]}" for at in range(80)]
    table = written(tmp_path, "deals.csv", "id,region,status\n" + "\n".join(lines))
    done = run("drivers", table, "--outcome", "status", "--json")
    assert done.exit_code == 0, done.output
    found = json.loads(done.stdout)
    assert {"factors", "auc", "calibration"} <= found.keys()
    keys = {"factor", "level", "deals", "won", "raw_difference", "difference", "low", "high", "verdict"}
    assert found["factors"]
    assert all(keys <= factor.keys() and -1 <= factor["low"] <= factor["high"] <= 1 for factor in found["factors"])
    assert {factor["verdict"] for factor in found["factors"]} == {"can't tell"}


def drivers_of(table: Path, *arguments: str) -> dict[str, Any]:
    done = run("drivers", table, *arguments, "--json")
    assert done.exit_code == 0, done.output
    return dict(json.loads(done.stdout))


def named(found: dict[str, Any]) -> dict[tuple[str, str], str]:
    rows = found["factors"]
    return {(row["factor"], row["level"]): row["verdict"] for row in rows if row["verdict"] in ("costs", "helps")}


OUTCOMES = {
    "by the usual words": ("Closed Won", "Closed Lost", ""),
    "by yes and no": ("yes", "no", ""),
    "by the value that was named": ("Gold", "Silver", "gold"),
}


@pytest.mark.parametrize(("won", "lost", "value"), OUTCOMES.values(), ids=OUTCOMES.keys())
def test_drivers_tell_won_from_lost(won: str, lost: str, value: str, tmp_path: Path) -> None:
    lines = [f"{'North' if at % 2 else 'South'},{won if at % 3 else lost},{at}" for at in range(60)]
    table = written(tmp_path, "deals.csv", "region,ended,worth\n" + "\n".join([*lines, "West,,9"]))
    found = drivers_of(table, "--outcome", "ended", "--won", value, "--amount", "worth")
    assert {row["factor"] for row in found["factors"]} == {"region"}
    assert {row["level"]: (row["deals"], row["won"]) for row in found["factors"]} == {
        "North": (30, 20), "South": (30, 20)
    }  # fmt: skip
    assert sum(row["lost_amount"] for row in found["factors"]) == sum(range(0, 60, 3))


def test_deals_that_are_still_open_are_not_taken_as_lost_where_the_won_value_is_named(tmp_path: Path) -> None:
    ends = ["Won", "Lost", "Lost", "Negotiation"]
    lines = [f"{'North' if at % 2 else 'South'},{ends[at // 2 % 4]}" for at in range(80)]
    table = written(tmp_path, "deals.csv", "region,stage\n" + "\n".join(lines))
    found = drivers_of(table, "--outcome", "stage", "--won", "Won")
    assert sum(row["deals"] for row in found["factors"]) == 60


PIPELINE = REAL_DATA / "crm_maven" / "sales_pipeline.csv"


@needs_real_data
@pytest.mark.parametrize(
    "arguments", [(), ("--won", "Won", "--amount", "close_value")], ids=["by the usual words", "by the won value"]
)
def test_drivers_name_nothing_in_a_pipeline_without_any(arguments: tuple[str, ...]) -> None:
    found = drivers_of(PIPELINE, "--outcome", "deal_stage", *arguments)
    assert named(found) == {}
    assert sum(row["deals"] for row in found["factors"] if row["factor"] == "product") == 4_238 + 2_473
    assert 0.47 < found["auc"] < 0.53


@needs_real_data
def test_drivers_name_the_origin_of_leads_with_its_rates(tmp_path: Path) -> None:
    folder = REAL_DATA / "funnel_olist"
    ended = {line.partition(",")[0] for line in (folder / "olist_closed_deals_dataset.csv").open(encoding="utf-8-sig")}
    leads = (folder / "olist_marketing_qualified_leads_dataset.csv").read_text(encoding="utf-8-sig").splitlines()
    lines = [f"{leads[0]},closed", *(f"{lead},{int(lead.partition(',')[0] in ended)}" for lead in leads[1:])]
    found = drivers_of(written(tmp_path, "leads.csv", "\n".join(lines)), "--outcome", "closed", "--won", "1")
    origin = {row["level"]: row for row in found["factors"] if row["factor"] == "origin"}
    assert origin["unknown"]["verdict"] == "helps"
    assert origin["email"]["verdict"] == "costs"
    rates = {level: round(row["won"] / row["deals"], 3) for level, row in origin.items()}
    assert (rates["unknown"], rates["paid_search"], rates["email"]) == (0.163, 0.123, 0.030)


@pytest.mark.parametrize(
    "arguments",
    [
        ("read", "nothing.txt"),
        ("read", "junk.bin"),
        ("read", "empty.txt"),
        ("cluster", "deals.csv", "--column", "absent"),
        ("cluster", "call.txt", "--column", "text"),
        ("drivers", "deals.csv", "--outcome", "absent"),
        ("drivers", "deals.csv", "--outcome", "id"),
        ("drivers", "all_won.csv", "--outcome", "status"),
    ],
    ids=" ".join,
)
def test_what_cannot_be_done_is_one_sentence_and_exit_code_1(arguments: tuple[str, ...], tmp_path: Path) -> None:
    written(tmp_path, "call.txt", CALL)
    written(tmp_path, "empty.txt", "")
    written(tmp_path, "deals.csv", "id,region,status\nD-1,North,Won\nD-2,South,Lost\n")
    written(tmp_path, "all_won.csv", "id,region,status\nD-1,North,Won\nD-2,South,Won\n")
    (tmp_path / "junk.bin").write_bytes(bytes(range(256)) * 40)
    verb, file, *rest = arguments
    done = run(verb, tmp_path / file, *rest)
    assert done.exit_code == 1, done.output
    assert isinstance(done.exception, SystemExit)
    assert done.stderr.startswith("✗ ")
    assert "Traceback" not in done.output
