"""Themes found in a sample are carried to the rows that were not in it."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from winward.engine.themes.neighbours import nearest
from winward.engine.themes.unsorted import NEAREST, nearness
from winward.engine.themes.vectors import centres_of

# Every pair of the sample is compared: four times the sample costs sixteen times the time.
MOST_COMPARED = 20_000
# A row is compared with the sampled rows around this many of the themes' centres, the one nearest to it among them.
_CELLS = 6
_BLOCK = 65_536


@dataclass(frozen=True, slots=True)
class Sampled:
    """The rows that were compared with one another, and what was found.

    vectors: (m, d), L2-normalised. label: (m,) their theme, −1 unsorted. enough: the nearness that sorting takes.
    """

    vectors: NDArray[np.float32]
    label: NDArray[np.int32]
    enough: float


def sample_of(rows: NDArray[np.int64], seed: int, most: int) -> NDArray[np.int64]:
    """`rows` themselves where they are few enough, else `most` of them by chance, in their order."""
    if len(rows) <= most:
        return rows
    return np.sort(np.random.default_rng(seed).choice(rows, most, replace=False))


def carried(vectors: NDArray[np.floating], rows: NDArray[np.int64], sampled: Sampled) -> NDArray[np.int32]:
    """The theme (len(rows),) that each row's nearest sampled rows vote for, by squared cosine; −1 unsorted.

    vectors: all the vectors, of which `rows` are to be sorted. A row stays unsorted by the rule for sampled rows: when
    its nearest sampled rows aren't near enough. Costs len(rows) × (themes + sampled rows near the centre) × d.
    """
    label = np.full(len(rows), -1, dtype=np.int32)
    centres = centres_of(sampled.vectors, sampled.label)
    if not len(centres):
        return label
    cells = _cells(sampled, centres)
    for start in range(0, len(rows), _BLOCK):
        block = np.asarray(vectors[rows[start : start + _BLOCK]], dtype=np.float32)
        closest = nearest(block, 1, among=centres)[0][:, 0]
        for cell, among in enumerate(cells):
            mine = np.flatnonzero(closest == cell)
            label[start + mine] = _voted(block[mine], sampled, among)
    return label


def _cells(sampled: Sampled, centres: NDArray[np.float32]) -> list[NDArray[np.int64]]:
    """For each centre the sampled rows that are nearest to it or to one of the centres beside it."""
    closest = nearest(sampled.vectors, 1, among=centres)[0][:, 0]
    beside = nearest(centres, _CELLS, among=centres)[0]
    return [np.flatnonzero(np.isin(closest, around)) for around in beside]


def _voted(vectors: NDArray[np.float32], sampled: Sampled, among: NDArray[np.int64]) -> NDArray[np.int32]:
    index, cosine = nearest(vectors, NEAREST, among=sampled.vectors[among])
    label = sampled.label[among][index]
    weight = np.where(label >= 0, np.square(np.maximum(cosine, 0.0)), 0.0)
    # For each neighbour the weight of all that agree with it: the most agreed with is the theme voted for.
    agreed = (weight[:, None, :] * (label[:, :, None] == label[:, None, :])).sum(axis=2) * (label >= 0)
    best = np.take_along_axis(label, agreed.argmax(axis=1)[:, None], axis=1)[:, 0]
    sorted_in = (agreed.max(axis=1) > 0) & (nearness(cosine) >= sampled.enough)
    return np.where(sorted_in, best, -1).astype(np.int32)
