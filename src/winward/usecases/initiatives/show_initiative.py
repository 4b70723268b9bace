"""One initiative: what it serves and what that is worth, who needs it by when, what may go wrong, and what is next."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import chain, zip_longest

from winward.records import initiative_rows
from winward.records.initiative_rows import Asking
from winward.records.signals import Signal
from winward.records.themes import Theme
from winward.usecases.group_themes import MAKING
from winward.usecases.initiatives import sums
from winward.usecases.initiatives.effort import TotalEffort, total_effort
from winward.usecases.initiatives.initiative_need import CustomerNeed, calendar_of, need_of
from winward.usecases.initiatives.initiative_rows import existing, served
from winward.usecases.initiatives.initiative_stakes import Stakes, ledger_of, stakes_of
from winward.usecases.initiatives.list_initiatives import Yeses, yeses_of
from winward.usecases.initiatives.risks import RiskRow, list_risks
from winward.usecases.initiatives.steps import StepRow, next_step, steps_of
from winward.usecases.list_themes import currency
from winward.usecases.quotes import Quote, one_an_account, quotes_in_order
from winward.usecases.theme_rows import ThemeRow

QUOTES, PER_THEME = 5, 24


@dataclass(frozen=True, slots=True)
class InitiativePage:
    """themes: as the initiative names them. quotes: the best of each theme in turn, one an account first. asking: the
    accounts that asked for it, those first that did most often. next_step: null where nobody does anything by a day."""

    id: int
    name: str
    state: str
    owner: str
    hypothesis: str
    goal: str
    metric: str
    need: str
    sentence: str
    currency: str
    stakes: Stakes
    themes: tuple[ThemeRow, ...]
    needed: CustomerNeed
    effort: TotalEffort | None
    quotes: tuple[Quote, ...]
    asking: tuple[Asking, ...]
    yeses: Yeses
    risks: tuple[RiskRow, ...]
    steps: tuple[StepRow, ...]
    next_step: StepRow | None


def show_initiative(initiative_id: int, today: date) -> InitiativePage:
    """Raises NotFound."""
    initiative, money = existing(initiative_id), currency()
    themes = [theme.id for theme in served(initiative)]
    ledger, calendar = ledger_of(themes), calendar_of(themes, today, money)
    stakes, needed = stakes_of(themes, ledger, calendar), need_of(themes, calendar, initiative.needed_by)
    steps = steps_of("initiative", initiative.pk, today)
    return InitiativePage(
        id=initiative.pk,
        name=initiative.name,
        state=initiative.state,
        owner=initiative.owner,
        hypothesis=initiative.hypothesis,
        goal=initiative.goal,
        metric=initiative.metric,
        need=initiative.need,
        sentence=_sentence(stakes, money, len(themes)),
        currency=money,
        stakes=stakes,
        themes=tuple(ledger.rows[theme] for theme in themes),
        needed=needed,
        effort=total_effort(initiative.effort),
        quotes=best_quotes(themes),
        asking=tuple(initiative_rows.asking(themes, MAKING)),
        yeses=yeses_of([initiative.pk])[initiative.pk],
        risks=tuple(list_risks(initiative.pk)),
        steps=tuple(steps),
        next_step=next_step(steps),
    )


def best_quotes(themes: Sequence[int], most: int = QUOTES) -> tuple[Quote, ...]:
    """The most typical of each theme in turn, one an account first; only what customers said."""
    rows = Theme.objects.filter(pk__in=themes).values_list("pk", "typical")
    typical = {theme: list(signals) for theme, signals in rows}
    ranked = [_ranked(theme, typical.get(theme, [])) for theme in themes]
    in_turn = [signal for signal in chain.from_iterable(zip_longest(*ranked)) if signal is not None]
    shown = (one for one in quotes_in_order(in_turn) if one.theme_id in typical)
    return tuple(one_an_account(one for one in shown if not one.dismissed and one.side != "us")[:most])


def _ranked(theme: int, typical: Sequence[int]) -> list[int]:
    fitting = Signal.objects.filter(theme=theme, dismissed=False, kind__in=MAKING).order_by("-fit", "pk")
    return list(dict.fromkeys((*typical, *fitting.values_list("pk", flat=True)[:PER_THEME])))


def _sentence(stakes: Stakes, money: str, themes: int) -> str:
    which = "its theme" if themes == 1 else f"its {themes} themes"
    exposed = _exposed(stakes, money)
    if not stakes.lost:
        told = f"It can't be told yet whether {which} cost{'s' if themes == 1 else ''} deals"
        return f"{told}; {exposed}." if exposed else f"{told}."
    span = f"between {sums.roughly(stakes.low, money)} and {sums.roughly(stakes.high, money)}"
    said = f"{sums.roughly(stakes.lost, money)} of lost revenue goes with {which} ({span})"
    return f"{said}, and {exposed}." if exposed else f"{said}."


def _exposed(stakes: Stakes, money: str) -> str:
    if not stakes.open_deals:
        return ""
    where = "one open deal" if stakes.open_deals == 1 else f"{stakes.open_deals:,} open deals"
    return f"{sums.roughly(stakes.open_value, money)} is at stake in {where}"
