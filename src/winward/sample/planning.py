"""Which documents there are: how many of each deal, of what kind, when, and which of its themes each one carries."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from random import Random
from typing import Literal

from winward.sample.company import LAST_DAY, Account, Company, Deal
from winward.sample.outcomes import Fate, Fates
from winward.sample.truth import Link

Kind = Literal["call", "email", "note", "interview", "ticket", "review", "survey"]

CALLS, GONG_CALLS = 165, 26
NOTES, INTERVIEWS, TICKETS, REVIEWS, SURVEYS = 55, 30, 28, 16, 16
# Beyond so many themes a mail would read like a list, so the deal gets a call.
MOST_THEMES_IN_MAIL = 4


@dataclass(frozen=True, slots=True)
class Plan:
    """One document to be written. themes: (key, how many remarks about it)."""

    kind: Kind
    account: Account
    deal: Deal | None
    at: datetime
    themes: tuple[tuple[str, int], ...]
    link: Link
    is_first: bool = False


def plan_documents(company: Company, fates: Fates, seed: int) -> list[Plan]:
    """All documents, in the order of time."""
    rng = Random(f"plans:{seed}")
    before = _before_decisions(company, fates, rng)
    after = [*_interviews(company, fates, rng), *_of_customers(company, fates, rng)]
    return sorted([*before, *after], key=lambda plan: (plan.at, plan.account.key, plan.kind))


def _before_decisions(company: Company, fates: Fates, rng: Random) -> list[Plan]:
    kinds = _kinds(company, fates, rng)
    plans = []
    for deal in company.deals:
        days = _days(deal, rng)
        shares = _spread(fates.of_deal[deal.key].mentions, kinds[deal.key], fates, rng)
        for place, (kind, day, carried) in enumerate(zip(kinds[deal.key], days, shares, strict=True)):
            link = _link(kind, rng)
            plans.append(Plan(kind, deal.account, deal, _moment(day, rng), carried, link, is_first=place == 0))
    return plans


def _kinds(company: Company, fates: Fates, rng: Random) -> dict[str, list[Kind]]:
    """Calls, mails and notes of each deal: at least one thing that the customer said, and a note only beside it."""
    recorded = [deal for deal in company.deals if deal.exposure]
    noted = set(rng.sample([deal.key for deal in recorded if deal.exposure > 1], NOTES))
    slots = [deal.key for deal in recorded for _ in range(deal.exposure - (deal.key in noted))]
    wordy = {key for key in slots if len(fates.of_deal[key].mentions) > MOST_THEMES_IN_MAIL}
    calls = len(wordy)
    rest = [key for place, key in enumerate(slots) if not (key in wordy and key not in slots[:place])]
    chosen: dict[str, list[Kind]] = {deal.key: [] for deal in company.deals}
    for key in sorted(wordy):
        chosen[key].append("call")
    rng.shuffle(rest)
    for place, key in enumerate(rest):
        chosen[key].append("call" if place < CALLS - calls else "email")
    for key in sorted(noted):
        chosen[key].append("note")
    for kinds in chosen.values():
        rng.shuffle(kinds)
    return chosen


def _spread(
    mentions: tuple[str, ...], kinds: list[Kind], fates: Fates, rng: Random
) -> list[tuple[tuple[str, int], ...]]:
    """Every theme of the deal goes into one or two of its calls and mails; notes repeat a few."""
    carried: list[dict[str, int]] = [{} for _ in kinds]
    hearing = [place for place, kind in enumerate(kinds) if kind != "note"]
    for key in mentions:
        is_costly = fates.coefficients[f"theme:{key}"] <= -1.0
        for place in rng.sample(hearing, min(len(hearing), rng.choice((1, 1, 1, 2)))):
            most = (1, 1, 2) if kinds[place] == "call" else (1, 1, 1)
            carried[place][key] = rng.choice((1, 2, 2, 3)) if is_costly and kinds[place] == "call" else rng.choice(most)
    for place, kind in enumerate(kinds):
        if kind == "note":
            carried[place] = dict.fromkeys(rng.sample(mentions, min(len(mentions), rng.choice((1, 2, 2)))), 1)
    return [tuple(rng.sample(sorted(themes.items()), len(themes))) for themes in carried]


def _days(deal: Deal, rng: Random) -> list[date]:
    last = min(deal.closed_on, LAST_DAY)
    latest = (last - deal.created_on).days - 2
    return sorted(deal.created_on + timedelta(days=rng.randint(3, latest)) for _ in range(deal.exposure))


def _link(kind: Kind, rng: Random) -> Link:
    if kind == "email":
        return rng.choices(("domain", "ambiguous"), weights=(95, 5))[0]
    if kind == "note":
        return rng.choices(("explicit", "account"), weights=(85, 15))[0]
    return rng.choices(("explicit", "account", "domain", "title", "ambiguous"), weights=(65, 9, 9, 8, 9))[0]


def _moment(day: date, rng: Random) -> datetime:
    """A moment in office hours; what falls on a weekend was on the Friday before."""
    day -= timedelta(days=max(0, day.weekday() - 4))
    return datetime.combine(day, time(rng.randint(8, 16), rng.choice((0, 5, 15, 30, 45)), rng.randint(0, 59)))


def _interviews(company: Company, fates: Fates, rng: Random) -> list[Plan]:
    """Held after the decision: mostly with those who were lost, most of all where a theme was the reason."""
    past = [deal for deal in company.deals if deal.exposure and (LAST_DAY - deal.closed_on).days > 20]
    by_kind: dict[str, list[Deal]] = {"theme": [], "other": [], "won": [], "": []}
    for deal in past:
        by_kind[_reason_kind(fates.of_deal[deal.key])].append(deal)
    otherwise = rng.sample(by_kind["other"], min(4, len(by_kind["other"])))
    won = rng.sample(by_kind["won"], 8)
    asked = [*otherwise, *won, *rng.sample(by_kind["theme"], INTERVIEWS - len(otherwise) - len(won))]
    plans = []
    for deal in asked:
        day = deal.closed_on + timedelta(days=rng.randint(6, min(35, (LAST_DAY - deal.closed_on).days)))
        plans.append(Plan("interview", deal.account, deal, _moment(day, rng), _recalled(deal, fates, rng), "explicit"))
    return plans


def _reason_kind(fate: Fate) -> str:
    if fate.outcome != "lost":
        return "won" if fate.outcome == "won" else ""
    return "other" if fate.true_reason in ("competitor", "chance") else "theme"


def _recalled(deal: Deal, fates: Fates, rng: Random) -> tuple[tuple[str, int], ...]:
    """The reason at length, then what else was said at the time."""
    fate = fates.of_deal[deal.key]
    others = [key for key in fate.mentions if key != fate.true_reason]
    recalled = [(key, 1) for key in rng.sample(others, min(len(others), 2))]
    return ((fate.true_reason, 2), *recalled) if _reason_kind(fate) == "theme" else tuple(recalled)


def _of_customers(company: Company, fates: Fates, rng: Random) -> list[Plan]:
    """Tickets, reviews and survey answers of those who bought, at times when no deal of theirs is open."""
    last_deals = {deal.account.key: deal for deal in company.deals}
    owners = [
        deal
        for deal in last_deals.values()
        if fates.of_deal[deal.key].outcome == "won" and (LAST_DAY - deal.closed_on).days > 12
    ]
    counts: dict[Kind, int] = {"ticket": TICKETS, "review": REVIEWS, "survey": SURVEYS}
    keys = [name.removeprefix("theme:") for name in sorted(fates.coefficients) if name.startswith("theme:")]
    plans = []
    for kind in (kind for kind, count in counts.items() for _ in range(count)):
        deal = rng.choice(owners)
        day = deal.closed_on + timedelta(days=rng.randint(5, (LAST_DAY - deal.closed_on).days - 1))
        count = rng.choice({"ticket": (0, 1, 1), "review": (1, 2, 2), "survey": (0, 1, 1)}[kind])
        themes = tuple((key, 1) for key in rng.sample(keys, count))
        plans.append(Plan(kind, deal.account, None, _moment(day, rng), themes, "explicit"))
    return plans
