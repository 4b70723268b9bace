"""Shapley values of a win probability over the themes that came up, without visiting the subsets.

A coalition's chance is σ(base + Σ effects of its members). With σ(x) − ½ = ∫₀^∞ sin(xt)/sinh(πt) dt, the mean over
random coalitions of a sine becomes a product over members, so each value is a two-fold integral: over t by the
midpoint rule, whose error falls exponentially in 1/step, and over the coalition's share of members by Gauss–Legendre,
exact because the integrand is a polynomial of degree members − 1. Shares s and 1 − s have conjugate products, so half
of its nodes do. Sources: Shapley (1953); Owen (1972), multilinear extensions; Trefethen and Weideman (2014), the
midpoint rule.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

from winward.engine.stakes.exposure import Floats

NUMBERS_AT_ONCE = 300_000
DIGITS = 8.0
# Further than this beyond all effects, the chance is 0 or 1 for every coalition.
CERTAIN = 40.0
Positions = NDArray[np.intp]
Complexes = NDArray[np.complex128]


def shapley(base: Floats, effects: Floats, digits: float = DIGITS) -> Floats:
    """Each player's Shapley value of σ(base + Σ effects), right to about 10^-digits.

    base: (games,), log-odds of the empty coalition. effects: (games, players), log-odds; 0 where a player doesn't
    take part, who then gets 0. Returns (games, players); a row sums to σ(base + Σ effects) − σ(base).
    """
    values = np.zeros(effects.shape)
    for games, who in _alike(base, effects, digits):
        theirs = np.take_along_axis(effects[games], who, axis=1)
        waves = _Waves.of(base[games], theirs, digits)
        turns = waves.turns(theirs)
        values[games[:, None], who] = waves.summed(turns, _beside_each(turns))
    return values


def shapley_of_one(base: Floats, own: Floats, others: Floats, digits: float = DIGITS) -> Floats:
    """(games,), the value of one player alone, quicker than everybody's. own: (games,), that player's effect.
    others: (games, players), the effects of those beside it, 0 where one doesn't take part."""
    values = np.zeros(len(base))
    for games, who in _alike(base, others, digits):
        theirs = np.take_along_axis(others[games], who, axis=1)
        waves = _Waves.of(base[games], np.column_stack([own[games], theirs]), digits)
        beside = _beside_all(waves.turns(theirs))[:, None]
        values[games] = waves.summed(waves.turns(own[games, None]), beside)[:, 0]
    return values


@dataclass(frozen=True, slots=True)
class _Waves:
    """The integrand's parts over t (nodes,): start and finish (games, nodes) are those of nobody and of everybody,
    weighed."""

    t: Floats
    start: Complexes
    finish: Complexes

    @classmethod
    def of(cls, base: Floats, effects: Floats, digits: float) -> "_Waves":
        reach = np.abs(effects).sum(axis=1)
        within = np.clip(base, -reach - CERTAIN, reach + CERTAIN)
        t, weight = _half_line(within, effects, digits)
        start = weight * np.exp(1j * within[:, None] * t)
        return cls(t, start, start * np.exp(1j * effects.sum(axis=1)[:, None] * t))

    def turns(self, effects: Floats) -> Complexes:
        """(games, players, nodes), what each player's coming in does."""
        return np.asarray(np.exp(1j * effects[:, :, None] * self.t) - 1)

    def summed(self, turns: Complexes, beside: Complexes) -> Floats:
        """(games, players). beside: the product of the others, over one half of the shares."""
        there = turns * beside
        back = np.einsum("gt,gkt->gk", self.finish, there.conj())
        return np.asarray((np.einsum("gt,gkt->gk", self.start, there) - back).imag)


def _beside_each(turns: Complexes) -> Complexes:
    """For each player the mean product of all others."""
    beside = np.zeros_like(turns)
    for share, weight in _half_of_the_shares(turns.shape[1]):
        members = 1 + share * turns
        beside += weight * members.prod(axis=1)[:, None] / members
    return beside


def _beside_all(turns: Complexes) -> Complexes:
    """(games, nodes), the mean product of all players."""
    beside = np.zeros((len(turns), turns.shape[2]), dtype=np.complex128)
    for share, weight in _half_of_the_shares(turns.shape[1] + 1):
        beside += weight * (1 + share * turns).prod(axis=1)
    return beside


def _alike(base: Floats, effects: Floats, digits: float) -> Iterator[tuple[Positions, Positions]]:
    """Games of as many players, few enough to hold at once: which games (n,), and who plays in them (n, players)."""
    playing = np.count_nonzero(effects, axis=1)
    for players in np.unique(playing).tolist():
        every = np.flatnonzero(playing == players)
        nodes = len(_half_line(base[every].clip(-CERTAIN, CERTAIN), effects[every], digits)[0])
        size = max(1, NUMBERS_AT_ONCE // ((players + 1) * nodes))
        for first in range(0, len(every), size):
            games = every[first : first + size]
            yield games, np.nonzero(effects[games])[1].reshape(len(games), players)


def _half_line(base: Floats, effects: Floats, digits: float) -> tuple[Floats, Floats]:
    """Midpoints and weights of ∫₀^∞ … / sinh(πt) dt. The step shrinks as the log-odds grow: too wide a step is wrong
    by e^(reach − 2π/step), and cutting off at `last` by e^(−π last)."""
    top, bottom = base + np.maximum(effects, 0).sum(axis=1), base + np.minimum(effects, 0).sum(axis=1)
    reach, precision = float(np.abs([top, bottom]).max()), digits * np.log(10)
    last = precision / np.pi
    nodes = int(np.ceil(last * (reach + precision) / (2 * np.pi)))
    t = (np.arange(nodes) + 0.5) * last / nodes
    return t, last / nodes / np.sinh(np.pi * t)


@cache
def _half_of_the_shares(players: int) -> tuple[tuple[float, float], ...]:
    """The nodes below one half, and weights, of a rule on 0..1 exact for polynomials of degree players − 1. An even
    number of nodes keeps clear of one half, where a member's factor can be zero, so that dividing one out is safe."""
    nodes, weights = np.polynomial.legendre.leggauss(2 * max(1, (players + 3) // 4))
    half = len(nodes) // 2
    return tuple(zip(((nodes[:half] + 1) / 2).tolist(), (weights[:half] / 2).tolist(), strict=True))
