"""What if some themes no longer cost us anything: deals and revenue of the last four quarters, and of the pipeline."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np

from winward.engine.stakes import Gain, closed_without, fit_asking, open_without
from winward.engine.stakes.differences import FEWEST_DEALS
from winward.records import stake_rows
from winward.records.themes import Theme
from winward.usecases import sentences
from winward.usecases.list_themes import currency, seed
from winward.usecases.quarters import bounds, newest
from winward.usecases.quotes import NotFound
from winward.usecases.slices import EVERYTHING, Slice
from winward.usecases.weighed import Evidence, evidence_of

QUARTERS = 4


@dataclass(frozen=True, slots=True)
class Spared:
    """gain: more deals won and their amount, each with the 90% interval; below zero where the themes go with winning.
    deals: those of the lost (or open) in which any of the themes came up; amount: of these; unvalued: without one."""

    gain: Gain
    deals: int
    amount: float
    unvalued: int


@dataclass(frozen=True, slots=True)
class WhatIf:
    """themes: (id, title) of those asked for. quarters: first and last over which closed deals count. past, pipeline:
    null where too few deals are closed."""

    themes: tuple[tuple[int, str], ...]
    currency: str
    sentence: str
    quarters: tuple[str, str]
    past: Spared | None
    pipeline: Spared | None


def what_if(themes: Sequence[int], asked: Slice = EVERYTHING) -> WhatIf:
    """The themes are taken away together, so that a deal in which several came up counts once.

    asked: only of these deals. Raises NotFound for a theme that isn't in use, ValueError where none is named."""
    titles = _titles(themes)
    evidence = evidence_of([deal for deal in stake_rows.deals() if asked.holds(deal)], asked.ours)
    states = evidence.where("won", "lost")
    days = [deal.closed_on for deal in evidence.deals if deal.closed_on and deal.state != "open"]
    if states.sum() < FEWEST_DEALS or not evidence.where("won").any() or not evidence.where("lost").any():
        said = f"{FEWEST_DEALS} closed deals, won and lost, are needed to tell; here are {int(states.sum())}."
        return WhatIf(titles, currency(), said, ("", ""), None, None)
    span = list(newest(max(days), QUARTERS))[::-1] if days else ["", ""]
    columns, by_chance = _columns(evidence, themes), seed()
    fit = fit_asking(evidence.exposure.of(states), columns)
    first = bounds(span[0])[0] if days else date.min
    recent = evidence.where("won", "lost") & np.array(
        [(deal.closed_on or date.min) >= first for deal in evidence.deals]
    )
    past, still_open = evidence.exposure.of(recent), evidence.exposure.of(evidence.where("open"))
    spared = _spared(evidence, recent & evidence.where("lost"), columns, closed_without(fit, past, columns, by_chance))
    ahead = _spared(evidence, evidence.where("open"), columns, open_without(fit, still_open, columns, by_chance))
    return WhatIf(titles, currency(), _sentence(spared, len(titles)), (span[0], span[-1]), spared, ahead)


def _titles(themes: Sequence[int]) -> tuple[tuple[int, str], ...]:
    if not themes:
        raise ValueError("Name at least one theme.")
    known = {theme.pk: theme.title for theme in Theme.objects.filter(pk__in=themes, retired=False).defer("centre")}
    for theme in themes:
        if theme not in known:
            raise NotFound(f"There is no theme {theme}.")
    return tuple((theme, known[theme]) for theme in dict.fromkeys(themes))


def _columns(evidence: Evidence, themes: Sequence[int]) -> np.ndarray[tuple[int], np.dtype[np.intp]]:
    wanted = set(themes)
    return np.array([at for at, theme in enumerate(evidence.themes) if theme in wanted], dtype=np.intp)


def _spared(evidence: Evidence, which: np.ndarray, columns: np.ndarray, gain: Gain) -> Spared:
    touched = which & evidence.exposure.mentions[:, columns].any(axis=1)
    amounts = evidence.exposure.amount[touched]
    return Spared(gain, int(touched.sum()), float(np.nansum(amounts)), int(np.isnan(amounts).sum()))


def _sentence(past: Spared, themes: int) -> str:
    which, it = ("this theme", "it") if themes == 1 else (f"these {themes} themes", "any of them")
    where = f"of the {sentences.deals(past.deals)} lost over the last four quarters in which {it} came up"
    low, high = round(past.gain.deals_low), round(past.gain.deals_high)
    if past.gain.deals_high < 0:
        return f"Deals with {which} were won more often; nothing is to be gained."
    if past.gain.deals_low <= 0:
        least = f"{-low} fewer" if low < 0 else "no more"
        return (
            f"It can't be told whether {which} cost us deals: between {least} and {high} more {where} are won without."
        )
    count = f"about {high}" if low == high else f"{low} to {high}"
    return (
        f"Had {which} made no difference, {count} {where} would have been won. "
        "That is what deals with and without show side by side, not a promise."
    )
