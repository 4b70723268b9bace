"""The exact nearest neighbours of every vector, in blocks, so that memory stays flat as the rows grow."""

import numpy as np
from numpy.typing import NDArray

_BLOCK = 1024


def nearest(
    vectors: NDArray[np.float32], k: int, among: NDArray[np.float32] | None = None
) -> tuple[NDArray[np.int32], NDArray[np.float32]]:
    """The `k` rows of highest cosine for each row of `vectors`, best first; a row is not its own neighbour.

    vectors: (n, d), L2-normalised. among: (m, d) to search instead of `vectors` itself; then nothing is left out.
    Returns indexes and cosines, both (n, min(k, rows to be found)). Exact; n × m × d multiplications.
    """
    found_in = vectors if among is None else among
    most = max(0, min(k, len(found_in) - (among is None)))
    index = np.zeros((len(vectors), most), dtype=np.int32)
    cosine = np.zeros((len(vectors), most), dtype=np.float32)
    if most == 0:
        return index, cosine
    for start in range(0, len(vectors), _BLOCK):
        block = slice(start, start + _BLOCK)
        similar = vectors[block] @ found_in.T
        if among is None:
            rows = np.arange(len(similar))
            similar[rows, rows + start] = -np.inf
        index[block], cosine[block] = _best(similar, most)
    return index, cosine


def _best(similar: NDArray[np.float32], most: int) -> tuple[NDArray[np.int64], NDArray[np.float32]]:
    chosen = np.argpartition(-similar, most - 1, axis=1)[:, :most]
    values = np.take_along_axis(similar, chosen, axis=1)
    order = np.argsort(-values, axis=1, kind="stable")
    return np.take_along_axis(chosen, order, axis=1), np.take_along_axis(values, order, axis=1)
