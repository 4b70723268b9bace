"""The won deals most like a lost one, how they differed, and what would have had to be true for it to be won."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

from winward.engine.stakes import (
    Draws,
    Otherwise,
    Range,
    Traits,
    distances,
    estimate,
    fit_asking,
    nearest,
    otherwise,
    share_ranges,
)
from winward.records import post_mortem_rows, stake_rows
from winward.records.post_mortem_rows import Met
from winward.records.stake_rows import WeighedDeal
from winward.usecases.sentences import listed, quoted
from winward.usecases.weighed import Evidence, evidence_of

MOST_ALIKE, FARTHEST = 5, 0.55
# Twice as large is still "about as large"; days and counts that differ by less are not worth a word.
ALIKE_IN_SIZE, WORTH_A_WORD = 2.0, 1.5


@dataclass(frozen=True, slots=True)
class Went:
    """How a deal went up to its outcome. days: null where a date is missing. people: of theirs who took part. promises:
    next steps that our side promised."""

    days: int | None
    stages: int
    talks: int
    people: int
    promises: int


@dataclass(frozen=True, slots=True)
class AlikeDeal:
    """A won deal. unlike: from 0 (alike in all) to 1. alike, differed: in words. absent: what stands out in the lost
    deal and didn't come up in this one."""

    id: int
    name: str
    value: float | None
    closed_on: date | None
    unlike: float
    alike: tuple[str, ...]
    differed: tuple[str, ...]
    absent: tuple[str, ...]
    went: Went


@dataclass(frozen=True, slots=True)
class Compared:
    """here: how the lost deal itself went. sentence: what the won deals have in common. shares: of the loss, by theme.
    otherwise: null where nothing can be said; themes: of the columns that it names."""

    here: Went
    sentence: str
    alike: tuple[AlikeDeal, ...]
    shares: Mapping[int, Range]
    otherwise: Otherwise | None
    themes: Sequence[int]


@dataclass(frozen=True, slots=True)
class _Side:
    """A deal with what is compared in words."""

    deal: WeighedDeal
    themes: frozenset[int]
    went: Went


def compare(deal: int, costly: Sequence[int], titles: Mapping[int, str], seed: int) -> Compared:
    """costly: themes clearly associated with losing. titles: of all themes."""
    deals = stake_rows.deals()
    evidence = evidence_of(deals)
    mentions = _mentions(deals, evidence)
    here = next(row for row, one in enumerate(deals) if one.id == deal)
    apart = distances(_traits(deals, mentions), here)
    won = np.array([one.state == "won" for one in deals], dtype=bool)
    rows = nearest(apart, won, MOST_ALIKE, FARTHEST)
    sides = _sides(deals, mentions, evidence.themes, [here, *rows.tolist()])
    alike = tuple(
        _alike(sides[0], side, float(apart[row]), costly, titles) for row, side in zip(rows, sides[1:], strict=True)
    )
    said = _by_the_model(evidence, deal, [deals[row].id for row in rows], costly, seed)
    return Compared(sides[0].went, _in_common(sides, costly, titles), alike, *said, evidence.themes)


def _in_common(sides: Sequence[_Side], costly: Sequence[int], titles: Mapping[int, str]) -> str:
    """In how many of the won deals that came up which stands out here. The first side is here."""
    here, won = sides[0], sides[1:]
    if not won:
        return "No won deal is enough like it to compare it with."
    standing_out = [theme for theme in costly if theme in here.themes and theme in titles][:3]
    counts = [(titles[theme], sum(theme in one.themes for one in won)) for theme in standing_out]
    came_up = [
        f"“{title}” {'in' if at else 'came up in'} {count or 'none'}" for at, (title, count) in enumerate(counts)
    ]
    told = f"Among the {len(won)} won deals most like it {listed(came_up)}. " if came_up else ""
    return f"{told}Likeness goes by segment, size, product, rival and what came up; so few deals prove nothing alone."


def _mentions(deals: Sequence[WeighedDeal], evidence: Evidence) -> NDArray[np.bool_]:
    """(deals, themes), also of deals of which nothing was recorded."""
    row = {one.id: at for at, one in enumerate(deals)}
    mentions = np.zeros((len(deals), len(evidence.themes)), dtype=bool)
    mentions[[row[one.id] for one in evidence.deals]] = evidence.exposure.mentions
    return mentions


