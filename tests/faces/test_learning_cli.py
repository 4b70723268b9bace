"""learn and label as a person types them."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from winward.faces.cli.app import app

BILLING = ["The invoice of May is wrong", "I was charged twice", "Please send me the bill", "Where is my refund",
           "The fee on the invoice is too high", "You billed the wrong card"]  # fmt: skip
ACCESS = ["I cannot log in", "My password is wrong", "Please reset my login", "The sign-in page fails",
          "My account is locked", "The login code never arrives"]  # fmt: skip


def typed(*arguments: str | Path) -> Result:
    return CliRunner().invoke(app, [str(argument) for argument in arguments])


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("learning")
    rows = [f"{text},billing" for text in BILLING] + [f"{text},access" for text in ACCESS] + [",billing", "No label,"]
    (folder / "labelled.csv").write_text("\n".join(["What was said,About", *rows]), "utf-8")
    (folder / "texts.tsv").write_text("id\ttext\n1\tI was billed twice\n2\t\n3\tMy login fails\n", "utf-8")
    done = learnt(folder)
    assert done.exit_code == 0, done.output
    return folder


def learnt(folder: Path, *more: str, file: str = "labelled.csv", model: str = "out") -> Result:
    columns = ("--text-column", "What was said", "--label-column", "About")
    return typed("learn", folder / file, *columns, "--model", folder / model, *more)


def labelled(folder: Path, *more: str, column: str = "text", model: str = "out") -> Result:
    return typed("label", folder / "texts.tsv", "--text-column", column, "--model", folder / model, *more)


def test_what_was_learnt_labels_every_row_in_the_files_order(desk: Path) -> None:
    rows = json.loads(labelled(desk, "--json").stdout)["rows"]
    assert [row["label"] for row in rows] == ["billing", None, "access"]
    assert rows[1]["confidence"] == 0
    assert all(0 <= row["confidence"] <= 1 for row in rows)


def test_learning_says_what_to_expect_and_what_it_passed_over(desk: Path) -> None:
    found = json.loads(learnt(desk, "--json", model="other").stdout)
    assert found["quality"]["texts"] == 12
    assert found["without"] == 2
    assert found["too_few"] == ["access", "billing"]
    assert {"label", "texts", "precision", "recall"} <= set(found["quality"]["labels"][0])


def test_learning_again_puts_a_whole_model_in_place_of_the_old(desk: Path) -> None:
    assert learnt(desk).exit_code == 0
    assert sorted(path.name for path in desk.iterdir() if path.name.startswith(".")) == []
    assert labelled(desk).exit_code == 0


def test_an_unknown_column_is_named_with_those_there_are(desk: Path) -> None:
    done = labelled(desk, column="texts")
    assert done.exit_code == 1
    assert "no column 'texts'; it has id, text" in " ".join(done.output.split())


def test_a_row_that_cannot_be_split_is_named(desk: Path) -> None:
    (desk / "broken.csv").write_text("What was said,About\nOne,a\nTwo,b,c\n", "utf-8")
    assert "broken.csv, row 3" in " ".join(learnt(desk, file="broken.csv", model="never").output.split())
    assert not (desk / "never").exists()


def test_a_folder_that_is_something_else_is_left_alone(desk: Path) -> None:
    (desk / "photos").mkdir()
    (desk / "photos" / "cat.jpg").write_text("cat", "utf-8")
    assert learnt(desk, model="photos").exit_code == 1
    assert (desk / "photos" / "cat.jpg").exists()


def test_a_model_made_with_other_vectors_is_refused(desk: Path) -> None:
    learnt(desk, model="old")
    manifest = json.loads((desk / "old" / "manifest.json").read_text("utf-8"))
    manifest["made_with"]["model"] = "another/1"
    (desk / "old" / "manifest.json").write_text(json.dumps(manifest), "utf-8")
    done = labelled(desk, model="old")
    assert done.exit_code == 1
    assert "learnt with another/1" in " ".join(done.output.split())


def test_a_changed_model_is_refused(desk: Path) -> None:
    learnt(desk, model="bitten")
    content = (desk / "bitten" / "head.npz").read_bytes()
    (desk / "bitten" / "head.npz").write_bytes(content[:-1] + b"x")
    assert "SHA-256 differs" in " ".join(labelled(desk, model="bitten").output.split())
