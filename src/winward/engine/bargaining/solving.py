"""The best packages of a game, by looking at all of them or, where they are too many, by prices and whole programs."""

from dataclasses import dataclass
from typing import Literal

import numpy as np

from winward.engine.bargaining.choice import solve_choice
from winward.engine.bargaining.choosing import AIMS, Aim, best_of, log_gains
from winward.engine.bargaining.circles import Circles, among, largest_circles
from winward.engine.bargaining.climbing import climb
from winward.engine.bargaining.efficient import efficient_packages
from winward.engine.bargaining.game import ROUNDING, Game, Package, Packages
from winward.engine.bargaining.levelling import level
from winward.engine.bargaining.listing import acceptable, best_among, best_of_all
from winward.engine.bargaining.pricing import Remaining, prices, remaining
from winward.engine.bargaining.solver import Unsettled

Method = Literal["every package looked at", "priced", "whole program", "unsettled"]

# Up to so many packages all are looked at.
LOOK_AT = 1_000_000
# Beyond so many people times options a whole program takes minutes: it isn't tried where everyone's yes is needed.
PROGRAMMED = 2_000


@dataclass(frozen=True, slots=True)
class Best:
    """package: None where the rule lets none through, or where that is unsettled.

    gap: by how much the best of all might be better, as a share of this one's product of gains (nash), least surplus
    (egalitarian) or total (utilitarian); 0 is exact. inf where nothing is proven.
    """

    package: Package | None
    gap: float
    method: Method


@dataclass(frozen=True, slots=True)
class Solution:
    """acceptable: how many packages the rule lets through, None where all were too many to look at. first: of these.
    efficient: (packages, terms), those that nobody can better without someone losing, None where they are too many.
    """

    acceptable: int | None
    first: list[Package]
    efficient: Packages | None
    best: dict[Aim, Best]


def solve(game: Game, look_at: int = LOOK_AT) -> Solution:
    """The best package for each aim. look_at: up to so many packages all are looked at, beyond they are bounded."""
    if game.packages > look_at:
        return Solution(None, [], efficient_packages(game), _bounded(game))
    count, first = acceptable(game)
    efficient = efficient_packages(game)
    found = _looked_up(game, efficient)
    best = {aim: Best(package, 0.0, "every package looked at") for aim, package in found.items()}
    return Solution(count, first, efficient, best)


def _bounded(game: Game) -> dict[Aim, Best]:
    """The egalitarian one tells soonest where no package passes, which then holds for all."""
    circles = largest_circles(game) if game.rule.may_refuse else None
    best: dict[Aim, Best] = {}
    for aim in sorted(AIMS, key=lambda aim: aim != "egalitarian"):
        best[aim] = _best_of_circles(game, aim, circles) if circles else best_package(game, aim)
        if best[aim].package is None and best[aim].gap == 0:
            return dict.fromkeys(AIMS, best[aim])
    return {aim: best[aim] for aim in AIMS}


def _best_of_circles(game: Game, aim: Aim, circles: Circles) -> Best:
    """Of packages to which as many as can say yes, whoever these are. Who isn't in a circle says no to all of its."""
    if not len(circles.members):
        return Best(None, 0.0, "priced")
    if not circles.members[0].any():
        return _whole(game, aim)
    each = [best_package(among(game, aim, members), aim) for members in circles.members]
    found = [one for one in each if one.package is not None]
    if len(found) < len(each):
        return Best(None, np.inf, "unsettled") if not found else _of_found(game, aim, found, np.inf)
    return _of_found(game, aim, found, max(_reach(game, aim, one) for one in found))


def _of_found(game: Game, aim: Aim, found: list[Best], bound: float) -> Best:
    package = best_among(game, aim, np.array([one.package for one in found]))
    exact = np.isfinite(bound) and not any(one.gap for one in found)
    methods = {one.method for one in found}
    method: Method = "whole program" if "whole program" in methods else "priced"
    return Best(package, 0.0 if exact else _gap(aim, _worth(game, aim, package), bound), method)


def _reach(game: Game, aim: Aim, best: Best) -> float:
    """What the aim could be at most in this one's circle."""
    worth = _worth(game, aim, best.package)
    return worth + (float(np.log1p(best.gap)) if aim == "nash" else best.gap * max(abs(worth), ROUNDING))


