"""Themes by what they are worth: first those that cost deals, then those that help, then those where none can tell."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

import numpy as np
from django.db.models import QuerySet

from winward.engine.stakes.differences import FEWEST_DEALS
from winward.records import slice_rows, stake_rows
from winward.records.company import Company
from winward.records.slice_rows import Said, Sums
from winward.records.stake_rows import WeighedDeal
from winward.records.stakes import Weighing
from winward.records.themes import Theme
from winward.usecases import sentences
from winward.usecases.slices import EVERYTHING, Slice
from winward.usecases.theme_rows import COSTS, HELPS, NOT_WEIGHED, UNCLEAR, ThemeRow, row_of_slice, theme_row
from winward.usecases.weigh import silent_note
from winward.usecases.weighed import evidence_of
from winward.usecases.worth import worth_of

ORDER = (COSTS, HELPS, UNCLEAR, NOT_WEIGHED)
UNSAID = Said(0, 0, 0, {})
SHOWN_QUARTERS = 8


@dataclass(frozen=True, slots=True)
class WeighingSummary:
    """The deals that the stakes rest on. at: null where they were weighed for the asking. unexplained: lost value that
    no theme accounts for. sums: on currencies, and on what comes again every year, in words."""

    at: datetime | None
    won: int
    lost: int
    open: int
    lost_value: float
    unexplained: float
    unvalued_deals: int
    note: str
    sums: Sums

    @property
    def unsaid_recurring(self) -> float:
        """Lost value of which the CRM doesn't say whether it would have come again."""
        return max(0.0, self.lost_value - self.sums.again - self.sums.once)


@dataclass(frozen=True, slots=True)
class Themes:
    """asked: which deals it rests on, in words; empty for all. hidden: how many themes somebody hid."""

    sentence: str
    currency: str
    weighing: WeighingSummary | None
    rows: tuple[ThemeRow, ...]
    asked: str = ""
    hidden: int = 0


def list_themes(asked: Slice = EVERYTHING, hidden: bool = False) -> Themes:
    """asked: the deals that everything rests on; other than all, they are weighed on the spot. hidden: the themes that
    somebody hid, instead of the others."""
    left_out = Theme.objects.filter(retired=False, hidden=True).count()
    themes = Theme.objects.filter(retired=False, hidden=hidden).defer("centre", "typical", "terms")
    if asked.everything:
        recurring = slice_rows.recurring_lost()
        rows = _in_order(theme_row(theme, recurring) for theme in themes.select_related("stake"))
        return Themes(_sentence(rows), currency(), weighing_summary(), rows, "", left_out)
    rows, summary = _weighed(themes, asked)
    return Themes(_of_slice(rows, summary, asked), currency(), summary, rows, in_words(asked), left_out)


def _weighed(themes: QuerySet[Theme], asked: Slice) -> tuple[tuple[ThemeRow, ...], WeighingSummary]:
    """Only themes that came up in the slice."""
    deals = [deal for deal in stake_rows.deals() if asked.holds(deal)]
    evidence = evidence_of(deals, asked.ours)
    worth = worth_of(evidence, seed())
    said = slice_rows.said_in([deal.id for deal in deals], asked.ours)
    quarters = tuple(sorted({quarter for of in said.values() for quarter in of.by_quarter})[-SHOWN_QUARTERS:])
    place = {theme: at for at, theme in enumerate(evidence.themes)}
    came_up = np.any(evidence.exposure.mentions, axis=0).tolist()
    rows = _in_order(
        row_of_slice(theme, worth, place[theme.pk], said.get(theme.pk, UNSAID), quarters)
        for theme in themes
        if theme.pk in place and (came_up[place[theme.pk]] or theme.pk in said)
    )
    return rows, _summary(deals, float(worth.shares.sum()))


def _summary(deals: Sequence[WeighedDeal], explained: float) -> WeighingSummary:
    lost = sum(deal.value or 0.0 for deal in deals if deal.state == "lost")
    heard = [deal.state for deal in deals if deal.words > 0]
    return WeighingSummary(
        at=None,
        won=heard.count("won"),
        lost=heard.count("lost"),
        open=heard.count("open"),
        lost_value=lost,
        unexplained=max(0.0, lost - explained),
        unvalued_deals=sum(deal.value is None and deal.state == "lost" for deal in deals),
        note=silent_note(deals),
        sums=slice_rows.sums([deal.id for deal in deals]),
    )


def weighing_summary() -> WeighingSummary | None:
    found = Weighing.objects.first()
    if found is None:
        return None
    return WeighingSummary(
        found.at,
        found.won,
        found.lost,
        found.open,
        found.lost_value,
        found.unexplained,
        found.unvalued_deals,
        found.note,
        slice_rows.sums(),
    )


def currency() -> str:
    return Company.objects.values_list("currency", flat=True).first() or "EUR"


def seed() -> int:
    """By which everything that is drawn by chance is drawn alike again."""
    return Company.objects.values_list("seed", flat=True).first() or 0


def in_words(asked: Slice) -> str:
    return ", ".join(filter(None, [asked.where, "said by our side" if asked.ours else ""]))


def _in_order(rows: Iterable[ThemeRow]) -> tuple[ThemeRow, ...]:
    return tuple(sorted(rows, key=_place))


def _place(row: ThemeRow) -> tuple[int, float, int, str]:
    return ORDER.index(row.verdict), -(row.lost_value + row.open_value), -row.deals, row.title


def _of_slice(rows: Sequence[ThemeRow], summary: WeighingSummary, asked: Slice) -> str:
    closed = summary.won + summary.lost
    where = asked.where or "All deals"
    if closed < FEWEST_DEALS:
        return f"{where}: {FEWEST_DEALS} closed deals with evidence are needed to tell anything; here are {closed}."
    if not (summary.won and summary.lost):
        ended = "won" if summary.won else "lost"
        return f"{where}: all {closed} closed deals were {ended}, so that nothing can be told apart."
    if not rows:
        return f"{where}: no theme came up."
    return f"{where}: {sentences.record(summary.won, summary.lost)} {_sentence(rows)}"


def _sentence(rows: Sequence[ThemeRow]) -> str:
    if not rows:
        return "No themes yet."
    costly = [row for row in rows if row.verdict == COSTS]
    if not costly:
        return f"None of {len(rows)} themes is clearly associated with losing deals yet."
    verb = "theme is" if len(costly) == 1 else "themes are"
    said = f"{len(costly)} {verb} associated with losing deals"
    return (
        f"{said}; of the other {len(rows) - len(costly)} that can’t be said." if len(rows) > len(costly) else f"{said}."
    )
