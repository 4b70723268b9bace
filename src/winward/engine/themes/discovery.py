"""Themes found in the signals' vectors, without labels, and what stays unsorted and why."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array

from winward.engine.themes.distinct import distinct_rows
from winward.engine.themes.graph import areas_among, by_falling_size, neighbour_graph
from winward.engine.themes.neighbours import nearest
from winward.engine.themes.resolution import Before, best_cut
from winward.engine.themes.sampling import MOST_COMPARED, Sampled, carried, sample_of
from winward.engine.themes.unsorted import (
    NOTHING_LIKE_IT,
    SAYS_TOO_LITTLE,
    near_enough,
    nearness,
    says_too_little,
    too_few,
)
from winward.engine.themes.vectors import centres_of, fit_to

NEIGHBOURS = 20
SMALLEST_THEME = 3


@dataclass(frozen=True, slots=True)
class Discovery:
    """Themes are numbered from 0 by falling size.

    theme: (n,) the theme of each row, −1 unsorted. why: n reasons in plain words, "" where sorted. fit: (n,) cosine
    to the centre of the row's theme, to the nearest centre where unsorted (0 when there are no themes).
    centres: (themes, d), L2-normalised, in the space of the vectors given. floor: (themes,) the least fit that a
    member has, for `join`. areas: (themes,) the coarse area of each theme, from 0. resolution: for `Before`.
    """

    theme: NDArray[np.int32]
    why: list[str]
    fit: NDArray[np.float32]
    centres: NDArray[np.float32]
    floor: NDArray[np.float32]
    areas: NDArray[np.int32]
    resolution: float


@dataclass(frozen=True, slots=True)
class _Compared:
    """What comparing every pair gave. why: (m,) the reasons, "" where sorted. graph: (m, m) of nearest neighbours."""

    sampled: Sampled
    why: NDArray[np.object_]
    graph: csr_array
    resolution: float


def discover(
    vectors: NDArray[np.floating],
    quotes: Sequence[str],
    seed: int = 0,
    smallest: int = SMALLEST_THEME,
    compared: int = MOST_COMPARED,
    before: Before | None = None,
) -> Discovery:
    """Groups of signals that are about the same thing.

    vectors: (n, d), L2-normalised, of any precision, in memory or mapped from a file. quotes: n texts.
    smallest: the least number of different quotes that make a theme. compared: of more different quotes a sample of
    this size is compared pair by pair, and the rest is carried to its themes. before: what the rows were sorted into
    last, which they leave only for a reason. The same input and seed give the same answer. Raises ValueError where the
    lengths differ. Method, sources and limits: docs/method/themes.md.
    """
    if len(vectors) != len(quotes):
        raise ValueError(f"{len(vectors)} vectors for {len(quotes)} quotes")
    distinct = distinct_rows(vectors, quotes)
    telling = ~says_too_little([quotes[row] for row in distinct.first])
    sample = sample_of(np.flatnonzero(telling), seed, compared)
    rows = distinct.first[sample]
    known = before.of(rows) if before else None
    pairs = _compare(np.asarray(vectors[rows], dtype=np.float32), seed, smallest, known)
    label, why = _everywhere(vectors, distinct.first, telling, sample, pairs)
    theme = label[distinct.of]
    centres = centres_of(vectors, theme)
    fit = fit_to(vectors, theme, centres)
    areas = areas_among(pairs.graph, label[sample], len(centres), seed)
    floor = _least(fit, theme, len(centres))
    return Discovery(theme, why[distinct.of].tolist(), fit, centres, floor, areas, pairs.resolution)


def _compare(vectors: NDArray[np.float32], seed: int, smallest: int, before: Before | None) -> _Compared:
    index, cosine = nearest(vectors, NEIGHBOURS)
    graph, near = neighbour_graph(index, cosine), nearness(cosine)
    enough = near_enough(near)
    label = np.full(len(vectors), -1, dtype=np.int32)
    why = np.full(len(vectors), NOTHING_LIKE_IT, dtype=object)
    rows = np.flatnonzero(near >= enough)
    cut = best_cut(csr_array(graph[rows][:, rows]), vectors[rows], seed, before.of(rows) if before else None)
    small, why[rows] = too_few(cut.label, smallest)
    label[rows[~small]] = by_falling_size(cut.label[~small])
    return _Compared(Sampled(vectors, label, enough), why, graph, cut.resolution)


def _everywhere(
    vectors: NDArray[np.floating],
    first: NDArray[np.int64],
    telling: NDArray[np.bool_],
    sample: NDArray[np.int64],
    pairs: _Compared,
) -> tuple[NDArray[np.int32], NDArray[np.object_]]:
    """The theme of each different sentence, −1 unsorted, numbered by falling size, and the reasons.

    first: (m,) the sentences' rows in `vectors`. telling: (m,) whether they say anything. sample: those compared.
    """
    label = np.full(len(first), -1, dtype=np.int32)
    why = np.where(telling, NOTHING_LIKE_IT, SAYS_TOO_LITTLE).astype(object)
    label[sample], why[sample] = pairs.sampled.label, pairs.why
    rest = np.setdiff1d(np.flatnonzero(telling), sample, assume_unique=True)
    label[rest] = carried(vectors, first[rest], pairs.sampled)
    why[label >= 0] = ""
    label[label >= 0] = by_falling_size(label[label >= 0])
    return label, why


def _least(fit: NDArray[np.float32], theme: NDArray[np.int32], themes: int) -> NDArray[np.float32]:
    least = np.ones(themes, dtype=np.float32)
    np.minimum.at(least, theme[theme >= 0], fit[theme >= 0])
    return least
