"""Two files matched by the shipped matcher."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from winward.sources.limits import Unreadable
from winward.text_models import EmbeddedModel
from winward.text_models.matcher import default_matcher
from winward.usecases.match_texts import FLOOR, MOST_EACH, match_texts

TEXTS = (
    "id,said\n"
    "1,The export always breaks when our network is down.\n"
    ",\n"
    '3,"We pay far too much for each of our users, every single month."\n'
    "4,My dog likes the beach in the early morning.\n"
)
STATEMENTS = "name\nExporting fails without a network\nThe price per user is too high\nThe helpdesk answers late\n"


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    folder = tmp_path_factory.mktemp("match")
    left, right = folder / "left.csv", folder / "right.csv"
    left.write_text(TEXTS, "utf-8")
    right.write_text(STATEMENTS, "utf-8")
    return left, right


def test_each_text_has_its_best_statement_first(files: tuple[Path, Path]) -> None:
    found = match_texts(*files, EmbeddedModel(1).depths, default_matcher())
    pairs = list(found.pairs)
    first = {pair.left_row: pair for pair in reversed(pairs)}
    assert (found.left_column, found.right_column, found.without) == ("said", "name", 1)
    assert sorted(first) == [1, 3, 4]
    assert (first[1].right_row, first[3].right_row) == (1, 2)
    assert first[4].score < 0.1 < first[1].score
    assert all(pair.score >= FLOOR for pair in pairs if pair not in first.values())


def test_everything_is_every_pair_best_first(files: tuple[Path, Path]) -> None:
    pairs = list(match_texts(*files, EmbeddedModel(1).depths, default_matcher(), everything=True).pairs)
    assert len(pairs) == 9 > MOST_EACH
    for row in (1, 3, 4):
        scores = [pair.score for pair in pairs if pair.left_row == row]
        assert scores == sorted(scores, reverse=True)


@pytest.mark.parametrize(
    ("content", "column", "why"),
    [("said\n", "", "no text"), ("said\nhello there\n", "words", "has no column 'words'"), ("", "", "left")],
)
def test_what_cannot_be_matched_says_why(
    files: tuple[Path, Path], tmp_path: Path, content: str, column: str, why: str
) -> None:
    left = tmp_path / "left.csv"
    left.write_text(content, "utf-8")
    with pytest.raises(Unreadable, match=why):
        match_texts(left, files[1], EmbeddedModel(1).depths, default_matcher(), left_column=column)


def test_the_command_prints_pairs_and_tells_errors(files: tuple[Path, Path]) -> None:
    command = [sys.executable, "-m", "winward.faces.cli", "match"]
    done = subprocess.run([*command, *map(str, files), "--json"], capture_output=True, text=True, check=True)
    pairs = json.loads(done.stdout)["pairs"]
    assert set(pairs[0]) == {"left", "right", "score", "left_row", "right_row"}
    missing = subprocess.run([*command, "nowhere.csv", str(files[1])], capture_output=True, text=True, check=False)
    assert missing.returncode == 1
    assert "nowhere.csv" in missing.stderr
    assert "Traceback" not in missing.stderr
