"""Who answers for what: the win rate, churn and the ticket load, each down to product themes and their owners."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from winward.records import answering_rows
from winward.records.stakes import Stake, Weighing
from winward.records.themes import Theme
from winward.usecases.churn_by_theme import MORE, Churn, ThemeChurn, churn_by_theme
from winward.usecases.group_themes import MAKING
from winward.usecases.list_deals import last_closing
from winward.usecases.list_themes import currency
from winward.usecases.quotes import NotFound, Quote, quotes_in_order
from winward.usecases.theme_rows import COSTS, stake_sentence
from winward.usecases.ticket_load import ThemeTickets, TicketLoad, ticket_load

YEAR = timedelta(days=365)
QUOTES = 12


@dataclass(frozen=True, slots=True)
class ThemeLosses:
    """difference, low, high: of the win rate beside similar deals, over all deals. deals, value: lost in the year, and
    the part of their value that goes to the theme, with the 90% interval of all its losses in proportion; all 0 unless
    the theme clearly costs deals."""

    verdict: str
    sentence: str
    won_with: int
    lost_with: int
    difference: float
    low: float
    high: float
    deals: int
    value: float
    value_low: float
    value_high: float


@dataclass(frozen=True, slots=True)
class Losses:
    """Lost from the first to the last day. clear: the part of the value that goes to themes that clearly cost deals;
    unclear: to others; unexplained: to none. unvalued: deals without an amount that can be counted."""

    first: date
    last: date
    deals: int
    value: float
    clear: float
    unclear: float
    unexplained: float
    unvalued: int


@dataclass(frozen=True, slots=True)
class ThemeAnswer:
    """What one theme stands for in each outcome; null where it has no part in it."""

    id: int
    title: str
    owner: str
    losses: ThemeLosses | None
    churn: ThemeChurn | None
    tickets: ThemeTickets | None


@dataclass(frozen=True, slots=True)
class OwnerAnswer:
    """What one person answers for; owner is empty for themes of nobody. No deal, customer or ticket counts twice in a
    total, nor over all owners. themes: those with most at stake first."""

    owner: str
    themes: tuple[ThemeAnswer, ...]
    lost_value: float
    lost_value_low: float
    lost_value_high: float
    churned_value: float
    tickets: float


@dataclass(frozen=True, slots=True)
class Accountability:
    """losses: null while nothing has been weighed. owners: those themes first that nobody owns."""

    sentence: str
    currency: str
    losses: Losses | None
    churn: Churn
    tickets: TicketLoad
    owners: tuple[OwnerAnswer, ...]


@dataclass(frozen=True, slots=True)
class ThemeAccount:
    """The words behind one theme's numbers. left: said by customers in the year before they left, one of each first;
    tickets: said in tickets, newest first."""

    answer: ThemeAnswer
    currency: str
    churn: Churn
    ticket_load: TicketLoad
    left: tuple[Quote, ...]
    tickets: tuple[Quote, ...]


def show_accountability(today: date) -> Accountability:
    """Lost deals are those of the year that ends with the newest closing (today at the latest)."""
    last = min(last_closing() or today, today)
    shares = {share.theme: share for share in answering_rows.lost_shares(last - YEAR, last)}
    churn, tickets = churn_by_theme(), ticket_load()
    answers = _answers(shares, churn, tickets)
    owners = _by_owner(answers)
    losses = _losses(last - YEAR, last, shares.values(), answers) if Weighing.objects.exists() else None
    return Accountability(_sentence(owners), currency(), losses, churn, tickets, owners)


def show_theme_account(theme_id: int, today: date) -> ThemeAccount:
    """Raises NotFound."""
    theme = Theme.objects.filter(pk=theme_id, retired=False).defer("centre").first()
    if theme is None:
        raise NotFound(f"There is no theme {theme_id}.")
    found = show_accountability(today)
    answers = {one.id: one for owner in found.owners for one in owner.themes}
    answer = answers.get(theme_id, ThemeAnswer(theme_id, theme.title, theme.owner, None, None, None))
    left = quotes_in_order(answering_rows.said_before_leaving(theme_id, MAKING)[:QUOTES])
    asked = quotes_in_order(answering_rows.said_in_tickets(theme_id, QUOTES))
    return ThemeAccount(answer, found.currency, found.churn, found.tickets, tuple(left), tuple(asked))


def _answers(shares: Mapping[int, answering_rows.LostShare], churn: Churn, tickets: TicketLoad) -> list[ThemeAnswer]:
    left, asked = ({one.theme_id: one for one in part} for part in (churn.themes, tickets.themes))
    themes = Theme.objects.filter(retired=False).select_related("stake").defer("centre", "typical", "terms")
    answers = [
        ThemeAnswer(
            theme.pk,
            theme.title,
            theme.owner,
            _theme_losses(getattr(theme, "stake", None), shares.get(theme.pk)),
            left.get(theme.pk),  # type: ignore[arg-type]
            asked.get(theme.pk),  # type: ignore[arg-type]
        )
        for theme in themes
    ]
    return sorted((one for one in answers if one.losses or one.churn or one.tickets), key=_place)


def _theme_losses(stake: Stake | None, share: answering_rows.LostShare | None) -> ThemeLosses | None:
    """The interval of a year's losses is that of all losses, in proportion: both stand or fall with one effect."""
    if stake is None or not stake.won_with + stake.lost_with:
        return None
    value = (share.value or 0.0) if share and stake.verdict == COSTS else 0.0
    part = value / stake.lost_value if stake.lost_value else 0.0
    return ThemeLosses(
        verdict=stake.verdict,
        sentence=stake_sentence(stake),
        won_with=stake.won_with,
        lost_with=stake.lost_with,
        difference=stake.difference,
        low=stake.low,
        high=stake.high,
        deals=share.deals if share and stake.verdict == COSTS else 0,
        value=value,
        value_low=stake.lost_value_low * part,
        value_high=stake.lost_value_high * part,
    )


