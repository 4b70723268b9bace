"""New signals join the themes that stand, without a rebuild."""

import numpy as np
from numpy.typing import NDArray

from winward.engine.themes.neighbours import nearest

NOT_LIKE_ANY = "no theme is close enough yet"


def join(
    vectors_new: NDArray[np.float32], centres: NDArray[np.float32], floor: NDArray[np.float32]
) -> tuple[NDArray[np.int32], NDArray[np.float32], list[str]]:
    """The theme whose centre is nearest to each new signal, if it is near enough.

    vectors_new: (n, d), centres: (themes, d), both L2-normalised. floor: (themes,) the least cosine that a member
    has. Returns theme (n,), −1 where the floor isn't reached; fit (n,), the cosine to that centre, reached or not;
    and the reason in plain words, "" where joined. n × themes × d multiplications.
    """
    if not len(centres):
        fit = np.zeros(len(vectors_new), dtype=np.float32)
        return np.full(len(vectors_new), -1, dtype=np.int32), fit, ["no themes have been found yet"] * len(vectors_new)
    index, cosine = nearest(vectors_new, 1, among=centres)
    closest, fit = index[:, 0], cosine[:, 0]
    theme = np.where(fit >= floor[closest], closest, -1).astype(np.int32)
    return theme, fit, ["" if found >= 0 else NOT_LIKE_ANY for found in theme]
