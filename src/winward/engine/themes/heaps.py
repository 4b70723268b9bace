"""Signals that say alike, in heaps that one decision can be made about."""

import numpy as np
from numpy.typing import NDArray

# At this cosine a person who has read one has an opinion on the other.
ALIKE = 0.6


def heaps(vectors: NDArray[np.float32], alike: float = ALIKE) -> list[list[int]]:
    """Rows in heaps around the first row that none before is alike to; each row lies in the first such heap.

    vectors: (n, d), L2-normalised, the most important first. Returns the rows of each heap, its leader first and then
    the nearest to it. Source: Hartigan (1975), the leader algorithm.
    """
    free = np.ones(len(vectors), dtype=np.bool_)
    found = []
    for leader in range(len(vectors)):
        if not free[leader]:
            continue
        cosine = vectors @ vectors[leader]
        members = np.flatnonzero(free & (cosine >= alike))
        members = members[members != leader]
        found.append([leader, *members[np.argsort(-cosine[members], kind="stable")].tolist()])
        free[found[-1]] = False
    return found
