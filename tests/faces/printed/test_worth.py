"""The executive's brief: the bottom line first, on one page, one slide, one file."""

from datetime import date
from io import BytesIO
from math import ceil
from pathlib import Path
from unicodedata import east_asian_width

import pytest
from pdfminer.high_level import extract_text
from pdfminer.pdfpage import PDFPage
from pptx import Presentation
from pptx.shapes.autoshape import Shape
from pptx.util import Inches, Pt
from reportlab.pdfbase.pdfmetrics import stringWidth

from winward.faces.printed.html import as_html
from winward.faces.printed.lettering import PLAIN
from winward.faces.printed.pdf import as_pdf
from winward.faces.printed.sheet import Said, Sheet
from winward.faces.printed.slide import as_slide
from winward.faces.printed.worth import worth_sheet
from winward.usecases.value.work_out_value import work_out_value

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
    assert any("Win rate gained in them" in text for text in said)


def test_the_page_stands_by_itself(sheet: Sheet) -> None:
    page = as_html(sheet)
    assert sheet.sentence in page
    assert "<script" not in page
    assert "http" not in page.replace("http-equiv", "")


def long_chain(words: str, inputs: int) -> str:
    """With so many inputs, each of which says so much."""
    said = words.replace("'", "’")
    quantities = [
        f"  x{at}:\n    says: '{at} {said}'\n    unit: EUR/year\n    range: [1, {at + 2}]\n"
        f"    source: {{assumption: '{said}', owner: '{said}', review: 2026-01-01}}\n"
        for at in range(inputs)
    ]
    total = " + ".join(f"x{at}" for at in range(inputs))
    head = f"name: '{said}'\nresult: y\nagainst: x0\nquantities:\n"
    return head + "".join(quantities) + f"  y:\n    says: '{said}'\n    unit: EUR/year\n    formula: {total}\n"


@pytest.mark.parametrize(
    "words", ["short", "many words of an author who likes them " * 20, "輸出が遅い" * 60, "W" * 900]
)
@pytest.mark.parametrize("inputs", [1, 60])
def test_however_long_it_is_it_stays_one_page_and_one_slide(words: str, inputs: int) -> None:
    worth = work_out_value(long_chain(words, inputs), "long")
    sheet = worth_sheet(worth, date(2026, 11, 1), [Said(words, words)] * 12)
    assert len(list(PDFPage.get_pages(BytesIO(as_pdf(sheet))))) == 1
    (slide,) = Presentation(BytesIO(as_slide(sheet))).slides
    for shape in slide.shapes:
        assert tall(shape) <= shape.height, shape.text_frame.text[:200]


def tall(shape: Shape) -> float:
    """As tall as its text is, were its letters as wide as DejaVu's, which are wider than those of presentations."""
    inner = (shape.width - Inches(0.2)) / Pt(1)
    lines = 0.0
    for paragraph in shape.text_frame.paragraphs:
        size = paragraph.runs[0].font.size.pt
        wide = sum(
            size if east_asian_width(sign) in "WF" else stringWidth(sign, PLAIN, size) for sign in paragraph.text
        )
        lines += max(1, ceil(wide / inner)) * size * 1.2
    return Inches(0.1) + Pt(lines)


def width(sign: str, size: float) -> float:
    return size if east_asian_width(sign) in "WF" else float(stringWidth(sign, PLAIN, size))


def test_what_was_not_looked_at_again_is_said() -> None:
    sheet = worth_sheet(work_out_value(EXAMPLE.read_text("utf-8"), EXAMPLE.name), date(2027, 2, 15))
    assert "1 of these not looked at again on its day" in sheet.facts
    assert "(Sam Okafor looks again on 2027-01-31) — overdue" in as_html(sheet)
