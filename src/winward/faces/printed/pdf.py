"""A sheet as a PDF of exactly one page: what is too long for it is shortened, evenly, until it fits."""

from collections.abc import Iterator, Sequence
from io import BytesIO

from reportlab.lib.colors import Color, HexColor
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import (
    BaseDocTemplate,
    Flowable,
    Frame,
    FrameBreak,
    HRFlowable,
    LayoutError,
    PageTemplate,
    Paragraph,
    Spacer,
    Table,
    TableStyle,
)

from winward.faces.printed.lettering import BOLD, PLAIN, QUOTE, markup, register_fonts
from winward.faces.printed.sheet import Bar, Block, Grid, Said, Section, Sheet, Words, shortened

MARGIN, GUTTER, FOOT = 14 * mm, 8 * mm, 9 * mm
INK, FAINT, LINE, LOST, OPEN = (HexColor(one) for one in ("#1b1d21", "#565a62", "#d5d1c9", "#a83c14", "#5d626b"))
# Size of type, letters in a text and rows in a section: from generous to what fits whatever the sheet holds.
LEVELS = (
    (1.2, 1_200, 12), (1.1, 1_200, 12), (1.0, 1_200, 12), (1.0, 700, 10), (1.0, 420, 8), (1.0, 300, 6), (1.0, 220, 5),
    (1.0, 160, 4), (1.0, 110, 3), (1.0, 70, 2), (1.0, 40, 1),
)  # fmt: skip


def as_pdf(sheet: Sheet) -> bytes:
    """The same bytes for the same sheet. Every sign of a quote prints as it is, markup included."""
    register_fonts()
    made, generous, tight = None, 0, len(LEVELS)
    while generous < tight:
        middle = (generous + tight) // 2
        size, letters, rows = LEVELS[middle]
        fitting = _on_one_page(shortened(sheet, letters, rows), size)
        if fitting is None:
            generous = middle + 1
        else:
            made, tight = fitting, middle
    if made is None:
        raise ValueError(f"A sheet of {len(sheet.sections)} sections has no room on one page.")
    return made


def _on_one_page(shown: Sheet, size: float) -> bytes | None:
    """The PDF, or None where it takes more than a page. All of it is set on a smaller page, which is then enlarged by
    `size`."""
    out, (width, height) = BytesIO(), (side / size - 2 * MARGIN for side in A4)
    head = _head(shown)
    tall = sum(_height(one, width) for one in head) + 4
    column, rest = (width - GUTTER) / 2, height - tall - FOOT
    bottom = MARGIN + FOOT
    frames = [
        _frame(MARGIN, bottom + rest, width, tall),
        _frame(MARGIN, bottom, column, rest),
        _frame(MARGIN + column + GUTTER, bottom, column, rest),
    ]
    document = BaseDocTemplate(
        out, pagesize=A4, title=shown.title, subject=shown.subject, author="Winward", lang="en",
        invariant=1, displayDocTitle=True,
    )  # fmt: skip

    def begin(canvas: Canvas, _: BaseDocTemplate) -> None:
        canvas.scale(size, size)
        _foot(canvas, shown.foot, width)

    document.addPageTemplates(PageTemplate(frames=frames, onPage=begin))
    sections = [_section(one, column) for one in shown.sections]
    try:
        document.build([*head, FrameBreak(), *_columns(sections, column, rest)])
    except LayoutError:  # one thing alone is too tall for a column
        return None
    return out.getvalue() if document.page == 1 else None


def _columns(sections: Sequence[list[Flowable]], width: float, rest: float) -> list[Flowable]:
    """The sections one after another, with a break where both columns come out about as long, if they then fit."""
    tall = [sum(_height(one, width) for one in section) for section in sections]
    at = min(range(len(tall) + 1), key=lambda place: max(sum(tall[:place]), sum(tall[place:])), default=0)
    fits = max(sum(tall[:at]), sum(tall[at:])) <= rest
    parts = [*sections[:at], *([[FrameBreak()]] if fits else []), *sections[at:]]
    return [one for part in parts for one in part]


def _frame(x: float, y: float, width: float, height: float) -> Frame:
    return Frame(x, y, width, height, leftPadding=0, rightPadding=0, topPadding=0, bottomPadding=0)


def _height(one: Flowable, width: float) -> float:
    return float(one.wrap(width, A4[1])[1] + one.getSpaceBefore() + one.getSpaceAfter())


def _style(size: float, font: str = PLAIN, colour: Color = INK, after: float = 2.5, **more: float) -> ParagraphStyle:
    return ParagraphStyle(
        f"{font}{size}", fontName=font, fontSize=size, leading=size * 1.32, textColor=colour, spaceAfter=after, **more
    )


