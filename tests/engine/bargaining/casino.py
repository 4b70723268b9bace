"""Campsite negotiations of real people, who each ranked food, water and firewood (CaSiNo, Chawla et al. 2021)."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from winward.engine.bargaining import Package, Position

ITEMS = ("Food", "Water", "Firewood")
UNITS = 3
SIZES = (UNITS + 1,) * len(ITEMS)
RANKS = {"High": 1, "Medium": 2, "Low": 3}
POINTS = {"High": 5, "Medium": 4, "Low": 3}


@dataclass(frozen=True)
class Camp:
    """A package says how many units of each item the first of the two gets. points: of each, of a unit of each item.
    agreed: what they agreed on, None where they walked away."""

    positions: tuple[Position, Position]
    points: tuple[tuple[int, ...], tuple[int, ...]]
    agreed: Package | None

    def worth(self, package: Package) -> tuple[int, int]:
        """The true points of both."""
        first, second = (np.array(own) for own in self.points)
        taken = np.array(package)
        return int(taken @ first), int((UNITS - taken) @ second)


def camps(file: Path) -> Iterator[Camp]:
    for dialogue in json.loads(file.read_text("utf-8")):
        sides = list(dialogue["participant_info"])
        levels = [_levels(dialogue["participant_info"][side]["value2issue"]) for side in sides]
        share = np.tile(np.arange(UNITS + 1) / UNITS, len(ITEMS))
        positions = [
            Position(values, np.zeros(len(share), dtype=bool), tuple(RANKS[level] for level in own))
            for values, own in zip((share, 1 - share), levels, strict=True)
        ]
        points = [tuple(POINTS[level] for level in own) for own in levels]
        yield Camp((positions[0], positions[1]), (points[0], points[1]), _agreed(dialogue["chat_logs"], sides[0]))


def _levels(items: dict[str, str]) -> list[str]:
    level = {item: level for level, item in items.items()}
    return [level[item] for item in ITEMS]


def _agreed(log: list[dict], first: str) -> Package | None:  # type: ignore[type-arg]
    if not log or log[-1]["text"] != "Accept-Deal":
        return None
    offer = next(turn for turn in reversed(log) if turn["text"] == "Submit-Deal")
    side = "issue2youget" if offer["id"] == first else "issue2theyget"
    return tuple(int(offer["task_data"][side][item]) for item in ITEMS)
