"""Who exists: the own team, the accounts with their contacts, and the deals with their dates."""

import json
import re
import unicodedata
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from importlib.resources import files
from random import Random
from typing import Any, Literal

VENDOR = "Tessmoor"
COMPETITORS = ("Kestrova", "Ottermark")
FIRST_DAY, LAST_DAY = date(2025, 8, 4), date(2026, 10, 31)
FIRST_CLOSE = date(2025, 11, 1)

# Deals per account: 120 accounts, 240 deals.
DEALS_OF_ACCOUNTS = (1,) * 40 + (2,) * 45 + (3,) * 30 + (4,) * 5


@dataclass(frozen=True, slots=True)
class Person:
    key: str
    name: str
    email: str
    role: str
    side: Literal["customer", "us"]
    title: str = ""
    team: str = ""
    region: str = ""

    @property
    def first(self) -> str:
        return self.name.split()[0]


@dataclass(frozen=True, slots=True)
class Account:
    key: str
    name: str
    domain: str
    industry: str
    segment: str
    region: str
    city: str
    employees: int
    technicians: int
    depots: int
    contacts: tuple[Person, ...]

    @property
    def slug(self) -> str:
        return slug(self.name)


@dataclass(frozen=True, slots=True)
class Deal:
    """closed_on: the day of the decision; for an open deal the day it is forecast for."""

    key: str
    name: str
    account: Account
    owner: Person
    product: str
    amount: int
    currency: str
    created_on: date
    closed_on: date
    is_open: bool
    competitor: str
    exposure: int


@dataclass(frozen=True, slots=True)
class Company:
    team: tuple[Person, ...]
    accounts: tuple[Account, ...]
    deals: tuple[Deal, ...]

    def colleagues(self, role: str) -> list[Person]:
        return [person for person in self.team if person.role == role]


@cache
def _cast() -> dict[str, Any]:
    return dict(json.loads((files("winward.sample") / "material" / "cast.json").read_text(encoding="utf-8")))


def industry_label(industry: str) -> str:
    return str(_cast()["industries"][industry])


def found_company(seed: int) -> Company:
    """The company of a seed: the same people, accounts and deals each time."""
    rng = Random(f"company:{seed}")
    team = tuple(_colleague(number, row) for number, row in enumerate(_cast()["team"]))
    accounts = tuple(_account(number, row, rng) for number, row in enumerate(_cast()["accounts"]))
    return Company(team, accounts, _deals(accounts, [person for person in team if person.role == "seller"], rng))


def slug(name: str) -> str:
    ascii_name = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", ascii_name.lower()).strip("-")


def _mailbox(name: str, domain: str) -> str:
    return f"{slug(name).replace('-', '.')}@{domain}"


def _colleague(number: int, row: list[str]) -> Person:
    name, role, title, team, region = row
    return Person(
        str(410_200 + number * 17), name, _mailbox(name, f"{VENDOR.lower()}.example"), role, "us", title, team, region
    )


def _account(number: int, row: list[str], rng: Random) -> Account:
    name, industry, region = row
    segment = rng.choices(("SMB", "Mid-Market", "Enterprise"), weights=(30, 45, 25))[0]
    low, high = {"SMB": (40, 240), "Mid-Market": (260, 1_900), "Enterprise": (2_100, 6_400)}[segment]
    employees = round(rng.randint(low, high), -1)
    technicians = max(9, int(employees * rng.uniform(0.08, 0.2)))
    domain = f"{slug(name)}.example"
    return Account(
        key=str(9_310_400_000 + number * 7_919),
        name=name,
        domain=domain,
        industry=industry,
        segment=segment,
        region=region,
        city=rng.choice(_cast()["cities"][region]),
        employees=employees,
        technicians=technicians,
        depots=max(1, round(technicians / rng.randint(14, 40))),
        contacts=_contacts(number, domain, region, rng),
    )


def _contacts(number: int, domain: str, region: str, rng: Random) -> tuple[Person, ...]:
    roles: dict[str, list[str]] = _cast()["roles"]
    others = rng.sample([role for role in roles if role not in ("economic buyer", "champion")], rng.randint(2, 3))
    firsts = rng.sample(_cast()["first_names"][region], 5)
    lasts = rng.sample(_cast()["last_names"][region], 5)
    people = []
    for place, role in enumerate(["champion", "economic buyer", *others]):
        name = f"{firsts[place]} {lasts[place]}"
        key = str(51_204_000 + number * 61 + place)
        people.append(Person(key, name, _mailbox(name, domain), role, "customer", rng.choice(roles[role])))
    return tuple(people)


def _deals(accounts: tuple[Account, ...], sellers: list[Person], rng: Random) -> tuple[Deal, ...]:
    counts = list(DEALS_OF_ACCOUNTS)
    rng.shuffle(counts)
    exposures = [0] * 15 + [1] * 155 + [2] * 55 + [3] * 15
    rng.shuffle(exposures)
    deals: list[Deal] = []
    for account, count in zip(accounts, counts, strict=True):
        fitting = [seller for seller in sellers if seller.region == account.region] or sellers
        owner = rng.choice(fitting)
        products = rng.sample(_cast()["products"], count)
        for place, (start, end, is_open) in enumerate(_windows(count, rng)):
            number = len(deals)
            deals.append(_deal(number, account, owner, products[place], (start, end), is_open, exposures[number], rng))
    return tuple(deals)


def _windows(count: int, rng: Random) -> list[tuple[date, date, bool]]:
    """Consecutive stretches of time, so that the deal open at a day is never in doubt."""
    last_is_open = rng.random() < {1: 0.35, 2: 0.42, 3: 0.45, 4: 0.5}[count]
    span = (LAST_DAY - FIRST_DAY).days // count
    windows = []
    for place in range(count):
        slack = rng.randint(0, max(0, span - 95))
        start = FIRST_DAY + timedelta(days=place * span + slack + rng.randint(1, 9))
        end = start + timedelta(days=rng.randint(48, min(85, span - 12)))
        is_open = last_is_open and place == count - 1
        if is_open:
            start = max(start, LAST_DAY - timedelta(days=rng.randint(55, 100)))
            end = LAST_DAY + timedelta(days=rng.randint(15, 100))
        elif end < FIRST_CLOSE:
            late = FIRST_CLOSE - end + timedelta(days=rng.randint(0, 9))
            start, end = start + late / 3, end + late
        windows.append((start, end, is_open))
    return windows


def _deal(
    number: int,
    account: Account,
    owner: Person,
    product: list[str],
    window: tuple[date, date],
    is_open: bool,
    exposure: int,
    rng: Random,
) -> Deal:
    seats = max(5, int(account.technicians * rng.uniform(0.25, 0.9)))
    currency = "GBP" if account.region == "UK & Ireland" else rng.choices(("EUR", "USD"), weights=(92, 8))[0]
    start, end = window
    return Deal(
        key=str(21_480_030_000 + number * 4_733),
        name=f"{account.name} - {product[1].format(city=account.city)}",
        account=account,
        owner=owner,
        product=product[0],
        amount=max(3_600, round(seats * rng.uniform(260, 430) / 100) * 100),
        currency=currency,
        created_on=start,
        closed_on=end,
        is_open=is_open,
        competitor=rng.choices(("", *COMPETITORS), weights=(55, 25, 20))[0],
        exposure=exposure,
    )
