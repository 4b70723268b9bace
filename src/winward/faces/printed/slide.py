"""A sheet as one slide of a presentation, with text that can be edited there."""

from collections.abc import Iterator
from datetime import UTC, datetime
from io import BytesIO
from typing import Any

from pptx import Presentation
from pptx.dml.color import RGBColor
from pptx.util import Emu, Inches, Pt

from winward.faces.printed.sheet import Bars, Block, Grid, Said, Section, Sheet, Words, shortened

WIDTH, HEIGHT, MARGIN, GUTTER = Inches(13.333), Inches(7.5), Inches(0.6), Inches(0.5)
INK, FAINT = RGBColor(0x1B, 0x1D, 0x21), RGBColor(0x56, 0x5A, 0x62)
BLANK = 6
LETTERS, ROWS = 150, 6
# The same sheet gives the same bytes.
WRITTEN = datetime(2000, 1, 1, tzinfo=UTC)


def as_slide(sheet: Sheet) -> bytes:
    """A PPTX of one slide: title and sentence above, sections in two columns, the foot below."""
    shown = shortened(sheet, LETTERS, ROWS)
    deck = Presentation()
    deck.slide_width, deck.slide_height = WIDTH, HEIGHT
    slide = deck.slides.add_slide(deck.slide_layouts[BLANK])
    wide, column = WIDTH - 2 * MARGIN, (WIDTH - 2 * MARGIN - GUTTER) // 2
    head = _box(slide, MARGIN, Inches(0.4), wide, Inches(1.5))
    _line(head, sheet.title, 26, bold=True, first=True)
    _line(head, sheet.sentence, 16)
    _line(head, shown.facts, 11, colour=FAINT)
    for at, sections in enumerate(_halves(shown.sections)):
        left = MARGIN + at * (column + GUTTER)
        _sections(_box(slide, left, Inches(2.1), column, Inches(4.7)), sections)
    _line(_box(slide, MARGIN, Inches(6.9), wide, Inches(0.4)), shown.foot, 8, colour=FAINT, first=True)
    _describe(deck, sheet)
    return _bytes(deck)


def _halves(sections: tuple[Section, ...]) -> tuple[tuple[Section, ...], tuple[Section, ...]]:
    """Where both columns come out about as long."""
    lengths = [1 + sum(1 for _ in _texts(section)) for section in sections]
    at = min(range(len(sections) + 1), key=lambda place: max(sum(lengths[:place]), sum(lengths[place:])))
    return sections[:at], sections[at:]


def _sections(frame: Any, sections: tuple[Section, ...]) -> None:
    for at, section in enumerate(sections):
        _line(frame, section.heading, 14, bold=True, first=at == 0)
        for text in _texts(section):
            _line(frame, text, 11)


def _texts(section: Section) -> Iterator[str]:
    return (text for block in section.blocks for text in _told(block))


def _told(block: Block) -> Iterator[str]:
    if isinstance(block, Words):
        yield f"{block.label}: {block.text}" if block.label else block.text
    elif isinstance(block, Said):
        yield f"“{block.words}” {block.by}"
    elif isinstance(block, Grid):
        yield from (" · ".join(cell for cell in row if cell) for row in block.rows)
    elif isinstance(block, Bars):
        yield from (f"{bar.label}: {bar.text}" for bar in block.rows)


def _box(slide: Any, left: int, top: int, width: int, height: int) -> Any:
    frame = slide.shapes.add_textbox(Emu(left), Emu(top), Emu(width), Emu(height)).text_frame
    frame.word_wrap = True
    return frame


def _line(frame: Any, text: str, size: int, bold: bool = False, colour: RGBColor = INK, first: bool = False) -> None:
    paragraph = frame.paragraphs[0] if first else frame.add_paragraph()
    run = paragraph.add_run()
    run.text, run.font.size, run.font.bold, run.font.color.rgb = _plain(text), Pt(size), bold, colour


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
