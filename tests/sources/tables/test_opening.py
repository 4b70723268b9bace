import csv
import io
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from winward.sources.limits import Unreadable
from winward.sources.tables import open_table, open_tables, propose_mapping, read_table
from winward.sources.tables.headers import column_letter

Write = Callable[[str, str | bytes], Path]
shared_folder = settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=60)


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_delimiters_are_told_from_the_lines(written: Write, delimiter: str) -> None:
    lines = ["name;note, long", "a;one, two", "b;three"] if delimiter == ";" else ["name,note", "a,one", "b,two"]
    text = "\n".join(lines if delimiter == ";" else [line.replace(",", delimiter) for line in lines])
    assert len(open_table(written("deals.csv", text)).columns) == 2


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "cp1252"])
def test_encodings_are_told_from_the_bytes(written: Write, encoding: str) -> None:
    text = "Firma;Größe;Grund\n" + "Müller Söhne;groß;Änderung der Pläne, übermäßig teuer\n" * 20
    table = open_table(written("konten.csv", text.encode(encoding)))
    assert table.columns == ("Firma", "Größe", "Grund")
    assert next(table.rows())[1]["Firma"] == "Müller Söhne"


def test_a_late_byte_outside_utf8_changes_the_encoding(written: Write) -> None:
    table = open_table(
        written("a.csv", b"name,note\n" + b"plain,text\n" * 40_000 + b"Soci\xe9t\xe9 G\xe9n\xe9rale,caf\xe9\n")
    )
    assert list(table.rows())[-1][1]["name"] == "Société Générale"


def test_title_lines_above_the_headings_are_skipped_and_row_numbers_stay(written: Write) -> None:
    table = open_table(
        written("report.csv", 'Pipeline report,,\nMade on 2024-03-04,,\n\nDeal,Stage,Note\nA,Won,"x\ny"\n\nB,Lost,\n')
    )
    assert table.columns == ("Deal", "Stage", "Note")
    assert [row for row, _ in table.rows()] == [5, 7]


def test_blank_and_repeated_headings_get_names(written: Write) -> None:
    assert open_table(written("a.csv", "Name,,Name\na,b,c\nd,e,f\n")).columns == ("Name", "column B", "Name (2)")
    assert [column_letter(index) for index in (0, 25, 26, 701, 702)] == ["A", "Z", "AA", "ZZ", "AAA"]


def test_a_quote_that_never_closes_loses_one_row_only(written: Write) -> None:
    lines = ["id,name,note", '1,a,"fine, really"', '2,b,"never closed', *[f"{number},c,x" for number in range(3, 60)]]
    records = list(open_table(written("a.csv", "\n".join(lines))).records())
    assert [record.row for record in records if record.fault] == [3]
    assert len([record for record in records if not record.fault]) == 58


def test_a_pasted_table_inside_a_quoted_cell_is_left_whole(written: Write) -> None:
    table = open_table(written("a.csv", 'id,name,note\n1,a,"see\nx,y,z\nq,r,s"\n2,b,c\n'))
    assert next(row for _, row in table.rows())["note"] == "see\nx,y,z\nq,r,s"


def test_a_row_with_too_many_cells_is_a_fault_and_blank_ends_are_not(written: Write) -> None:
    faults = [bool(record.fault) for record in open_table(written("a.csv", "id,name\n1,a,,\n2,b,c\n3\n")).records()]
    assert faults == [False, True, False]


def test_workbooks_give_one_table_per_filled_sheet(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.active.title = "Empty"
    deals, notes = book.create_sheet("Deals"), book.create_sheet("Notes")
    deals["B3"], deals["C3"], deals["D3"] = "Deal Name", "Amount", "Close Date"
    deals["B4"], deals["C4"], deals["D4"] = "Alpha", 1200.0, datetime(2024, 3, 4)
    notes.append(["Note body"])
    notes.append(["They asked for an export to their warehouse."])
    book.save(tmp_path / "book.xlsx")
    tables = open_tables(tmp_path / "book.xlsx")
    assert [table.name for table in tables] == ["book.xlsx / Deals", "book.xlsx / Notes"]
    [(row, cells)] = list(tables[0].rows())
    assert row == 4
    assert (cells["Amount"], cells["Close Date"]) == ("1200", "2024-03-04")


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.csv", b""), ("a.csv", b"  \n \n"), ("a.csv", bytes(range(256)) * 40),
        ("a.csv", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" * 9),
        ("a.xlsx", b"not a workbook"), ("a.xlsx", b""),
        ("a.xls", b"\xd0\xcf\x11\xe0 cut off"), ("a.ods", b"PK\x03\x04 cut off"),
    ],
)  # fmt: skip
def test_what_is_no_table_is_refused_in_one_sentence(written: Write, name: str, content: bytes) -> None:
    with pytest.raises(Unreadable, match=name):
        open_table(written(name, content))


@shared_folder
@given(content=st.binary(max_size=400), suffix=st.sampled_from([".csv", ".tsv", ".xlsx", ".xls"]))
def test_any_bytes_are_read_or_refused(written: Write, content: bytes, suffix: str) -> None:
    try:
        table = open_table(written(f"any{suffix}", content))
        list(read_table(table, propose_mapping(table)))
    except Unreadable:
        pass


cells = st.text(st.characters(codec="utf-8", exclude_characters="\0\r", exclude_categories=["Cs", "Cc"]), max_size=12)


@shared_folder
@given(
    rows=st.lists(st.tuples(cells, cells, cells), min_size=1, max_size=8),
    delimiter=st.sampled_from([",", ";", "\t"]),
)
def test_what_a_csv_writer_writes_reads_back(written: Write, rows: list[tuple[str, ...]], delimiter: str) -> None:
    buffer = io.StringIO()
    writer = csv.writer(buffer, delimiter=delimiter, quoting=csv.QUOTE_ALL)
    writer.writerows([("Deal name", "Deal stage", "Close reason text"), *rows])
    table = open_table(written("deals.csv", buffer.getvalue()))
    expected = [row for row in rows if any(cell.strip() for cell in row)]
    assert [tuple(row.values()) for _, row in table.rows()] == expected
