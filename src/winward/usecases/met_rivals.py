"""Which deals were against which rivals: those that the CRM names, and those named in talk before the outcome."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from winward.engine.reading.rivals import COMPETITOR, naming
from winward.records import competitor_rows, stake_rows
from winward.records.stake_rows import WeighedDeal
from winward.usecases.rival_names import KnownRival, key_of, names_in, rivals_by_spelling

# A quote with this chance of being about a rival is looked through for names, whatever it leads with.
LEAST_CHANCE = 0.3


@dataclass(frozen=True, slots=True)
class Met:
    """stated, heard: (deals, rivals), whether the CRM names the rival, and whether it was named in the deal's talk."""

    deals: list[WeighedDeal]
    rivals: list[KnownRival]
    stated: NDArray[np.bool_]
    heard: NDArray[np.bool_]

    @property
    def against(self) -> NDArray[np.bool_]:
        """(deals, rivals). A deal against several is counted for each of them."""
        return self.stated | self.heard

    @property
    def named(self) -> NDArray[np.bool_]:
        """(deals,), those against any rival."""
        return np.asarray(self.against.any(axis=1), dtype=bool)

    def where(self, *states: str) -> NDArray[np.bool_]:
        """(deals,), those in one of these states."""
        return np.array([deal.state in states for deal in self.deals], dtype=bool)


def load_met() -> Met:
    """Every deal and every rival that people or deals name, in the order of their names."""
    by_spelling, deals = rivals_by_spelling(), stake_rows.deals()
    rivals = sorted({rival.key: rival for rival in by_spelling.values()}.values(), key=lambda rival: rival.name)
    column, row = {rival.key: at for at, rival in enumerate(rivals)}, {deal.id: at for at, deal in enumerate(deals)}
    stated, heard = np.zeros((2, len(deals), len(rivals)), dtype=bool)
    for deal, text in competitor_rows.of_deals():
        for name in names_in(text, by_spelling):
            if rival := by_spelling.get(key_of(name)):
                stated[row[deal], column[rival.key]] = True
    for deal, at in _heard(rivals):
        heard[row[deal], at] = True
    return Met(deals, rivals, stated, heard)


def deals_against() -> Counter[str]:
    """By a rival's key, in how many deals the CRM names it."""
    by_spelling = rivals_by_spelling()
    numbers = Counter[str]()
    for text, deals in competitor_rows.in_deals().items():
        for key in {
            by_spelling[key_of(name)].key for name in names_in(text, by_spelling) if key_of(name) in by_spelling
        }:
            numbers[key] += deals
    return numbers


def _heard(rivals: Sequence[KnownRival]) -> list[tuple[int, int]]:
    """(deal, the rival's place)."""
    patterns = [naming(rival.spellings) for rival in rivals]
    return [
        (deal, at)
        for deal, quote in competitor_rows.heard_in_deals(COMPETITOR, LEAST_CHANCE)
        for at, pattern in enumerate(patterns)
        if pattern is not None and pattern.search(quote)
    ]
