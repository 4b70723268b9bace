"""One sheet of paper as plain values, the same for PDF and for a page that stands by itself."""

from dataclasses import dataclass, replace

MORE = "… more on the page"
# Letters of a title or heading; sentences above and below the sections are a few such lines.
LINE = 120


@dataclass(frozen=True, slots=True)
class Words:
    """A paragraph. label: what it is about, set apart before it. faint: a remark on the side."""

    text: str
    label: str = ""
    faint: bool = False


@dataclass(frozen=True, slots=True)
class Said:
    """A quote, verbatim, and who said it where and when."""

    words: str
    by: str


@dataclass(frozen=True, slots=True)
class Grid:
    """A small table. widths: of the columns, in parts of the whole. rows: as many cells as heads."""

    heads: tuple[str, ...]
    widths: tuple[float, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Bar:
    """point, low, high: 0 to 1; without low and high there is no interval. loud: clear. text: the same in words."""

    label: str
    point: float
    low: float | None
    high: float | None
    text: str
    loud: bool


@dataclass(frozen=True, slots=True)
class Bars:
    rows: tuple[Bar, ...]


Block = Words | Said | Grid | Bars


@dataclass(frozen=True, slots=True)
class Section:
    heading: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Sheet:
    """facts: what is known in a line. foot: how the numbers are meant. subject: for the document's own description."""

    title: str
    sentence: str
    facts: str
    sections: tuple[Section, ...]
    foot: str
    subject: str


def lines(block: Block) -> list[str]:
    """A block as lines of text."""
    if isinstance(block, Words):
        return [f"{block.label.rstrip(':')}: {block.text}" if block.label else block.text]
    if isinstance(block, Said):
        return [f"“{block.words}” {block.by}"]
    if isinstance(block, Grid):
        return [" · ".join(cell for cell in row if cell) for row in block.rows]
    return [f"{bar.label}: {bar.text}" for bar in block.rows]


def shortened(sheet: Sheet, letters: int, rows: int) -> Sheet:
    """The sheet with no text longer than so many letters and no section or table longer than so many rows. What was cut
    says so."""
    line = min(letters, LINE)
    return replace(
        sheet,
        title=cut(sheet.title, line),
        subject=cut(sheet.subject, line),
        sentence=cut(sheet.sentence, 3 * line),
        facts=cut(sheet.facts, 2 * line),
        sections=tuple(Section(cut(one.heading, line), _blocks(one.blocks, letters, rows)) for one in sheet.sections),
        foot=cut(sheet.foot, 3 * line),
    )


def cut(text: str, letters: int) -> str:
    """The text on one line, cut at a space where one is near."""
    text = " ".join(text.split())
    if len(text) <= letters:
        return text
    kept = text[: max(1, letters - len(MORE))]
    space = kept.rfind(" ")
    return f"{kept[:space] if space > len(kept) * 0.7 else kept} {MORE}"


def _blocks(blocks: tuple[Block, ...], letters: int, rows: int) -> tuple[Block, ...]:
    kept = tuple(_block(block, letters, rows) for block in blocks[:rows])
    return kept if len(blocks) <= rows else (*kept, Words(MORE, faint=True))


def _block(block: Block, letters: int, rows: int) -> Block:
    if isinstance(block, Words):
        return replace(block, text=cut(block.text, letters), label=cut(block.label, letters))
    if isinstance(block, Said):
        return Said(cut(block.words, letters), cut(block.by, letters))
    if isinstance(block, Grid):
        kept = tuple(_cells(row, letters) for row in block.rows[:rows])
        return replace(block, heads=_cells(block.heads, letters), rows=kept)
    return Bars(
        tuple(
            replace(bar, label=cut(bar.label, letters // 2), text=cut(bar.text, letters)) for bar in block.rows[:rows]
        )
    )


def _cells(cells: tuple[str, ...], letters: int) -> tuple[str, ...]:
    return tuple(cut(cell, letters // 2) for cell in cells)
