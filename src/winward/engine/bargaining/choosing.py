"""Which of some packages is best: for the product of gains, for the one who gains least, for the total."""

from typing import Literal

import numpy as np

from winward.engine.bargaining.game import ROUNDING, Flags, Game, Package, Packages, Points

Aim = Literal["nash", "egalitarian", "utilitarian"]
AIMS: tuple[Aim, ...] = ("nash", "egalitarian", "utilitarian")

# Less of a person's span than this is no gain; solvers are exact to a tenth of it.
GAIN = 1e-6


def best_of(game: Game, aim: Aim, totals: Points, accepted: Flags, packages: Packages) -> Package | None:
    """The best of these packages, or None where the rule lets none through.

    totals, accepted: (packages, people). First comes to how many it is acceptable, then the aim; packages that are
    alike in that go by the total, then by the order of options. Who says no counts in the total only.
    """
    rows = np.flatnonzero(game.rule.passes(accepted))
    if not len(rows):
        return None
    rows = rows[_highest(accepted[rows].sum(axis=1, keepdims=True).astype(float))]
    rows = rows[_highest(_keys(game, aim, totals[rows], accepted[rows]))]
    return min(tuple(int(option) for option in packages[row]) for row in rows)


def can_gain(game: Game) -> Flags:
    """(people,): whether any package is more to them than the least that they accept."""
    return np.asarray(game.most - game.least > 2 * GAIN * game.span)


def log_gains(game: Game, totals: Points) -> Points:
    """(…, people): the logarithm of what each gains over the least, as a share of the most they could; −inf if nothing.

    The sum over people is largest where the Nash product is, and does not depend on anybody's scale.
    """
    surplus = totals - game.least
    share: Points = np.where(surplus > GAIN * game.span, surplus / game.at_stake, 0.0)
    with np.errstate(divide="ignore"):
        return np.asarray(np.log(share), dtype=np.float64)


def _keys(game: Game, aim: Aim, totals: Points, accepted: Flags) -> Points:
    """(packages, keys), in falling importance. All packages are acceptable to equally many."""
    total: Points = totals.sum(axis=1, keepdims=True)
    if aim == "utilitarian":
        return total
    if aim == "egalitarian":
        # Who says no goes to the end, behind all who say yes.
        ordered = np.sort(np.where(accepted, totals - game.least, np.inf), axis=1)
        return np.hstack([ordered[:, : int(accepted[0].sum())], total])
    gains = np.where(accepted, log_gains(game, totals), -np.inf)
    gaining = np.isfinite(gains)
    logarithm = np.where(gaining, gains, 0.0).sum(axis=1, keepdims=True)
    return np.hstack([gaining.sum(axis=1, keepdims=True), logarithm, total])


def _highest(keys: Points) -> Packages:
    """The rows that are highest in the first key, of these in the second, and so on."""
    rows = np.arange(len(keys))
    for key in keys.T:
        top = key[rows].max()
        rows = rows[key[rows] >= top - ROUNDING * max(1.0, abs(top))]
        if len(rows) == 1:
            break
    return rows
