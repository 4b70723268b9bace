"""Two segments, quarters, regions, product lines or sellers beside each other: which themes cost more in which."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from winward.engine.stakes import Comparison
from winward.engine.stakes import compare as compared
from winward.engine.stakes.differences import FEWEST_DEALS
from winward.engine.stakes.shares import share_with_interval
from winward.records import stake_rows
from winward.records.stake_rows import WeighedDeal
from winward.usecases import sentences
from winward.usecases.list_themes import seed
from winward.usecases.slices import EVERYTHING, SHARED, Slice, value_of
from winward.usecases.theme_rows import COSTS, HELPS, UNCLEAR
from winward.usecases.weighed import evidence_of
from winward.usecases.worth import themes_by_id

BY = (*SHARED, "quarter")
NAMED = 3


@dataclass(frozen=True, slots=True)
class Side:
    """One of the two. rate, low, high: of its closed deals won, 0 to 1, with the 90% interval; null without any."""

    name: str
    won: int
    lost: int
    rate: float | None
    low: float | None
    high: float | None

    @property
    def closed(self) -> int:
        return self.won + self.lost


@dataclass(frozen=True, slots=True)
class Within:
    """A theme in one of the two. difference, low, high: of the win rate, −1 to 1; −1 and 1 where nothing is told."""

    won: int
    lost: int
    difference: float
    low: float
    high: float

    @property
    def told(self) -> bool:
        return self.high - self.low < 2

    @property
    def verdict(self) -> str:
        """Of this one alone, whatever the other themes say."""
        return COSTS if self.high < 0 else HELPS if self.low > 0 else UNCLEAR


@dataclass(frozen=True, slots=True)
class ThemeChange:
    """change, low, high: of the difference of the win rate from one part of the deals to another, with the 90%
    interval; −2 and 2 where nothing is told. turn: whether it costs "more" or "less" there, or "can't tell"."""

    id: int
    title: str
    change: float
    low: float
    high: float
    turn: str
    sentence: str

    @property
    def told(self) -> bool:
        return self.high - self.low < 4

    @property
    def verdict(self) -> str:
        return {"more": COSTS, "less": HELPS}.get(self.turn, UNCLEAR)


@dataclass(frozen=True, slots=True)
class ComparedTheme(ThemeChange):
    """The change is the second's difference less the first's."""

    first: Within
    second: Within


@dataclass(frozen=True, slots=True)
class ComparedParts:
    """rows: those that differ beyond chance first. names: what one may compare, those with the most closed deals
    first."""

    by: str
    first: Side | None
    second: Side | None
    sentence: str
    rows: tuple[ComparedTheme, ...]
    names: tuple[str, ...]

    @property
    def sides(self) -> tuple[Side, ...]:
        return tuple(one for one in (self.first, self.second) if one)


def compare_parts(by: str = "segment", a: str = "", b: str = "", asked: Slice = EVERYTHING) -> ComparedParts:
    """by: one of `BY`. a, b: two of its names; where one isn't given, that with the most closed deals. asked: only of
    these deals. Raises ValueError for another `by`, and for a name that no closed deal has."""
    named = value_of(by)
    deals = [deal for deal in stake_rows.deals() if asked.holds(deal) and deal.state != "open" and named(deal)]
    closed = Counter(map(named, deals))
    names = _names(closed, by)
    first, second = _two(_likeliest(names, by, closed), a, b)
    if not second:
        said = f"There is nothing to compare yet: closed deals have {len(names)} {by}{'' if len(names) == 1 else 's'}."
        return ComparedParts(by, None, None, said, (), names)
    sides = [side(name, [deal for deal in deals if named(deal) == name]) for name in (first, second)]
    evidence = evidence_of([deal for deal in deals if named(deal) in (first, second)], asked.ours)
    part = np.array([int(named(deal) == second) for deal in evidence.deals], dtype=np.intp)
    told = compared(evidence.exposure, part, np.array([-1.0, 1.0]), seed())
    rows = _rows(told, evidence.themes, first, second)
    return ComparedParts(by, sides[0], sides[1], _sentence(rows, told, first, second), rows, names)


def _names(closed: Counter[str], by: str) -> tuple[str, ...]:
    """Quarters the newest first, of anything else those with the most closed deals."""
    if by == "quarter":
        return tuple(sorted(closed, reverse=True))
    return tuple(sorted(closed, key=lambda name: (-closed[name], name)))


def _likeliest(names: Sequence[str], by: str, closed: Counter[str]) -> tuple[str, ...]:
    """Of quarters the newest two that have deals enough, the older first; then all."""
    enough = [name for name in names if closed[name] >= FEWEST_DEALS][:2] if by == "quarter" else []
    return (*enough[::-1], *(name for name in names if name not in enough))


def _two(names: Sequence[str], a: str, b: str) -> tuple[str, str]:
    """What was asked for; else the first of the names, quarters from old to new."""
    for name in filter(None, (a, b)):
        if name not in names:
            raise ValueError(f"No closed deal has “{name}”; there are {', '.join(names[:12]) or 'none'}.")
    if a and a == b:
        raise ValueError("Compare two different ones.")
    left = [name for name in names if name not in (a, b)]
    if not a and not b:
        return (left[0], left[1]) if len(left) > 1 else ("", "")
    return (a or left[0], b or left[0]) if (a and b) or left else ("", "")


def side(name: str, deals: Sequence[WeighedDeal]) -> Side:
    """deals: closed, at least one."""
    won = sum(deal.state == "won" for deal in deals)
    return Side(name, won, len(deals) - won, *share_with_interval(won, len(deals)))


def _rows(told: Comparison, themes: Sequence[int], first: str, second: str) -> tuple[ComparedTheme, ...]:
    """Only themes that came up in one of the two."""
    known = themes_by_id(themes)
    rows = [
        ComparedTheme(
            id=theme,
            title=known[theme],
            first=(one := within(told, 0, at)),
            second=(other := within(told, 1, at)),
            change=float(told.change[at]),
            low=float(told.change_low[at]),
            high=float(told.change_high[at]),
            turn=told.turn[at],
            sentence=sentences.turned(
                told.turn[at], float(told.change_low[at]), float(told.change_high[at]), first, second
            )
            if one.told and other.told
            else sentences.untold(one.won + one.lost, other.won + other.lost, first, second),
        )
        for at, theme in enumerate(themes)
        if theme in known and (told.won_with + told.lost_with)[:, at].any()
    ]
    return tuple(sorted(rows, key=lambda row: (row.turn == "can't tell", not row.told, -abs(row.change))))


def within(told: Comparison, part: int, at: int) -> Within:
    """A part of the comparison, and a theme by its place."""
    return Within(
        int(told.won_with[part, at]),
        int(told.lost_with[part, at]),
        float(told.difference[part, at]),
        float(told.low[part, at]),
        float(told.high[part, at]),
    )


def _sentence(rows: Sequence[ComparedTheme], told: Comparison, first: str, second: str) -> str:
    for name, closed in zip((first, second), (told.won + told.lost).tolist(), strict=True):
        if closed < FEWEST_DEALS:
            return f"{FEWEST_DEALS} closed deals with evidence are needed on both sides; {name} has {closed}."
    clear = [row for row in rows if row.turn != "can't tell"]
    if not clear:
        return f"Between {first} and {second} none of {len(rows)} themes differs by more than chance could make."
    many = f"{len(clear)} of {len(rows)} themes differ" if len(clear) > 1 else f"1 of {len(rows)} themes differs"
    titles = [row.title for row in clear[:NAMED]] + ([f"{len(clear) - NAMED} more"] if len(clear) > NAMED else [])
    return f"Between {first} and {second} {many} by more than chance would make: {sentences.listed(titles)}."
