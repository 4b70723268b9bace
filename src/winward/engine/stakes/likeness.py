"""How unlike two deals are, from what is known of both: what came up, size, and what kind of deal each is."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from winward.engine.stakes.exposure import Flags, Floats

THEMES_WEIGH = 2.0
# Of sizes: eight times as large is as unlike as it gets.
DOUBLINGS = 3.0
UNKNOWN = 0.5


@dataclass(frozen=True, slots=True)
class Traits:
    """What deals are compared by, one row a deal. mentions: (deals, themes). heard: (deals,), whether anything of it
    was recorded. size: (deals,), NaN where unknown. labels: by what they are called (segment, product, competitor),
    each (deals,), "" where unknown."""

    mentions: Flags
    heard: Flags
    size: Floats
    labels: Mapping[str, Sequence[str]]


def distances(traits: Traits, deal: int) -> Floats:
    """(deals,): how unlike each deal is to the one at that row, from 0 (alike in all) to 1 (in nothing).

    The weighted mean over themes (weight 2), size (1) and each label (1). Themes: the part of the themes of either deal
    that only one of them has, a theme weighing more the fewer deals it came up in. Size: doublings between them, three
    or more counting 1. Labels: 0 or 1. What isn't known of one of them counts one half, so that a deal of which nothing
    is known is like none. It is symmetric. Sources: Gower (1971), Biometrics 27; Jaccard (1901).
    """
    parts = [(THEMES_WEIGH, _themes(traits, deal)), (1.0, _size(traits.size, deal))]
    parts += [(1.0, _label(label, deal)) for label in traits.labels.values()]
    weights = np.array([weight for weight, _ in parts])
    return np.asarray(weights @ np.array([part for _, part in parts]) / weights.sum())


def nearest(distance: Floats, among: Flags, most: int, farthest: float) -> NDArray[np.intp]:
    """At most so many of the rows `among`, the likest first; none farther than `farthest`. Ties by row."""
    rows = np.flatnonzero(among & (distance <= farthest))
    return rows[np.argsort(distance[rows], kind="stable")[:most]]


def _themes(traits: Traits, deal: int) -> Floats:
    said = traits.mentions.sum(axis=0)
    rarity = np.log((len(traits.mentions) + 1) / np.maximum(said, 1))
    both = (traits.mentions & traits.mentions[deal]) @ rarity
    either = (traits.mentions | traits.mentions[deal]) @ rarity
    apart = 1 - both / np.where(either > 0, either, 1.0)
    return np.where(traits.heard & traits.heard[deal] & (either > 0), apart, UNKNOWN)


def _size(size: Floats, deal: int) -> Floats:
    known = np.where(size > 0, size, np.nan)
    doublings = np.abs(np.log2(known) - np.log2(known[deal]))
    return np.where(np.isnan(doublings), UNKNOWN, np.minimum(doublings / DOUBLINGS, 1.0))


def _label(label: Sequence[str], deal: int) -> Floats:
    named = np.array(label, dtype=object).astype(str)
    known = (named != "") & bool(label[deal])
    return np.where(known, (named != label[deal]).astype(float), UNKNOWN)
