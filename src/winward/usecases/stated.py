"""stated: the reasons that the CRM states for losses beside the needs that the evidence holds, blaming nobody."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from winward.engine.reading import Reader
from winward.engine.stakes.matchups import pooled_rates
from winward.engine.stakes.shares import share_with_interval
from winward.engine.stakes.stated import Verdict
from winward.records import stated_rows, warning_rows
from winward.records.deals import Deal
from winward.records.stated_rows import Share
from winward.usecases import sentences
from winward.usecases.group_themes import MAKING
from winward.usecases.list_deals import DealRow, deal_row
from winward.usecases.list_themes import currency
from winward.usecases.quotes import Quote, quotes_in_order
from winward.usecases.stated_reasons import Judged, judge_stated
from winward.usecases.warning_reasons import titles_of

# Whose losses are fewer is not named: they would say more of chance than of a form.
FEWEST_TO_NAME = 5
REASONS_SHOWN, HIDDEN_SHOWN, DEALS_SHOWN = 12, 20, 20
COMPARED: tuple[Verdict, ...] = ("same", "differs")
HIDING: tuple[Verdict, ...] = ("differs", "says nothing", "who, not why")
NO_REASON, NO_OWNER = "no reason", "no owner"
SAID: dict[Verdict, str] = {
    "differs": "The form says “{reason}”; the evidence holds {found}.",
    "who, not why": "The form says who won it, “{reason}”; the evidence holds {found}.",
    "says nothing": "The form gives {reason}; the evidence holds {found}.",
}


@dataclass(frozen=True, slots=True)
class Rate:
    """Of an owner, a reason or all. differ of compared deals state another need than the evidence holds; rate, low,
    high: that share with its 90% interval, 0 to 1, drawn towards the others' where deals are few, null where none can
    be compared. unsaid: the form says nothing, or who and not why, where the evidence holds a need."""

    name: str
    lost: int
    compared: int
    differ: int
    unsaid: int
    rate: float | None
    low: float | None
    high: float | None


@dataclass(frozen=True, slots=True)
class Hidden:
    """A need that was found in so many deals for which the form states this reason instead. value: the part of their
    value that goes with it."""

    reason: str
    theme_id: int
    theme: str
    deals: int
    value: float


@dataclass(frozen=True, slots=True)
class Found:
    """A need in a deal's evidence, with its share of the loss and the quote that fits it best."""

    theme_id: int
    theme: str
    share: float
    value: float | None
    quote: Quote | None


@dataclass(frozen=True, slots=True)
class StatedDeal:
    """A lost deal whose form doesn't name what its evidence holds."""

    deal: DealRow
    verdict: Verdict
    sentence: str
    found: tuple[Found, ...]


@dataclass(frozen=True, slots=True)
class StatedBesideFound:
    """lost: all lost deals. verdicts: how many have which. differ_value: of the deals that differ. owners: those with
    five lost deals or more; few: the others together. deals: the largest first, at most 20; more: how many others."""

    sentence: str
    explanation: str
    currency: str
    lost: int
    verdicts: dict[str, int]
    all: Rate
    differ_value: float
    owners: tuple[Rate, ...]
    few: Rate | None
    reasons: tuple[Rate, ...]
    hidden: tuple[Hidden, ...]
    deals: tuple[StatedDeal, ...]
    more: int


def stated_beside_found(reader: Reader, reason: str = "", theme: int | None = None) -> StatedBesideFound:
    """reason, theme: list only the deals with that stated reason, in whose evidence that theme was found."""
    judged = judge_stated(reader)
    whole = _whole(judged)
    owners, few = _by_owner(judged)
    differing = [one for one in judged if one.verdict == "differs"]
    chosen = [one for one in judged if one.verdict in HIDING and _asked(one, reason, theme)]
    chosen.sort(key=lambda one: (-(one.lost.value or 0.0), one.lost.deal))
    return StatedBesideFound(
        sentence=_sentence(whole),
        explanation=_explanation(whole),
        currency=currency(),
        lost=len(judged),
        verdicts=dict(Counter(one.verdict for one in judged)),
        all=whole,
        differ_value=sum(one.lost.value or 0.0 for one in differing),
        owners=owners,
        few=few,
        reasons=_by_reason(judged),
        hidden=_hidden(judged),
        deals=_deals(chosen[:DEALS_SHOWN]),
        more=max(0, len(chosen) - DEALS_SHOWN),
    )


def reason_of(one: Judged) -> str:
    return one.lost.reason.strip() or NO_REASON


def _asked(one: Judged, reason: str, theme: int | None) -> bool:
    found = theme is None or any(share.theme == theme for share in one.shares)
    return found and (not reason or reason_of(one).casefold() == reason.casefold())


def _whole(judged: Sequence[Judged]) -> Rate:
    counted = _counted("", judged)
    if not counted.compared:
        return counted
    return _with(counted, *share_with_interval(counted.differ, counted.compared))


