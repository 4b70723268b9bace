"""The page of a Monday morning: are we winning, what changed, what needs a person."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Count, Q

from winward.engine.stakes.shares import share_with_interval
from winward.records.company import Company
from winward.records.deals import Deal
from winward.records.documents import Document
from winward.records.imports import Import
from winward.records.runs import Run
from winward.records.stakes import Stake
from winward.records.themes import Lineage, Theme
from winward.usecases import sentences
from winward.usecases.list_deals import last_closing
from winward.usecases.quarters import bounds, newest, quarter_of
from winward.usecases.theme_rows import COSTS, ThemeRow, theme_row
from winward.usecases.warning_reasons import open_warnings, unanswered_warnings

UNSURE_SHOWN = 100


@dataclass(frozen=True, slots=True)
class WinRate:
    """won of closed deals in `quarter`; rate, low, high: with its 90% interval, 0 to 1, null where none closed."""

    quarter: str
    won: int
    lost: int
    rate: float | None
    low: float | None
    high: float | None


@dataclass(frozen=True, slots=True)
class Change:
    """Something worth a look. page, id: what it is about ("theme", 3)."""

    what: str
    sentence: str
    page: str
    id: int


@dataclass(frozen=True, slots=True)
class RunState:
    id: int
    state: str
    step: str
    done: int
    total: int
    message: str
    started_at: datetime
    finished_at: datetime | None


@dataclass(frozen=True, slots=True)
class Home:
    """about: the first sentence of what the company says of itself. win_rates: this quarter (or the newest with closed
    deals) and the four before it, oldest first. unsure_links counts to 100 at most."""

    company: str
    about: str
    currency: str
    sentence: str
    win_rates: tuple[WinRate, ...]
    costliest: tuple[ThemeRow, ...]
    changes: tuple[Change, ...]
    unsure_links: int
    unanswered_warnings: int
    has_evidence: bool
    has_documents: bool
    has_themes: bool
    last_run: RunState | None
    last_import_at: datetime | None


def show_home(today: date) -> Home:
    company = Company.objects.first()
    rates = win_rates(today)
    costly = _costliest()
    documents = Document.objects.exists()
    return Home(
        company=company.name if company else "",
        about=company.about.partition(". ")[0].rstrip(".") if company else "",
        currency=company.currency if company else "EUR",
        sentence=_sentence(rates, today),
        win_rates=rates,
        costliest=tuple(costly),
        changes=tuple(_changes(costly)),
        unsure_links=len(_unsure()),
        unanswered_warnings=unanswered_warnings(),
        has_evidence=documents or Deal.objects.exists(),
        has_documents=documents,
        has_themes=bool(costly) or Stake.objects.exists(),
        last_run=last_run(),
        last_import_at=Import.objects.order_by("-started_at").values_list("started_at", flat=True).first(),
    )


def win_rates(today: date) -> tuple[WinRate, ...]:
    last = last_closing()
    if last is None:
        return ()
    quarters = list(newest(min(last, today), 5))[::-1]
    first, end = bounds(quarters[0])[0], bounds(quarters[-1])[1]
    closed = Deal.objects.filter(state__in=[Deal.State.WON, Deal.State.LOST], closed_on__range=(first, end))
    per_day = closed.values_list("closed_on").annotate(
        won=Count("pk", filter=Q(state=Deal.State.WON)), lost=Count("pk", filter=Q(state=Deal.State.LOST))
    )
    won, lost = dict.fromkeys(quarters, 0), dict.fromkeys(quarters, 0)
    for day, won_that_day, lost_that_day in per_day:
        won[quarter_of(day)] += won_that_day
        lost[quarter_of(day)] += lost_that_day
    return tuple(win_rate(quarter, won[quarter], lost[quarter]) for quarter in quarters)


def win_rate(quarter: str, won: int, lost: int) -> WinRate:
    """With its 90% interval."""
    if won + lost == 0:
        return WinRate(quarter, won, lost, None, None, None)
    return WinRate(quarter, won, lost, *share_with_interval(won, won + lost))


def last_run() -> RunState | None:
    run = Run.objects.order_by("-started_at").first()
    return run_state(run) if run else None


def run_state(run: Run) -> RunState:
    return RunState(run.pk, run.state, run.step, run.done, run.total, run.message, run.started_at, run.finished_at)


def _sentence(rates: tuple[WinRate, ...], today: date) -> str:
    if not rates:
        return "No deal has closed yet."
    now, before = rates[-1], rates[:-1]
    when = "this quarter" if now.quarter == quarter_of(today) else f"in {now.quarter}"
    if now.rate is None or now.low is None or now.high is None:
        return f"No deal has closed {when} yet."
    said = f"We won {now.won} of {sentences.deals(now.won + now.lost)} closed {when}: {now.rate:.0%}"
    said += f" (90% interval {now.low * 100:.0f} to {now.high * 100:.0f})"
    won, closed = sum(rate.won for rate in before), sum(rate.won + rate.lost for rate in before)
    return said + (f"; in the four quarters before it was {won / closed:.0%}." if closed else ".")


def _costliest() -> list[ThemeRow]:
    costly = Stake.objects.filter(verdict=COSTS, theme__retired=False).select_related("theme")
    return [theme_row(stake.theme) for stake in costly.order_by("-lost_value", "theme_id").defer("theme__centre")[:5]]


def _changes(costly: list[ThemeRow]) -> list[Change]:
    found = [_growing(), _warned() or _exposed(costly), _newest_lineage()]
    return [change for change in found if change is not None]


def _growing() -> Change | None:
    """The theme that grows most beyond chance, by the least that its growth may be; else the one that went quiet."""
    moving = Theme.objects.filter(retired=False, hidden=False).exclude(trend="").defer("centre")
    by_growth = sorted(moving, key=lambda theme: (theme.trend != "growing", -(theme.growth_low or 0.0), theme.pk))
    if not by_growth:
        return None
    theme = by_growth[0]
    what = "A theme that grows" if theme.trend == "growing" else "A theme that goes quiet"
    said = sentences.moving(theme.trend, theme.growth, theme.growth_low, theme.growth_high)
    return Change(what, f"{theme.title}. {said}", "theme", theme.pk)


def _warned() -> Change | None:
    """The largest open deal that is warned of."""
    row = next(iter(open_warnings(1)), None)
    said = f"{row.deal.name}: {row.sentence}" if row else ""
    return Change("An open deal that looks like an old loss", said, "deal", row.deal.id) if row else None


def _exposed(costly: list[ThemeRow]) -> Change | None:
    exposed = max(costly, key=lambda row: row.open_value, default=None)
    if exposed is None or not exposed.open_deals:
        return None
    verb = "has" if exposed.open_deals == 1 else "have"
    said = f"{sentences.deals(exposed.open_deals)} {verb} {exposed.title} in the evidence, as deals we lost did."
    return Change("Open deals that look like old losses", said, "theme", exposed.id)


def _newest_lineage() -> Change | None:
    """A split, a merger or an end; that a theme is new or goes on is no news."""
    events = Lineage.objects.filter(event__in=["split from", "merged into", "retired"])
    event = events.select_related("theme", "other").order_by("-at", "-id").first()
    if event is None:
        return None
    other = f" {event.other.title}" if event.other else ""
    return Change("A theme that changed", f"{event.theme.title}: {event.event}{other}.", "theme", event.theme_id)


def _unsure() -> list[int]:
    unsure = Document.objects.filter(link=Document.Link.UNSURE)
    return list(unsure.order_by("id").values_list("pk", flat=True)[:UNSURE_SHOWN])
