"""A value chain drawn: its boxes by stage, the result's distribution, and what moves it."""

from collections.abc import Sequence
from dataclasses import dataclass

from winward.engine.value import Driver
from winward.engine.value.stages import STAGES
from winward.faces.web.drawing import Axis
from winward.usecases.sentences import rounded
from winward.usecases.value.work_out_value import Part, Worth

TITLES = {
    "gain": "What changes",
    "users": "What users get from it",
    "team": "What the team is measured by",
    "business": "What the company is measured by",
}
DRIVERS_SHOWN = 8
# In percent of the drawing's height: what is left above the highest bar.
ROOM = 12


@dataclass(frozen=True, slots=True)
class Box:
    """A formula with the inputs that first go into it here, and what it takes from boxes before; or, without a part,
    inputs alone."""

    part: Part | None
    inputs: tuple[Part, ...]
    takes: tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class Column:
    title: str
    boxes: tuple[Box, ...]


def columns(worth: Worth) -> list[Column]:
    """Of the stages in which something stands."""
    drawn, found = set[str](), []
    for stage in STAGES:
        boxes = _boxes(worth, stage, drawn)
        if boxes:
            found.append(Column(TITLES[stage], tuple(boxes)))
    return found


def _boxes(worth: Worth, stage: str, drawn: set[str]) -> list[Box]:
    """drawn: what stands in a box already."""
    here = [part for part in worth.parts if part.stage == stage]
    boxes = [_box(worth, part, here, drawn) for part in here if part.formula]
    alone = tuple(part for part in here if not part.formula and part.name not in drawn)
    drawn.update(part.name for part in alone)
    if not alone:
        return boxes
    return [Box(None, alone, ()), *boxes] if stage != "business" else [*boxes, Box(None, alone, ())]


def _box(worth: Worth, part: Part, here: Sequence[Part], drawn: set[str]) -> Box:
    needed = [worth.part(name) for name in part.needs]
    inputs = tuple(one for one in needed if not one.formula and one in here and one.name not in drawn)
    drawn.update(one.name for one in inputs)
    return Box(part, inputs, tuple(one for one in needed if one not in inputs))


@dataclass(frozen=True, slots=True)
class Bar:
    x: str
    y: str
    width: str
    height: str
    inside: bool


@dataclass(frozen=True, slots=True)
class Distribution:
    """In percent. inside: of the 90% range. against: where what it is held against lies, empty where nothing is named
    or it is off the drawing."""

    bars: tuple[Bar, ...]
    low: str
    median: str
    high: str
    against: str


def distribution(worth: Worth) -> Distribution | None:
    """None where the result is known."""
    shape = worth.shape
    if not shape.bars:
        return None
    axis, wide, most = Axis(shape.low, shape.high), 100 / len(shape.bars), max(shape.bars)
    middle = [shape.low + (at + 0.5) * (shape.high - shape.low) / len(shape.bars) for at in range(len(shape.bars))]
    drawn = tuple(
        _bar(at, share * (100 - ROOM) / most, wide, worth.result.low <= value <= worth.result.high)
        for at, (share, value) in enumerate(zip(shape.bars, middle, strict=True))
    )
    held = worth.part(worth.against).median if worth.against else None
    shown = held is not None and shape.low <= held <= shape.high
    return Distribution(
        bars=drawn,
        low=axis.at(worth.result.low),
        median=axis.at(worth.result.median),
        high=axis.at(worth.result.high),
        against=axis.at(held or 0.0) if shown else "",
    )


def _bar(at: int, height: float, wide: float, inside: bool) -> Bar:
    return Bar(f"{at * wide:.2f}%", f"{100 - height:.2f}%", f"{wide * 0.86:.2f}%", f"{height:.2f}%", inside)


@dataclass(frozen=True, slots=True)
class Swing:
    """An input's part in the spread. x, width: from the result when the input is low to when it is high, in percent;
    middle: where the median lies."""

    part: Part
    share: float
    at_low: str
    at_high: str
    x: str
    width: str
    middle: str


def tornado(worth: Worth) -> list[Swing]:
    shown = worth.drivers[:DRIVERS_SHOWN]
    ends = [end for one in shown for end in (one.at_low, one.at_high)]
    if not ends or min(ends) == max(ends):
        return []
    return [_swing(worth, one, Axis(min(ends), max(ends))) for one in shown]


def _swing(worth: Worth, one: Driver, axis: Axis) -> Swing:
    left, right = sorted((one.at_low, one.at_high))
    x, end = (float(axis.at(value).rstrip("%")) for value in (left, right))
    return Swing(
        part=worth.part(one.name),
        share=one.share,
        at_low=rounded(one.at_low),
        at_high=rounded(one.at_high),
        x=f"{x:.2f}%",
        width=f"{max(end - x, 0.6):.2f}%",
        middle=axis.at(worth.result.median),
    )