def _place(one: ThemeAnswer) -> tuple[int, float, int, str]:
    """What is clear first, then by the money, then by the tickets."""
    clear = bool(one.losses and one.losses.verdict == COSTS) + bool(one.churn and one.churn.verdict == MORE)
    clear += bool(one.tickets and one.tickets.trend == "growing")
    money = (one.losses.value if one.losses else 0.0) + (one.churn.value if one.churn else 0.0)
    return -min(clear, 1), -money, -(one.tickets.tickets if one.tickets else 0), one.title


def _by_owner(answers: Sequence[ThemeAnswer]) -> tuple[OwnerAnswer, ...]:
    owned: dict[str, list[ThemeAnswer]] = {}
    for answer in answers:
        owned.setdefault(answer.owner, []).append(answer)
    owners = [_owner(owner, themes) for owner, themes in owned.items()]
    return tuple(sorted(owners, key=lambda one: (one.owner != "", -(one.lost_value + one.churned_value), one.owner)))


def _owner(owner: str, themes: Sequence[ThemeAnswer]) -> OwnerAnswer:
    lost = [one.losses for one in themes if one.losses]
    return OwnerAnswer(
        owner=owner,
        themes=tuple(themes),
        lost_value=sum(one.value for one in lost),
        lost_value_low=sum(one.value_low for one in lost),
        lost_value_high=sum(one.value_high for one in lost),
        churned_value=sum(one.churn.value for one in themes if one.churn),
        tickets=sum(one.tickets.carried for one in themes if one.tickets),
    )


def _losses(
    first: date, last: date, shares: Iterable[answering_rows.LostShare], answers: Iterable[ThemeAnswer]
) -> Losses:
    deals, value, unvalued = answering_rows.lost_total(first, last)
    shared = sum(share.value or 0.0 for share in shares)
    clear = sum(one.losses.value for one in answers if one.losses)
    return Losses(first, last, deals, value, clear, shared - clear, max(0.0, value - shared), unvalued)


def _sentence(owners: Sequence[OwnerAnswer]) -> str:
    themes = sum(len(owner.themes) for owner in owners)
    if not themes:
        return "No theme has a part in lost deals, churn or tickets yet."
    nobodys = next((owner for owner in owners if not owner.owner), None)
    if nobodys is None:
        return f"Each of the {themes} themes that bear on the win rate, churn or tickets has an owner."
    number = len(nobodys.themes)
    those = f"any of the {themes} themes" if number == themes else f"{number} of the {themes} themes"
    return f"Nobody owns {those} that bear on the win rate, churn or tickets." + _carried(nobodys)


def _carried(owner: OwnerAnswer) -> str:
    outcomes = ((owner.lost_value, "of the year’s lost deals"), (owner.churned_value, "of customers who left"))
    parts = [f"{currency()} {_rounded(value)} {what}" for value, what in outcomes if value]
    if owner.tickets:
        parts.append(f"{int(owner.tickets + 0.5):,} tickets")
    *others, last = parts or [""]
    first = f"{', '.join(others)} and " if others else ""
    return f" With them go {first}{last}." if parts else ""


def _rounded(value: float) -> str:
    """To two digits, as 1.9M: no more is known of it."""
    size, unit = next(((size, unit) for size, unit in ((1e6, "M"), (1e3, "k")) if value >= size), (1.0, ""))
    return f"{float(f'{value / size:.2g}'):,.10g}{unit}"
