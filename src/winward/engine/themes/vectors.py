"""Arithmetic on the signals' vectors."""

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array

from winward.engine.themes.neighbours import nearest


def normalised(vectors: NDArray[np.float32]) -> NDArray[np.float32]:
    """Rows of length 1; a row of zeros stays zero."""
    length = np.linalg.norm(vectors, axis=1, keepdims=True)
    return (vectors / np.where(length > 0, length, 1.0)).astype(np.float32)


def centres_of(vectors: NDArray[np.float32], theme: NDArray[np.int32]) -> NDArray[np.float32]:
    """(themes, d): the normalised mean of each theme's rows; −1 belongs to none."""
    known = np.flatnonzero(theme >= 0)
    shape = (int(theme.max(initial=-1)) + 1, len(vectors))
    # A product with the sparse table of memberships adds rows up many times faster than numpy's add.at.
    member_of = csr_array((np.ones(len(known)), (theme[known], known)), shape=shape)
    return normalised((member_of @ vectors).astype(np.float32))


def fit_to(vectors: NDArray[np.float32], theme: NDArray[np.int32], centres: NDArray[np.float32]) -> NDArray[np.float32]:
    """(n,): the cosine of each row to its theme's centre, to the nearest one where it has no theme."""
    fit = np.zeros(len(vectors), dtype=np.float32)
    if not len(centres):
        return fit
    known = np.flatnonzero(theme >= 0)
    fit[known] = np.einsum("nd,nd->n", vectors[known], centres[theme[known]])
    unsorted = np.flatnonzero(theme < 0)
    fit[unsorted] = nearest(vectors[unsorted], 1, among=centres)[1][:, 0]
    return fit
