"""A sheet prints on one page whatever it holds, and its words are the words that were given."""

from dataclasses import replace
from io import BytesIO

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from pdfminer.high_level import extract_text
from pdfminer.pdfdocument import PDFDocument
from pdfminer.pdfpage import PDFPage
from pdfminer.pdfparser import PDFParser
from pdfminer.utils import decode_text

from winward.faces.printed.lettering import NO_GLYPH, NOT_PRINTED
from winward.faces.printed.pdf import as_pdf
from winward.faces.printed.sheet import MORE, Bar, Bars, Grid, Said, Section, Sheet, Words

TITLE = "Acme 1: platform"


def sheet(*blocks: object, **changed: str) -> Sheet:
    whole = Sheet(TITLE, "Lost in May.", "Acme", (Section("Who was there", blocks),), "By the model.", "Post-mortem")  # type: ignore[arg-type]
    return replace(whole, **changed)


def words(pdf: bytes) -> str:
    return " ".join(extract_text(BytesIO(pdf)).split())


def pages(pdf: bytes) -> int:
    return sum(1 for _ in PDFPage.get_pages(BytesIO(pdf)))


def test_all_kinds_of_blocks_stand_on_one_page() -> None:
    made = as_pdf(
        sheet(
            Words("Twelve days.", label="Ada Field:"),
            Said("We can’t export when the line is down", "Ada Field, call of 20 Aug 2026"),
            Grid(("When", "What"), (1, 3), (("2 May 2026", "Demo"),)),
            Bars(
                (Bar("Export", 0.5, 0.2, 0.7, "50% (20% to 70%)", True), Bar("Helpdesk", 0.1, None, None, "10%", False))
            ),
        )
    )
    assert pages(made) == 1
    for part in (
        TITLE, "Lost in May.", "Ada Field: Twelve days.", "“We can’t export when the line is down”",
        "call of 20 Aug 2026", "2 May 2026", "Demo", "50% (20% to 70%)", "Helpdesk", "By the model.",
    ):  # fmt: skip
        assert part in words(made)


def test_it_is_described_and_its_language_told() -> None:
    document = PDFDocument(PDFParser(BytesIO(as_pdf(sheet(Words("Twelve days."))))))
    assert decode_text(document.info[0]["Title"]) == TITLE
    assert decode_text(document.info[0]["Subject"]) == "Post-mortem"
    assert decode_text(document.catalog["Lang"]) == "en"


def test_the_same_sheet_gives_the_same_bytes() -> None:
    one = sheet(Said("We can’t export", "Ada"), Words("日本語 too"))
    assert as_pdf(one) == as_pdf(one)


@pytest.mark.parametrize(
    "quote",
    [
        "use <b>bold</b> & <i>italics</i>, or <font color='red'>red</font>",
        "a < b && c > d; &amp; stays &amp;, <para>so</para> <img src='x.png'/>",
        "%s {0} \\n $x$ <!-- gone? --> ]]>",
        "Žluťoučký kůň, Größe, naïve, Ωμέγα, Привет, łódź, ẞ",
    ],
)
def test_a_quote_prints_letter_by_letter(quote: str) -> None:
    assert f"“{quote}”" in words(as_pdf(sheet(Said(quote, "Ada"))))


def test_signs_of_the_east_are_handed_to_the_reader_s_own_fonts() -> None:
    shown = words(
        as_pdf(
            sheet(Said("オフラインで使えません", "山田"), Said("我们需要离线模式", "李"), Said("오프라인 모드", "김"))
        )
    )
    for part in ("オフラインで使えません", "山田", "我们需要离线模式", "李", "오프라인 모드"):
        assert part in shown


def test_what_cannot_be_set_right_says_where_it_can_be_read() -> None:
    for unprintable in ("نحتاج إلى وضع عدم الاتصال", "אנחנו צריכים מצב לא מקוון", "हमें ऑफ़लाइन चाहिए"):
        assert NOT_PRINTED in words(as_pdf(sheet(Said(unprintable, "Ada"))))
    assert f"All good {NO_GLYPH} here" in words(as_pdf(sheet(Words("All good \U0001f9ff here"))))


def test_what_is_too_long_is_cut_and_says_so() -> None:
    long = sheet(*[Said("word " * 400, "Ada") for _ in range(40)], *[Words("x" * 9_000)] * 5)
    made = as_pdf(long)
    assert pages(made) == 1
    assert MORE in words(made)


texts = st.text(max_size=60).map(lambda text: text * 40) | st.text(max_size=200) | st.just("W" * 3_000)
shares = st.floats(0, 1)
blocks = st.one_of(
    st.builds(Words, texts, texts, st.booleans()),
    st.builds(Said, texts, texts),
    st.builds(
        Grid, st.tuples(texts, texts), st.just((1.0, 2.0)), st.lists(st.tuples(texts, texts), max_size=8).map(tuple)
    ),
    st.builds(
        Bars, st.lists(st.builds(Bar, texts, shares, shares, shares, texts, st.booleans()), max_size=8).map(tuple)
    ),
)
sections = st.builds(Section, texts, st.lists(blocks, max_size=6).map(tuple))


# A sheet that doesn't fit is no clearer for being smaller.
@settings(max_examples=8, deadline=None, phases=(Phase.generate,))
@given(st.builds(Sheet, texts, texts, texts, st.lists(sections, max_size=9).map(tuple), texts, texts))
def test_any_sheet_fits_on_one_page(hostile: Sheet) -> None:
    assert pages(as_pdf(hostile)) == 1
