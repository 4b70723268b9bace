"""What weighing rests on: every deal with evidence, what came up in it before its outcome, and what else is known."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from winward.engine.stakes import Exposure, design
from winward.records import stake_rows
from winward.records.stake_rows import WeighedDeal
from winward.usecases.group_themes import MAKING

# A field filled in for one outcome much more often than for the other tells the outcome, not what led to it.
MOST_UNEVEN = 0.20


@dataclass(frozen=True, slots=True)
class Evidence:
    """Deals with something recorded, and what was said in them: exposure's rows are deals, its columns themes."""

    deals: list[WeighedDeal]
    themes: list[int]
    exposure: Exposure

    def where(self, *states: str) -> NDArray[np.bool_]:
        """(deals,), those in one of these states."""
        return np.array([deal.state in states for deal in self.deals], dtype=bool)

    def of(self, chosen: Callable[[WeighedDeal], bool]) -> "Evidence":
        """Some of the deals, with their covariates coded anew."""
        kept = np.array([chosen(deal) for deal in self.deals], dtype=bool)
        deals = [deal for deal, keep in zip(self.deals, kept.tolist(), strict=True) if keep]
        return Evidence(deals, self.themes, exposure_of(deals, self.exposure.mentions[kept]))


def load_evidence(ours: bool = False) -> Evidence:
    """Of the whole workspace, as the store has it now. ours: what our side brought up, in place of the customers."""
    return evidence_of(stake_rows.deals(), ours)


def evidence_of(deals: Sequence[WeighedDeal], ours: bool = False) -> Evidence:
    """Of these deals; those of which nothing was recorded before their outcome are left out."""
    recorded, themes = [deal for deal in deals if deal.words > 0], stake_rows.themes_in_use()
    row = {deal.id: at for at, deal in enumerate(recorded)}
    column = {theme: at for at, theme in enumerate(themes)}
    mentions = np.zeros((len(recorded), len(themes)), dtype=bool)
    for deal, theme in stake_rows.mentions(MAKING, ours):
        if deal in row and theme in column:
            mentions[row[deal], column[theme]] = True
    return Evidence(recorded, themes, exposure_of(recorded, mentions))


def exposure_of(deals: Sequence[WeighedDeal], mentions: NDArray[np.bool_]) -> Exposure:
    """mentions: (deals, themes). What else is known of the deals is coded over them together."""
    return Exposure(
        mentions=mentions,
        won=np.array([deal.state == "won" for deal in deals], dtype=bool),
        recorded=np.log1p(
            np.array([[deal.words, deal.talks, deal.stages] for deal in deals], dtype=float).reshape(-1, 3)
        ),
        covariates=_covariates(deals),
        amount=np.array([np.nan if deal.value is None else deal.value for deal in deals], dtype=float),
    )


def _covariates(deals: Sequence[WeighedDeal]) -> NDArray[np.float64]:
    columns: dict[str, Sequence[str | float | None]] = {
        "segment": [deal.segment for deal in deals],
        "region": [deal.region for deal in deals],
        "product": [deal.product for deal in deals],
        "competitor": [deal.competitor for deal in deals],
        "owner": [deal.owner for deal in deals],
        "size": [_log(deal.value) for deal in deals],
        "age": [_log(deal.age) for deal in deals],
    }
    even = {name: column for name, column in columns.items() if _evenly_filled(column, deals)}
    return design(even, len(deals))


def _log(number: float | None) -> float | None:
    return float(np.log(number)) if number and number > 0 else None


def _evenly_filled(column: Sequence[str | float | None], deals: Sequence[WeighedDeal]) -> bool:
    def share(state: str) -> float:
        filled = [cell not in (None, "") for cell, deal in zip(column, deals, strict=True) if deal.state == state]
        return sum(filled) / len(filled) if filled else 0.0

    return abs(share("won") - share("lost")) <= MOST_UNEVEN