def _looked_up(game: Game, efficient: Packages | None) -> dict[Aim, Package | None]:
    """Where nobody refuses an option, more points never cost a yes, and the best package is one that nobody can better
    without someone losing."""
    if efficient is None or game.refused.any():
        return {aim: best_of_all(game, aim) for aim in AIMS}
    totals = game.totals(efficient)
    accepted = game.enough(totals)
    return {aim: best_of(game, aim, totals, accepted, efficient) for aim in AIMS}


def best_package(game: Game, aim: Aim) -> Best:
    """Without looking at every package. Everyone's yes is tried first; where that can't be, or by nash not everyone can
    gain, who says yes is decided along with the package."""
    try:
        if aim == "egalitarian":
            return _levelled(game)
        known = _priced(game, aim)
        if known:
            return _from_known(game, aim, known)
        return _whole(game, aim) if _programmed(game) else _climbed(game, aim)
    except Unsettled:
        return Best(None, np.inf, "unsettled")


def _programmed(game: Game) -> bool:
    """Whether a whole program ends in seconds, or there is no other way."""
    return bool(game.rule.may_refuse) or game.points.size <= PROGRAMMED


def _climbed(game: Game, aim: Aim) -> Best:
    """From the package that gives most to whoever gains least, to one that is good for the aim. Raises Unsettled."""
    known = level(game)
    if known is None:
        return Best(None, 0.0, "priced")
    package = climb(game, aim, known.packages[0], np.flatnonzero(~game.refused.any(axis=0)))
    priced = prices(game, aim)
    bound = priced.constant + float(np.maximum.reduceat(priced.columns, game.starts).sum()) if priced else np.inf
    best = tuple(int(option) for option in package)
    return Best(best, _gap(aim, _worth(game, aim, best), bound), "priced")


def _levelled(game: Game) -> Best:
    try:
        known = level(game)
    except Unsettled:
        if not _programmed(game):
            raise
        return _whole(game, "egalitarian")
    if known:
        package = best_among(game, "egalitarian", known.packages)
        return Best(package, _gap("egalitarian", known.worth, known.bound), "priced")
    return _whole(game, "egalitarian") if game.rule.may_refuse else Best(None, 0.0, "priced")


def _priced(game: Game, aim: Aim) -> Remaining | None:
    try:
        priced = prices(game, aim)
    except Unsettled:
        return None
    return remaining(game, aim, priced) if priced else None


def _from_known(game: Game, aim: Aim, known: Remaining) -> Best:
    package = best_among(game, aim, known.packages)
    if known.bound <= known.worth + ROUNDING * max(1.0, abs(known.worth)):
        return Best(package, 0.0, "priced")
    if not _programmed(game):
        return Best(package, _gap(aim, known.worth, known.bound), "priced")
    try:
        found = solve_choice(game, aim, known.allowed)
    except Unsettled:
        return Best(package, _gap(aim, known.worth, known.bound), "priced")
    assert package
    candidates = [package, *([found[0]] if found else [])]
    bound = min(known.bound, found[1]) if found else known.worth
    package = best_among(game, aim, np.array(candidates))
    return Best(package, _gap(aim, _worth(game, aim, package), bound), "whole program")


def _whole(game: Game, aim: Aim) -> Best:
    found = solve_choice(game, aim)
    if found is None:
        return Best(None, 0.0, "whole program")
    package, bound = found
    return Best(package, _gap(aim, _worth(game, aim, package), bound), "whole program")


def _worth(game: Game, aim: Aim, package: Package | None) -> float:
    """What the aim makes large, over those who accept."""
    row = np.array([package])
    totals, accepted = game.totals(row)[0], game.accepted(row)[0]
    if aim == "utilitarian":
        return float(totals.sum())
    if aim == "egalitarian":
        return float((totals - game.least)[accepted].min(initial=np.inf))
    gains = log_gains(game, totals)[accepted]
    return float(gains[np.isfinite(gains)].sum())


def _gap(aim: Aim, worth: float, bound: float) -> float:
    """At most this share is missing; what is within rounding is nothing."""
    missing = bound - worth
    if not np.isfinite(missing) or missing <= ROUNDING * max(1.0, abs(worth)):
        return 0.0 if missing <= 0 or np.isfinite(missing) else np.inf
    return float(np.expm1(missing) if aim == "nash" else missing / max(abs(worth), ROUNDING))
