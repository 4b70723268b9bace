"""Post-mortems of the sample company against what was planted in it, asked on the command line."""

import json
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from pdfminer.high_level import extract_text
from pdfminer.pdfpage import PDFPage

from tests.command_line import CommandLine, command_line
from winward.sample import read_truth
from winward.sample.truth import PlantedDeal

TRUTH = read_truth(Path(__file__).parent / "sample_company.json")
SENTENCES = {sentence: key for document in TRUTH.documents for key, sentence in document.sentences}
COSTLY = {theme.key for theme in TRUTH.themes if theme.role == "costly"}
# A few of each sort; each post-mortem looks at all deals.
EACH = 8


@pytest.fixture(scope="module")
def desk(sample_workspace: Path) -> Iterator[CommandLine]:
    with command_line(sample_workspace) as typed:
        yield typed


def lost(stated_is_wrong: bool) -> list[PlantedDeal]:
    deals = [
        deal for deal in TRUTH.deals if deal.outcome == "lost" and deal.true_reason in COSTLY and deal.exposure > 0
    ]
    return [deal for deal in deals if deal.stated_is_wrong == stated_is_wrong][:EACH]


def test_planted_wrong_reasons_differ_from_what_is_found_and_right_ones_agree(desk: CommandLine) -> None:
    for wrong in (True, False):
        told = [desk.shown("post-mortem", deal.deal)["stated"] for deal in lost(wrong)]
        counted = Counter(one["differs"] for one in told)
        assert counted[wrong] >= EACH - 1
        assert counted[not wrong] == 0
        assert all("fault" not in one["sentence"] and "wrong" not in one["sentence"] for one in told)


def test_what_would_have_had_to_be_true_names_planted_costly_themes(desk: CommandLine) -> None:
    for deal in lost(stated_is_wrong=True):
        found = desk.shown("post-mortem", deal.deal)
        condition = found["condition"]
        named = [one for one in found["costs"] if one["theme"] in condition["themes"]]
        assert all(one["clear"] and one["share"] > 0 for one in named)
        assert len(named) == len(condition["themes"]) > 0
        assert condition["now"]["point"] < condition["without"]["point"]
        assert 0 <= condition["without"]["low"] <= condition["without"]["high"] <= 1
        planted = Counter(SENTENCES.get(one["quote"]["words"], "") for one in named if one["quote"])
        assert set(planted) - {""} <= COSTLY


def test_won_deals_like_it_are_alike_and_the_shares_never_exceed_the_loss(desk: CommandLine) -> None:
    truth = {deal.deal: deal for deal in TRUTH.deals}
    won = {row["id"]: truth[row["reference"]] for row in _all_won(desk)}
    for deal in lost(stated_is_wrong=False)[:4]:
        found = desk.shown("post-mortem", deal.deal)
        assert found["alike"]
        assert all(won[one["id"]].outcome == "won" for one in found["alike"])
        assert sum(won[one["id"]].segment == deal.segment for one in found["alike"]) * 2 >= len(found["alike"])
        shares = [one["share"] or 0 for one in found["costs"]]
        assert sum(shares) + found["unexplained"] == pytest.approx(1)


def _all_won(desk: CommandLine) -> list[dict[str, object]]:
    rows, after = list[dict[str, object]](), ""
    while True:
        found = desk.shown("deals", "--won", *(["--after", after] if after else []))
        rows, after = rows + found["rows"], found["after"]
        if not after:
            return rows


def test_it_is_written_to_files_and_the_lesson_is_kept(desk: CommandLine, tmp_path: Path) -> None:
    deal = lost(stated_is_wrong=True)[0].deal
    pdf, page = tmp_path / "review.pdf", tmp_path / "review.html"
    assert desk.type("post-mortem", deal, "--pdf", str(pdf), "--html", str(page)).returncode == 0
    with pdf.open("rb") as file:
        assert sum(1 for _ in PDFPage.get_pages(file)) == 1
    assert "What would have had to be true" in extract_text(pdf)
    assert "What would have had to be true" in page.read_text(encoding="utf-8")
    done = desk.type("lesson", deal, "--text", "Ask for the audit on day one.", "--owner", "Sam")
    assert "Take it back with: winward undo" in done.stdout.replace("\n", " ")
    number = done.stdout.split("winward undo")[1].split()[0]
    assert desk.shown("post-mortem", deal)["lesson"]["text"] == "Ask for the audit on day one."
    assert [row["deal"]["reference"] for row in desk.shown("lessons")["rows"]] == [deal]
    assert desk.type("undo", number).returncode == 0
    assert desk.shown("lessons")["rows"] == []


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (("post-mortem", "NONE"), 1, "There is no deal NONE"),
        (("lesson", "NONE", "--text", "x"), 1, "There is no deal NONE"),
        (("lesson", "NONE"), 2, "Say what to keep"),
    ],
)
def test_what_goes_wrong_is_one_sentence(desk: CommandLine, arguments: tuple[str, ...], code: int, words: str) -> None:
    done = desk.type(*arguments)
    assert (done.returncode, done.stderr.count("✗")) == (code, 1)
    assert words in done.stderr


def test_programs_get_json(desk: CommandLine) -> None:
    deal = lost(stated_is_wrong=True)[0].deal
    done = desk.type("post-mortem", deal, "--json")
    assert json.loads(done.stdout)["row"]["reference"] == deal
