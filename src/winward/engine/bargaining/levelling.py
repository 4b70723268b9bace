"""The package that gives most to whoever gains least, where packages are too many to look at all.

The least of all surpluses is no more than any mean of them, whatever the weights of people in it, and a mean's highest
value over the terms still open is a sum of options' worths. So packages are followed term by term, with what is open
bounded by many means at once: those weights are learnt, by linear programs over mixed options, where the ones known
still let a partial package through that can't become good enough. What must be reached is lowered from the ceiling,
step by step: few packages are followed while it is too high, and once something reaches it, that is the best there is.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import log

import numpy as np

from winward.engine.bargaining.climbing import climb, worth
from winward.engine.bargaining.game import ROUNDING, Game, Packages, Points
from winward.engine.bargaining.means import Means, Mixes
from winward.engine.bargaining.pricing import Remaining
from winward.engine.bargaining.solver import Unsettled

# Counted in partial packages looked at and not in seconds, so that the same game always gets the same answer.
MOST_LOOKED_AT = 3_000_000
# The first packages are looked for among so few at each term.
NARROW = 200
# Of one step's packages so many are bounded by the same means, and at most so many programs add to these.
CHUNK, LESSONS = 1_024, 4
# So few aren't worth a lesson.
FEW = 8
# How the number to follow grows is only a guess: a step is planned to take so much of what may still be looked at.
PLANNED = 0.5


@dataclass(frozen=True)
class _Partial:
    """Packages of which some terms are settled. surplus: (packages, people), points of these terms over the least of
    all. packages: (packages, terms), 0 where open. ceilings: (packages,), what each can still reach at most."""

    surplus: Points
    packages: Packages
    ceilings: Points

    def __len__(self) -> int:
        return len(self.ceilings)

    def of(self, rows: Packages) -> "_Partial":
        return _Partial(self.surplus[rows], self.packages[rows], self.ceilings[rows])

    def chunks(self) -> Iterator["_Partial"]:
        for start in range(0, len(self), CHUNK):
            yield self.of(np.arange(start, min(start + CHUNK, len(self))))

    def highest(self, width: int) -> tuple["_Partial", float]:
        """Those with the highest ceilings, in their order, and the highest of those left out (−inf if none is)."""
        if len(self) <= width:
            return self, -np.inf
        by_ceiling = np.argpartition(-self.ceilings, width)
        return self.of(np.sort(by_ceiling[:width])), float(self.ceilings[by_ceiling[width:]].max())


def level(game: Game, most: int | None = None) -> Remaining | None:
    """The packages of the largest least surplus among those that everyone accepts, with a bound. None where everyone
    accepts none. most: partial packages to be looked at. Raises Unsettled where none is found, though there may be."""
    if np.logical_and.reduceat(game.refused.any(axis=0), game.starts).any():
        return None
    search = _Search(game, most or MOST_LOOKED_AT)
    if search.ceiling < search.floor:
        return None
    search.deepen()
    if search.best == -np.inf:
        if search.bound > search.nothing:
            raise Unsettled
        return None
    return Remaining(np.unique(search.packages, axis=0), search.best, search.bound, np.ones(len(game.term_of), bool))


class _Search:
    """best, packages: the best least surplus known and packages that reach it. bound: none reaches more."""

    def __init__(self, game: Game, most: int) -> None:
        self.game, self.most = game, most
        self.means = Means(game)
        mean, self.ceiling, mixed = Mixes(game).over(np.zeros(game.people) - game.least)
        self.means.learn(mean[None, :])
        self.order = _most_at_stake_first(game, mean)
        self.chance = np.random.default_rng(0)
        self.looked_at, self.bound = 0, self.ceiling
        self.nothing = -ROUNDING * float(game.span.max())
        self.packages = climb(game, "egalitarian", mixed, np.flatnonzero(~game.refused.any(axis=0)))[None, :]
        self.best = float(worth(game, "egalitarian", game.totals(self.packages))[0])

    @property
    def floor(self) -> float:
        """What is to be reached at least; everyone's yes where no package is known."""
        return max(self.best - self._rounding, self.nothing)

    @property
    def _rounding(self) -> float:
        return ROUNDING * max(1.0, abs(self.best)) if np.isfinite(self.best) else 0.0

    def deepen(self) -> None:
        """Lowers what must be reached until something does, or until enough was looked at."""
        if self.follow(self.floor, NARROW):
            return
        drop, before, looked_at = 0.0, 0.0, sum(self.game.sizes)
        planned = (self.ceiling - self.floor) / 2
        while planned > drop * 1.02:
            target = max(self.floor, self.ceiling - planned)
            started = self.looked_at
            if self.follow(target, self._affordable()):
                return
            before, drop = drop, self.ceiling - target
            growth = log(max((self.looked_at - started) / looked_at, 2.0)) / (drop - before)
            looked_at = max(self.looked_at - started, 1)
            planned = drop + log(max(PLANNED * (self.most - self.looked_at) / looked_at, 1.0)) / growth
        self.follow(self.floor, self._affordable())

    def _affordable(self) -> int:
        """How many packages may be followed at each term."""
        return max(NARROW, (self.most - self.looked_at) // sum(self.game.sizes))

    def follow(self, target: float, width: int) -> bool:
        """Follows what may reach the target. Returns whether that settles which packages are best, or that none is."""
        found, left_out = self._followed(target, width)
        self._keep(found.packages.astype(np.intp))
        if left_out == -np.inf:
            settled = self.best >= target or target <= self.nothing
            self.bound = max(self.best, self.nothing) if settled else min(self.bound, target)
            return settled
        self.bound = min(self.bound, max(self.best, left_out))
        return False

    def _keep(self, packages: Packages) -> None:
        packages = np.concatenate([self.packages, packages])
        found = worth(self.game, "egalitarian", self.game.totals(packages))
        self.best = float(found.max())
        self.packages = packages[found >= self.best - self._rounding] if np.isfinite(self.best) else packages[:1]

    def _followed(self, target: float, width: int) -> tuple[_Partial, float]:
        """Whole packages that may reach the target, and the highest ceiling of what was left out."""
        game, mixes, highest_left = self.game, Mixes(self.game), -np.inf
        none_settled = np.zeros((1, len(game.sizes)), dtype=np.uint8 if max(game.sizes) <= 1 << 8 else np.uint32)
        partial = _Partial(-game.least[None, :], none_settled, np.array([self.ceiling]))
        for step, term in enumerate(self.order):
            mixes.settle(term)
            self.looked_at += len(partial) * game.sizes[term]
            open_terms = self.order[step + 1 :]
            grown = [self._grown(chunk, term, open_terms, mixes, target) for chunk in partial.chunks()]
            partial, left_out = _joined(grown).highest(width)
            highest_left = max(highest_left, left_out)
            if not len(partial):
                break
        return partial, highest_left

    def _grown(self, partial: _Partial, term: int, open_terms: Sequence[int], mixes: Mixes, target: float) -> _Partial:
        """With each option of one more term that may reach the target."""
        ceilings = self.means.ceilings(partial.surplus, term, open_terms, self.chance)
        rows, options = np.nonzero(ceilings >= target)
        packages = partial.packages[rows]
        packages[:, term] = options
        surplus = partial.surplus[rows] + self.game.points[:, self.game.starts[term] + options].T
        grown = _Partial(surplus, packages, ceilings[rows, options])
        return self._taught(grown, open_terms, mixes, target) if open_terms else grown

    def _taught(self, partial: _Partial, open_terms: Sequence[int], mixes: Mixes, target: float) -> _Partial:
        """Without those that fall to the means of some of them."""
        learnt, ceiling = list[Points](), -np.inf
        while len(partial) > FEW and len(learnt) < LESSONS and ceiling < target:
            mean, ceiling, _ = mixes.over(partial.surplus[int(self.chance.integers(len(partial)))])
            learnt.append(mean)
            partial = partial.of(np.flatnonzero(self.means.ceilings_by(mean, partial.surplus, open_terms) >= target))
        self.means.learn(np.array(learnt).reshape(-1, self.game.people))
        return partial


def _most_at_stake_first(game: Game, mean: Points) -> list[int]:
    """Terms by how far their options differ to people, who count as in the mean."""
    middles = np.add.reduceat(game.points, game.starts, axis=1) / game.sizes
    apart = mean @ (game.points - np.repeat(middles, game.sizes, axis=1)) ** 2
    return [int(term) for term in np.argsort(-np.add.reduceat(apart, game.starts), kind="stable")]


def _joined(parts: list[_Partial]) -> _Partial:
    return _Partial(
        np.concatenate([part.surplus for part in parts]),
        np.concatenate([part.packages for part in parts]),
        np.concatenate([part.ceilings for part in parts]),
    )
