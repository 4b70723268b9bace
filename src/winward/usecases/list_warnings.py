"""Open deals that look like old losses, and how often such warnings were right: since they are raised, and before."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from winward.engine.stakes.shares import share_with_interval
from winward.records import warning_rows
from winward.records.company import Company
from winward.records.deals import Deal
from winward.records.losses import LossWarning
from winward.usecases import sentences
from winward.usecases.back_test import BackTest, Judged, back_test
from winward.usecases.decide import Decision, change
from winward.usecases.list_deals import DealRow, deal_row
from winward.usecases.warning_reasons import PAGE, WarningRow, lapsed_warnings, open_warnings, titles_of

SHOWN = 50


@dataclass(frozen=True, slots=True)
class Share:
    """lost of so many deals, with the 90% interval of the share, 0 to 1; null where there is no deal."""

    lost: int
    of: int
    share: float | None
    low: float | None
    high: float | None


@dataclass(frozen=True, slots=True)
class Precision:
    """warned: closed deals that had been warned of; others: those that hadn't, which say how often deals are lost
    anyway."""

    sentence: str
    warned: Share
    others: Share


@dataclass(frozen=True, slots=True)
class Past:
    """A deal that closed after it had been warned of, or would have been. on: since when; themes: what for."""

    deal: DealRow
    on: date
    themes: tuple[str, ...]
    answer: str = ""


@dataclass(frozen=True, slots=True)
class Warnings:
    """rows: the largest deal first. lapsed: open deals whose evidence shows it no longer. live: warnings that were
    raised; ended: their deals. tested: those that would have been raised, had it run since; would_have: their deals."""

    sentence: str
    currency: str
    rows: tuple[WarningRow, ...]
    lapsed: tuple[WarningRow, ...]
    live: Precision
    ended: tuple[Past, ...]
    tested: Precision
    would_have: tuple[Past, ...]


def list_warnings() -> Warnings:
    company, rows = Company.objects.first() or Company(), tuple(open_warnings())
    tested = back_test(company.seed)
    warned = [one for one in tested.deals if one.themes]
    return Warnings(
        sentence=_sentence(rows, company.currency),
        currency=company.currency,
        rows=rows,
        lapsed=tuple(lapsed_warnings()),
        live=live_precision(),
        ended=_ended(),
        tested=_tested(tested),
        would_have=_would_have(warned),
    )


def _sentence(rows: Sequence[WarningRow], currency: str) -> str:
    if not rows:
        return "No open deal looks like the ones we lost."
    value = sum(row.deal.value or 0.0 for row in rows)
    worth = f", worth {sentences.rounded(value)} {currency} together" if value else ""
    more = " or more" if len(rows) == PAGE else ""
    return f"{len(rows)}{more} open {'deal looks' if len(rows) == 1 else 'deals look'} like ones we lost{worth}."


def answer_warning(deal: int, words: str, by: str) -> Decision | None:
    """Say what was done about a deal's warning; no words take it back. None where nothing changes. Raises NotFound."""
    answer = words.strip()
    said = "What was done about the warning is noted." if answer else "Nothing is noted about the warning now."
    return change("warning", deal, {"answer": answer, "answered_by": by if answer else ""}, by, said)


def live_precision() -> Precision:
    """Of the warnings that were raised in this workspace."""
    found = warning_rows.outcomes()
    warned, others = _share(found.warned_lost, found.warned), _share(found.others_lost, found.others)
    if not warned.of:
        return Precision("No deal that was warned of has closed yet.", warned, others)
    said = f"{warned.lost} of the {sentences.deals(warned.of)} that closed after a warning {_were(warned.lost)} lost"
    return Precision(f"{said}{_interval(warned)}. {_beside(others)}", warned, others)


def _tested(tested: BackTest) -> Precision:
    warned = [one for one in tested.deals if one.themes]
    others = _share_lost([one for one in tested.deals if not one.themes])
    share = _share_lost(warned)
    if not tested.deals:
        return Precision("Too few deals have closed to try the rule on the past.", share, others)
    if not warned:
        said = f"Had it run since {tested.since}, it would have warned of none of {sentences.deals(others.of)}."
        return Precision(said + " With the outcomes known at the time, no theme was clear enough.", share, others)
    said = f"Had it run since {tested.since}, it would have warned of {sentences.deals(share.of)} that closed since; "
    return Precision(f"{said}{share.lost} {_were(share.lost)} lost{_interval(share)}. {_beside(others)}", share, others)


def _share_lost(deals: Sequence[Judged]) -> Share:
    return _share(sum(one.state == "lost" for one in deals), len(deals))


def _share(lost: int, of: int) -> Share:
    return Share(lost, of, *share_with_interval(lost, of)) if of else Share(0, 0, None, None, None)


def _were(number: int) -> str:
    return "was" if number == 1 else "were"


def _interval(share: Share) -> str:
    low, high = sentences.points(share.low or 0.0), sentences.points(share.high or 0.0)
    return f" (90% interval {low} to {high}%)"


def _beside(others: Share) -> str:
    if not others.of:
        return "No deal without a warning has closed in that time."
    lost = f"{others.lost} {_were(others.lost)} lost ({others.share:.0%})"
    return f"Of {sentences.deals(others.of)} without a warning, {lost}."


def _ended() -> tuple[Past, ...]:
    closed = LossWarning.objects.exclude(deal__state=Deal.State.OPEN).select_related("deal__account", "deal__owner")
    rows = list(closed.order_by("-deal__closed_on", "-pk")[:SHOWN])
    titles = titles_of(theme for row in rows for theme in row.themes)
    return tuple(
        Past(
            deal_row(row.deal),
            row.raised_at.date(),
            tuple(titles[one] for one in row.themes if one in titles),
            row.answer,
        )
        for row in rows
    )


def _would_have(warned: Sequence[Judged]) -> tuple[Past, ...]:
    newest = sorted(warned, key=lambda one: (one.on, one.deal), reverse=True)[:SHOWN]
    found = Deal.objects.filter(pk__in=[one.deal for one in newest]).select_related("account", "owner")
    deals = {deal.pk: deal_row(deal) for deal in found}
    titles = titles_of(theme for one in newest for theme in one.themes)
    return tuple(
        Past(deals[one.deal], one.on, tuple(titles[theme] for theme in one.themes if theme in titles)) for one in newest
    )
