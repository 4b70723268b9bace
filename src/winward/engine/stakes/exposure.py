"""What a team's closed deals showed: which themes were said in each, how much was recorded of it, and how it ended."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Exposure:
    """Deals and what was said in them.

    mentions: (deals, themes), said before the outcome was known. won: (deals,). recorded: (deals, r), how much was
    recorded of the deal, one column a measure on any scale (for example log1p of the customer's words, of the talks,
    of the stages reached before the last). covariates: (deals, c), coded by `design`. amount: (deals,), NaN where
    unknown. Raises ValueError where shapes disagree or a number that the model needs isn't finite.
    """

    mentions: Flags
    won: Flags
    recorded: Floats
    covariates: Floats
    amount: Floats

    def __post_init__(self) -> None:
        deals = len(self.won)
        if {self.mentions.ndim, self.recorded.ndim, self.covariates.ndim} != {2}:
            raise ValueError("mentions, recorded and covariates need two dimensions, the deals first")
        if {len(self.mentions), len(self.recorded), len(self.covariates), len(self.amount)} != {deals}:
            raise ValueError(f"every part of an exposure needs one row for each of its {deals} deals")
        if not (np.isfinite(self.recorded).all() and np.isfinite(self.covariates).all()):
            raise ValueError("recorded and covariates must be finite; code missing values with `design`")

    @property
    def lost(self) -> "Exposure":
        """The lost deals alone."""
        return self.of(~self.won)

    def of(self, deals: NDArray[np.bool_ | np.intp]) -> "Exposure":
        """Some of the deals, by mask or by position."""
        return Exposure(
            self.mentions[deals], self.won[deals], self.recorded[deals], self.covariates[deals], self.amount[deals]
        )
