"""How finely to cut: the resolution at which themes stand apart most clearly, found without labels."""

from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array

from winward.engine.themes.graph import communities
from winward.engine.themes.vectors import centres_of

RESOLUTIONS = (0.5, 1.0, 1.5, 2.0, 3.0, 4.0, 6.0, 8.0)
# The finest cut that keeps this part of the best separation is taken: a specific theme helps more than a broad one.
KEEPS = 0.9
# Where only edges inside agreed communities keep their weight, this part of a resolution gives about as many of them.
AGREED_AT = 0.5


# Themes that people know move only for a reason: the resolution of before is kept while it keeps this part of the best
# separation, and an edge inside a theme of before weighs this much more.
STILL_KEEPS = 0.8
STAYS = 8.0


@dataclass(frozen=True, slots=True)
class Before:
    """What the last rebuild found. theme: (n,) the theme of each row then, −1 for none and for new rows. resolution: 0
    where it is not known."""

    theme: NDArray[np.int64]
    resolution: float

    def of(self, rows: NDArray[np.int64]) -> "Before":
        return Before(self.theme[rows], self.resolution)


@dataclass(frozen=True, slots=True)
class Cut:
    """label: (n,) communities, numbered by falling size."""

    label: NDArray[np.int32]
    resolution: float


def best_cut(graph: csr_array, vectors: NDArray[np.float32], seed: int, before: Before | None = None) -> Cut:
    """The communities at the finest resolution that keeps KEEPS of the widest separation found.

    What one cut happens to put together, the others may not: the communities returned are those of the graph whose
    edges are weighed by how many of the cuts agree with them. Source: Lancichinetti and Fortunato (2012), consensus.
    """
    # Leiden leaves Python alone while it works, so that threads share the cuts among the cores.
    with ThreadPoolExecutor() as pool:
        cuts = list(pool.map(partial(communities, graph, seed=seed), RESOLUTIONS))
    apart = {at: separation(vectors, cut) for at, cut in zip(RESOLUTIONS, cuts, strict=True)}
    chosen = _chosen(apart, before.resolution if before else 0.0)
    weighed = agreed(graph, cuts)
    if before is not None:
        weighed = staying(weighed, before.theme)
    return Cut(communities(weighed, AGREED_AT * chosen, seed), chosen)


def _chosen(apart: Mapping[float, float], before: float) -> float:
    """apart: the separation at each resolution. before: the resolution chosen last, 0 for none."""
    best = max(apart.values())
    if before in apart and apart[before] >= STILL_KEEPS * best:
        return before
    return max(at for at, by in apart.items() if by >= min(best, KEEPS * best))


def agreed(graph: csr_array, cuts: Sequence[NDArray[np.int32]]) -> csr_array:
    """The graph with each edge's weight × the share of the cuts that put its two ends together."""
    row, col = _ends(graph)
    together = np.mean([cut[row] == cut[col] for cut in cuts], axis=0)
    weighed = csr_array((graph.data * together, col, graph.indptr), shape=graph.shape)
    weighed.eliminate_zeros()
    return weighed


def staying(graph: csr_array, theme: NDArray[np.int64]) -> csr_array:
    """The graph with the edges inside a theme of before weighing STAYS times as much. theme: (n,), −1 for none."""
    row, col = _ends(graph)
    together = (theme[row] >= 0) & (theme[row] == theme[col])
    return csr_array((graph.data * np.where(together, STAYS, 1.0), col, graph.indptr), shape=graph.shape)


def _ends(graph: csr_array) -> tuple[NDArray[np.int64], NDArray[np.int32]]:
    return np.repeat(np.arange(graph.shape[0]), np.diff(graph.indptr)), graph.indices


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
