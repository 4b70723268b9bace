"""What of a theme's stake a chain can take as a range: each time anew, so that it moves when the evidence moves."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np

from winward.engine.value.observed import mean, rate
from winward.records import answering_rows, chain_rows, stake_rows
from winward.records.stakes import Stake
from winward.usecases.group_themes import MAKING
from winward.usecases.list_themes import currency
from winward.usecases.sentences import deals
from winward.usecases.theme_rows import stake_sentence

# From less time than a quarter nothing is taken to a year.
SHORTEST_YEARS = 0.25
DAYS_A_YEAR = 365.25


@dataclass(frozen=True, slots=True)
class Measured:
    """A 90% range (both ends alike where it was counted) in a unit of `engine.value`, and what it is in words."""

    low: float
    high: float
    unit: str
    said: str


class Unmeasured(ValueError):
    """Why the workspace can't tell."""


def measured(theme: int, measure: str) -> tuple[Measured, ...]:
    """One for each unit in which it can be told. Raises Unmeasured."""
    stake = Stake.objects.filter(theme=theme).first()
    if stake is None or stake.verdict == stake_rows.NOT_WEIGHED:
        raise Unmeasured("the theme isn't weighed yet; the next run will")
    return MEASURES[measure](stake)


def _win_rate_difference(stake: Stake) -> tuple[Measured, ...]:
    if not stake.won_with + stake.lost_with:
        raise Unmeasured("it came up in no closed deal yet")
    said = f"{stake_sentence(stake).rstrip('.')} (associated with it, not proven to be caused by it)"
    return (Measured(-stake.high, -stake.low, "share", said),)


def _lost_revenue(stake: Stake) -> tuple[Measured, ...]:
    unit, years = currency(), _years(chain_rows.closed_days())
    low, high = stake.lost_value_low, stake.lost_value_high
    if high <= 0:
        raise Unmeasured("no lost revenue can be shown to go with it")
    said = f"{low:,.0f} to {high:,.0f} {unit} of lost deals go with it, over {_so_long(years)}"
    return (Measured(low, high, unit, said), Measured(low / years, high / years, f"{unit}/year", said))


def _open_exposed(stake: Stake) -> tuple[Measured, ...]:
    said = f"{deals(stake.open_deals)} in which it came up are open"
    return (Measured(stake.open_value, stake.open_value, currency(), said),)


def _deals_a_year(stake: Stake) -> tuple[Measured, ...]:
    count, years = stake.won_with + stake.lost_with, _years(chain_rows.closed_days())
    said = f"it came up in {deals(count)} that closed within {_so_long(years)}"
    return (Measured(*rate(count, years), "deal/year", said),)


def _deal_amount(stake: Stake) -> tuple[Measured, ...]:
    amounts = chain_rows.amounts(stake.theme_id, MAKING)
    try:
        low, high = mean(np.array(amounts))
    except ValueError as error:
        raise Unmeasured(f"{deals(len(amounts))} with it and with an amount closed; {error}") from error
    said = f"the average of {deals(len(amounts))} that closed and in which it came up"
    return (Measured(low, high, f"{currency()}/deal", said),)


def _accounts(stake: Stake) -> tuple[Measured, ...]:
    said = f"{stake.accounts} account{'' if stake.accounts == 1 else 's'} brought it up"
    return (Measured(stake.accounts, stake.accounts, "account", said),)


def _tickets(stake: Stake) -> tuple[Measured, ...]:
    count, years = chain_rows.tickets(stake.theme_id), _years(chain_rows.ticket_days())
    said = f"it came up in {count} ticket{'' if count == 1 else 's'} within {_so_long(years)}"
    return (Measured(*rate(count, years), "ticket/year", said),)


def _customers_revenue(stake: Stake) -> tuple[Measured, ...]:
    named = {account for account, theme in answering_rows.customers_said(MAKING) if theme == stake.theme_id}
    staying = [one.value or 0.0 for one in answering_rows.customers() if one.id in named and not one.churned_on]
    said = f"what {len(staying)} customer{'' if len(staying) == 1 else 's'} pay a year who brought it up lately"
    if not sum(staying):
        raise Unmeasured("no customer with a known amount brought it up lately")
    return (Measured(sum(staying), sum(staying), f"{currency()}/year", said),)


def _so_long(years: float) -> str:
    return "a year" if f"{years:.1f}" == "1.0" else f"{years:.1f} years"


def _years(days: int) -> float:
    return max(days / DAYS_A_YEAR, SHORTEST_YEARS)


MEASURES: Mapping[str, Callable[[Stake], tuple[Measured, ...]]] = {
    "win_rate_difference": _win_rate_difference,
    "lost_revenue": _lost_revenue,
    "open_exposed": _open_exposed,
    "deals_a_year": _deals_a_year,
    "deal_amount": _deal_amount,
    "accounts": _accounts,
    "tickets": _tickets,
    "customers_revenue": _customers_revenue,
}
