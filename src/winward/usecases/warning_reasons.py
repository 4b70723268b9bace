"""Why an open deal looks like old losses: what came up, in which earlier deals, and what was done where it was won."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import F, QuerySet

from winward.records import warning_rows
from winward.records.deals import Deal
from winward.records.losses import LossWarning
from winward.records.stakes import Stake
from winward.records.themes import Theme
from winward.records.warning_rows import Done
from winward.usecases import sentences
from winward.usecases.group_themes import MAKING
from winward.usecases.list_deals import DealRow, deal_row
from winward.usecases.quotes import Quote, quotes_in_order
from winward.usecases.theme_rows import stake_sentence

PAGE = 50
QUOTES_EACH, BEFORE_SHOWN, WON_LOOKED_AT, WON_SHOWN, PROMISES = 1, 2, 30, 2, 2
# What our side says it will do, and what it settles.
DOING = ("commitment", "decision")
ABOUT_AS_LARGE = 2.0


@dataclass(frozen=True, slots=True)
class Reason:
    """A theme that this deal shares with lost ones. sentence: what it costs over all deals. here: quotes of this deal;
    before: of the earlier ones."""

    theme_id: int
    theme: str
    sentence: str
    here: tuple[Quote, ...]
    before: tuple[Quote, ...]


@dataclass(frozen=True, slots=True)
class Like:
    """An earlier deal. why: what it has in common with this one."""

    deal: DealRow
    why: str


@dataclass(frozen=True, slots=True)
class WonWith:
    """A deal that was won though the same came up. how: in which time, over which way, among how many people.
    promised: what our side promised and settled in it."""

    deal: DealRow
    why: str
    how: str
    promised: tuple[Quote, ...]


@dataclass(frozen=True, slots=True)
class WarningRow:
    """raised_at: since when it is known; lapsed_at: since when the evidence shows it no longer, null while it does.
    answer: what a person did about it, by answered_by."""

    deal: DealRow
    sentence: str
    raised_at: datetime
    lapsed_at: datetime | None
    reasons: tuple[Reason, ...]
    earlier: tuple[Like, ...]
    won: tuple[WonWith, ...]
    answer: str
    answered_by: str


def open_warnings(most: int = PAGE) -> list[WarningRow]:
    """Those of open deals that still show it, the largest deal first."""
    standing = LossWarning.objects.filter(deal__state=Deal.State.OPEN, lapsed_at=None)
    return _told(list(_by_value(standing)[:most]))


def unanswered_warnings() -> int:
    """How many of them nobody has said anything about."""
    return LossWarning.objects.filter(deal__state=Deal.State.OPEN, lapsed_at=None, answer="").count()


def lapsed_warnings(most: int = PAGE) -> list[WarningRow]:
    """Those of open deals whose evidence shows it no longer."""
    return _told(
        list(_by_value(LossWarning.objects.filter(deal__state=Deal.State.OPEN, lapsed_at__isnull=False))[:most])
    )


def warning_of(deal: int) -> WarningRow | None:
    """The warning of this deal, whatever its state; None where there was none."""
    rows = _told(list(_by_value(LossWarning.objects.filter(deal=deal))))
    return rows[0] if rows else None


def _by_value(warnings: "QuerySet[LossWarning]") -> "QuerySet[LossWarning]":
    found = warnings.select_related("deal__account", "deal__owner")
    return found.order_by(F("deal__value").desc(nulls_last=True), "pk")


@dataclass(frozen=True, slots=True)
class _Memory:
    """What the warnings speak of, loaded at once. came_up: (deal, theme) to signals."""

    themes: Mapping[int, Theme]
    deals: Mapping[int, DealRow]
    came_up: Mapping[tuple[int, int], list[int]]
    won: Mapping[int, list[int]]
    done: Mapping[int, Done]
    quotes: Mapping[int, Quote]

    def quoted(self, signals: Iterable[int]) -> tuple[Quote, ...]:
        return tuple(self.quotes[one] for one in signals if one in self.quotes)

    def shared(self, deal: int, themes: Sequence[int]) -> list[str]:
        return [self.themes[one].title for one in themes if (deal, one) in self.came_up and one in self.themes]


def _told(rows: Sequence[LossWarning]) -> list[WarningRow]:
    if not rows:
        return []
    memory = _memory(rows)
    return [_row(row, deal_row(row.deal), memory) for row in rows]


def _memory(rows: Sequence[LossWarning]) -> _Memory:
    themes = sorted({theme for row in rows for theme in row.themes})
    won_by_theme = warning_rows.won_with(themes, MAKING, WON_LOOKED_AT)
    looked_at = {deal for _, deal in won_by_theme} | {deal for row in rows for deal in row.earlier}
    deals = {one.pk: deal_row(one) for one in Deal.objects.filter(pk__in=looked_at).select_related("account", "owner")}
    came_up = warning_rows.said(sorted(looked_at), themes, MAKING, QUOTES_EACH)
    won = {row.pk: _likest_won(row, won_by_theme, deals) for row in rows}
    done = warning_rows.done_in(sorted({deal for own in won.values() for deal in own}), DOING, themes, PROMISES)
    signals = [*(one for row in rows for one in row.quotes), *(one for own in done.values() for one in own.signals)]
    before = [
        one for row in rows for deal in row.earlier for theme in row.themes for one in came_up.get((deal, theme), [])
    ]
    quoted = {quote.signal: quote for quote in quotes_in_order({*signals, *before})}
    return _Memory(_themes(themes), deals, came_up, won, done, quoted)


def _themes(themes: Collection[int]) -> dict[int, Theme]:
    found = Theme.objects.filter(pk__in=themes).select_related("stake").defer("centre", "typical", "terms")
    return {one.pk: one for one in found}


def titles_of(themes: Iterable[int]) -> dict[int, str]:
    return {number: one.title for number, one in _themes(set(themes)).items()}


def _likest_won(row: LossWarning, won: Sequence[tuple[int, int]], deals: Mapping[int, DealRow]) -> list[int]:
    """Won deals with its themes: first those with the most of them, then those most like it, then the newest."""
    shared: dict[int, int] = {}
    for theme, deal in won:
        if theme in row.themes:
            shared[deal] = shared.get(deal, 0) + 1
    this = deal_row(row.deal)
    ranked = sorted(shared, key=lambda deal: (shared[deal], len(_alike(this, deals[deal]))), reverse=True)
    return ranked[:WON_SHOWN]


def _row(row: LossWarning, deal: DealRow, memory: _Memory) -> WarningRow:
    reasons = tuple(_reason(row, theme, memory) for theme in row.themes if theme in memory.themes)
    return WarningRow(
        deal=deal,
        sentence=_sentence([one.theme for one in reasons], row.lapsed_at is not None),
        raised_at=row.raised_at,
        lapsed_at=row.lapsed_at,
        reasons=reasons,
        earlier=tuple(_like(row, deal, memory.deals[one], memory) for one in row.earlier if one in memory.deals),
        won=tuple(_won(row, deal, memory.deals[one], memory) for one in memory.won[row.pk]),
        answer=row.answer,
        answered_by=row.answered_by,
    )


def _reason(row: LossWarning, theme: int, memory: _Memory) -> Reason:
    stake: Stake | None = getattr(memory.themes[theme], "stake", None)
    before = [one for deal in row.earlier for one in memory.came_up.get((deal, theme), [])]
    return Reason(
        theme_id=theme,
        theme=memory.themes[theme].title,
        sentence=stake_sentence(stake) if stake else "",
        here=tuple(quote for quote in memory.quoted(row.quotes) if quote.theme_id == theme),
        before=memory.quoted(before[:BEFORE_SHOWN]),
    )


def _like(row: LossWarning, deal: DealRow, other: DealRow, memory: _Memory) -> Like:
    return Like(other, _why(memory.shared(other.id, row.themes), _alike(deal, other)))


def _won(row: LossWarning, deal: DealRow, other: DealRow, memory: _Memory) -> WonWith:
    done = memory.done[other.id]
    why = _why(memory.shared(other.id, row.themes), _alike(deal, other))
    return WonWith(other, why, _how(done), memory.quoted(done.signals))


def _alike(deal: DealRow, other: DealRow) -> list[str]:
    """What two deals have in common beside themes."""
    found = []
    if deal.segment and deal.segment == other.segment:
        found.append(f"the same segment, {deal.segment}")
    if deal.competitor and deal.competitor == other.competitor:
        found.append(f"the same competitor, {deal.competitor}")
    if deal.value and other.value and max(deal.value, other.value) <= ABOUT_AS_LARGE * min(deal.value, other.value):
        found.append("about as large")
    return found


def _why(shared: Sequence[str], alike: Sequence[str]) -> str:
    came_up = [f"{sentences.listed([f'“{title}”' for title in shared])} came up, too"] if shared else []
    return "; ".join([*came_up, *alike]) + "."


def _how(done: Done) -> str:
    """For example: "Won in 84 days over 4 stages, in 3 talks between 2 of theirs and 3 of ours"."""
    took = f"Won in {done.days:,} days" if done.days is not None else "Won"
    over = f" over {_counted(done.stages, 'stage')}" if done.stages else ""
    among = sentences.listed(
        [f"{people} of {whose}" for people, whose in ((done.theirs, "theirs"), (done.ours, "ours")) if people]
    )
    talks = f", in {_counted(done.talks, 'talk')}{f' with {among}' if among else ''}" if done.talks else ""
    return f"{took}{over}{talks}."


def _counted(number: int, noun: str) -> str:
    return f"{number:,} {noun}" + ("" if number == 1 else "s")


def _sentence(themes: Sequence[str], lapsed: bool) -> str:
    if lapsed:
        return "What was said since shows it no longer."
    verb = "is" if len(themes) == 1 else "are each"
    named = sentences.listed([f"“{theme}”" for theme in themes])
    return f"{named} came up in it, which {verb} associated with losing deals."
