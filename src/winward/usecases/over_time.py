"""Whether what a theme costs has changed: its difference of the win rate in each period, and over all of them."""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np

from winward.engine.stakes import Comparison, compare, linear_contrast
from winward.records import stake_rows
from winward.records.stake_rows import WeighedDeal
from winward.usecases import sentences
from winward.usecases.compare import Side, ThemeChange, Within, side, within
from winward.usecases.list_themes import seed
from winward.usecases.quarters import quarter_of
from winward.usecases.slices import EVERYTHING, Slice
from winward.usecases.weighed import evidence_of
from winward.usecases.worth import themes_by_id

# A period with fewer closed deals says next to nothing of a theme that came up in a tenth of them.
ENOUGH = 24
MOST_PERIODS, LEFT_OUT = 8, 0.2


@dataclass(frozen=True, slots=True)
class ThemeOverTime(ThemeChange):
    """periods: as those of the page. The change is the last's less the first's, along the straight line through all."""

    periods: tuple[Within, ...]


@dataclass(frozen=True, slots=True)
class OverTime:
    """periods: quarters, half-years or years with deals enough, oldest first. rows: those that changed beyond chance
    first. left_out: closed deals of periods with too few."""

    periods: tuple[Side, ...]
    sentence: str
    rows: tuple[ThemeOverTime, ...]
    left_out: int


def over_time(asked: Slice = EVERYTHING) -> OverTime:
    """asked: only of these deals."""
    deals = [deal for deal in stake_rows.deals() if asked.holds(deal) and deal.state != "open" and deal.closed_on]
    evidence = evidence_of(deals, asked.ours)
    named, periods = _periods(evidence.deals)
    if len(periods) < 2:
        said = f"Two periods of at least {ENOUGH} closed deals with evidence are needed to see a change."
        return OverTime((), said, (), len(evidence.deals))
    chosen = evidence.of(lambda deal: named(_closed(deal)) in periods)
    part = np.array([periods.index(named(_closed(deal))) for deal in chosen.deals], dtype=np.intp)
    told = compare(chosen.exposure, part, linear_contrast(len(periods)), seed())
    rows = _rows(told, chosen.themes, periods)
    sides = [side(name, [deal for deal in chosen.deals if named(_closed(deal)) == name]) for name in periods]
    return OverTime(tuple(sides), _sentence(rows, periods), rows, len(evidence.deals) - len(chosen.deals))


def half_year_of(day: date) -> str:
    return f"{day.year} H{1 if day.month <= 6 else 2}"


def _year_of(day: date) -> str:
    return str(day.year)


def _periods(deals: Sequence[WeighedDeal]) -> tuple[Callable[[date], str], list[str]]:
    """The shortest periods of which at least three have deals enough and leave few deals out; failing that, the
    shortest of which two have."""
    found = []
    for named in (quarter_of, half_year_of, _year_of):
        counted = Counter(named(_closed(deal)) for deal in deals)
        periods = sorted(name for name, closed in counted.items() if closed >= ENOUGH)[-MOST_PERIODS:]
        inside = sum(counted[name] for name in periods)
        found.append((named, periods, len(periods) >= 3 and inside >= (1 - LEFT_OUT) * len(deals)))
    best = next((one for one in found if one[2]), next((one for one in found if len(one[1]) > 1), found[-1]))
    return best[0], best[1]


def _closed(deal: WeighedDeal) -> date:
    return deal.closed_on or date.min


def _rows(told: Comparison, themes: Sequence[int], periods: Sequence[str]) -> tuple[ThemeOverTime, ...]:
    known = themes_by_id(themes)
    rows = [
        _row(told, at, theme, known[theme], periods)
        for at, theme in enumerate(themes)
        if theme in known and (told.won_with + told.lost_with)[:, at].any()
    ]
    return tuple(sorted(rows, key=lambda row: (row.turn == "can't tell", not row.told, -abs(row.change))))


def _row(told: Comparison, at: int, theme: int, title: str, periods: Sequence[str]) -> ThemeOverTime:
    change, low, high = float(told.change[at]), float(told.change_low[at]), float(told.change_high[at])
    inside = tuple(within(told, part, at) for part in range(len(periods)))
    said = sentences.changed(told.turn[at], low, high, periods[0], periods[-1])
    return ThemeOverTime(theme, title, change, low, high, told.turn[at], said, inside)


def _sentence(rows: Sequence[ThemeOverTime], periods: Sequence[str]) -> str:
    span, clear = f"From {periods[0]} to {periods[-1]}", [row for row in rows if row.turn != "can't tell"]
    if not clear:
        return f"{span} no theme of {len(rows)} changed what it costs by more than chance could make."
    more, less = ([row.title for row in clear if row.turn == turn] for turn in ("more", "less"))
    parts = [f"{sentences.listed(more)} came to cost more" if more else ""]
    parts.append(f"{sentences.listed(less)} came to cost less" if less else "")
    return f"{span} {' and '.join(filter(None, parts))}, by more than chance would make."
