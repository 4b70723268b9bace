"""What stays unsorted, and why, in plain words."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from winward.engine.themes.words import content_words

SAYS_TOO_LITTLE = "says too little to sort"
NOTHING_LIKE_IT = "nothing else was said like this"
# Near enough, as a part of how near the best-connected tenth of the sentences are to their nearest neighbours.
NEAR_ENOUGH = 0.53
# Below this mean cosine two sentences have nothing in common, however far apart all the others are.
NEVER_NEAR = 0.3
# Five let in whoever has two or three chance neighbours; twenty leave out the members of small themes.
NEAREST = 10


def says_too_little(quotes: Sequence[str]) -> NDArray[np.bool_]:
    """(n,): quotes with no word that could say what they are about."""
    return np.array([not content_words(quote) for quote in quotes], dtype=np.bool_)


def nearness(cosine: NDArray[np.float32]) -> NDArray[np.float32]:
    """(n,): the mean cosine to the nearest few. cosine: (n, k), best first; 0 where there is no neighbour."""
    near = cosine[:, :NEAREST]
    return near.mean(axis=1) if near.size else np.zeros(len(cosine), dtype=np.float32)


def near_enough(near: NDArray[np.float32]) -> float:
    """The nearness below which a row is like no other. near: (n,) as `nearness` returns it.

    What is far depends on the text model and on how the people talk, so that the measure comes from the signals
    themselves: NEAR_ENOUGH × the 90th percentile of their nearness, at least NEVER_NEAR.
    """
    return max(NEVER_NEAR, NEAR_ENOUGH * float(np.quantile(near, 0.9))) if near.size else NEVER_NEAR


def too_few(label: NDArray[np.int32], smallest: int) -> tuple[NDArray[np.bool_], list[str]]:
    """(n,): rows whose group has fewer than `smallest` members, and the reason of each row, "" where large enough."""
    size = np.bincount(label[label >= 0], minlength=1)[label]
    small = (label >= 0) & (size < smallest)
    return small, [_few(int(of), smallest) if few else "" for of, few in zip(size, small, strict=True)]


def _few(size: int, smallest: int) -> str:
    return NOTHING_LIKE_IT if size == 1 else f"too few others said this ({size}, needs {smallest})"
