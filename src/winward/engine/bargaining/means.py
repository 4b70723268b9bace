"""Means of people's surpluses, by which the least of them is bounded, and the mixed options that teach new ones."""

from collections.abc import Sequence

import numpy as np

from winward.engine.bargaining.game import Game, Packages, Points
from winward.engine.bargaining.solver import INFINITE
from winward.engine.bargaining.tangents import continuous

# How many means are remembered, and how many bound one chunk: those that bound a sample of it best.
REMEMBERED, NEAREST, SAMPLE = 1_500, 64, 24


class Means:
    """weights: (means, people), each summing to 1. worths: (means, columns), −inf where somebody refuses an option.
    tops: (means, terms), the highest of each term. The first are each person alone."""

    def __init__(self, game: Game) -> None:
        self.game = game
        self.refused = game.refused.any(axis=0)
        self.known = 0
        self._weights = np.zeros((REMEMBERED, game.people))
        self._worths = np.zeros((REMEMBERED, len(game.term_of)))
        self._tops = np.zeros((REMEMBERED, len(game.sizes)))
        self.learn(np.eye(game.people))

    def learn(self, weights: Points) -> None:
        """weights: (means, people)"""
        if self.known + len(weights) > REMEMBERED:
            self._forget()
        rows = slice(self.known, self.known + len(weights))
        self._weights[rows] = weights
        self._worths[rows] = np.where(self.refused, -np.inf, weights @ self.game.points)
        self._tops[rows] = np.maximum.reduceat(self._worths[rows], self.game.starts, axis=1)
        self.known += len(weights)

    def _forget(self) -> None:
        """Every other one that was learnt."""
        kept = np.concatenate([np.arange(self.game.people), np.arange(self.game.people, self.known, 2)])
        for held in (self._weights, self._worths, self._tops):
            held[: len(kept)] = held[kept]
        self.known = len(kept)

    def ceilings(self, surplus: Points, term: int, open_terms: Sequence[int], chance: np.random.Generator) -> Points:
        """(packages, options of the term): the most that the least surplus can be, with that option.

        surplus: (packages, people), points over the least from the terms settled before.
        """
        to_come = self._tops[: self.known, open_terms].sum(axis=1)
        near = self._nearest(surplus, term, to_come, chance)
        reached = self._weights[near] @ surplus.T + to_come[near, None]
        options = self._worths[np.ix_(near, self._columns(term))].T
        return np.stack([(reached + own[:, None]).min(axis=0) for own in options], axis=1)

    def _nearest(self, surplus: Points, term: int, to_come: Points, chance: np.random.Generator) -> Packages:
        """Numbers of the means that are lowest most often."""
        if self.known <= NEAREST:
            return np.arange(self.known)
        sample = surplus if len(surplus) <= SAMPLE else surplus[chance.choice(len(surplus), SAMPLE, replace=False)]
        reached = sample @ self._weights[: self.known].T + to_come
        ceilings = reached[:, None] + self._worths[: self.known, self._columns(term)].T[None]
        lowest = np.bincount(ceilings.argmin(axis=2).ravel(), minlength=self.known)
        near: Packages = np.argsort(-lowest, kind="stable")
        return near[:NEAREST]

    def _columns(self, term: int) -> Packages:
        return np.flatnonzero(self.game.term_of == term)

    def ceilings_by(self, weights: Points, surplus: Points, open_terms: Sequence[int]) -> Points:
        """(packages,): by one mean alone."""
        worths = np.where(self.refused, -np.inf, weights @ self.game.points)
        highest: Points = surplus @ weights + np.maximum.reduceat(worths, self.game.starts)[open_terms].sum()
        return highest


class Mixes:
    """The linear program in which options of the open terms are mixed to make the least surplus largest."""

    def __init__(self, game: Game) -> None:
        self.game = game
        self.program, self.mixed = continuous(game)
        floor = self.program.columns([-INFINITE], [INFINITE])
        own = np.tile(np.concatenate([self.mixed, floor]), (game.people, 1))
        factors = np.hstack([game.points, -np.ones((game.people, 1))])
        self.free = np.full(game.people, INFINITE)
        self.people = self.program.rows(game.least, self.free, own, factors)
        self.program.aim(floor, np.ones(1))

    def settle(self, term: int) -> None:
        """The term is open no more; its rows stand first, one a term."""
        columns, none = self.mixed[self.game.term_of == term], np.zeros(1)
        self.program.bound_rows(np.array([term]), none, none)
        self.program.bound(columns, np.zeros(len(columns)), np.zeros(len(columns)))

    def over(self, surplus: Points) -> tuple[Points, float, Packages]:
        """The mean that is lowest, what the least surplus is by it, and the package (terms,) at which the mix points.

        surplus: (people,), points over the least from the settled terms.
        """
        self.program.bound_rows(self.people, -surplus, self.free)
        solved = self.program.solve()
        assert solved, "options that nobody refuses can be mixed"
        # The sign is the solver's affair; a weight is never negative.
        weights = np.abs(solved.duals[self.people])
        shares = solved.values[self.mixed]
        package = [int(shares[self.game.term_of == term].argmax()) for term in range(len(self.game.sizes))]
        return weights / weights.sum(), solved.bound, np.array(package)
