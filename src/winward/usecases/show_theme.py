"""One theme: what it is, who says so, what it is worth, and the deals where it came up."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import F
from pgvector.django import CosineDistance

from winward.records import slice_rows, who_rows
from winward.records.deals import Deal
from winward.records.signals import Signal
from winward.records.stakes import Attribution
from winward.records.themes import Theme
from winward.usecases.list_themes import currency
from winward.usecases.quotes import NotFound, Quote, one_an_account, quotes, quotes_in_order
from winward.usecases.theme_lineage import CONTINUED, LineageEvent, lineage_of
from winward.usecases.theme_rows import ThemeRow, theme_row
from winward.usecases.timelines import Timeline, timeline

# So many of the best-fitting signals are read for the best quotes: enough for one of each of several accounts.
READ = 60
READ_AGAINST = 30
SHOWN = 8
ROLE_UNKNOWN = "role not known"
DEAL_COLUMNS = ("name", "state", "value", "closed_on", "segment", "account__name")
BEST_QUOTES, DISSENTING_QUOTES, AFTERWARDS, DEALS, NEIGHBOURS = 6, 3, 3, 6, 5


@dataclass(frozen=True, slots=True)
class DealShare:
    """value: of the whole deal. share, share_value: the part of a lost deal that goes to the theme, 0 to 1 and in the
    company's currency; null for a deal that isn't lost."""

    id: int
    name: str
    state: str
    account: str
    value: float | None
    share: float | None
    share_value: float | None
    closed_on: date | None


@dataclass(frozen=True, slots=True)
class Speaking:
    """A segment or a role in which the theme comes up. accounts: or documents that belong to none."""

    name: str
    signals: int
    documents: int
    accounts: int


@dataclass(frozen=True, slots=True)
class Neighbour:
    id: int
    title: str
    closeness: float


@dataclass(frozen=True, slots=True)
class ThemePage:
    """best: the most typical quotes, one an account first. dissenting: praise, in favour, or said in deals that were
    won. afterwards: said when the outcome was known, and counted nowhere else. roles, segments: counted over all
    its signals (roles over the 20,000 that fit best), most accounts first. lost_deals are those with the largest
    share, won_deals and open_deals the largest in which it came up. found_again: in rebuilds. retired: no run finds
    it any more. proposed: what a language model would call it, with the quotes that it relied on.
    """

    row: ThemeRow
    currency: str
    computed_name: str
    terms: tuple[str, ...]
    best: tuple[Quote, ...]
    dissenting: tuple[Quote, ...]
    afterwards: tuple[Quote, ...]
    timeline: Timeline
    roles: tuple[Speaking, ...]
    segments: tuple[Speaking, ...]
    lost_deals: tuple[DealShare, ...]
    won_deals: tuple[DealShare, ...]
    open_deals: tuple[DealShare, ...]
    neighbours: tuple[Neighbour, ...]
    lineage: tuple[LineageEvent, ...]
    found_again: tuple[LineageEvent, ...]
    pinned: bool
    hidden: bool
    retired: bool
    proposed: str
    proposed_from: tuple[Quote, ...]


def show_theme(theme_id: int) -> ThemePage:
    """Raises NotFound."""
    theme = _found(theme_id)
    after = slice_rows.said_after(theme.pk, who_rows.BEST_FITTING)
    named, spoken = quotes_in_order((*theme.typical, *after[:READ])), who_rows.spoken(theme.pk)
    later = set(after)
    best = _best(theme, named, later)
    won, open_ = _deals(theme)
    events = lineage_of(theme.pk)
    return ThemePage(
        row=theme_row(theme, slice_rows.recurring_lost()),
        currency=currency(),
        computed_name=theme.name,
        terms=tuple(theme.terms),
        best=best,
        dissenting=_dissenting(theme, best, later),
        afterwards=tuple(one_an_account(quote for quote in named if quote.signal in later)[:AFTERWARDS]),
        timeline=timeline(theme, spoken.months),
        roles=_speaking(who_rows.roles(theme.pk)),
        segments=_speaking(spoken.segments),
        lost_deals=_lost_deals(theme),
        won_deals=won,
        open_deals=open_,
        neighbours=_neighbours(theme),
        lineage=tuple(event for event in events if event.event != CONTINUED),
        found_again=tuple(event for event in events if event.event == CONTINUED),
        pinned=theme.pinned,
        hidden=theme.hidden,
        retired=theme.retired,
        proposed="" if theme.given_name else theme.proposed_name,
        proposed_from=tuple(quotes_in_order(theme.proposed_from)) if theme.proposed_name else (),
    )


def _found(theme_id: int) -> Theme:
    """The theme, or the one that people merged it into."""
    theme = Theme.objects.select_related("stake").filter(pk=theme_id).first()
    if theme is None:
        raise NotFound(f"There is no theme {theme_id}.")
    return _found(theme.merged_into_id) if theme.merged_into_id else theme


def _best(theme: Theme, named: list[Quote], later: set[int]) -> tuple[Quote, ...]:
    """named: among them the most typical. What was said once the outcome was known is shown apart."""
    typical = [quote for quote in named if quote.theme_id == theme.pk]
    best_fitting = quotes(Signal.objects.filter(theme=theme).order_by("-fit", "id")[:READ])
    counted = (one for one in (*typical, *best_fitting) if not one.dismissed and one.signal not in later)
    return tuple(one_an_account(counted)[:BEST_QUOTES])


def _dissenting(theme: Theme, best: tuple[Quote, ...], later: set[int]) -> tuple[Quote, ...]:
    shown = {quote.words for quote in best}
    found = quotes_in_order(who_rows.dissenting(theme.pk, READ_AGAINST))
    against = [quote for quote in found if quote.signal not in later]
    return tuple(one_an_account(quote for quote in against if quote.words not in shown)[:DISSENTING_QUOTES])


def _speaking(counted: Iterable[who_rows.Counted]) -> tuple[Speaking, ...]:
    """What is known first, and then how many there are of whom it isn't."""
    found = [Speaking(one.name or ROLE_UNKNOWN, one.signals, one.documents, one.voices) for one in counted]
    found.sort(key=lambda one: one.name == ROLE_UNKNOWN)
    return (*found[:SHOWN], *(one for one in found[SHOWN:] if one.name == ROLE_UNKNOWN))


