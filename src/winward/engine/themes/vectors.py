"""Arithmetic on the signals' vectors, in blocks, so that the vectors may be mapped from a file or of half precision."""

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array

from winward.engine.unit_length import normalised

_BLOCK = 16_384


def centres_of(vectors: NDArray[np.floating], theme: NDArray[np.int32]) -> NDArray[np.float32]:
    """(themes, d): the normalised mean of each theme's rows; −1 belongs to none."""
    total = np.zeros((int(theme.max(initial=-1)) + 1, vectors.shape[1]), dtype=np.float64)
    for start, block in _blocks(vectors):
        label = theme[start : start + len(block)]
        known = np.flatnonzero(label >= 0)
        # A product with the sparse table of memberships adds rows up many times faster than numpy's add.at.
        member_of = csr_array((np.ones(len(known)), (label[known], known)), shape=(len(total), len(block)))
        total += member_of @ block
    return normalised(total.astype(np.float32))


def fit_to(
    vectors: NDArray[np.floating], theme: NDArray[np.int32], centres: NDArray[np.float32]
) -> NDArray[np.float32]:
    """(n,): the cosine of each row to its theme's centre, to the nearest one where it has no theme."""
    fit = np.zeros(len(vectors), dtype=np.float32)
    if not len(centres):
        return fit
    for start, block in _blocks(vectors):
        label, of = theme[start : start + len(block)], fit[start : start + len(block)]
        known = label >= 0
        of[known] = np.einsum("nd,nd->n", block[known], centres[label[known]])
        of[~known] = (block[~known] @ centres.T).max(axis=1)
    return fit


def _blocks(vectors: NDArray[np.floating]) -> Iterator[tuple[int, NDArray[np.float32]]]:
    for start in range(0, len(vectors), _BLOCK):
        yield start, np.asarray(vectors[start : start + _BLOCK], dtype=np.float32)
