"""One theme: what it is, who says so, what it is worth, and the deals where it came up."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import F
from pgvector.django import CosineDistance

from winward.records.deals import Deal
from winward.records.signals import Signal
from winward.records.stakes import Attribution
from winward.records.themes import Lineage, Theme
from winward.usecases.list_themes import ThemeRow, currency, theme_row
from winward.usecases.quotes import NotFound, Quote, quotes, quotes_in_order

# The page reads this many of a theme's best-fitting signals, so that a theme with a million opens as quickly.
READ = 120
DEAL_COLUMNS = ("name", "state", "value", "closed_on", "segment", "account__name")
BEST_QUOTES, DISSENTING_QUOTES, DEALS, NEIGHBOURS = 6, 3, 6, 5


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
class Neighbour:
    id: int
    title: str
    closeness: float


@dataclass(frozen=True, slots=True)
class LineageEvent:
    event: str
    other_id: int | None
    other: str
    share: float
    at: datetime


@dataclass(frozen=True, slots=True)
class ThemePage:
    """best: the most typical quotes, one an account first. dissenting: praise, or said in deals that were won.
    speakers, segments: how many of the quotes and deals read are of each role and segment, most first. lost_deals are
    those with the largest share; won_deals and open_deals come from the quotes read (the 120 that fit best)."""

    row: ThemeRow
    currency: str
    computed_name: str
    terms: tuple[str, ...]
    best: tuple[Quote, ...]
    dissenting: tuple[Quote, ...]
    speakers: tuple[tuple[str, int], ...]
    segments: tuple[tuple[str, int], ...]
    lost_deals: tuple[DealShare, ...]
    won_deals: tuple[DealShare, ...]
    open_deals: tuple[DealShare, ...]
    neighbours: tuple[Neighbour, ...]
    lineage: tuple[LineageEvent, ...]


def show_theme(theme_id: int) -> ThemePage:
    """Raises NotFound."""
    theme = _found(theme_id)
    read = _read(theme)
    best, deals = _best(theme, read), _deals(read)
    return ThemePage(
        row=theme_row(theme),
        currency=currency(),
        computed_name=theme.name,
        terms=tuple(theme.terms),
        best=best,
        dissenting=_dissenting(read, best),
        speakers=_counted(quote.role or _side(quote.side) for quote in read),
        segments=_counted(deal.segment for deal in deals),
        lost_deals=_lost_deals(theme),
        won_deals=_of_state(deals, Deal.State.WON),
        open_deals=_of_state(deals, Deal.State.OPEN),
        neighbours=_neighbours(theme),
        lineage=_lineage(theme),
    )


def _found(theme_id: int) -> Theme:
    """The theme, or the one that people merged it into."""
    theme = Theme.objects.select_related("stake").filter(pk=theme_id).first()
    if theme is None:
        raise NotFound(f"There is no theme {theme_id}.")
    return _found(theme.merged_into_id) if theme.merged_into_id else theme


def _read(theme: Theme) -> list[Quote]:
    best_fitting = Signal.objects.filter(theme=theme).order_by("-fit", "id")[:READ]
    return [quote for quote in quotes(best_fitting) if not quote.dismissed]


def _best(theme: Theme, read: list[Quote]) -> tuple[Quote, ...]:
    typical = [quote for quote in quotes_in_order(theme.typical) if quote.theme_id == theme.pk and not quote.dismissed]
    return tuple(_one_an_account([*typical, *read])[:BEST_QUOTES])


def _one_an_account(found: list[Quote]) -> list[Quote]:
    """Each account's first quote, then the rest; the same words only once."""
    distinct = list({quote.words: quote for quote in reversed(found)}.values())[::-1]
    seen: set[int] = set()
    first: list[Quote] = []
    rest: list[Quote] = []
    for quote in distinct:
        again = quote.account_id is None or quote.account_id in seen
        (rest if again else first).append(quote)
        if quote.account_id is not None:
            seen.add(quote.account_id)
    return first + rest


def _dissenting(read: list[Quote], best: tuple[Quote, ...]) -> tuple[Quote, ...]:
    shown = {quote.words for quote in best}
    unseen = [quote for quote in read if quote.words not in shown]
    against = [quote for quote in unseen if quote.kind == "praise" or quote.deal_state == "won"]
    against.sort(key=lambda quote: quote.kind != "praise")
    return tuple(_one_an_account(against)[:DISSENTING_QUOTES])


def _counted(words: Iterable[str]) -> tuple[tuple[str, int], ...]:
    return tuple(Counter(word for word in words if word).most_common(6))


def _side(side: str) -> str:
    return {"us": "our side", "customer": "customer"}.get(side, "")


def _deals(read: list[Quote]) -> list[Deal]:
    ids = {quote.deal_id for quote in read if quote.deal_id}
    return list(Deal.objects.filter(pk__in=ids).select_related("account").only(*DEAL_COLUMNS))


def _of_state(deals: list[Deal], state: str) -> tuple[DealShare, ...]:
    found = sorted((deal for deal in deals if deal.state == state), key=lambda deal: (-(deal.value or 0), deal.pk))
    return tuple(_deal_share(deal) for deal in found[:DEALS])


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


def _lineage(theme: Theme) -> tuple[LineageEvent, ...]:
    events = Lineage.objects.filter(theme=theme).select_related("other").order_by("-at", "-id")[:20]
    return tuple(
        LineageEvent(one.event, one.other_id, one.other.title if one.other else "", one.share, one.at) for one in events
    )
