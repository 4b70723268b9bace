"""How finely to cut: the resolution at which themes stand apart most clearly, found without labels."""

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array

from winward.engine.themes.graph import communities
from winward.engine.themes.vectors import centres_of

RESOLUTIONS = (0.5, 1.0, 1.5, 2.0, 3.0, 4.0, 6.0, 8.0)
# The finest cut that keeps this part of the best separation is taken: a specific theme helps more than a broad one.
KEEPS = 0.92


def best_cut(graph: csr_array, vectors: NDArray[np.float32], seed: int) -> NDArray[np.int32]:
    """The communities (n,) of the finest resolution that keeps KEEPS of the widest separation found."""
    cuts = [communities(graph, resolution, seed) for resolution in RESOLUTIONS]
    apart = [separation(vectors, cut) for cut in cuts]
    enough = min(max(apart), KEEPS * max(apart))
    return next(cut for cut, by in zip(reversed(cuts), reversed(apart), strict=True) if by >= enough)


def separation(vectors: NDArray[np.float32], label: NDArray[np.int32]) -> float:
    """How much nearer rows are to their own centre than to the next one: the mean difference of the two cosines.

    Too coarse a cut lowers the first, too fine a cut raises the second. 0 with fewer than two groups.
    Source: the simplified silhouette, Hruschka, de Castro and Campello (2004), as a difference, not a ratio.
    """
    centres = centres_of(vectors, label)
    if len(centres) < 2:
        return 0.0
    total = 0.0
    for start in range(0, len(vectors), 4096):
        cosine = vectors[start : start + 4096] @ centres.T
        rows = np.arange(len(cosine))
        own = cosine[rows, label[start : start + 4096]].copy()
        cosine[rows, label[start : start + 4096]] = -np.inf
        total += float((own - cosine.max(axis=1)).sum())
    return total / len(vectors)
