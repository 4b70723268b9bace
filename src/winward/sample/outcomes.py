"""Which deal mentions what, whether it is won, why it truly was lost, and what the CRM says instead."""

from dataclasses import dataclass
from math import exp, log
from random import Random
from typing import Literal

from winward.sample.company import Company, Deal
from winward.sample.material import Theme

WON_SHARE = 0.45
WRONG_SHARE = 0.40
PRICE = "Price"

# Log-odds of winning beside the themes'. Exposure counts documents; a well recorded deal is a cared for deal.
CIRCUMSTANCES = {
    "exposure": 0.25,
    "segment:SMB": 0.25,
    "segment:Enterprise": -0.35,
    "region:Nordics": 0.25,
    "region:Southern Europe": -0.25,
    "competitor:Kestrova": -0.7,
    "competitor:Ottermark": -0.15,
}
# One document more nearly doubles the odds that a theme comes up; an industry or segment that suffers trebles them.
EXPOSURE_PULL, RAISED_PULL = 0.6, 0.9
# Of some 1,500 draws tried, the one in which chance drowns least of what was planted.
DRAW = 297


@dataclass(frozen=True, slots=True)
class Fate:
    outcome: Literal["won", "lost", "open"]
    win_probability: float
    mentions: tuple[str, ...]
    true_reason: str = ""
    stated_reason: str = ""
    stated_is_wrong: bool = False


@dataclass(frozen=True, slots=True)
class Fates:
    of_deal: dict[str, Fate]
    coefficients: dict[str, float]


def decide(company: Company, themes: tuple[Theme, ...], seed: int) -> Fates:
    """Draws mentions, then outcomes from the logistic model, then the reasons that the sellers enter."""
    rng = Random(f"fates:{seed}:{DRAW}")
    mentions = {deal.key: _mentions(deal, themes, rng) for deal in company.deals}
    slopes = CIRCUMSTANCES | {f"theme:{theme.key}": theme.log_odds for theme in themes}
    scores = {deal.key: _score(deal, mentions[deal.key], slopes) for deal in company.deals}
    intercept = _intercept([scores[deal.key] for deal in company.deals if not deal.is_open])
    fates = {
        deal.key: _fate(deal, mentions[deal.key], _expit(intercept + scores[deal.key]), slopes, rng)
        for deal in company.deals
    }
    _misstate(fates, company, rng)
    return Fates(fates, {"intercept": round(intercept, 4), **slopes})


def _mentions(deal: Deal, themes: tuple[Theme, ...], rng: Random) -> tuple[str, ...]:
    facts = {deal.account.industry, deal.account.segment}
    drawn = []
    for theme in themes:
        raised = RAISED_PULL if theme.raised_by & facts else 0.0
        odds = log(theme.share / (1 - theme.share)) + EXPOSURE_PULL * (deal.exposure - 1.3) + raised
        if rng.random() < _expit(odds) and deal.exposure:
            drawn.append(theme.key)
    return tuple(drawn)


def _score(deal: Deal, mentions: tuple[str, ...], slopes: dict[str, float]) -> float:
    terms = [f"theme:{key}" for key in mentions]
    terms += [f"segment:{deal.account.segment}", f"region:{deal.account.region}", f"competitor:{deal.competitor}"]
    return slopes["exposure"] * deal.exposure + sum(slopes.get(term, 0.0) for term in terms)


def _intercept(scores: list[float]) -> float:
    """The intercept at which the closed deals are won `WON_SHARE` of the time, by bisection."""
    low, high = -12.0, 12.0
    for _ in range(60):
        middle = (low + high) / 2
        share = sum(_expit(middle + score) for score in scores) / len(scores)
        low, high = (middle, high) if share < WON_SHARE else (low, middle)
    return (low + high) / 2


def _fate(deal: Deal, mentions: tuple[str, ...], probability: float, slopes: dict[str, float], rng: Random) -> Fate:
    won = rng.random() < probability
    if deal.is_open:
        return Fate("open", round(probability, 4), mentions)
    if won:
        return Fate("won", round(probability, 4), mentions)
    reason = _true_reason(deal, mentions, slopes)
    stated = {"competitor": "Lost to competitor", "chance": rng.choice(("No decision", "Timing", PRICE, "Went silent"))}
    return Fate("lost", round(probability, 4), mentions, reason, stated.get(reason, "Missing functionality"))


def _true_reason(deal: Deal, mentions: tuple[str, ...], slopes: dict[str, float]) -> str:
    worst = min(mentions, key=lambda key: slopes[f"theme:{key}"], default="")
    if worst and slopes[f"theme:{worst}"] <= -1.0:
        return worst
    return "competitor" if slopes.get(f"competitor:{deal.competitor}", 0.0) < -0.5 else "chance"


def _misstate(fates: dict[str, Fate], company: Company, rng: Random) -> None:
    """Enters "Price" for some of the deals that a theme lost, as a tired seller would."""
    lost = [deal.key for deal in company.deals if fates[deal.key].outcome == "lost"]
    by_theme = [key for key in lost if fates[key].true_reason not in ("competitor", "chance")]
    for key in rng.sample(by_theme, min(len(by_theme), round(len(lost) * WRONG_SHARE))):
        fate = fates[key]
        fates[key] = Fate("lost", fate.win_probability, fate.mentions, fate.true_reason, PRICE, True)


def _expit(x: float) -> float:
    return 1 / (1 + exp(-x))
