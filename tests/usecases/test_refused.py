"""Files that can't be taken in: one sentence each, and nothing of them in the store. Documents told apart."""

import zipfile
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest

from tests.dump import differences, dump
from winward.records.company import Company
from winward.records.deals import Deal
from winward.records.decisions import Correction
from winward.records.documents import Document, Passage
from winward.usecases import decide
from winward.usecases.bring_in import bring_in

CALL = "Ada: We can’t export when the line is down.\n\nSam: I see.\n\nAda: It costs us days.\n\nSam: Noted."


@pytest.fixture(autouse=True)
def company(db: None) -> Company:
    return Company.objects.create(pk=1, name="Pinefield Software", currency="EUR")


def _bomb(path: Path) -> None:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", b"0" * 60_000_000)


REFUSED: dict[str, Callable[[Path], object]] = {
    "empty.csv": lambda path: path.write_bytes(b""),
    "empty.txt": lambda path: path.write_bytes(b""),
    "junk.csv": lambda path: path.write_bytes(bytes(range(256)) * 64),
    "junk.docx": lambda path: path.write_bytes(bytes(range(256)) * 64),
    "junk.xlsx": lambda path: path.write_bytes(bytes(range(256)) * 64),
    "picture.png": lambda path: path.write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(200)),
    "bomb.docx": _bomb,
    "bomb.xlsx": _bomb,
}


@pytest.mark.parametrize("name", REFUSED)
def test_a_file_that_cannot_be_read_is_one_sentence_and_no_row(name: str, tmp_path: Path) -> None:
    REFUSED[name](tmp_path / name)
    (brought,) = bring_in([tmp_path / name])
    assert brought.failed
    assert name in brought.message
    assert "\n" not in brought.message
    assert not any(dump("Company", "Source", "Import").values())


def test_the_good_files_of_a_folder_land_beside_the_bad(tmp_path: Path) -> None:
    for name, write in REFUSED.items():
        write(tmp_path / name)
    (tmp_path / "call.txt").write_text(CALL, encoding="utf-8")
    (tmp_path / "deals.csv").write_text("Deal ID,Deal Name,Stage,Amount\nD-1,Roll-out,Won,10\n")
    brought = {one.file.split("/")[-1]: one for one in bring_in([tmp_path])}
    assert {name for name, one in brought.items() if one.failed} == REFUSED.keys() - {"picture.png"}
    assert (Document.objects.count(), Deal.objects.count()) == (1, 1)


def test_each_sheet_of_a_workbook_is_a_table(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.active.title = "Deals"
    for row in (("Deal ID", "Deal Name", "Account Name", "Stage"), ("D-1", "Roll-out", "Acme", "Won")):
        book.active.append(row)
    for row in (("Account ID", "Account Name", "Industry"), ("A-1", "Acme", "Retail")):
        (book["Accounts"] if "Accounts" in book else book.create_sheet("Accounts")).append(row)
    book.save(tmp_path / "crm.xlsx")
    brought = bring_in([tmp_path / "crm.xlsx"])
    assert {one.file for one in brought} == {"crm.xlsx / Accounts", "crm.xlsx / Deals"}
    assert Deal.objects.get().account.external_id == "A-1"  # type: ignore[union-attr]


def test_a_corrected_document_takes_the_place_of_the_old_and_keeps_what_people_said(tmp_path: Path) -> None:
    path = tmp_path / "call.txt"
    path.write_text(CALL, encoding="utf-8")
    bring_in([path])
    document = Document.objects.get()
    Correction.objects.create(document=document, quote="It costs us days.", kind="pain", by="eda")
    deal = Deal.objects.create(source=document.source, external_id="D-1", name="Roll-out", state="open")
    decide.link_document(document.pk, None, deal.pk, by="eda")
    path.write_text(CALL.replace("days", "weeks"), encoding="utf-8")
    (brought,) = bring_in([path])
    assert (brought.added, brought.changed) == (0, 1)
    stored = Document.objects.get()
    assert (stored.pk, stored.deal, stored.linked_by) == (document.pk, deal, "eda")
    assert Passage.objects.filter(text="It costs us weeks.").exists()
    assert not Passage.objects.filter(text="It costs us days.").exists()
    assert Correction.objects.get().document == stored


def test_the_same_file_under_two_names_lands_once(tmp_path: Path) -> None:
    for name in ("call.txt", "copy of call.txt"):
        (tmp_path / name).write_text(CALL, encoding="utf-8")
    bring_in([tmp_path])
    before = dump()
    bring_in([tmp_path])
    assert Document.objects.count() == 1
    assert not differences(before, dump())


def test_rows_of_a_table_that_say_the_same_stay_apart(tmp_path: Path) -> None:
    (tmp_path / "reviews.csv").write_text("text,stars\n" + "It is very good for our whole team.,5\n" * 3)
    bring_in([tmp_path / "reviews.csv"])
    bring_in([tmp_path / "reviews.csv"])
    assert Document.objects.count() == 3
