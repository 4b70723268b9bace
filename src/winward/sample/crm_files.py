"""The CRM's exports, labelled as HubSpot labels them."""

import csv
from collections.abc import Iterable
from datetime import date, timedelta
from pathlib import Path
from random import Random

from winward.sample.churn import Leaving
from winward.sample.company import FIRST_DAY, LAST_DAY, VENDOR, Company, Deal, industry_label
from winward.sample.outcomes import Fate, Fates

CONSTRUCTED = "Constructed sample: no real company or person."
OPEN_STAGES = ("Qualification", "Discovery", "Demo", "Proposal", "Negotiation")
RATES = {"USD": 0.872, "GBP": 1.158}


def write_crm(folder: Path, company: Company, fates: Fates, left: dict[str, Leaving], seed: int) -> None:
    rng = Random(f"crm:{seed}")
    reached = {deal.key: rng.randint(2, len(OPEN_STAGES)) for deal in company.deals}
    _write(folder / "owners.csv", _owners(company))
    _write(folder / "companies.csv", _companies(company, left))
    _write(folder / "contacts.csv", _contacts(company))
    deals = [_deal_row(deal, fates.of_deal[deal.key], reached) for deal in company.deals]
    _write(folder / "deals.csv", _with_recurring(deals, seed))
    _write(folder / "deal_stage_history.csv", _history(company, fates, reached, rng))
    _write(folder / "exchange_rates.csv", _rates(rng))


def _write(path: Path, rows: Iterable[dict[str, str]]) -> None:
    rows = list(rows)
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, fieldnames=list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)


def _owners(company: Company) -> Iterable[dict[str, str]]:
    for person in company.team:
        yield {
            "Owner ID": person.key,
            "Name": person.name,
            "Email": person.email,
            "Job Title": person.title,
            "Team": person.team,
            "Region": person.region,
        }


def _companies(company: Company, left: dict[str, Leaving]) -> Iterable[dict[str, str]]:
    owners = {deal.account.key: deal.owner.name for deal in company.deals}
    for account in company.accounts:
        leaving = left.get(account.key)
        yield {
            "Record ID": account.key,
            "Company name": account.name,
            "Company Domain Name": account.domain,
            "Industry": industry_label(account.industry),
            "Number of Employees": str(account.employees),
            "City": account.city,
            "Region": account.region,
            "Segment": account.segment,
            "Company owner": owners[account.key],
            "Churn Date": leaving.on.isoformat() if leaving else "",
            "Churn Reason": leaving.stated_reason if leaving else "",
            "Description": f"{CONSTRUCTED} Customer or prospect of the invented vendor {VENDOR}.",
        }


def _contacts(company: Company) -> Iterable[dict[str, str]]:
    for account in company.accounts:
        for person in account.contacts:
            yield {
                "Record ID": person.key,
                "First Name": person.name.split(" ", 1)[0],
                "Last Name": person.name.split(" ", 1)[1],
                "Email": person.email,
                "Job Title": person.title,
                "Buying Role": person.role,
                "Associated Company": account.name,
                "Associated Company IDs": account.key,
            }


def _deal_row(deal: Deal, fate: Fate, reached: dict[str, int]) -> dict[str, str]:
    return {
        "Record ID": deal.key,
        "Deal Name": deal.name,
        "Deal Stage": _stage(deal, fate, reached),
        "Amount": str(deal.amount),
        "Currency": deal.currency,
        "Create Date": deal.created_on.isoformat(),
        "Close Date": deal.closed_on.isoformat(),
        "Deal owner": deal.owner.name,
        "Associated Company": deal.account.name,
        "Associated Company IDs": deal.account.key,
        "Closed Lost Reason": fate.stated_reason,
        "Competitor": deal.competitor,
        "Segment": deal.account.segment,
        "Region": deal.account.region,
        "Product": deal.product,
    }


def _with_recurring(deals: list[dict[str, str]], seed: int) -> Iterable[dict[str, str]]:
    """What of the amount is subscription; the rest is set-up and training. One seller in twenty leaves it blank."""
    rng = Random(f"recurring:{seed}")
    for deal in deals:
        part = rng.choice((1.0, rng.uniform(0.65, 0.95)))
        blank = rng.random() < 0.05
        yield {**deal, "Annual recurring revenue": "" if blank else str(round(int(deal["Amount"]) * part))}


def _stage(deal: Deal, fate: Fate, reached: dict[str, int]) -> str:
    if fate.outcome == "open":
        return OPEN_STAGES[reached[deal.key] - 1]
    return "Closed Won" if fate.outcome == "won" else "Closed Lost"


def _history(company: Company, fates: Fates, reached: dict[str, int], rng: Random) -> Iterable[dict[str, str]]:
    for deal in company.deals:
        fate = fates.of_deal[deal.key]
        steps = OPEN_STAGES[: reached[deal.key]]
        until = min(deal.closed_on, LAST_DAY)
        days = sorted(rng.sample(range(1, (until - deal.created_on).days), len(steps) - 1))
        entered = [deal.created_on, *(deal.created_on + timedelta(days=day) for day in days)]
        rows = list(zip(steps, entered, strict=True))
        if not deal.is_open:
            rows.append((_stage(deal, fate, reached), deal.closed_on))
        for stage, day in rows:
            yield {"Record ID": deal.key, "Deal Stage": stage, "Date entered": day.isoformat()}


def _rates(rng: Random) -> Iterable[dict[str, str]]:
    """One euro rate a month and currency, wandering a little."""
    for currency, start in RATES.items():
        rate = start
        for month in range(FIRST_DAY.month, FIRST_DAY.month + 16):
            day = date(FIRST_DAY.year + (month - 1) // 12, (month - 1) % 12 + 1, 1)
            yield {"date": day.isoformat(), "currency": currency, "rate": f"{rate:.4f}"}
            rate *= 1 + rng.uniform(-0.012, 0.012)
