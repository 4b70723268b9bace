"""Themes by what they are worth: first those that cost deals, then those that help, then those where none can tell."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from winward.records import stake_rows, who_rows
from winward.records.company import Company
from winward.records.stakes import Stake, Weighing
from winward.records.themes import Theme
from winward.usecases import sentences
from winward.usecases.quarters import bounds

COSTS, HELPS, UNCLEAR, NOT_WEIGHED = "costs", "helps", "can't tell", stake_rows.NOT_WEIGHED
NOT_YET = "Not weighed yet: the next run will."
ORDER = (COSTS, HELPS, UNCLEAR, NOT_WEIGHED)


@dataclass(frozen=True, slots=True)
class ThemeRow:
    """difference, low, high: of the win rate, −1 to 1, adjusted, with the 90% interval. Values are in the company's
    currency. trend: documents in which it came up, a quarter each, oldest first. moving: growing, quiet or neither."""

    id: int
    title: str
    owner: str
    verdict: str
    sentence: str
    signals: int = 0
    accounts: int = 0
    deals: int = 0
    won_with: int = 0
    lost_with: int = 0
    difference: float = 0.0
    low: float = 0.0
    high: float = 0.0
    raw_difference: float | None = None
    more_deals: int | None = None
    lost_value: float = 0.0
    lost_value_low: float = 0.0
    lost_value_high: float = 0.0
    open_value: float = 0.0
    open_deals: int = 0
    quarters: tuple[str, ...] = ()
    trend: tuple[int, ...] = ()
    moving: str = ""
    moving_sentence: str = ""
    moving_in_short: str = ""


@dataclass(frozen=True, slots=True)
class WeighingSummary:
    """The deals that the stakes rest on. unexplained: lost value that no theme accounts for."""

    at: datetime
    won: int
    lost: int
    open: int
    lost_value: float
    unexplained: float
    unvalued_deals: int
    note: str


@dataclass(frozen=True, slots=True)
class Themes:
    """quarters: with evidence, newest first, at most eight. hidden: how many themes somebody hid."""

    sentence: str
    currency: str
    weighing: WeighingSummary | None
    rows: tuple[ThemeRow, ...]
    quarters: tuple[str, ...] = ()
    hidden: int = 0


SIDES = ("customer", "us")


def list_themes(segment: str = "", quarter: str = "", side: str = "", hidden: bool = False) -> Themes:
    """segment, quarter (as in "2026 Q3"), side: only themes that came up there, counted there; what they cost still
    rests on all deals. hidden: those that somebody hid, instead of the others. Raises ValueError for what is no quarter
    or side."""
    themes = (
        Theme.objects.filter(retired=False, hidden=hidden).select_related("stake").defer("centre", "typical", "terms")
    )
    rows = sorted((theme_row(theme) for theme in themes), key=_place)
    quarters = max((row.quarters for row in rows), key=len, default=())[::-1]
    sentence = _sentence(rows)
    if segment or quarter or side:
        rows = _within(rows, segment, quarter, side)
        sentence = _narrowed(len(rows), segment, quarter, side)
    left_out = Theme.objects.filter(retired=False, hidden=True).count()
    return Themes(sentence, currency(), weighing_summary(), tuple(rows), quarters, left_out)


def _within(rows: Sequence[ThemeRow], segment: str, quarter: str, side: str) -> list[ThemeRow]:
    if side and side not in SIDES:
        raise ValueError(f"“{side}” is none of {', '.join(SIDES)}.")
    found = who_rows.within(segment, bounds(quarter) if quarter else (), side)
    return [_counted(row, found[row.id]) for row in rows if row.id in found]


def _counted(row: ThemeRow, of: who_rows.Within) -> ThemeRow:
    return replace(row, signals=of.signals, accounts=of.accounts, deals=of.deals, won_with=of.won, lost_with=of.lost)


def _narrowed(themes: int, segment: str, quarter: str, side: str) -> str:
    who = {"customer": "customers", "us": "our side"}.get(side, "anybody")
    where = "".join([f" in {segment}" if segment else "", f" in {quarter}" if quarter else ""])
    said = f"{themes} theme came up" if themes == 1 else f"{themes} themes came up"
    return f"{said}{where}, said by {who}. What they cost rests on all deals."


def theme_row(theme: Theme) -> ThemeRow:
    stake: Stake | None = getattr(theme, "stake", None)
    if stake is None:
        return ThemeRow(theme.pk, theme.title, theme.owner, NOT_WEIGHED, NOT_YET)
    return ThemeRow(
        moving=theme.trend,
        moving_sentence=sentences.moving(theme.trend, theme.growth, theme.growth_low, theme.growth_high),
        moving_in_short=sentences.moving_in_short(theme.trend, theme.growth),
        id=theme.pk,
        title=theme.title,
        owner=theme.owner,
        verdict=stake.verdict,
        sentence=stake_sentence(stake),
        signals=stake.signals,
        accounts=stake.accounts,
        deals=stake.deals,
        won_with=stake.won_with,
        lost_with=stake.lost_with,
        difference=stake.difference,
        low=stake.low,
        high=stake.high,
        raw_difference=stake.raw_difference,
        more_deals=stake.more_deals,
        lost_value=stake.lost_value,
        lost_value_low=stake.lost_value_low,
        lost_value_high=stake.lost_value_high,
        open_value=stake.open_value,
        open_deals=stake.open_deals,
        quarters=tuple(stake.quarters),
        trend=tuple(stake.by_quarter),
    )


def stake_sentence(stake: Stake) -> str:
    if stake.verdict == NOT_WEIGHED:
        return NOT_YET
    return sentences.stake(
        stake.verdict, stake.won_with, stake.lost_with, stake.difference, stake.low, stake.high, stake.more_deals
    )


def currency() -> str:
    return Company.objects.values_list("currency", flat=True).first() or "EUR"


def weighing_summary() -> WeighingSummary | None:
    found = Weighing.objects.first()
    if found is None:
        return None
    return WeighingSummary(
        found.at,
        found.won,
        found.lost,
        found.open,
        found.lost_value,
        found.unexplained,
        found.unvalued_deals,
        found.note,
    )


def _place(row: ThemeRow) -> tuple[int, float, int, str]:
    return ORDER.index(row.verdict), -(row.lost_value + row.open_value), -row.deals, row.title


def _sentence(rows: list[ThemeRow]) -> str:
    if not rows:
        return "No themes yet."
    costly = [row for row in rows if row.verdict == COSTS]
    if not costly:
        return f"None of {len(rows)} themes is clearly associated with losing deals yet."
    verb = "theme is" if len(costly) == 1 else "themes are"
    said = f"{len(costly)} {verb} associated with losing deals"
    return (
        f"{said}; of the other {len(rows) - len(costly)} that can’t be said." if len(rows) > len(costly) else f"{said}."
    )
