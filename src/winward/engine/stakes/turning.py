"""Where a sequence turned: changes of its mean, each shown against the same values in random order."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from winward.engine.stakes.exposure import Floats

ORDERS = 1_999
FEWEST_BESIDE = 3
CHANCE_ALLOWED = 0.05


@dataclass(frozen=True, slots=True)
class Turn:
    """at: the position of the first value after the turn. before, after: the means from the turn before it to it, and
    from it to the next one. chance: how often values in random order turn as sharply somewhere."""

    at: int
    before: float
    after: float
    chance: float


def turns(values: Floats, seed: int, least: float = 0.0, allowed: float = CHANCE_ALLOWED) -> tuple[Turn, ...]:
    """Where the mean of `values` (n,), in order of time, changed, earliest first.

    A sequence without any change is given one with a chance of at most `allowed`. least: the smallest change worth
    telling, in the values' unit. At least 3 values stand on either side. The likeliest place is found first, and then
    the parts on both sides are asked alone (binary segmentation). The test makes no assumption on how the values are
    distributed, but takes them as exchangeable: where neighbours are alike for another reason (one breath, one clause
    after the other), give their mean as one value.

    Sources: Vostrikova (1981), Soviet Mathematics Doklady 24, binary segmentation; Antoch and Hušková (2001),
    Statistics & Probability Letters 53, permutation tests of a change.
    """
    rng = np.random.default_rng(seed)
    found = sorted(_within(values, 0, len(values), rng, least, allowed))
    bounds = [0, *(at for at, _ in found), len(values)]
    means = [float(values[first:last].mean()) for first, last in pairwise(bounds) if last > first]
    return tuple(Turn(at, means[place], means[place + 1], chance) for place, (at, chance) in enumerate(found))


def _within(
    values: Floats, first: int, last: int, rng: np.random.Generator, least: float, allowed: float
) -> Iterator[tuple[int, float]]:
    """(position, chance) of every turn between two positions."""
    part = values[first:last]
    if len(part) < 2 * FEWEST_BESIDE or np.ptp(part) == 0:
        return
    at, chance = _sharpest(part, rng)
    if chance > allowed or abs(part[at:].mean() - part[:at].mean()) < least:
        return
    yield first + at, chance
    yield from _within(values, first, first + at, rng, least, allowed)
    yield from _within(values, first + at, last, rng, least, allowed)


def _sharpest(part: Floats, rng: np.random.Generator) -> tuple[int, float]:
    """Where the part turns most sharply, and how often that happens in random order (with the order as it is)."""
    seen = _sharpness(part[None])[0]
    shuffled = _sharpness(rng.permuted(np.tile(part, (ORDERS, 1)), axis=1)).max(axis=1)
    # Rounding must not make the very same split look less sharp in another order.
    as_sharp = int((shuffled >= seen.max() * (1 - 1e-9)).sum())
    return int(seen.argmax()) + FEWEST_BESIDE, (1 + as_sharp) / (1 + ORDERS)


def _sharpness(orders: Floats) -> Floats:
    """(orders, places): the difference of the means on both sides, in units of its own spread, for each place."""
    length = orders.shape[1]
    left = np.arange(FEWEST_BESIDE, length - FEWEST_BESIDE + 1)
    sums = np.cumsum(orders - orders.mean(axis=1, keepdims=True), axis=1)[:, left - 1]
    return np.asarray(np.abs(sums) / np.sqrt(left * (length - left) / length))
