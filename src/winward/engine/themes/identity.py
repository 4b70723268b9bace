"""Themes keep their ids through a rebuild, and every split and merge leaves a row."""

from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import linear_sum_assignment

# A theme keeps its id when at least this part of all the members it had or has is common to both (Jaccard).
SAME_THEME = 0.3
# A theme came from, or went into, another when at least this part of its members did.
CAME_FROM = 0.5


@dataclass(frozen=True, slots=True)
class Lineage:
    """What became of a theme. old: an id of before, None for a new theme. new: a label of now, None when retired.

    shared: members common to both. share: of the old theme's members for "continued", "merged into" and "retired",
    of the new theme's for "split from" and "new"; 0 to 1.
    """

    kind: Literal["continued", "split from", "merged into", "new", "retired"]
    old: int | None
    new: int | None
    shared: int
    share: float


@dataclass(frozen=True, slots=True)
class Identity:
    """ids: for each label of now the id that it keeps, None for a theme that needs a new one."""

    ids: tuple[int | None, ...]
    events: tuple[Lineage, ...]


@dataclass(frozen=True, slots=True)
class _Overlap:
    """Members common to each old theme (rows) and each theme of now (columns)."""

    old_ids: NDArray[np.int64]
    shared: NDArray[np.int64]
    old_size: NDArray[np.int64]
    size: NDArray[np.int64]

    def jaccard(self) -> NDArray[np.float64]:
        known = self.shared.sum(axis=0)
        union = self.old_size[:, None] + known[None, :] - self.shared
        return np.asarray(self.shared / np.maximum(union, 1), dtype=np.float64)


def keep_identity(
    previous: NDArray[np.int64], current: NDArray[np.int32], same: float = SAME_THEME, came_from: float = CAME_FROM
) -> Identity:
    """Which theme of now is which of before, and what became of the rest.

    previous: (n,) ids before, −1 for rows that were new or unsorted. current: (n,) labels from 0, −1 unsorted.
    Themes are matched one to one so that the sum of their Jaccard overlaps is largest; a match below `same` is
    undone. Rows that had no theme before count neither for nor against a match, so growth alone changes no id.
    Source: Kuhn (1955), the Hungarian method; the events follow Greene, Doyle and Cunningham (2010).
    """
    overlap = _overlap(previous, current)
    jaccard = overlap.jaccard()
    pairs = zip(*linear_sum_assignment(jaccard, maximize=True), strict=True)
    kept = {int(new): int(old) for old, new in pairs if jaccard[old, new] >= same}
    ids = tuple(int(overlap.old_ids[kept[new]]) if new in kept else None for new in range(len(overlap.size)))
    events = [_arrival(overlap, new, kept.get(new), came_from) for new in range(len(ids))]
    lost = sorted(set(range(len(overlap.old_ids))) - set(kept.values()))
    return Identity(ids, (*events, *(_departure(overlap, old, came_from) for old in lost)))


def _overlap(previous: NDArray[np.int64], current: NDArray[np.int32]) -> _Overlap:
    old_ids, old = np.unique(previous[previous >= 0], return_inverse=True)
    themes = int(current.max(initial=-1)) + 1
    now = current[previous >= 0]
    shared = np.zeros((len(old_ids), themes), dtype=np.int64)
    np.add.at(shared, (old[now >= 0], now[now >= 0]), 1)
    size = np.bincount(current[current >= 0], minlength=themes)
    return _Overlap(old_ids, shared, np.bincount(old, minlength=len(old_ids)), size)


def _arrival(overlap: _Overlap, new: int, kept: int | None, came_from: float) -> Lineage:
    if kept is not None:
        shared = int(overlap.shared[kept, new])
        return Lineage("continued", int(overlap.old_ids[kept]), new, shared, shared / int(overlap.old_size[kept]))
    if not len(overlap.old_ids):
        return Lineage("new", None, new, 0, 0.0)
    source = int(overlap.shared[:, new].argmax())
    shared = int(overlap.shared[source, new])
    share = shared / max(int(overlap.size[new]), 1)
    if share < came_from:
        return Lineage("new", None, new, shared, share)
    return Lineage("split from", int(overlap.old_ids[source]), new, shared, share)


def _departure(overlap: _Overlap, old: int, came_from: float) -> Lineage:
    before = int(overlap.old_ids[old])
    if not overlap.shared.shape[1]:
        return Lineage("retired", before, None, 0, 0.0)
    target = int(overlap.shared[old].argmax())
    shared = int(overlap.shared[old, target])
    share = shared / int(overlap.old_size[old])
    if share < came_from:
        return Lineage("retired", before, None, shared, share)
    return Lineage("merged into", before, target, shared, share)
