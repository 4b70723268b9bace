"""Deals, the newest closing first, a page at a time."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.contrib.postgres.search import SearchQuery, SearchVector
from django.db import connection
from django.db.models import Exists, OuterRef, Q, QuerySet

from winward.records.accounts import Account
from winward.records.deals import Deal
from winward.records.signals import Signal
from winward.records.stakes import Weighing
from winward.records.themes import Theme
from winward.usecases import sentences
from winward.usecases.list_themes import currency
from winward.usecases.quarters import bounds, newest

PAGE = 50
# A search that names more accounts than this is not about accounts.
ACCOUNTS_SEARCHED = 200


@dataclass(frozen=True, slots=True)
class DealRow:
    """value: in the company's currency; null where the amount or a rate is missing, which value_note says."""

    id: int
    reference: str
    name: str
    account: str
    state: str
    stage: str
    value: float | None
    value_note: str
    closed_on: date | None
    segment: str
    owner: str
    competitor: str
    stated_reason: str


@dataclass(frozen=True, slots=True)
class Deals:
    """after: the cursor of the next page, empty on the last. theme: the title of the theme asked for."""

    sentence: str
    currency: str
    rows: tuple[DealRow, ...]
    after: str
    segments: tuple[str, ...]
    quarters: tuple[str, ...]
    theme: str


def every_deal(
    state: str = "", segment: str = "", quarter: str = "", search: str = "", theme: int | None = None
) -> Iterator[DealRow]:
    """All that `list_deals` would show page by page, one after the other. Raises as it does."""
    found, after = _asked(state, segment, quarter, search, theme), ""
    while True:
        page = _page(found, after)
        yield from map(deal_row, page[:PAGE])
        if len(page) <= PAGE:
            return
        after = _cursor(page[PAGE - 1])


def list_deals(
    state: str = "",
    segment: str = "",
    quarter: str = "",
    search: str = "",
    after: str = "",
    theme: int | None = None,
) -> Deals:
    """state: open, won or lost. quarter: as in "2026 Q3". search: words of a deal's or account's name, or an id.
    after: the cursor of the page before. theme: only deals where it came up. Raises ValueError for a quarter or
    cursor that isn't one."""
    page = _page(_asked(state, segment, quarter, search, theme), after)
    rows = tuple(deal_row(deal) for deal in page[:PAGE])
    more = _cursor(page[PAGE - 1]) if len(page) > PAGE else ""
    return Deals(_sentence(), currency(), rows, more, segments(), newest_quarters(), _title(theme))


def deal_row(deal: Deal) -> DealRow:
    return DealRow(
        id=deal.pk,
        reference=deal.external_id,
        name=deal.name,
        account=deal.account.name if deal.account else "",
        state=deal.state,
        stage=deal.stage,
        value=float(deal.value) if deal.value is not None else None,
        value_note=deal.value_note,
        closed_on=deal.closed_on,
        segment=deal.segment,
        owner=deal.owner.name if deal.owner else "",
        competitor=deal.competitor,
        stated_reason=deal.stated_reason,
    )


def segments() -> tuple[str, ...]:
    """The segments that deals have. It hops from one to the next along the index, whatever the number of deals."""
    query = """
        WITH RECURSIVE hop AS (
            (SELECT segment FROM deal ORDER BY segment LIMIT 1)
            UNION ALL
            SELECT (SELECT segment FROM deal WHERE segment > hop.segment ORDER BY segment LIMIT 1)
            FROM hop WHERE hop.segment IS NOT NULL
        )
        SELECT segment FROM hop WHERE segment <> ''
    """
    with connection.cursor() as cursor:
        cursor.execute(query)
        return tuple(row[0] for row in cursor.fetchall())


def newest_quarters(count: int = 8) -> tuple[str, ...]:
    """The newest quarter with a closed deal, and those before it, newest first."""
    last = last_closing()
    return tuple(newest(last, count)) if last else ()


def last_closing() -> date | None:
    """The newest day on which a deal was won or lost."""
    return max((day for day in (_last(Deal.State.WON), _last(Deal.State.LOST)) if day), default=None)


def _last(state: Deal.State) -> date | None:
    dated = Deal.objects.filter(state=state, closed_on__isnull=False)
    return dated.order_by("-closed_on").values_list("closed_on", flat=True).first()


def _asked(state: str, segment: str, quarter: str, search: str, theme: int | None) -> QuerySet[Deal]:
    found = _matching(state, segment, quarter, search)
    if theme is None:
        return found
    return found.filter(Exists(Signal.objects.filter(document__deal=OuterRef("pk"), theme=theme, dismissed=False)))


def _matching(state: str, segment: str, quarter: str, search: str) -> QuerySet[Deal]:
    found = Deal.objects.select_related("account", "owner")
    if state:
        found = found.filter(state=state)
    if segment:
        found = found.filter(segment=segment)
    if quarter:
        found = found.filter(closed_on__range=bounds(quarter))
    return found.filter(_about(search)) if search.strip() else found


def _about(search: str) -> Q:
    query = SearchQuery(search, config="simple", search_type="websearch")
    accounts = Account.objects.annotate(words=SearchVector("name", config="simple")).filter(words=query)
    deals = Deal.objects.annotate(words=SearchVector("name", config="simple")).filter(words=query)
    named = list(accounts.values_list("pk", flat=True)[:ACCOUNTS_SEARCHED])
    return Q(pk__in=deals.values("pk")) | Q(account__in=named) | Q(external_id=search.strip())


def _page(found: QuerySet[Deal], after: str) -> list[Deal]:
    """One page and one more, in the order of the index: deals without a closing day, then the newest."""
    found = found.order_by("-closed_on", "-id")
    undated, dated = found.filter(closed_on=None), found.filter(closed_on__isnull=False)
    day, number = _read_cursor(after)
    if day is not None:
        same_day = Q(closed_on=day, pk__lt=number)
        return list(dated.filter(Q(closed_on__lt=day) | same_day, closed_on__lte=day)[: PAGE + 1])
    page = list((undated.filter(pk__lt=number) if number else undated)[: PAGE + 1])
    return page + list(dated[: PAGE + 1 - len(page)])


def _cursor(deal: Deal) -> str:
    return f"{deal.closed_on.isoformat() if deal.closed_on else ''}.{deal.pk}"


def _read_cursor(after: str) -> tuple[date | None, int]:
    day, _, number = after.partition(".")
    return date.fromisoformat(day) if day else None, int(number or 0)


def _sentence() -> str:
    weighing = Weighing.objects.values("won", "lost").first()
    if weighing is None:
        return "Every deal that was brought in, the newest first."
    return f"Where something was recorded before the outcome, {sentences.record(weighing['won'], weighing['lost'])}"


def _title(theme: int | None) -> str:
    found = Theme.objects.filter(pk=theme).defer("centre").first() if theme is not None else None
    return found.title if found else ""