def _set(text: str, style: ParagraphStyle) -> Paragraph:
    return Paragraph(markup(text, style.fontName), style)


def _head(sheet: Sheet) -> list[Flowable]:
    return [
        _set(sheet.subject, _style(7, colour=FAINT, after=1)),
        _set(sheet.title, _style(15, BOLD, after=3)),
        _set(sheet.sentence, _style(9.5, after=3)),
        _set(sheet.facts, _style(7, colour=FAINT, after=4)),
        HRFlowable(width="100%", thickness=0.6, color=LINE, spaceBefore=0, spaceAfter=5),
    ]


def _foot(canvas: Canvas, text: str, width: float) -> None:
    note = _set(text, _style(6, colour=FAINT))
    _, height = note.wrap(width, FOOT)
    note.drawOn(canvas, MARGIN, MARGIN + FOOT - height - 4)


def _section(section: Section, width: float) -> list[Flowable]:
    """A heading never stands alone at the foot of a column, nor does a quote without who said it."""
    made = [one for block in section.blocks for one in _drawn(block, width)]
    return [_set(section.heading, _style(9, BOLD, after=2.5, keepWithNext=1)), *made, Spacer(1, 7)]


def _drawn(block: Block, width: float) -> Iterator[Flowable]:
    if isinstance(block, Words):
        yield _words(block)
    elif isinstance(block, Said):
        yield _set(f"“{block.words}”", _style(8.2, QUOTE, after=0.5, leftIndent=7, keepWithNext=1))
        yield _set(block.by, _style(6.4, colour=FAINT, after=4, leftIndent=7))
    elif isinstance(block, Grid):
        yield _grid(block, width)
    else:
        yield from (_bar(bar, width) for bar in block.rows)


def _words(block: Words) -> Paragraph:
    style = _style(7, colour=FAINT) if block.faint else _style(7.6)
    label = f'<font name="{BOLD}">{markup(block.label, BOLD)}</font> ' if block.label else ""
    return Paragraph(label + markup(block.text), style)


def _grid(grid: Grid, width: float) -> Table:
    cells = [[_set(head, _style(6.4, colour=FAINT, after=0)) for head in grid.heads]]
    cells += [[_set(cell, _style(6.8, after=0)) for cell in row] for row in grid.rows]
    table = Table(cells, colWidths=[width * part / sum(grid.widths) for part in grid.widths], spaceAfter=4)
    table.setStyle(_flat(("LINEBELOW", (0, 0), (-1, -2), 0.3, LINE)))
    return table


def _bar(bar: Bar, width: float) -> Table:
    label, text = _set(bar.label, _style(7.2, after=0)), _set(bar.text, _style(6.8, colour=FAINT, after=0))
    drawn = Interval(bar, width * 0.24)
    table = Table([[label, drawn, text]], colWidths=[width * 0.42, width * 0.27, width * 0.31], spaceAfter=1)
    table.setStyle(_flat())
    return table


def _flat(*more: tuple[object, ...]) -> TableStyle:
    padding = [("LEFTPADDING", 0), ("RIGHTPADDING", 4), ("TOPPADDING", 1.2), ("BOTTOMPADDING", 1.6)]
    return TableStyle(
        [("VALIGN", (0, 0), (-1, -1), "TOP"), *((name, (0, 0), (-1, -1), by) for name, by in padding), *more]
    )


class Interval(Flowable):  # type: ignore[misc]  # the library has no types
    """A line from low to high with its point, on an axis from 0 to 1."""

    def __init__(self, bar: Bar, width: float) -> None:
        super().__init__()
        self.bar, self.width, self.height = bar, width, 9.0

    def wrap(self, *_: float) -> tuple[float, float]:
        return self.width, self.height

    def draw(self) -> None:
        bar, middle, colour = self.bar, self.height / 2, LOST if self.bar.loud else OPEN
        self.canv.setStrokeColor(LINE)
        self.canv.setLineWidth(0.5)
        self.canv.line(0, middle, self.width, middle)
        self.canv.setStrokeColor(colour)
        self.canv.setFillColor(colour if bar.loud else HexColor("#ffffff"))
        if bar.low is not None and bar.high is not None:
            self.canv.setLineWidth(1.6)
            self.canv.line(self.width * bar.low, middle, self.width * bar.high, middle)
        self.canv.setLineWidth(0.8)
        self.canv.circle(self.width * bar.point, middle, 2.2, stroke=1, fill=1)
