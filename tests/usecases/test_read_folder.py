"""read over a folder: the same files whatever reads, problems told, and only what is new or changed read."""

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import psutil
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from typer.testing import CliRunner

from tests.scale.planted import contents, planted, texts, write_lines, write_parquet, write_shards
from winward.engine.reading import SIGNALS
from winward.faces.cli.app import app
from winward.scale import Stopped, alone_in
from winward.scale.rows import Problem, Row, rows
from winward.text_models import default_reader
from winward.usecases.read_folder import FolderRead, How, read_folder

HERE = How("here")
# Only a guard against waiting for ever: on busy cores everything takes many times as long.
PATIENCE_S = 300


def read(source: Path, target: Path, how: How = HERE, version: str = "planted") -> FolderRead:
    return read_folder(source, target, planted(version=version), how)


def signals(file: Path) -> list[dict[str, Any]]:
    return list(pq.read_table(file).to_pylist())


def problems(file: Path) -> list[tuple[int, str]]:
    lines = map(json.loads, file.read_text("utf-8").splitlines())
    return [(line["row"], line["column"]) for line in lines]


@pytest.fixture
def source(tmp_path: Path) -> Path:
    """Two shards of more than a chunk, in Parquet and as lines of JSON, with the same texts."""
    said = [text if at % 10 == 0 else "Okay." for at, text in enumerate(texts(4_205))]
    write_parquet(tmp_path / "in" / "a.parquet", said)
    write_lines(tmp_path / "in" / "deeper" / "b.jsonl", said)
    return tmp_path / "in"


def test_processes_write_the_files_that_one_process_writes(source: Path, tmp_path: Path) -> None:
    one, many = read(source, tmp_path / "one"), read(source, tmp_path / "many", How("pool", 2))
    assert one == many == FolderRead(2, 0, 8_410, 842, 0, [], [])
    assert contents(tmp_path / "one") == contents(tmp_path / "many")
    assert signals(tmp_path / "one" / "a.parquet") == signals(tmp_path / "one" / "deeper" / "b.jsonl.parquet")


def test_the_models_find_the_same_in_a_pool(tmp_path: Path) -> None:
    write_shards(tmp_path / "in", shards=2, rows=60)
    for engine in ("here", "pool"):
        read_folder(tmp_path / "in", tmp_path / engine, default_reader(threads=1), How(engine, 2, vectors=True))
    assert contents(tmp_path / "here") == contents(tmp_path / "pool")
    assert signals(tmp_path / "here" / "part-00.parquet")


def test_a_signal_leads_back_to_its_row(tmp_path: Path) -> None:
    said = ["Nothing much.", "It is far too expensive for us.", "A rival of yours has had that for years."]
    columns = {"id": [7, 8, 9], "speaker": ["Ada", "Sam", None], "side": ["customer", "us", None], "deal": ["D"] * 3}
    write_parquet(tmp_path / "in" / "a.parquet", said, **columns)
    read(tmp_path / "in", tmp_path / "out")
    table = pq.read_table(tmp_path / "out" / "a.parquet")
    assert table.column_names == ["id", "document", "speaker", *(n for n in SIGNALS.names if n != "vector")]
    found = [(row["passage"], row["id"], row["speaker"], row["kind"]) for row in table.to_pylist()]
    assert found == [(3, "9", "", "competitor")]
    for row in table.to_pylist():
        assert said[row["passage"] - 1][row["start"] : row["end"]] == row["quote"]


def test_vectors_come_when_they_are_asked_for(tmp_path: Path) -> None:
    source = write_shards(tmp_path / "in", shards=1, rows=20)
    read(source, tmp_path / "out")
    assert "vector" not in pq.read_schema(tmp_path / "out" / "part-00.parquet").names
    assert read(source, tmp_path / "out", How("here", vectors=True)).unchanged == 0
    assert pq.read_schema(tmp_path / "out" / "part-00.parquet").field("vector").type == pa.list_(pa.float16(), 384)


