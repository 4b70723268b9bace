"""A forest plot as a picture for a slide: light ground, letters as shapes, SVG and PNG alike on every machine."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from html import escape

import resvg_py

from winward.faces.exports.letters import letters

WIDTH, MARGIN, ROW, TITLE, TEXT, SMALL = 1280, 40, 30, 22, 15, 13
NAMES, COUNTS, FIGURES = 350, 90, 150
GAP = 24
GROUND, INK, FAINT, LINE = "#ffffff", "#1b1d21", "#565a62", "#d9d5cc"
# Lost, won, and what none can tell; the last is drawn hollow, so that colour is never alone.
COLOURS = {"costs": "#a83c14", "helps": "#0a6486"}
UNCLEAR = "#5d626b"
STEP = 0.1
STEPS, ROOM_A_TICK = (0.1, 0.2, 0.5, 1.0), 44
MOST_ROWS = 60


@dataclass(frozen=True, slots=True)
class Mark:
    """An interval with its point, −1 to 1, and its verdict; counts: "6 / 23", won and lost. None can tell of it where
    it reaches over everything."""

    low: float
    value: float
    high: float
    verdict: str
    counts: str


@dataclass(frozen=True, slots=True)
class ForestRow:
    """marks: one a panel. A row without marks is the heading of a group."""

    name: str
    marks: tuple[Mark, ...] = ()


@dataclass(frozen=True, slots=True)
class Forest:
    """title: the sentence that the picture shows. panels: the heading of each; they share one axis. notes: below."""

    title: str
    panels: tuple[str, ...]
    rows: tuple[ForestRow, ...]
    notes: tuple[str, ...]


def svg(forest: Forest) -> str:
    rows, left_out = forest.rows[:MOST_ROWS], max(0, len(forest.rows) - MOST_ROWS)
    notes = (*forest.notes, *([f"{left_out} more rows are not drawn."] if left_out else []))
    title = letters(bold=True).wrapped(forest.title, TITLE, WIDTH - 2 * MARGIN)
    small = [line for note in notes for line in letters().wrapped(note, SMALL, WIDTH - 2 * MARGIN)]
    top = MARGIN + len(title) * 30 + 56
    height = top + len(rows) * ROW + 44 + len(small) * 19 + MARGIN - 12
    drawn = [
        *(_text(line, MARGIN, MARGIN + 16 + 30 * at, TITLE, bold=True) for at, line in enumerate(title)),
        *_panels(forest.panels, rows, top),
        *(_text(line, MARGIN, top + len(rows) * ROW + 52 + 19 * at, SMALL, FAINT) for at, line in enumerate(small)),
    ]
    said = escape(forest.title, quote=True)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{height}" viewBox="0 0 {WIDTH} {height}" '
        f'role="img" aria-label="{said}"><title>{said}</title>'
        f'<rect width="{WIDTH}" height="{height}" fill="{GROUND}"/>{"".join(drawn)}</svg>'
    )


def png(forest: Forest) -> bytes:
    """At twice its size, which stays sharp on a slide."""
    return bytes(resvg_py.svg_to_bytes(svg_string=svg(forest), zoom=2, skip_system_fonts=True))


@dataclass(frozen=True, slots=True)
class _Panel:
    """Where a panel lies across, and which values its axis holds."""

    left: float
    width: float
    low: float
    high: float

    @property
    def scale(self) -> float:
        """Across, for a difference of one."""
        return (self.width - COUNTS - FIGURES) / (self.high - self.low)

    def at(self, value: float) -> float:
        return self.left + COUNTS + self.scale * (min(max(value, self.low), self.high) - self.low)


def _panels(headings: Sequence[str], rows: Sequence[ForestRow], top: float) -> Iterable[str]:
    low, high = _reach(mark for row in rows for mark in row.marks)
    room = (WIDTH - 2 * MARGIN - NAMES) / len(headings)
    panels = [_Panel(MARGIN + NAMES + at * room, room - GAP, low, high) for at in range(len(headings))]
    for panel, heading in zip(panels, headings, strict=True):
        yield from _frame(panel, heading, top, top + len(rows) * ROW)
    for at, row in enumerate(rows):
        yield from _row(row, panels, top + at * ROW)


def _reach(marks: Iterable[Mark]) -> tuple[float, float]:
    """Whole tens of points that hold every interval that says something, and zero."""
    told = [mark for mark in marks if mark.high - mark.low < 2]
    low, high = min([-STEP, *(mark.low for mark in told)]), max([STEP, *(mark.high for mark in told)])
    return -STEP * -int(low / STEP - 0.999), STEP * int(high / STEP + 0.999)


def _frame(panel: _Panel, heading: str, top: float, bottom: float) -> Iterable[str]:
    yield _text(heading, panel.left, top - 34, TEXT, bold=True, room=panel.width)
    yield _text("won / lost", panel.left, top - 10, SMALL, FAINT)
    yield _text("points (90% interval)", panel.left + panel.width - FIGURES + 10, top - 10, SMALL, FAINT)
    step = next(step for step in STEPS if step * panel.scale >= ROOM_A_TICK or step == STEPS[-1])
    first, last = -int(-panel.low / step + 1e-9), int(panel.high / step + 1e-9)
    for tick in range(first, last + 1):
        x = panel.at(tick * step)
        stroke, wide = (INK, 1.2) if tick == 0 else (LINE, 1)
        yield f'<path d="M{x:.1f} {top - 2}V{bottom + 4:.1f}" stroke="{stroke}" stroke-width="{wide}"/>'
        label = f"{round(tick * step * 100):+d}".replace("-", "−") if tick else "0"
        yield _text(label, x - letters().width(label, SMALL) / 2, bottom + 20, SMALL, FAINT)


def _row(row: ForestRow, panels: Sequence[_Panel], top: float) -> Iterable[str]:
    if not row.marks:
        yield _text(row.name, MARGIN, top + 21, TEXT, bold=True, room=NAMES - 10)
        return
    yield _text(row.name, MARGIN, top + 20, TEXT, room=NAMES - 14)
    for panel, mark in zip(panels, row.marks, strict=True):
        yield _text(mark.counts, panel.left, top + 20, TEXT, FAINT, room=COUNTS - 8)
        yield from _mark(panel, mark, top + ROW / 2)


def _mark(panel: _Panel, mark: Mark, y: float) -> Iterable[str]:
    place = panel.left + panel.width - FIGURES + 10
    if mark.high - mark.low >= 2:
        yield _text("too few deals", place, y + 5, SMALL, FAINT)
        return
    colour, low, high = COLOURS.get(mark.verdict, UNCLEAR), panel.at(mark.low), panel.at(mark.high)
    fill = colour if mark.verdict in COLOURS else GROUND
    yield f'<path d="M{low:.1f} {y}H{high:.1f}" stroke="{colour}" stroke-width="2.5" stroke-linecap="round"/>'
    yield f'<circle cx="{panel.at(mark.value):.1f}" cy="{y}" r="5" fill="{fill}" stroke="{colour}" stroke-width="2"/>'
    figures = f"{_points(mark.value)}  ({_points(mark.low)} to {_points(mark.high)})"
    yield _text(figures, place, y + 5, SMALL)


def _points(share: float) -> str:
    return f"{round(share * 100):+d}".replace("-", "−").replace("+0", "0")


def _text(
    text: str, x: float, y: float, size: float, colour: str = INK, bold: bool = False, room: float = WIDTH
) -> str:
    font = letters(bold)
    return f'<path d="{font.path(font.fitted(text, size, room), x, y, size)}" fill="{colour}"/>'
