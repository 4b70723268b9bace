"""How we do against each rival: win rates that few deals don't fool, and which themes come up against whom."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from winward.engine.stakes import Stakes, estimate
from winward.engine.stakes.contrasts import contrast, strata
from winward.engine.stakes.matchups import WinRates, pooled_rates
from winward.engine.stakes.shares import share_with_interval
from winward.engine.stakes.verdicts import discoveries, verdict
from winward.records.company import Company
from winward.records.themes import Theme
from winward.usecases import sentences
from winward.usecases.met_rivals import Met, load_met
from winward.usecases.theme_rows import COSTS, HELPS
from winward.usecases.weighed import MOST_UNEVEN, evidence_of, exposure_of

# So many rivals, those met most, are named in the first sentence.
NAMED_FIRST = 3
UNCLEAR, MORE, LESS = "can't tell", "more often", "less often"
UNEVEN = (
    "A rival is named in {won:.0%} of the won and in {lost:.0%} of the lost deals: the rates say as much about when a "
    "rival is written down as about rivals. Whether one is harder than others is told among deals that name one."
)


@dataclass(frozen=True, slots=True)
class Rate:
    """won of closed deals in one part of them (no rival, a segment, a half-year). rate, low, high: 0 to 1, with the 90%
    interval; null where none closed."""

    name: str
    won: int
    lost: int
    rate: float | None
    low: float | None
    high: float | None


@dataclass(frozen=True, slots=True)
class Matchup:
    """The deals against one rival. raw_rate: won of closed, null where none closed; rate, low, high: drawn together
    over the rivals, with the 90% interval. difference, difference_low, difference_high: of the win rate beside similar
    deals without this rival, −1 to 1. heard_only: deals in whose talk it was named, but not in the CRM."""

    key: str
    name: str
    won: int
    lost: int
    open: int
    heard_only: int
    raw_rate: float | None
    rate: float
    low: float
    high: float
    difference: float
    difference_low: float
    difference_high: float
    verdict: str
    more_deals: int | None
    sentence: str


@dataclass(frozen=True, slots=True)
class TypicalTheme:
    """A theme in deals against one rival beside the other deals. here of deals, elsewhere of others: in how many it
    came up. difference, low, high: of the two shares, −1 to 1, among deals of which as much was recorded. verdict:
    "more often", "less often" or "can't tell", false findings held down over all rivals and themes."""

    rival: str
    rival_key: str
    theme_id: int
    theme: str
    here: int
    deals: int
    elsewhere: int
    others: int
    difference: float
    low: float
    high: float
    doubt: float
    verdict: str


@dataclass(frozen=True, slots=True)
class Matchups:
    """rows: most closed deals first. without: deals against no rival that is known. typical: what comes up more or
    less often against a rival, beyond chance, of `compared` pairs of a rival and a theme."""

    sentence: str
    note: str
    rows: tuple[Matchup, ...]
    without: Rate
    typical: tuple[TypicalTheme, ...]
    compared: int


def list_matchups() -> Matchups:
    met = load_met()
    typical = typical_themes(met)
    rows = matchup_rows(met)
    return Matchups(
        sentence=_sentence(rows),
        note=_note(met),
        rows=rows,
        without=_without(met),
        typical=tuple(one for one in typical if one.verdict != UNCLEAR),
        compared=len(typical),
    )


def matchup_rows(met: Met) -> tuple[Matchup, ...]:
    if not met.rivals:
        return ()
    won, lost, still_open = (met.against[met.where(state)].sum(axis=0) for state in ("won", "lost", "open"))
    rates = pooled_rates(won, won + lost)
    stakes = _beside_similar(met)
    rows = [_row(met, at, rates, stakes, int(still_open[at])) for at in range(len(met.rivals))]
    return tuple(sorted(rows, key=lambda row: (-(row.won + row.lost), row.name)))


def typical_themes(met: Met) -> list[TypicalTheme]:
    """Every pair of a rival and a theme, over deals with words from before their outcome, the clearest first."""
    evidence = evidence_of(met.deals)
    recorded = {deal.id for deal in evidence.deals}
    against = met.against[[deal.id in recorded for deal in met.deals]]
    alike = strata(np.array([deal.words for deal in evidence.deals], dtype=float))
    titles = {theme.pk: theme.title for theme in Theme.objects.filter(retired=False).defer("centre")}
    pairs = [
        pair
        for at, rival in enumerate(met.rivals)
        for pair in _against(rival.name, rival.key, against[:, at], evidence.exposure.mentions, alike)
    ]
    found = discoveries(np.array([pair.doubt for pair in pairs]))
    ids = evidence.themes * len(met.rivals)
    told = [
        replace(pair, theme_id=theme, theme=titles[theme], verdict=_side(clear, pair.low, pair.high))
        for pair, theme, clear in zip(pairs, ids, found.tolist(), strict=True)
    ]
    return sorted(told, key=lambda pair: (pair.verdict == UNCLEAR, pair.doubt, -pair.here, pair.theme_id))


def _against(
    name: str, key: str, group: NDArray[np.bool_], mentions: NDArray[np.bool_], alike: NDArray[np.int64]
) -> list[TypicalTheme]:
    found = contrast(mentions, group, alike)
    return [
        TypicalTheme(
            rival=name,
            rival_key=key,
            theme_id=0,
            theme="",
            here=int(found.here[at]),
            deals=int(group.sum()),
            elsewhere=int(found.elsewhere[at]),
            others=int((~group).sum()),
            difference=float(found.difference[at]),
            low=float(found.low[at]),
            high=float(found.high[at]),
            doubt=float(found.doubt[at]),
            verdict=UNCLEAR,
        )
        for at in range(mentions.shape[1])
    ]


def _side(clear: bool, low: float, high: float) -> str:
    return {"helps": MORE, "costs": LESS}.get(verdict(clear, low, high), UNCLEAR)


def _beside_similar(met: Met) -> Stakes:
    """Each rival as a theme is weighed: beside deals of like segment, size, owner and records."""
    closed = met.where("won", "lost")
    if _uneven(met):
        closed &= met.named
    deals = [replace(deal, competitor="") for deal, keep in zip(met.deals, closed.tolist(), strict=True) if keep]
    return estimate(exposure_of(deals, met.against[closed]), Company.objects.get().seed)


def _row(met: Met, at: int, rates: WinRates, stakes: Stakes, still_open: int) -> Matchup:
    rival, against = met.rivals[at], met.against[:, at]
    won, lost = (int((against & met.where(state)).sum()) for state in ("won", "lost"))
    row = Matchup(
        key=rival.key,
        name=rival.name,
        won=won,
        lost=lost,
        open=still_open,
        heard_only=int((met.heard[:, at] & ~met.stated[:, at]).sum()),
        raw_rate=won / (won + lost) if won + lost else None,
        rate=float(rates.rate[at]),
        low=float(rates.low[at]),
        high=float(rates.high[at]),
        difference=float(stakes.difference[at]),
        difference_low=float(stakes.low[at]),
        difference_high=float(stakes.high[at]),
        verdict=stakes.verdict[at],
        more_deals=stakes.more_deals[at],
        sentence="",
    )
    return replace(row, sentence=_row_sentence(row))


def _row_sentence(row: Matchup) -> str:
    """What was counted, what that says of the rate, and whether it is apart from similar deals."""
    closed = row.won + row.lost
    if not closed:
        return f"No deal against {row.name} has closed yet."
    counted = f"Against {row.name} we won {row.won} of {sentences.deals(closed)}"
    rate = f"a win rate between {row.low * 100:.0f} and {row.high:.0%}"
    beside = sentences.stake(
        row.verdict, row.won, row.lost, row.difference, row.difference_low, row.difference_high, row.more_deals
    )
    if row.verdict in (COSTS, HELPS):
        return f"{counted}: {rate},{beside.partition(' where this came up,')[2]}"
    needed = f" (about {row.more_deals:,} more closed deals would be needed)" if row.more_deals else ""
    return f"{counted}: {rate}. Whether it is harder or easier than others can’t be told yet{needed}."


def _sentence(rows: Sequence[Matchup]) -> str:
    met = [row for row in rows if row.won + row.lost]
    if not met:
        return "No closed deal names a rival yet."
    most = [f"{row.won} of {row.won + row.lost} against {row.name}" for row in met[:NAMED_FIRST]]
    return f"We won {_listed(most)}. {_apart(met)}"


def _apart(met: Sequence[Matchup]) -> str:
    """Whom we win less or more often against than in similar deals, if that can be told of any."""
    hard, easy = ([row.name for row in met if row.verdict == side] for side in (COSTS, HELPS))
    said = [f"less often against {_listed(hard)}"] if hard else []
    said += [f"more often against {_listed(easy)}"] if easy else []
    if said:
        return f"That is {' and '.join(said)} than in similar deals."
    whom = met[0].name if len(met) == 1 else f"one of {len(met)} rivals"
    return f"Whether {whom} is harder to win against than others can’t be told from these deals yet."


def _listed(names: Sequence[str]) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"


def _note(met: Met) -> str:
    return UNEVEN.format(**_named(met)) if _uneven(met) else ""


def _uneven(met: Met) -> bool:
    named = _named(met)
    return abs(named["won"] - named["lost"]) > MOST_UNEVEN


def _named(met: Met) -> dict[str, float]:
    """The share of won and of lost deals that name a rival in the CRM, or in talk."""
    some = met.named
    return {state: float(some[met.where(state)].sum() / max(met.where(state).sum(), 1)) for state in ("won", "lost")}


def _without(met: Met) -> Rate:
    alone = ~met.named
    return counted("No rival known", int((alone & met.where("won")).sum()), int((alone & met.where("lost")).sum()))


def counted(name: str, won: int, lost: int) -> Rate:
    """By itself, with its 90% interval."""
    found = share_with_interval(won, won + lost) if won + lost else (None, None, None)
    return Rate(name, won, lost, *found)