def _traits(deals: Sequence[WeighedDeal], mentions: NDArray[np.bool_]) -> Traits:
    return Traits(
        mentions=mentions,
        heard=np.array([one.words > 0 for one in deals], dtype=bool),
        size=np.array([np.nan if one.value is None else one.value for one in deals], dtype=float),
        labels={
            "segment": [one.segment for one in deals],
            "product": [one.product for one in deals],
            "competitor": [one.competitor for one in deals],
        },
    )


def _sides(
    deals: Sequence[WeighedDeal], mentions: NDArray[np.bool_], themes: Sequence[int], rows: Sequence[int]
) -> list[_Side]:
    met = post_mortem_rows.met([deals[row].id for row in rows])
    came_up = [frozenset(themes[at] for at in np.flatnonzero(mentions[row]).tolist()) for row in rows]
    return [
        _Side(deals[row], said, _went(deals[row], met[deals[row].id])) for row, said in zip(rows, came_up, strict=True)
    ]


def _went(deal: WeighedDeal, met: Met) -> Went:
    return Went(deal.age, deal.stages, deal.talks, met.people, met.promises)


def _by_the_model(
    evidence: Evidence, deal: int, like: Sequence[int], costly: Sequence[int], seed: int
) -> tuple[Mapping[int, Range], Otherwise | None]:
    row = {one.id: at for at, one in enumerate(evidence.deals)}
    if deal not in row:
        return {}, None
    closed, own = evidence.exposure.of(evidence.where("won", "lost")), evidence.exposure.of(np.array([row[deal]]))
    fit = estimate(closed, seed).fit
    shares = dict(zip(evidence.themes, share_ranges(Draws(fit, seed), own), strict=True))
    rows = np.array([row[one] for one in like if one in row], dtype=np.intp)
    # With too few closed deals no theme has an effect, and what it says of a chance would rest on nothing.
    if not len(rows) or not fit.themes.any():
        return shares, None
    flags = np.isin(evidence.themes, list(costly)) & (fit.themes != 0)
    asked = Draws(fit_asking(closed, np.flatnonzero(flags & own.mentions[0])), seed)
    return shares, otherwise(asked, evidence.exposure, row[deal], rows, flags)


def _alike(here: _Side, there: _Side, unlike: float, costly: Sequence[int], titles: Mapping[int, str]) -> AlikeDeal:
    only_here = here.themes - there.themes
    absent = tuple(titles[theme] for theme in costly if theme in only_here and theme in titles)
    return AlikeDeal(
        id=there.deal.id,
        name=there.deal.name,
        value=there.deal.value,
        closed_on=there.deal.closed_on,
        unlike=unlike,
        alike=tuple(_shared(here, there, titles)),
        differed=tuple(_differed(here.went, there.went, absent)),
        absent=absent,
        went=there.went,
    )


def _shared(here: _Side, there: _Side, titles: Mapping[int, str]) -> list[str]:
    labels = (("segment", "segment"), ("product", "product"), ("competitor", "rival"))
    same = [
        f"same {name} ({getattr(here.deal, field)})"
        for field, name in labels
        if getattr(here.deal, field) and getattr(here.deal, field) == getattr(there.deal, field)
    ]
    sizes = here.deal.value or 0.0, there.deal.value or 0.0
    if min(sizes) > 0 and max(sizes) <= ALIKE_IN_SIZE * min(sizes):
        same.append("about as large")
    both = [titles[theme] for theme in sorted(here.themes & there.themes) if theme in titles]
    return same + ([f"{quoted(both)} came up in both"] if both else [])


def _differed(here: Went, there: Went, absent: Sequence[str]) -> list[str]:
    """What costs deals first: it came up here and not there."""
    words = [f"{quoted(absent)} didn’t come up"] if absent else []
    counts = (
        (there.people, here.people, "person of theirs took part", "people of theirs took part"),
        (there.promises, here.promises, "next step promised by us", "next steps promised by us"),
        (there.stages, here.stages, "stage", "stages"),
        (there.days or 0, here.days or 0, "day", "days"),
    )
    return words + [
        f"{count or 'no'} {one if count == 1 else many} (here {own or 'none'})"
        for count, own, one, many in counts
        if _far(count, own)
    ]


def _far(one: int, other: int) -> bool:
    return max(one, other) >= WORTH_A_WORD * min(one, other) and one != other
