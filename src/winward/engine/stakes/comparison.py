"""Whether a theme costs more in one part of the deals than in another: of two segments, or of periods in a row."""

from dataclasses import dataclass
from typing import Literal

import numpy as np

from winward.engine.stakes.differences import FEWEST_DEALS, Counts
from winward.engine.stakes.exposure import Exposure, Flags, Floats
from winward.engine.stakes.parted import POOLED, WEAK, Own, PartOf, fitted, own
from winward.engine.stakes.verdicts import discoveries

Turn = Literal["more", "less", "can't tell"]

DRAWS = 2_048


@dataclass(frozen=True, slots=True)
class Comparison:
    """difference, low, high: (parts, themes), the average marginal effect on the win probability over the part's own
    deals, −1 to 1, partially pooled over the parts. won_with, lost_with: (parts, themes). won, lost: (parts,).
    change, change_low, change_high: (themes,), the contrast of the differences, between −2 and 2 where nothing can be
    told. turn: whether it costs more, costs less, or none can tell, with false discoveries controlled over the themes.
    """

    difference: Floats
    low: Floats
    high: Floats
    won_with: Counts
    lost_with: Counts
    won: Counts
    lost: Counts
    change: Floats
    change_low: Floats
    change_high: Floats
    turn: tuple[Turn, ...]
    level: float


def compare(exposure: Exposure, part: PartOf, contrast: Floats, seed: int, level: float = 0.90) -> Comparison:
    """What each theme is associated with costing in each part of the closed deals, and how that differs.

    part: (deals,), 0 to parts − 1. contrast: (parts,), weights that sum to zero: (−1, 1) for the second part less the
    first. A part with fewer than 12 deals or only one outcome tells nothing, nor does a theme that came up in none or
    all of a part's deals; where fewer than two parts tell of a theme, its change is "can't tell".
    """
    told = _nothing_told(len(contrast), exposure.mentions.shape[1])
    tellable = _tellable(exposure, part, len(contrast))
    asked = np.flatnonzero(tellable.sum(axis=0) >= 2)
    if len(asked):
        said = Exposure(
            exposure.mentions[:, asked], exposure.won, exposure.recorded, exposure.covariates, exposure.amount
        )
        field, normal = fitted(said, part, contrast), _normal(len(contrast), seed)
        for at, theme in enumerate(asked.tolist()):
            told.put(theme, own(field, at), normal, contrast, level)
    told.parts[:, ~tellable] = np.array([[0.0], [-1.0], [1.0]])
    return told.comparison(exposure, part, asked, level)


def linear_contrast(parts: int) -> Floats:
    """Weights (parts,) that give the last less the first where a straight line runs through the parts."""
    step = np.arange(parts) - (parts - 1) / 2
    return np.asarray(step / (step @ step) * (parts - 1))


def _normal(parts: int, seed: int) -> Floats:
    """(draws, parts), each with its mirror image, so that small odds on both sides are alike."""
    half = np.random.default_rng(seed).standard_normal((DRAWS // 2, parts))
    return np.concatenate([half, -half])


@dataclass(frozen=True, slots=True)
class _Told:
    """parts: (3, parts, themes), difference, low and high. change: (3, themes), likewise. doubt: (themes,)."""

    parts: Floats
    change: Floats
    doubt: Floats

    def put(self, theme: int, effects: Own, normal: Floats, contrast: Floats, level: float) -> None:
        """Estimates are pooled over the parts; the change has its interval and its doubt from parts that aren't."""
        pooled, alone = effects.drawn(POOLED, normal), effects.drawn(WEAK, normal)
        for one in range(len(contrast)):
            self.parts[:, one, theme] = pooled.interval(pooled.effects[:, one], level)
        change = alone.effects @ contrast
        _, low, high = alone.interval(change, level)
        point = float(np.clip(pooled.weight @ (pooled.effects @ contrast), low, high))
        self.change[:, theme], self.doubt[theme] = (point, low, high), alone.doubt(change)

    def comparison(self, exposure: Exposure, part: PartOf, asked: PartOf, level: float) -> Comparison:
        found = np.zeros(len(self.doubt), dtype=bool)
        found[asked] = discoveries(self.doubt[asked])
        turns = tuple(map(_turn, found.tolist(), self.change[1].tolist(), self.change[2].tolist()))
        (difference, low, high), (change, change_low, change_high) = self.parts, self.change
        counted = _counted(exposure, part, self.parts.shape[1])
        return Comparison(difference, low, high, *counted, change, change_low, change_high, turns, level)


def _nothing_told(parts: int, themes: int) -> _Told:
    unknown = np.array([0.0, -1.0, 1.0])
    return _Told(
        np.tile(unknown[:, None, None], (1, parts, themes)), np.tile(2 * unknown[:, None], themes), np.ones(themes)
    )


def _turn(found: bool, low: float, high: float) -> Turn:
    if not found or low <= 0 <= high:
        return "can't tell"
    return "more" if high < 0 else "less"


def _tellable(exposure: Exposure, part: PartOf, parts: int) -> Flags:
    """(parts, themes)."""
    won_with, lost_with, won, lost = _counted(exposure, part, parts)
    said, deals = won_with + lost_with, won + lost
    enough = (deals >= FEWEST_DEALS) & (won > 0) & (lost > 0)
    return np.asarray((said > 0) & (said < deals[:, None]) & enough[:, None])


def _counted(exposure: Exposure, part: PartOf, parts: int) -> tuple[Counts, Counts, Counts, Counts]:
    flags, won = np.eye(parts)[part].reshape(-1, parts), exposure.won
    won_with, lost_with = flags[won].T @ exposure.mentions[won], flags[~won].T @ exposure.mentions[~won]
    counted = (won_with, lost_with, flags[won].sum(axis=0), flags[~won].sum(axis=0))
    return tuple(np.rint(count).astype(np.int64) for count in counted)  # type: ignore[return-value]
