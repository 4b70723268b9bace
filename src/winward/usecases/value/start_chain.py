"""A chain to begin with, filled with what the workspace knows of a theme and of the initiative that serves it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import chain, count

from winward.records.initiatives import Initiative
from winward.records.stakes import Stake
from winward.records.themes import Theme
from winward.records.value_chains import ValueChain
from winward.sources.chain_edits import on_one_line, with_quantity, with_words
from winward.usecases.initiatives.initiative_rows import existing, served
from winward.usecases.list_themes import currency
from winward.usecases.quotes import NotFound
from winward.usecases.value.stake_measures import Unmeasured, measured
from winward.usecases.value.work_out_value import template

# Which range of each template the stake of the theme gives, where it can.
TAKEN: Mapping[str, Mapping[str, str]] = {
    "time-saved": {},
    "win-rate": {
        "deals_with_it": "deals_a_year",
        "win_rate_gained": "win_rate_difference",
        "amount": "deal_amount",
    },
    "churn": {"renewing": "customers_revenue"},
    "support-load": {"tickets": "tickets"},
    "expansion": {"accounts_held_back": "accounts"},
    "risk-avoided": {},
}
REVIEW_IN = timedelta(days=91)
STILL_TO_SAY = "put your own range and where it comes from"
SAYS = {
    "win-rate": ("Deals won", "Deals that would be won besides if the need no longer cost any."),
    "churn": ("Customers kept", "Customers who would have left."),
    "time-saved": ("Time saved", "Working time of users, and what it is worth."),
    "support-load": ("Fewer tickets", "Questions that nobody needs to ask any more."),
    "expansion": ("Wider rollout", "Seats that customers would add."),
    "risk-avoided": ("A risk made smaller", "Harm that would not be done."),
}


@dataclass(frozen=True, slots=True)
class Offer:
    """A template, and how many of its inputs the theme's stake fills."""

    template: str
    says: str
    about: str
    filled: int


def offers(theme: int | None) -> list[Offer]:
    return [Offer(name, says, about, len(_known(theme, name))) for name, (says, about) in SAYS.items()]


def main_theme(initiative_id: int) -> int | None:
    """Of the themes that it serves, the one with which most revenue was lost. Raises NotFound."""
    themes = [one.id for one in served(existing(initiative_id))]
    lost = dict(Stake.objects.filter(theme__in=themes).values_list("theme_id", "lost_value"))
    return max(themes, key=lambda theme: lost.get(theme, 0.0), default=None)


def started(name: str, today: date, initiative_id: int | None = None, theme: int | None = None) -> str:
    """The text of a template with the initiative's name and owner, the company's currency, and ranges that the theme's
    stake gives; without a theme, the initiative's main one. Raises KeyError for no such template, and NotFound."""
    text = template(name).replace("EUR", currency())
    initiative = existing(initiative_id) if initiative_id is not None else None
    if theme is None and initiative is not None:
        theme = main_theme(initiative.pk)
    title = theme_title(theme)
    called = (initiative.name if initiative else title) or SAYS[name][0]
    text = with_words(text, "name", _free(called, SAYS[name][0].lower(), initiative))
    owner, review = (initiative.owner if initiative else "") or "Your name", str(today + REVIEW_IN)
    text = text.replace("owner: Your name", f"owner: {on_one_line(owner)}").replace(
        "review: 2027-06-30", f"review: {review}"
    )
    guess = {"assumption": STILL_TO_SAY, "owner": owner, "review": review}
    return _head(initiative, title) + _filled(text, name, theme, guess)


def _free(called: str, gain: str, initiative: Initiative | None) -> str:
    """A name that no chain of the same initiative has: one that is begun never takes another's place."""
    taken = set(ValueChain.objects.filter(initiative=initiative, removed=False).values_list("name", flat=True))
    further = (f"{called}: {gain} {number}" for number in count(2))
    return next(one for one in chain([called, f"{called}: {gain}"], further) if one not in taken)


def theme_title(theme: int | None) -> str:
    """Empty for none. Raises NotFound."""
    if theme is None:
        return ""
    found = Theme.objects.defer("centre").filter(pk=theme).first()
    if found is None:
        raise NotFound(f"There is no theme {theme}.")
    return found.title


def _head(initiative: Initiative | None, title: str) -> str:
    said = [f"Serves “{title}”."] if title else []
    if initiative and initiative.metric:
        said.append(f"Is to move: {initiative.metric}.")
    return "".join(f"# {' '.join(one.split())}\n" for one in said)


def _filled(text: str, name: str, theme: int | None, guess: Mapping[str, str]) -> str:
    """With ranges from the theme's stake; what it can't tell stays a guess."""
    known = _known(theme, name)
    for quantity, measure in TAKEN[name].items():
        taken = {"source": {"stake": theme, "from": measure}, "range": None}
        text = with_quantity(text, quantity, taken if quantity in known else {"source": dict(guess)})
    if "win_rate_gained" in known:
        text = with_quantity(text, "win_rate_gained", {"unit": "pp"})
    return text


def _known(theme: int | None, name: str) -> set[str]:
    if theme is None:
        return set()
    return {quantity for quantity, measure in TAKEN[name].items() if _can_be_told(theme, measure)}


def _can_be_told(theme: int, measure: str) -> bool:
    """A range that isn't there or that is nothing at all fills nothing."""
    try:
        return any(found.high > 0 for found in measured(theme, measure))
    except Unmeasured:
        return False