def test_a_rerun_reads_only_what_is_new_changed_lost_or_read_otherwise(tmp_path: Path) -> None:
    source, target = write_shards(tmp_path / "in", shards=4, rows=20), tmp_path / "out"
    assert read(source, target).unchanged == 0
    before = contents(target)
    assert read(source, target, How("pool", 2)).unchanged == 4

    os.utime(source / "part-00.parquet")
    assert read(source, target).unchanged == 4
    write_parquet(source / "part-00.parquet", texts(5))
    write_parquet(source / "part-09.parquet", texts(5))
    (target / "part-01.parquet").unlink()
    assert read(source, target).unchanged == 2
    assert {name: contents(target)[name] == before[name] for name in before} == {
        "part-00.parquet": False, "part-01.parquet": True, "part-02.parquet": True, "part-03.parquet": True
    }  # fmt: skip
    assert read(source, target, version="another").unchanged == 0
    manifest = json.loads((target / "manifest.json").read_text())["shards"]
    assert [entry["shard"] for entry in manifest] == [f"part-0{at}.parquet" for at in (0, 1, 2, 3, 9)]
    assert {entry["reader"] for entry in manifest} == {"another"}


def test_bad_rows_are_told_with_their_place_and_the_others_land(tmp_path: Path) -> None:
    lines = [
        '{"text": "The export is broken again."}',
        "{broken", '["no", "object"]', "", '{"note": "no text"}', '{"text": 7}',
        '{"text": "half \\ud800 of a character"}', '{"text": "A rival has it all.", "side": "them"}', "\x00\xff",
        '{"text": "It is too expensive.", "id": 3}',
    ]  # fmt: skip
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.jsonl").write_bytes("\n".join(lines).encode("latin-1"))
    found = read(tmp_path / "in", tmp_path / "out")
    told = tmp_path / "out" / "a.jsonl.problems.jsonl"
    assert (found.passages, found.problems, found.problems_in, found.failed) == (3, 7, [str(told)], [])
    assert problems(told) == [(2, ""), (3, ""), (5, "text"), (6, "text"), (7, "text"), (8, "side"), (9, "")]
    assert [row["passage"] for row in signals(tmp_path / "out" / "a.jsonl.parquet")] == [1, 8, 10]

    (tmp_path / "in" / "a.jsonl").write_text(lines[0])
    assert read(tmp_path / "in", tmp_path / "out").problems == 0
    assert not told.exists()


def test_a_shard_that_cannot_be_read_is_named_and_the_others_land(tmp_path: Path) -> None:
    source, target = write_shards(tmp_path / "in", shards=1, rows=2_000), tmp_path / "out"
    whole = (source / "part-00.parquet").read_bytes()
    (source / "junk.parquet").write_bytes(bytes(range(256)))
    (source / "torn.parquet").write_bytes(whole[:2_000] + bytes(2_000) + whole[4_000:])
    (source / "empty.jsonl").touch()
    pq.write_table(pa.table({"words": ["It is broken."]}), source / "other.parquet")
    found = read(source, target)
    assert (found.shards, len(found.failed), found.problems) == (5, 3, 3)
    assert [sentence.split(":")[0] for sentence in found.failed] == ["junk.parquet", "other.parquet", "torn.parquet"]
    assert "name the column of texts so" in found.failed[1]
    assert len(signals(target / "part-00.parquet")) == 1_600
    assert read(source, target).unchanged == 5


def test_two_commands_do_not_write_into_one_folder(source: Path, tmp_path: Path) -> None:
    with alone_in(tmp_path / "out"), pytest.raises(Stopped, match="Another command"):
        read(source, tmp_path / "out")


@pytest.mark.parametrize("place", [".", "in", "in/out"])
def test_a_folder_is_not_read_into_itself(place: str, source: Path, tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="inside one another"):
        read(source, tmp_path / place)


