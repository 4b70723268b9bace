"""A theme in a list, by what it is worth: from the last weighing, or weighed for some of the deals alone."""

from dataclasses import dataclass

from winward.records import stake_rows
from winward.records.slice_rows import Said
from winward.records.stakes import Stake
from winward.records.themes import Theme
from winward.usecases import sentences
from winward.usecases.weigh import raw_difference
from winward.usecases.worth import Worth

COSTS, HELPS, UNCLEAR, NOT_WEIGHED = "costs", "helps", "can't tell", stake_rows.NOT_WEIGHED
NOT_YET = "Not weighed yet: the next run will."


@dataclass(frozen=True, slots=True)
class ThemeRow:
    """difference, low, high: of the win rate, −1 to 1, adjusted, with the 90% interval; raw_difference: unadjusted.
    Values are in the company's currency. lost_recurring, lost_one_off: of lost_value, what came again every year and
    what came once, null where the CRM says neither. signals_after: said after the outcome, which counts nowhere else.
    trend: documents in which it came up, a quarter each, oldest first. moving: growing, quiet or neither."""

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
    won_without: int = 0
    lost_without: int = 0
    won_value: float = 0.0
    open_expected_loss: float = 0.0
    signals_after: int = 0
    lost_recurring: float | None = None
    lost_one_off: float | None = None


def theme_row(theme: Theme, recurring: dict[int, tuple[float, float]] | None = None) -> ThemeRow:
    """From the last weighing. recurring: of lost values, by theme."""
    stake: Stake | None = getattr(theme, "stake", None)
    if stake is None:
        return ThemeRow(theme.pk, theme.title, theme.owner, NOT_WEIGHED, NOT_YET)
    again, once = (recurring or {}).get(theme.pk, (None, None))
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
        won_without=stake.won_without,
        lost_without=stake.lost_without,
        won_value=stake.won_value,
        open_expected_loss=stake.open_expected_loss,
        signals_after=stake.signals_after,
        lost_recurring=again,
        lost_one_off=once,
    )


def row_of_slice(theme: Theme, worth: Worth, at: int, said: Said, quarters: tuple[str, ...]) -> ThemeRow:
    """Weighed for some of the deals. at: the theme's place in the weighing."""
    stakes, lost, pipeline = worth.stakes, worth.lost, worth.pipeline
    won_with, lost_with = int(stakes.won_with[at]), int(stakes.lost_with[at])
    low, high, difference = float(stakes.low[at]), float(stakes.high[at]), float(stakes.difference[at])
    verdict, more = stakes.verdict[at], stakes.more_deals[at]
    again, once = float(worth.again[at]), float(worth.once[at])
    return ThemeRow(
        id=theme.pk,
        title=theme.title,
        owner=theme.owner,
        verdict=verdict,
        sentence=sentences.stake(verdict, won_with, lost_with, difference, low, high, more),
        signals=said.signals,
        accounts=said.accounts,
        deals=won_with + lost_with + int(pipeline.deals[at]),
        won_with=won_with,
        lost_with=lost_with,
        difference=difference,
        low=low,
        high=high,
        raw_difference=raw_difference(stakes, at),
        more_deals=more,
        lost_value=float(lost.amount[at]),
        lost_value_low=float(lost.low[at]),
        lost_value_high=float(lost.high[at]),
        open_value=float(pipeline.exposed[at]),
        open_deals=int(pipeline.deals[at]),
        quarters=quarters,
        trend=tuple(said.by_quarter.get(quarter, 0) for quarter in quarters),
        won_without=int(stakes.won_without[at]),
        lost_without=int(stakes.lost_without[at]),
        open_expected_loss=float(pipeline.expected_loss[at]),
        signals_after=said.after,
        lost_recurring=again if again or once else None,
        lost_one_off=once if again or once else None,
    )


def stake_sentence(stake: Stake) -> str:
    if stake.verdict == NOT_WEIGHED:
        return NOT_YET
    return sentences.stake(
        stake.verdict, stake.won_with, stake.lost_with, stake.difference, stake.low, stake.high, stake.more_deals
    )
