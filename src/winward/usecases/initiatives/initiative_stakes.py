"""What an initiative's themes cost and expose together: a deal that several of them share counts once."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from winward.records import initiative_rows
from winward.records.initiative_rows import LostPart
from winward.records.themes import Theme
from winward.usecases.initiatives.initiative_need import Calendar, once
from winward.usecases.theme_rows import COSTS, ThemeRow, theme_row


@dataclass(frozen=True, slots=True)
class Stakes:
    """lost, low, high: lost revenue that goes with the themes that clearly cost deals, in lost_deals different deals;
    low and high are the sums of the themes' own 90% intervals, which is a little too wide, and high is at most what
    those deals were worth. unclear: how many of the themes can't be told to cost any. open_value: of open_deals
    different open deals in which any of the themes came up; open_unvalued: how many of them have no known value."""

    lost: float
    low: float
    high: float
    lost_deals: int
    unclear: int
    open_value: float
    open_deals: int
    open_unvalued: int


@dataclass(frozen=True, slots=True)
class Ledger:
    """What is needed to add up any of some themes: by theme."""

    rows: Mapping[int, ThemeRow]
    parts: Mapping[int, Sequence[LostPart]]


def ledger_of(themes: Sequence[int]) -> Ledger:
    found = Theme.objects.filter(pk__in=themes).select_related("stake").defer("centre", "typical", "terms")
    rows = {theme.pk: theme_row(theme) for theme in found}
    parts: dict[int, list[LostPart]] = {}
    for part in initiative_rows.lost_parts(themes, COSTS):
        parts.setdefault(part.theme, []).append(part)
    return Ledger(rows, parts)


def stakes_of(themes: Iterable[int], ledger: Ledger, calendar: Calendar) -> Stakes:
    """The parts of one deal that go to different themes never add up to more than the deal, so that they may be
    summed."""
    wanted = list(themes)
    parts = [part for theme in wanted for part in ledger.parts.get(theme, ())]
    whole = {part.deal: part.whole for part in parts}
    rows = [ledger.rows[theme] for theme in wanted if theme in ledger.rows]
    costly = [row for row in rows if row.verdict == COSTS]
    lost = sum(part.part for part in parts)
    waiting = [one.value for one in once(calendar.open, wanted)]
    return Stakes(
        lost=lost,
        low=min(lost, sum(row.lost_value_low for row in costly)),
        high=max(lost, min(sum(row.lost_value_high for row in costly), sum(whole.values()))),
        lost_deals=len(whole),
        unclear=len(rows) - len(costly),
        open_value=sum(value or 0.0 for value in waiting),
        open_deals=len(waiting),
        open_unvalued=sum(value is None for value in waiting),
    )
