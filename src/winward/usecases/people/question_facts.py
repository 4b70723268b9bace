"""What makes a question concrete: what is known of the initiative or the deal, and of whoever is asked."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Count

from winward.records.deals import Deal
from winward.records.initiatives import Initiative
from winward.records.signals import Signal
from winward.records.themes import Theme
from winward.usecases import sentences
from winward.usecases.initiatives import sums
from winward.usecases.initiatives.initiative_need import CustomerNeed
from winward.usecases.list_themes import currency
from winward.usecases.quotes import Quote, quotes
from winward.usecases.theme_rows import COSTS, ThemeRow

# A quote within a question is a short one, but long enough to say something.
SHORTEST, LONGEST, READ = 25, 150, 60


@dataclass(frozen=True, slots=True)
class Facts:
    """words: by the names that templates use; only those that are known. signal: that the quote is of."""

    words: Mapping[str, str] = field(default_factory=dict)
    signal: int | None = None


@dataclass(frozen=True, slots=True)
class Person:
    """against: why they were against it last, empty if they aren't. refused: options that they can't accept. unranked:
    terms whose rank they haven't said."""

    metric: str = ""
    projects: str = ""
    against: str = ""
    refused: Sequence[str] = ()
    unranked: Sequence[str] = ()


def of_initiative(initiative: Initiative, rows: Sequence[ThemeRow], need: CustomerNeed) -> Facts:
    """rows: of the themes that it serves. Theme, deals and money are of the one of them with which most was lost."""
    words = {"initiative": f"“{initiative.name}”"}
    if need.day:
        words["needed_by"] = sums.on(need.day)
    if initiative.effort:
        parts = [f"{_weeks(one['low'], one['high'])} of {one['skill']}" for one in initiative.effort]
        words["effort"] = sentences.listed(parts)
    if not rows:
        return Facts(words)
    first = max(rows, key=lambda row: (row.lost_value, row.signals))
    said = _telling(_typical(first.id))
    quote = {"quote": f"“{said.words}” ({_who(said)})."} if said else {}
    return Facts({**words, **_of_theme(first), **quote}, said.signal if said else None)


def of_deal(deal: Deal, today: date) -> Facts:
    """What a customer is asked in a deal: about the theme that came up most."""
    words = {"initiative": "it", "account": deal.account.name if deal.account else deal.name}
    if deal.state == Deal.State.OPEN and deal.closed_on and deal.closed_on >= today:
        words["needed_by"] = sums.on(deal.closed_on)
    said = Signal.objects.filter(document__deal=deal, dismissed=False, theme__isnull=False).exclude(side="us")
    most = said.values("theme").annotate(count=Count("pk")).order_by("-count", "theme").first()
    theme = Theme.objects.only("name", "given_name").get(pk=most["theme"]) if most else None
    return Facts({**words, **({"theme": theme.title} if theme else {})})


def of_person(facts: Facts, known: Person, said: Iterable[Quote] = ()) -> Facts:
    """The facts with what is known of whoever is asked."""
    own = _telling(said)
    words = {
        "metric": known.metric,
        "projects": known.projects,
        "against": known.against,
        "refused": sentences.quoted(known.refused),
        "unranked": sentences.listed(known.unranked),
        "own_quote": f"“{own.words}”" if own else "",
    }
    return Facts({**facts.words, **{name: text for name, text in words.items() if text}}, facts.signal)


def _weeks(low: float, high: float) -> str:
    return f"{low:g} person-weeks" if low == high else f"{low:g} to {high:g} person-weeks"


def _of_theme(row: ThemeRow) -> dict[str, str]:
    words = {"theme": row.title}
    if row.deals:
        words["deals"] = sentences.deals(row.deals)
    if row.verdict == COSTS and row.lost_value:
        words["lost"] = sums.roughly(row.lost_value, currency())
    if row.open_deals:
        worth = f" worth {sums.roughly(row.open_value, currency())}" if row.open_value else ""
        words["open"] = f"{'one open deal' if row.open_deals == 1 else f'{row.open_deals:,} open deals'}{worth}"
    return words


def _typical(theme: int) -> list[Quote]:
    """What customers said of a theme, what fits it best first."""
    said = Signal.objects.filter(theme=theme, dismissed=False).exclude(side="us")
    return quotes(said.order_by("-fit", "pk")[:READ])


def _telling(said: Iterable[Quote]) -> Quote | None:
    """Of the quotes that are short enough to be read out, the one on which most hangs."""
    fitting = [one for one in said if SHORTEST <= len(one.words) <= LONGEST]
    return max(fitting, key=lambda one: one.strength, default=None)


def _who(quote: Quote) -> str:
    return ", ".join(part for part in (quote.speaker or "someone", quote.account) if part)
