"""A game: who wants what of which terms, what each can't accept, and whose yes it takes."""

from dataclasses import dataclass
from functools import cached_property
from math import prod

import numpy as np
import numpy.typing as npt

Points = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]
Packages = npt.NDArray[np.intp]
Package = tuple[int, ...]

# Ranks give sums of fractions, which are equal only up to rounding; shares of the span of a person's points.
ROUNDING = 1e-9


@dataclass(frozen=True, slots=True)
class Rule:
    """What it takes: no veto holder says no, and at most `may_refuse` of all people do.

    Everyone's yes is needed with may_refuse 0. Where only the veto holders decide, may_refuse is the number of the
    others.
    """

    may_refuse: int = 0
    vetoes: frozenset[int] = frozenset()

    def passes(self, accepted: Flags) -> Flags:
        """accepted: (packages, people). Returns (packages,)."""
        few: Flags = (~accepted).sum(axis=1) <= self.may_refuse
        return few & accepted[:, sorted(self.vetoes)].all(axis=1)


ALL = Rule()


@dataclass(frozen=True)
class Game:
    """Additive points over terms. Options stand in columns: the first term's, then the second's, and so on.

    sizes: options a term. points: (people, columns), what an option is worth to each. least: (people,), the total
    points below which each says no. refused: (people, columns), what each can't accept, whatever else is offered.
    Raises ValueError where these don't fit.
    """

    sizes: tuple[int, ...]
    points: Points
    least: Points
    refused: Flags
    rule: Rule = ALL

    def __post_init__(self) -> None:
        shape = (len(self.least), sum(self.sizes))
        if not self.sizes or min(self.sizes) < 1:
            raise ValueError("A game needs terms, and each term an option.")
        if self.points.shape != shape or self.refused.shape != shape:
            raise ValueError(f"Points and what is refused must be of {shape[0]} people by {shape[1]} options.")
        if not (np.isfinite(self.points).all() and np.isfinite(self.least).all()):
            raise ValueError("Points must be finite numbers.")

    @property
    def people(self) -> int:
        return len(self.least)

    @property
    def packages(self) -> int:
        """How many there are."""
        return prod(self.sizes)

    @cached_property
    def starts(self) -> Packages:
        """(terms,), each term's first column."""
        return np.concatenate([[0], np.cumsum(self.sizes)[:-1]]).astype(np.intp)

    @cached_property
    def term_of(self) -> Packages:
        """(columns,)"""
        return np.repeat(np.arange(len(self.sizes)), self.sizes)

    @cached_property
    def most(self) -> Points:
        """(people,), the points of each one's favourite package."""
        return self._by_term(np.maximum)

    @cached_property
    def span(self) -> Points:
        """(people,), from each one's worst package to the favourite; 1 where all packages are alike to them."""
        span = self.most - self._by_term(np.minimum)
        return np.where(span > 0, span, 1.0)

    @cached_property
    def at_stake(self) -> Points:
        """(people,), from the least that each accepts to the favourite; at least a rounding error of the span."""
        return np.maximum(self.most - self.least, ROUNDING * self.span)

    def totals(self, packages: Packages) -> Points:
        """packages: (packages, terms), indices of options. Returns (packages, people), points."""
        total = np.zeros((len(packages), self.people))
        for term, start in enumerate(self.starts):
            total += self.points[:, start + packages[:, term]].T
        return total

    def unacceptable(self, packages: Packages) -> Flags:
        """(packages, people): whether a package holds an option that a person can't accept."""
        return np.asarray(self.refused[:, self.starts + packages].any(axis=2).T)

    def accepted(self, packages: Packages) -> Flags:
        """(packages, people)"""
        return self.enough(self.totals(packages)) & ~self.unacceptable(packages)

    def enough(self, totals: Points) -> Flags:
        """totals: (…, people). Whether they reach the least that each accepts."""
        return np.asarray(totals >= self.least - ROUNDING * self.span, dtype=np.bool_)

    def _by_term(self, reduce: np.ufunc) -> Points:
        best: Points = reduce.reduceat(self.points, self.starts, axis=1)
        total: Points = best.sum(axis=1)
        return total
