"""Tables taken away come back as they were, and nothing in them runs."""

import csv
import io
from datetime import date

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from winward.faces.exports.csv_file import BYTE_ORDER_MARK, csv_lines
from winward.faces.exports.tables import Cell, Column, Table
from winward.faces.exports.xlsx_file import write_xlsx

Row = tuple[str, float | None, date | None]


def table(*rows: Row) -> Table[Row]:
    columns: tuple[Column[Row], ...] = (
        Column("name", "text", "What it is called", lambda row: row[0]),
        Column("share", "share", "Of all", lambda row: row[1]),
        Column("day", "day", "When", lambda row: row[2]),
    )
    return Table("things", columns, rows, ("Two things.",))


def read_csv(*rows: Row) -> list[list[str]]:
    text = "".join(csv_lines(table(*rows)))
    assert text.startswith(BYTE_ORDER_MARK)
    return list(csv.reader(io.StringIO(text.removeprefix(BYTE_ORDER_MARK), newline="")))


def read_xlsx(*rows: Row) -> openpyxl.Workbook:
    file = io.BytesIO()
    write_xlsx(table(*rows), file, date(2026, 9, 30))
    return openpyxl.load_workbook(file)


@pytest.mark.parametrize("words", ["=1+1", "+1", "-2", "@SUM(A1)", "\tx", "\r=1", "\n=1"])
def test_no_cell_is_a_formula(words: str) -> None:
    assert read_csv((words, None, None))[1][0] == f"'{words}"
    cell = read_xlsx((words, None, None)).active["A2"]
    assert cell.data_type == "s"


@given(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0")))
def test_words_come_back_as_they_were(words: str) -> None:
    cell = read_csv((words, None, None))[1][0]
    assert cell.removeprefix("'") == words.removeprefix("'")
    assert not cell.startswith(("=", "+", "-", "@", "\t", "\r", "\n"))


def test_numbers_stay_numbers() -> None:
    assert read_csv(("a", -0.25, date(2026, 1, 2)))[1] == ["a", "-0.25", "2026-01-02"]
    sheet = read_xlsx(("a", -0.25, date(2026, 1, 2)), ("b", None, None))["things"]
    assert (sheet["B2"].value, sheet["B2"].number_format) == (-0.25, "0.0%")
    assert sheet["C2"].value.date() == date(2026, 1, 2)
    assert sheet["B3"].value is None


def test_the_notes_say_what_each_column_means_and_when() -> None:
    notes = [[cell.value for cell in row] for row in read_xlsx(("a", 1.0, None))["notes"].rows]
    assert ["Made on", "2026-09-30"] in notes
    assert ["", "Two things."] in notes
    assert ["share", "Of all"] in notes


def test_without_rows_there_are_headings() -> None:
    assert read_csv() == [["name", "share", "day"]]
    assert [cell.value for cell in read_xlsx()["things"][1]] == ["name", "share", "day"]


def test_a_sheet_that_is_full_goes_on_in_the_next(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("winward.faces.exports.xlsx_file.ROWS_A_SHEET", 2)
    book = read_xlsx(*[(name, None, None) for name in "abc"])
    assert book.sheetnames == ["things", "things 2", "notes"]
    assert [book[name]["A2"].value for name in book.sheetnames[:2]] == ["a", "c"]


def test_control_characters_do_not_break_a_workbook() -> None:
    cells: list[Cell] = [cell.value for cell in read_xlsx(("a\x01b", None, None))["things"][2]]
    assert str(cells[0]).startswith("a")
