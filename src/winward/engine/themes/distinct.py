"""The same sentence said many times counts once in the graph, or its copies would be one another's only neighbours."""

from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import blake2b

import numpy as np
from numpy.typing import NDArray

from winward.engine.themes.words import words


@dataclass(frozen=True, slots=True)
class Distinct:
    """first: (m,) the first row of each different sentence. of: (n,) which of them each row is."""

    first: NDArray[np.int64]
    of: NDArray[np.int64]


def distinct_rows(vectors: NDArray[np.floating], quotes: Sequence[str]) -> Distinct:
    """Rows with the same words in the same order, or with the same vector, are one sentence."""
    seen: dict[str | bytes, int] = {}
    first: list[int] = []
    of = np.empty(len(quotes), dtype=np.int64)
    for row, quote in enumerate(quotes):
        # A million vectors as they are would fill the memory a second time; sixteen bytes tell them apart as well.
        said, vector = " ".join(words(quote)), blake2b(vectors[row].tobytes(), digest_size=16).digest()
        known = seen.get(vector) if not said or said not in seen else seen[said]
        if known is None:
            known = len(first)
            first.append(row)
        of[row] = seen[vector] = known
        if said:
            seen[said] = known
    return Distinct(np.array(first, dtype=np.int64), of)
