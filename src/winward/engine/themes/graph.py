"""The neighbour graph of the signals, and its communities."""

from typing import cast

import graspologic_native
import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array

_AREA_RESOLUTIONS = (0.25, 0.5, 0.75, 1.0, 1.5, 2.0, 3.0)


def neighbour_graph(index: NDArray[np.int32], cosine: NDArray[np.float32]) -> csr_array:
    """An undirected graph whose edges weigh the squared cosine (negative cosines weigh nothing).

    index, cosine: (n, k) as `nearest` returns them. Squaring makes a close neighbour count far more than a
    middling one. An edge that both ends chose weighs the full amount, a one-sided one half of it.
    """
    n, k = index.shape
    rows = np.repeat(np.arange(n), k)
    weights = np.square(np.maximum(cosine, 0.0), dtype=np.float64).ravel()
    directed = csr_array((weights, (rows, index.ravel())), shape=(n, n))
    graph = csr_array((directed + directed.T) / 2)
    graph.eliminate_zeros()
    graph.sort_indices()
    return graph


def communities(graph: csr_array, resolution: float, seed: int) -> NDArray[np.int32]:
    """The community of each node, numbered by falling size. Isolated nodes are communities of their own.

    Source: Traag, Waltman and van Eck (2019), From Louvain to Leiden; objective: modularity at `resolution`.
    """
    n = graph.shape[0]
    if n == 0 or graph.nnz == 0:
        return np.arange(n, dtype=np.int32)
    _, found = graspologic_native.leiden_csr(
        graph.indptr.astype(np.int64),
        graph.indices.astype(np.int32),
        graph.data.astype(np.float64),
        n,
        resolution=resolution,
        iterations=2,
        seed=seed,
    )
    members = cast("dict[int, int]", found)
    return by_falling_size(np.fromiter((members[node] for node in range(n)), dtype=np.int32, count=n))


def areas_among(graph: csr_array, label: NDArray[np.int32], themes: int, seed: int) -> NDArray[np.int32]:
    """The area of each theme, from 0 by falling number of themes: about √themes areas, so that both levels can be read.

    label: (n,) the theme of each node of `graph`, −1 for none. Areas are the communities of the themes on the graph of
    the edges between them, at the resolution that comes nearest to √themes of them, the coarser of two.
    """
    joined = between(graph, label, themes)
    cuts = [communities(joined, resolution, seed) for resolution in _AREA_RESOLUTIONS]
    return min(cuts, key=lambda cut: abs(int(cut.max(initial=-1)) + 1 - themes**0.5))


def by_falling_size(label: NDArray[np.int32]) -> NDArray[np.int32]:
    """The same groups, numbered from 0 by falling size; equal sizes by their first row."""
    _, first, code, size = np.unique(label, return_index=True, return_inverse=True, return_counts=True)
    order = np.lexsort((first, -size))
    rank = np.empty(len(order), dtype=np.int32)
    rank[order] = np.arange(len(order), dtype=np.int32)
    return rank[code]


def between(graph: csr_array, label: NDArray[np.int32], groups: int) -> csr_array:
    """The graph of the groups: the weight of the edges between two, over the root of the product of their sizes.

    label: (n,) from 0; −1 takes no part. Returns (groups, groups), symmetric, empty diagonal.
    """
    sorted_in = np.flatnonzero(label >= 0)
    member = csr_array((np.ones(len(sorted_in)), (sorted_in, label[sorted_in])), shape=(len(label), groups))
    joined = csr_array(member.T @ graph @ member).tocoo()
    size = np.maximum(np.bincount(label[sorted_in], minlength=groups), 1)
    apart = joined.row != joined.col
    row, col = joined.row[apart], joined.col[apart]
    return csr_array((joined.data[apart] / np.sqrt(size[row] * size[col]), (row, col)), shape=(groups, groups))
