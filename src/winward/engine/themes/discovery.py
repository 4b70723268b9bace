"""Themes found in the signals' vectors, without labels, and what stays unsorted and why."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array

from winward.engine.themes.distinct import distinct_rows
from winward.engine.themes.graph import between, by_falling_size, communities, neighbour_graph
from winward.engine.themes.neighbours import nearest
from winward.engine.themes.resolution import best_cut
from winward.engine.themes.unsorted import NOTHING_LIKE_IT, SAYS_TOO_LITTLE, says_too_little, too_few, unlike_any
from winward.engine.themes.vectors import centres_of, fit_to

NEIGHBOURS = 20
SMALLEST_THEME = 3


@dataclass(frozen=True, slots=True)
class Discovery:
    """Themes are numbered from 0 by falling size.

    theme: (n,) the theme of each row, −1 unsorted. why: n reasons in plain words, "" where sorted. fit: (n,) cosine
    to the centre of the row's theme, to the nearest centre where unsorted (0 when there are no themes).
    centres: (themes, d), L2-normalised, in the space of the vectors given. floor: (themes,) the least fit that a
    member has, for `join`. areas: (themes,) the coarse area of each theme, from 0.
    """

    theme: NDArray[np.int32]
    why: list[str]
    fit: NDArray[np.float32]
    centres: NDArray[np.float32]
    floor: NDArray[np.float32]
    areas: NDArray[np.int32]


def discover(
    vectors: NDArray[np.float32],
    quotes: Sequence[str],
    seed: int = 0,
    smallest: int = SMALLEST_THEME,
) -> Discovery:
    """Groups of signals that are about the same thing.

    vectors: (n, d), L2-normalised. quotes: n texts.
    smallest: the least number of different quotes that make a theme. The same input and seed give the same answer.
    Raises ValueError where the lengths differ. Method, sources and limits: docs/method/themes.md.
    """
    if len(vectors) != len(quotes):
        raise ValueError(f"{len(vectors)} vectors for {len(quotes)} quotes")
    distinct = distinct_rows(vectors, quotes)
    sentences = [quotes[row] for row in distinct.first]
    index, cosine = nearest(vectors[distinct.first], NEIGHBOURS)
    graph = neighbour_graph(index, cosine)
    label, why = _sort(vectors[distinct.first], sentences, cosine, graph, seed, smallest)
    theme = label[distinct.of]
    centres = centres_of(vectors, theme)
    fit = fit_to(vectors, theme, centres)
    areas = communities(between(graph, label), 1.0, seed)
    return Discovery(theme, [why[row] for row in distinct.of], fit, centres, _least(fit, theme, len(centres)), areas)


def _sort(
    vectors: NDArray[np.float32],
    quotes: Sequence[str],
    cosine: NDArray[np.float32],
    graph: csr_array,
    seed: int,
    smallest: int,
) -> tuple[NDArray[np.int32], list[str]]:
    """The theme of each different sentence, −1 unsorted, and the reasons."""
    label = np.full(len(vectors), -1, dtype=np.int32)
    why = np.full(len(vectors), NOTHING_LIKE_IT, dtype=object)
    empty = says_too_little(quotes)
    why[empty] = SAYS_TOO_LITTLE
    rows = np.flatnonzero(~empty & ~unlike_any(cosine))
    cut = best_cut(csr_array(graph[rows][:, rows]), vectors[rows], seed)
    small, reasons = too_few(cut, smallest)
    label[rows[~small]] = by_falling_size(cut[~small])
    why[rows] = reasons
    return label, why.tolist()


def _least(fit: NDArray[np.float32], theme: NDArray[np.int32], themes: int) -> NDArray[np.float32]:
    least = np.ones(themes, dtype=np.float32)
    np.minimum.at(least, theme[theme >= 0], fit[theme >= 0])
    return least
