"""Themes by what they are worth: first those that cost deals, then those that help, then those where none can tell."""

from dataclasses import dataclass
from datetime import datetime

from winward.records.company import Company
from winward.records.stake_rows import NOT_WEIGHED
from winward.records.stakes import Stake, Weighing
from winward.records.themes import Theme
from winward.usecases import sentences

COSTS, HELPS, UNCLEAR = "costs", "helps", "can't tell"
NOT_YET = "Not weighed yet: the next run will."
ORDER = (COSTS, HELPS, UNCLEAR, NOT_WEIGHED)


@dataclass(frozen=True, slots=True)
class ThemeRow:
    """difference, low, high: of the win rate, −1 to 1, adjusted, with the 90% interval. Values are in the company's
    currency. trend: deals whose evidence mentions it, a quarter each, oldest first."""

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
    sentence: str
    currency: str
    weighing: WeighingSummary | None
    rows: tuple[ThemeRow, ...]


def list_themes(hidden: bool = False) -> Themes:
    """hidden: those that somebody hid, instead of the others."""
    themes = (
        Theme.objects.filter(retired=False, hidden=hidden).select_related("stake").defer("centre", "typical", "terms")
    )
    rows = sorted((theme_row(theme) for theme in themes), key=_place)
    return Themes(_sentence(rows), currency(), weighing_summary(), tuple(rows))


def theme_row(theme: Theme) -> ThemeRow:
    stake: Stake | None = getattr(theme, "stake", None)
    if stake is None:
        return ThemeRow(theme.pk, theme.title, theme.owner, NOT_WEIGHED, NOT_YET)
    return ThemeRow(
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