@given(st.lists(st.binary(max_size=40).filter(lambda line: b"\n" not in line), max_size=8))
@settings(max_examples=60, deadline=None)
def test_whatever_lines_hold_each_is_a_row_or_a_problem(
    tmp_path_factory: pytest.TempPathFactory, lines: list[bytes]
) -> None:
    path = tmp_path_factory.mktemp("lines") / "a.jsonl"
    path.write_bytes(b"\n".join([*lines, b'{"text": "The last one."}']))
    found = list(rows(path))
    assert found[-1] == Row(len(lines) + 1, dict.fromkeys(found[-1].values, "") | {"text": "The last one."})
    assert all(isinstance(item, Problem) for item in found[:-1])


def test_a_command_that_was_killed_ends_in_the_files_of_one_that_was_not(tmp_path: Path) -> None:
    source = write_shards(tmp_path / "in", shards=12, rows=120)
    command = command_line(source, tmp_path / "killed")
    output = tmp_path / "killed"
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    give_up = time.monotonic() + PATIENCE_S
    while not list(output.glob("*.parquet")) and time.monotonic() < give_up:
        time.sleep(0.01)
    workers = psutil.Process(process.pid).children(recursive=True)
    process.kill()
    assert process.wait() == -signal.SIGKILL
    assert len(workers) >= 2
    assert not psutil.wait_procs(workers, timeout=PATIENCE_S)[1]
    landed = len(list(output.glob("*.parquet")))
    assert 0 < landed < 12
    # Something half-written, as a kill may leave it.
    (output / ".aside").mkdir(exist_ok=True)
    (output / ".aside" / "part-11.parquet.1.abc").write_bytes(b"half")

    said = json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
    assert said["shards"] == 12
    subprocess.run(command_line(source, tmp_path / "whole"), check=True, capture_output=True)
    assert len(contents(output)) == 12
    assert contents(output) == contents(tmp_path / "whole")
    assert not (output / ".aside").exists()


def command_line(source: Path, target: Path) -> list[str]:
    folders = ["--input", str(source), "--output", str(target)]
    return [
        sys.executable,
        "-m",
        "winward.faces.cli",
        "read",
        *folders,
        "--engine",
        "pool",
        "--processes",
        "2",
        "--json",
    ]


def _hear_ctrl_c() -> None:
    """Whatever is started in the background by a shell is deaf to it, and so is what that starts."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


def test_ctrl_c_ends_the_command_and_its_processes_at_once(tmp_path: Path) -> None:
    source = write_shards(tmp_path / "in", shards=4, rows=20_000)
    process = subprocess.Popen(
        command_line(source, tmp_path / "out"), stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        start_new_session=True, preexec_fn=_hear_ctrl_c,
    )  # fmt: skip
    give_up = time.monotonic() + PATIENCE_S
    while len(workers := psutil.Process(process.pid).children(recursive=True)) < 2 and time.monotonic() < give_up:
        time.sleep(0.05)
    os.killpg(process.pid, signal.SIGINT)
    _, said = process.communicate(timeout=PATIENCE_S)
    assert process.returncode == 130
    assert "Traceback" not in said
    assert not psutil.wait_procs(workers, timeout=PATIENCE_S)[1]


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (["read"], 2, "Name one file"),
        (["read", "--input", "in"], 2, "Name one file"),
        (["read", "a.txt", "--input", "in", "--output", "out"], 2, "Name one file"),
        (["read", "--input", "in", "--output", "out", "--engine", "spark"], 2, "the engines are here, pool, ray"),
        (["read", "--input", "absent", "--output", "out"], 1, "is no folder"),
        (["read", "--input", "empty", "--output", "out"], 1, "holds no file named .parquet"),
    ],
)
def test_what_cannot_be_done_is_one_sentence(
    arguments: list[str], code: int, words: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    for name in ("in", "empty"):
        (tmp_path / name).mkdir()
    done = CliRunner().invoke(app, arguments)
    assert (done.exit_code, done.stderr.count("✗")) == (code, 1)
    assert words in " ".join(done.stderr.split())
