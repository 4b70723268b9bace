"""The executive's brief: the bottom line first, on one page, one slide, one file."""

from datetime import date
from io import BytesIO
from pathlib import Path

import pytest
from pdfminer.high_level import extract_text
from pdfminer.pdfpage import PDFPage
from pptx import Presentation

from winward.faces.printed.html import as_html
from winward.faces.printed.pdf import as_pdf
from winward.faces.printed.sheet import Sheet
from winward.faces.printed.slide import as_slide
from winward.faces.printed.worth import worth_sheet
from winward.usecases.work_out_value import work_out_value

EXAMPLE = Path(__file__).parents[3] / "docs" / "examples" / "five-fewer-clicks.yaml"


@pytest.fixture(scope="module")
def sheet() -> Sheet:
    return worth_sheet(work_out_value(EXAMPLE.read_text("utf-8"), EXAMPLE.name), date(2026, 11, 1))


def test_it_begins_with_the_bottom_line_and_ends_with_where_it_comes_from(sheet: Sheet) -> None:
    assert sheet.sentence.startswith("About 4")
    assert sheet.sections[0].heading == "What drives it most"
    assert "4 of them assumed" in sheet.facts


def test_the_pdf_is_one_page_and_says_it(sheet: Sheet) -> None:
    made = as_pdf(sheet)
    assert made == as_pdf(sheet)
    assert len(list(PDFPage.get_pages(BytesIO(made)))) == 1
    words = " ".join(extract_text(BytesIO(made)).split())
    assert sheet.title in words
    assert "Ana Ruiz looks again" in words


def test_the_slide_says_it_in_text_that_can_be_edited(sheet: Sheet) -> None:
    made = as_slide(sheet)
    (slide,) = Presentation(BytesIO(made)).slides
    said = [shape.text_frame.text for shape in slide.shapes]
    assert said[0].startswith(f"{sheet.title}\n{sheet.sentence}")
    assert any("win rate gained in them" in text for text in said)


def test_the_page_stands_by_itself(sheet: Sheet) -> None:
    page = as_html(sheet)
    assert sheet.sentence in page
    assert "<script" not in page
    assert "http" not in page.replace("http-equiv", "")