def _deals(theme: Theme) -> tuple[tuple[DealShare, ...], tuple[DealShare, ...]]:
    """Won, and open."""
    found = who_rows.deals(theme.pk, (Deal.State.WON, Deal.State.OPEN), DEALS)
    of = list(found.select_related("account").only(*DEAL_COLUMNS))
    won = tuple(_deal_share(deal) for deal in of if deal.state == Deal.State.WON)
    return won, tuple(_deal_share(deal) for deal in of if deal.state == Deal.State.OPEN)


def _lost_deals(theme: Theme) -> tuple[DealShare, ...]:
    shares = Attribution.objects.filter(theme=theme).select_related("deal__account")
    largest = shares.order_by(F("value").desc(nulls_last=True), "-share", "deal_id")[:DEALS]
    return tuple(_deal_share(one.deal, one.share, one.value) for one in largest)


def _deal_share(deal: Deal, share: float | None = None, value: float | None = None) -> DealShare:
    account = deal.account.name if deal.account else ""
    worth = float(deal.value) if deal.value is not None else None
    return DealShare(deal.pk, deal.name, deal.state, account, worth, share, value, deal.closed_on)


def _neighbours(theme: Theme) -> tuple[Neighbour, ...]:
    others = Theme.objects.filter(retired=False).exclude(pk=theme.pk)
    nearest = others.annotate(distance=CosineDistance("centre", theme.centre)).order_by("distance")[:NEIGHBOURS]
    return tuple(Neighbour(other.pk, other.title, 1 - other.distance) for other in nearest.defer("centre"))
