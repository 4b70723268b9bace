"""Vectors brought to the length at which their product is their cosine."""

import numpy as np
from numpy.typing import NDArray


def normalised(vectors: NDArray[np.floating]) -> NDArray[np.float32]:
    """Rows of length 1; a row of zeros stays zero. vectors: (n, d), or a single (d,)."""
    length = np.linalg.norm(vectors, axis=-1, keepdims=True)
    return (vectors / np.where(length > 0, length, 1.0)).astype(np.float32)
