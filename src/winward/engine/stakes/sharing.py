"""Shapley values of a win probability over the themes that lower it, without visiting the subsets.

A coalition's chance is σ(base + Σ effects of its members). With σ(x) − ½ = ∫₀^∞ sin(xt)/sinh(πt) dt, the mean over
random coalitions of a sine becomes a product over members, so each value is a two-fold integral: over t by the
midpoint rule, whose error falls exponentially in 1/step, and over the coalition's share of members by Gauss–Legendre,
exact because the integrand is a polynomial of degree members − 1. Sources: Shapley (1953); Owen (1972), multilinear
extensions; Trefethen and Weideman (2014), the midpoint rule.
"""

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from winward.engine.stakes.exposure import Floats

NUMBERS_AT_ONCE = 300_000


def shapley(base: Floats, effects: Floats, digits: float = 9.0) -> Floats:
    """Each player's Shapley value of σ(base + Σ effects), right to about 10^-digits.

    base: (games,), log-odds of the empty coalition. effects: (games, players), log-odds; 0 where a player doesn't
    take part, who then gets 0. Returns (games, players); a row sums to σ(base + Σ effects) − σ(base).
    """
    values = np.zeros(effects.shape)
    playing = np.count_nonzero(effects, axis=1)
    for players in np.unique(playing[playing > 0]):
        for games in _blocks(np.flatnonzero(playing == players), int(players)):
            who = np.nonzero(effects[games])[1].reshape(len(games), players)
            theirs = np.take_along_axis(effects[games], who, axis=1)
            values[games[:, None], who] = _values(base[games], theirs, digits)
    return values


def _blocks(games: NDArray[np.intp], players: int) -> Iterator[NDArray[np.intp]]:
    size = max(1, NUMBERS_AT_ONCE // (players * (players + 1) // 2 * 20))
    return (games[first : first + size] for first in range(0, len(games), size))


def _values(base: Floats, effects: Floats, digits: float) -> Floats:
    """The double integral for games in which everybody takes part. Shapes as in `shapley`."""
    t, weight = _half_line(base, effects, digits)
    share, share_weight = _unit_interval(effects.shape[1])
    turn = np.exp(1j * effects[:, :, None] * t) - 1
    start = np.exp(1j * base[:, None] * t) * weight
    values = np.zeros(effects.shape)
    for part, part_weight in zip(share.tolist(), share_weight.tolist(), strict=True):
        member = 1 + part * turn
        everybody = part_weight * start * member.prod(axis=1)
        values += np.einsum("gt,gkt->gk", everybody, turn / member).imag
    return values


def _half_line(base: Floats, effects: Floats, digits: float) -> tuple[Floats, Floats]:
    """Midpoints and weights of ∫₀^∞ … / sinh(πt) dt. The step shrinks as the log-odds grow: too wide a step is wrong
    by e^(reach − 2π/step), and cutting off at `last` by e^(−π last)."""
    top, bottom = base + np.maximum(effects, 0).sum(axis=1), base + np.minimum(effects, 0).sum(axis=1)
    reach, precision = float(np.abs([top, bottom]).max()), digits * np.log(10)
    last = precision / np.pi
    nodes = int(np.ceil(last * (reach + precision) / (2 * np.pi)))
    t = (np.arange(nodes) + 0.5) * last / nodes
    return t, last / nodes / np.sinh(np.pi * t)


def _unit_interval(players: int) -> tuple[Floats, Floats]:
    """Nodes and weights on 0..1, exact for polynomials of degree players − 1. An even number of nodes keeps clear of
    one half, where a member's factor can be zero, so that dividing one out is safe."""
    nodes, weights = np.polynomial.legendre.leggauss(2 * ((players + 3) // 4))
    return (nodes + 1) / 2, weights / 2
