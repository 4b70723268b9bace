"""The map of themes: areas as blocks and themes as cells in them, each as large as the accounts that speak of it.

Across in percent, so that the browser may stretch it; down in pixels, so that its words stay as large as they are.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import squarify

from winward.usecases.map_themes import MappedArea
from winward.usecases.theme_rows import COSTS, HELPS, ThemeRow

# The width that the page mostly has; the cells' shapes are laid out for it.
WIDTH = 1030.0
HEADING, GAP = 26.0, 3.0
# Room for a theme's cell, so that three hundred stay legible: the map grows downwards instead.
ROOM, LEAST_HEIGHT = 7000.0, 480.0
# A cell narrower than this holds no whole words. Its name takes what lines there are, the last one for its figures
# where they fit.
NARROWEST, FIGURES_WIDTH = 66.0, 84.0
LINE, PADDING, MOST_LINES = 15.0, 10.0, 6
# A difference in win rate from these on is shown in a deeper colour.
STEPS = (0.1, 0.2)


@dataclass(frozen=True, slots=True)
class Box:
    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class Cell:
    """x, width: in percent. y, height: in pixels. shade: the classes of its colour. lines: that its name may take, 0
    where there is no room for it. figures: whether there is room for them below the name."""

    row: ThemeRow
    x: str
    y: str
    width: str
    height: str
    shade: str
    lines: int
    figures: bool


@dataclass(frozen=True, slots=True)
class Block:
    """An area with its heading and the cells of its themes."""

    area: MappedArea
    x: str
    y: str
    width: str
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Treemap:
    """height: in pixels."""

    height: int
    blocks: tuple[Block, ...]


def treemap(areas: Sequence[MappedArea]) -> Treemap:
    """Source: Bruls, Huizing and van Wijk (2000), squarified treemaps."""
    themes = sum(len(area.themes) for area in areas)
    height = max(LEAST_HEIGHT, themes * ROOM / WIDTH)
    sizes = [float(sum(_size(row) for row in area.themes)) for area in areas]
    blocks = (_block(area, box) for area, box in zip(areas, _laid(sizes, Box(0, 0, WIDTH, height)), strict=True))
    return Treemap(round(height), tuple(blocks))


def _size(row: ThemeRow) -> float:
    """Rooted, so that the theme that everybody speaks of leaves the rest legible."""
    return math.sqrt(max(row.accounts, 1))


def _laid(sizes: Sequence[float], box: Box) -> list[Box]:
    normed = squarify.normalize_sizes(sizes, box.width, box.height)
    rects = squarify.squarify(normed, box.x, box.y, box.width, box.height)
    return [Box(rect["x"], rect["y"], rect["dx"], rect["dy"]) for rect in rects]


def _block(area: MappedArea, box: Box) -> Block:
    # The flattest of blocks has room for little but its heading; its cells don't reach into the block below.
    room = max(box.height - HEADING, min(box.height, GAP + 1.0))
    inside = Box(box.x, box.y + box.height - room, box.width, room)
    boxes = _laid([_size(row) for row in area.themes], inside)
    cells = tuple(_cell(row, one) for row, one in zip(area.themes, boxes, strict=True))
    return Block(area, _across(box.x), f"{box.y:.1f}", _across(box.width - GAP), cells)


def _cell(row: ThemeRow, box: Box) -> Cell:
    width, height = max(box.width - GAP, 1.0), max(box.height - GAP, 1.0)
    lines = int((height - PADDING) // LINE) if width >= NARROWEST else 0
    figures = lines > 2 and width >= FIGURES_WIDTH
    return Cell(
        row=row,
        x=_across(box.x),
        y=f"{box.y:.1f}",
        width=_across(width),
        height=f"{height:.1f}",
        shade=_shade(row),
        lines=max(0, min(lines - figures, MOST_LINES)),
        figures=figures,
    )


def _across(value: float) -> str:
    return f"{100 * value / WIDTH:.3f}%"


def _shade(row: ThemeRow) -> str:
    if row.verdict not in (COSTS, HELPS):
        return "open"
    depth = sum(abs(row.difference) >= step for step in STEPS)
    return f"{'lost' if row.verdict == COSTS else 'won'} deep{depth}"