def _counted(name: str, judged: Sequence[Judged]) -> Rate:
    compared = sum(one.verdict in COMPARED for one in judged)
    differ = sum(one.verdict == "differs" for one in judged)
    unsaid = sum(one.verdict in ("says nothing", "who, not why") for one in judged)
    return Rate(name, len(judged), compared, differ, unsaid, None, None, None)


def _with(rate: Rate, share: float, low: float, high: float) -> Rate:
    return Rate(rate.name, rate.lost, rate.compared, rate.differ, rate.unsaid, share, low, high)


def _pooled(groups: Mapping[str, Sequence[Judged]]) -> list[Rate]:
    """The most lost deals first. Each group's rate is drawn towards the others' as far as they are alike."""
    counted = [_counted(name, own) for name, own in groups.items()]
    compared = [one for one in counted if one.compared]
    rates = pooled_rates(np.array([one.differ for one in compared]), np.array([one.compared for one in compared]))
    drawn = zip(compared, rates.rate.tolist(), rates.low.tolist(), rates.high.tolist(), strict=True)
    found = [_with(*row) for row in drawn] + [one for one in counted if not one.compared]
    return sorted(found, key=lambda one: (-one.lost, one.name))


def _by_owner(judged: Sequence[Judged]) -> tuple[tuple[Rate, ...], Rate | None]:
    groups = _grouped((one.lost.owner, one) for one in judged)
    named = {owner: own for owner, own in groups.items() if owner and len(own) >= FEWEST_TO_NAME}
    others = [one for owner, own in groups.items() if owner not in named for one in own]
    rates = {one.name: one for one in _pooled({**named, "": others} if others else named)}
    few = rates.pop("", None)
    return tuple(rates.values()), few


def _by_reason(judged: Sequence[Judged]) -> tuple[Rate, ...]:
    """The commonest reasons; spellings that differ by capitals are one."""
    groups = _grouped((reason_of(one).casefold(), one) for one in judged)
    spelt = {Counter(map(reason_of, own)).most_common(1)[0][0]: own for own in groups.values()}
    return tuple(_pooled(spelt)[:REASONS_SHOWN])


def _grouped(rows: Iterable[tuple[str, Judged]]) -> dict[str, list[Judged]]:
    found: dict[str, list[Judged]] = defaultdict(list)
    for name, one in rows:
        found[name].append(one)
    return found


def _hidden(judged: Sequence[Judged]) -> tuple[Hidden, ...]:
    pairs: dict[tuple[str, int], list[Share]] = defaultdict(list)
    for one in judged:
        for share in one.shares if one.verdict in HIDING else ():
            pairs[reason_of(one), share.theme].append(share)
    titles = titles_of(theme for _, theme in pairs)
    rows = [
        Hidden(reason, theme, titles[theme], len(shares), sum(one.value or 0.0 for one in shares))
        for (reason, theme), shares in pairs.items()
    ]
    return tuple(sorted(rows, key=lambda row: (-row.value, -row.deals, row.reason, row.theme))[:HIDDEN_SHOWN])


def _deals(chosen: Sequence[Judged]) -> tuple[StatedDeal, ...]:
    numbers = [one.lost.deal for one in chosen]
    themes = sorted({share.theme for one in chosen for share in one.shares})
    rows = {deal.pk: deal_row(deal) for deal in Deal.objects.filter(pk__in=numbers).select_related("account", "owner")}
    titles, said = titles_of(themes), warning_rows.said(numbers, themes, MAKING, 1)
    quotes = {quote.signal: quote for quote in quotes_in_order(one for own in said.values() for one in own)}

    def found(one: Judged, share: Share) -> Found:
        best = said.get((one.lost.deal, share.theme), [0])[0]
        return Found(share.theme, titles[share.theme], share.share, share.value, quotes.get(best))

    held = [tuple(found(one, share) for share in one.shares) for one in chosen]
    return tuple(
        StatedDeal(rows[one.lost.deal], one.verdict, _told(one, own), own)
        for one, own in zip(chosen, held, strict=True)
    )


def _told(one: Judged, found: Sequence[Found]) -> str:
    named = sentences.listed([f"“{need.theme}”" for need in found])
    return SAID[one.verdict].format(reason=reason_of(one), found=named)


def _sentence(whole: Rate) -> str:
    if not whole.lost:
        return "No deal has been lost yet."
    if whole.rate is None or whole.low is None or whole.high is None:
        return f"In none of {whole.lost:,} lost deals can the stated reason be compared with the evidence yet."
    span = f"90% interval {sentences.points(whole.low)} to {sentences.points(whole.high)}"
    of = f"{whole.compared:,} lost deal{'' if whole.compared == 1 else 's'}"
    return f"In {whole.differ:,} of {of} the form and the evidence name different needs: {whole.rate:.0%} ({span})."


def _explanation(whole: Rate) -> str:
    held = stated_rows.needs_a_deal(MAKING)
    form = "The form asks for one reason at the end"
    form += f"; the conversations held {held:.1f} needs a deal on average." if held >= 1 else "."
    rest = whole.lost - whole.compared
    if not rest or not whole.lost:
        return form
    return f"{form} {rest:,} other lost deal{'' if rest == 1 else 's'} can’t be compared."
