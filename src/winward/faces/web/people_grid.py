"""The map of people: influence up, stance across. Both are steps, so that it is a grid whose cells hold any number."""

from collections.abc import Sequence
from dataclasses import dataclass

from winward.usecases.people.seats import INFLUENCE, NOT_KNOWN, STANCES, SeatRow

COLUMNS = (*STANCES.items(), (None, NOT_KNOWN))


@dataclass(frozen=True, slots=True)
class Cell:
    """column: in words, for the grid's head."""

    column: str
    side: str
    people: tuple[SeatRow, ...]


@dataclass(frozen=True, slots=True)
class Row:
    influence: str
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Grid:
    columns: tuple[str, ...]
    rows: tuple[Row, ...]


def grid(people: Sequence[SeatRow]) -> Grid:
    """Much influence on top; to the left who is against, at the right who is for it, and beyond whoever hasn't been
    asked. Rows of little influence in which nobody stands are left out at the bottom."""
    least = min((one.influence for one in people), default=1)
    rows = tuple(
        Row(INFLUENCE[level], tuple(_cell(people, level, stance, name) for stance, name in COLUMNS))
        for level in sorted(INFLUENCE, reverse=True)
        if level >= least
    )
    return Grid(tuple(name for _, name in COLUMNS), rows)


def _cell(people: Sequence[SeatRow], level: int, stance: int | None, name: str) -> Cell:
    side = "unknown" if stance is None else "against" if stance < 0 else "for" if stance else "middle"
    return Cell(name, side, tuple(one for one in people if one.influence == level and one.stance == stance))
