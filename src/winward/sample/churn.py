"""Which customers left, when, why, and what the CRM says instead."""

from dataclasses import dataclass
from datetime import date, timedelta
from math import exp
from random import Random

from winward.sample.company import LAST_DAY, Account, Company
from winward.sample.outcomes import Fates
from winward.sample.planning import Plan

# Deals are hardly lost over it; customers whose technicians can't read the app leave.
REASON = "languages"
LEAVERS, PULL = 12, 1.6
SHORTEST_CUSTOMER = timedelta(days=120)
STATED = ("Price", "Low usage", "Moved to another vendor", "Low usage", "Merged into another company")


@dataclass(frozen=True, slots=True)
class Leaving:
    """true_reason: the theme's key, empty where nothing was planted."""

    on: date
    true_reason: str
    stated_reason: str


def leavings(company: Company, plans: list[Plan], fates: Fates, seed: int) -> dict[str, Leaving]:
    """By account's key. Who brought the theme up leaves far more often than who didn't."""
    rng = Random(f"churn:{seed}")
    said = {(plan.account.key, key) for plan in plans for key, _ in plan.themes}
    left = _likeliest(_customers(company, fates), said, rng)
    return {account.key: _leaving(account, plans, (account.key, REASON) in said, rng) for account in left}


def _customers(company: Company, fates: Fates) -> list[Account]:
    """Those who bought early enough to leave, and with whom nothing is open."""
    bought: dict[str, date] = {}
    for deal in company.deals:
        if fates.of_deal[deal.key].outcome == "won":
            bought.setdefault(deal.account.key, deal.closed_on)
    talking = {deal.account.key for deal in company.deals if deal.is_open}
    long = {key for key, day in bought.items() if LAST_DAY - day >= SHORTEST_CUSTOMER}
    return [account for account in company.accounts if account.key in long - talking]


def _likeliest(customers: list[Account], said: set[tuple[str, str]], rng: Random) -> list[Account]:
    """`LEAVERS` of them, drawn without return."""
    drawn = {account.key: rng.random() for account in customers}
    weight = {account.key: exp(PULL) if (account.key, REASON) in said else 1.0 for account in customers}
    return sorted(customers, key=lambda account: drawn[account.key] ** (1 / weight[account.key]))[-LEAVERS:]


def _leaving(account: Account, plans: list[Plan], has_reason: bool, rng: Random) -> Leaving:
    """Some weeks after the last word, before the end of what is on file."""
    last = max(plan.at.date() for plan in plans if plan.account.key == account.key)
    on = min(last + timedelta(days=rng.randint(25, 90)), LAST_DAY - timedelta(days=rng.randint(0, 20)))
    return Leaving(max(on, last), REASON if has_reason else "", rng.choice(STATED))
