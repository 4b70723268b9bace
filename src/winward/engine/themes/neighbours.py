"""The exact nearest neighbours of every vector, in blocks, so that memory stays flat as the rows grow."""

import numpy as np
from numpy.typing import NDArray

_BLOCK = 1024
# Columns that are looked at together when the best of a row are sought.
_GROUP = 32


def nearest(
    vectors: NDArray[np.floating], k: int, among: NDArray[np.floating] | None = None
) -> tuple[NDArray[np.int32], NDArray[np.float32]]:
    """The `k` rows of highest cosine for each row of `vectors`, best first; a row is not its own neighbour.

    vectors: (n, d), L2-normalised, of any precision, in memory or mapped from a file. among: (m, d) to search
    instead of `vectors` itself; then nothing is left out.
    Returns indexes and cosines, both (n, min(k, rows to be found)). Exact; n × m × d multiplications.
    """
    found_in = np.asarray(vectors if among is None else among, dtype=np.float32)
    most = max(0, min(k, len(found_in) - (among is None)))
    index = np.zeros((len(vectors), most), dtype=np.int32)
    cosine = np.zeros((len(vectors), most), dtype=np.float32)
    if most == 0:
        return index, cosine
    for start in range(0, len(vectors), _BLOCK):
        block = slice(start, start + _BLOCK)
        similar = np.asarray(vectors[block], dtype=np.float32) @ found_in.T
        if among is None:
            rows = np.arange(len(similar))
            similar[rows, rows + start] = -np.inf
        index[block], cosine[block] = _best(similar, most)
    return index, cosine


def _best(similar: NDArray[np.float32], most: int) -> tuple[NDArray[np.int64], NDArray[np.float32]]:
    groups = similar.shape[1] // _GROUP
    if groups <= most:
        return _highest(similar, most)
    columns = _promising(similar, most, groups)
    chosen, values = _highest(np.take_along_axis(similar, columns, axis=1), most)
    return np.take_along_axis(columns, chosen, axis=1), values


def _promising(similar: NDArray[np.float32], most: int, groups: int) -> NDArray[np.int64]:
    """Columns among which the `most` highest of each row are: they can only lie in the groups of highest maximum.

    Finding the maxima costs one pass that the processor does eight or sixteen numbers at a time; sorting out the best
    of all columns costs some ten times as much.
    """
    rows, whole = len(similar), groups * _GROUP
    maxima = similar[:, :whole].reshape(rows, _GROUP, groups).max(axis=1)
    best = np.argpartition(maxima, groups - most, axis=1)[:, groups - most :]
    columns = (best[:, None, :] + groups * np.arange(_GROUP)[:, None]).reshape(rows, -1)
    rest = np.broadcast_to(np.arange(whole, similar.shape[1]), (rows, similar.shape[1] - whole))
    return np.hstack([columns, rest])


def _highest(similar: NDArray[np.float32], most: int) -> tuple[NDArray[np.int64], NDArray[np.float32]]:
    chosen = np.argpartition(-similar, most - 1, axis=1)[:, :most]
    values = np.take_along_axis(similar, chosen, axis=1)
    order = np.argsort(-values, axis=1, kind="stable")
    return np.take_along_axis(chosen, order, axis=1), np.take_along_axis(values, order, axis=1)
