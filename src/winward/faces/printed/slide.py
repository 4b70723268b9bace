"""A sheet as one slide of a presentation, with text that can be edited there."""

import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from io import BytesIO
from math import ceil
from typing import Any

from pptx import Presentation
from pptx.dml.color import RGBColor
from pptx.util import Emu, Inches, Pt
from reportlab.pdfbase import pdfmetrics

from winward.faces.printed.lettering import BOLD, PLAIN, register_fonts
from winward.faces.printed.sheet import Section, Sheet, lines, shortened

WIDTH, HEIGHT, MARGIN, GUTTER = Inches(13.333), Inches(7.5), Inches(0.6), Inches(0.5)
COLUMN = (WIDTH - 2 * MARGIN - GUTTER) // 2
INK, FAINT = RGBColor(0x1B, 0x1D, 0x21), RGBColor(0x56, 0x5A, 0x62)
BLANK = 6
# Sections that stay, however long they are.
FEWEST = 4
HEADING, TEXT = 13, 10.5
# Letters of a text and rows of a section, from generous to what fits whatever the sheet holds.
LEVELS = ((240, 8), (170, 6), (130, 5), (100, 4), (80, 3), (70, 2), (60, 1), (40, 1))
# Of a text box, on either side; and the height of a line in sizes of its letters.
INSET, LEADING = Inches(0.1), 1.22
# The same sheet gives the same bytes.
WRITTEN = datetime(2000, 1, 1, tzinfo=UTC)
HEAD_TALL, BODY_TOP, BODY_TALL, FOOT_TOP = Inches(1.6), Inches(2.05), Inches(4.8), Inches(6.95)


def as_slide(sheet: Sheet) -> bytes:
    """A PPTX of one slide: title and sentence above, sections in two columns, the foot below. What is too long for it
    is shortened, evenly, until it fits."""
    register_fonts()
    *longer, shortest = _ever_shorter(sheet)
    shown = next((one for one in longer if _fits(one)), shortest)
    deck = Presentation()
    deck.slide_width, deck.slide_height = WIDTH, HEIGHT
    slide = deck.slides.add_slide(deck.slide_layouts[BLANK])
    wide = WIDTH - 2 * MARGIN
    _write(_box(slide, MARGIN, Inches(0.35), wide, HEAD_TALL), _head(shown))
    for at, sections in enumerate(_halves(shown.sections)):
        _write(_box(slide, MARGIN + at * (COLUMN + GUTTER), BODY_TOP, COLUMN, BODY_TALL), _body(sections))
    _write(_box(slide, MARGIN, FOOT_TOP, wide, Inches(0.4)), [Line(shown.foot, 8, faint=True)])
    _describe(deck, shown)
    return _bytes(deck)


@dataclass(frozen=True, slots=True)
class Line:
    """A paragraph. size: in points."""

    text: str
    size: float
    bold: bool = False
    faint: bool = False


def _ever_shorter(sheet: Sheet) -> Iterator[Sheet]:
    """The last sections go first, for a slide is read from afar and the sheet of paper has them; then texts are cut."""
    counts = range(len(sheet.sections), min(FEWEST, len(sheet.sections)) - 1, -1)
    fewer = [replace(sheet, sections=sheet.sections[:count]) for count in counts]
    yield from (shortened(one, *LEVELS[0]) for one in fewer)
    yield from (shortened(fewer[-1], letters, rows) for letters, rows in LEVELS[1:])


def _fits(shown: Sheet) -> bool:
    if _tall(_head(shown), WIDTH - 2 * MARGIN) > HEAD_TALL:
        return False
    return all(_tall(_body(sections), COLUMN) <= BODY_TALL for sections in _halves(shown.sections))


def _tall(lines: Sequence[Line], width: int) -> float:
    """As the fonts that ship here would set it; those of presentations are narrower."""
    inner = (width - 2 * INSET) / Pt(1)
    return float(2 * Inches(0.05) + sum(Pt(one.size) * LEADING * _rows(one, inner) for one in lines))


def _rows(line: Line, width: float) -> int:
    wide = pdfmetrics.stringWidth(line.text, BOLD if line.bold else PLAIN, line.size)
    # The signs of the east are as wide as they are tall, and not in that font.
    wide += line.size * sum(unicodedata.east_asian_width(sign) in "WF" for sign in line.text)
    return max(1, ceil(1.05 * float(wide) / width))


def _head(sheet: Sheet) -> list[Line]:
    return [Line(sheet.title, 24, bold=True), Line(sheet.sentence, 15), Line(sheet.facts, 10.5, faint=True)]


def _body(sections: Sequence[Section]) -> list[Line]:
    return [line for section in sections for line in _section(section)]


def _section(section: Section) -> list[Line]:
    return [Line(section.heading, HEADING, bold=True), *(Line(text, TEXT) for text in _texts(section))]


def _halves(sections: tuple[Section, ...]) -> tuple[tuple[Section, ...], tuple[Section, ...]]:
    """Where both columns come out about as long."""
    tall = [_tall(_section(section), COLUMN) for section in sections]
    at = min(range(len(sections) + 1), key=lambda place: max(sum(tall[:place]), sum(tall[place:])))
    return sections[:at], sections[at:]


def _texts(section: Section) -> Iterator[str]:
    return (text for block in section.blocks for text in lines(block))


def _box(slide: Any, left: int, top: int, width: int, height: int) -> Any:
    frame = slide.shapes.add_textbox(Emu(left), Emu(top), Emu(width), Emu(height)).text_frame
    frame.word_wrap = True
    return frame


def _write(frame: Any, lines: Sequence[Line]) -> None:
    for at, line in enumerate(lines):
        paragraph = frame.paragraphs[0] if at == 0 else frame.add_paragraph()
        run = paragraph.add_run()
        run.text, run.font.size, run.font.bold = _plain(line.text), Pt(line.size), line.bold
        run.font.color.rgb = FAINT if line.faint else INK


def _plain(text: str) -> str:
    """Without the control signs that a presentation can't hold."""
    return "".join(sign if sign.isprintable() or sign == "\t" else " " for sign in text)


def _describe(deck: Any, sheet: Sheet) -> None:
    of = deck.core_properties
    of.title, of.subject, of.author, of.language = _plain(sheet.title), _plain(sheet.subject), "Winward", "en"
    of.created = of.modified = WRITTEN


def _bytes(deck: Any) -> bytes:
    out = BytesIO()
    deck.save(out)
    return out.getvalue()
