"""Themes keep their ids through a rebuild, and every split and merge leaves a row."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import linear_sum_assignment

# A theme keeps its id when at least this part of all the members it had or has is common to both (Jaccard).
SAME_THEME = 0.3
# A theme came from, or went into, another when at least this part of its members did.
CAME_FROM = 0.5
_SHOWN = 3


@dataclass(frozen=True, slots=True)
class Lineage:
    """What became of a theme. old: an id of before, None for a new theme. new: a label of now, None when retired.

    shared: members common to both. share: of the old theme's members for "continued", "merged into" and "retired",
    of the new theme's for "split from" and "new"; 0 to 1. rows: a few of the members common to both, best fit first.
    """

    kind: Literal["continued", "split from", "merged into", "new", "retired"]
    old: int | None
    new: int | None
    shared: int
    share: float
    rows: tuple[int, ...] = ()


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
    previous: NDArray[np.int64], current: NDArray[np.int32], same: float = SAME_THEME
) -> tuple[int | None, ...]:
    """For each label of now the id that it keeps, None for a theme that needs a new one.

    previous: (n,) ids before, −1 for rows that were new or unsorted. current: (n,) labels from 0, −1 unsorted.
    Themes are matched one to one so that the sum of their Jaccard overlaps is largest; a match below `same` is
    undone. Rows that had no theme before count neither for nor against a match, so growth alone changes no id.
    Source: Kuhn (1955), the Hungarian method.
    """
    overlap = _overlap(previous, current)
    jaccard = overlap.jaccard()
    pairs = zip(*linear_sum_assignment(jaccard, maximize=True), strict=True)
    kept = {int(new): int(overlap.old_ids[old]) for old, new in pairs if jaccard[old, new] >= same}
    return tuple(kept.get(new) for new in range(len(overlap.size)))


def lineage(
    previous: NDArray[np.int64],
    current: NDArray[np.int32],
    ids: Sequence[int | None],
    fit: NDArray[np.float32],
    came_from: float = CAME_FROM,
) -> tuple[Lineage, ...]:
    """What became of each theme of before, and where each of now came from.

    previous, current: as in `keep_identity`. ids: the id that each label keeps, none twice. fit: (n,), by which the
    members that show it are chosen. The events follow Greene, Doyle and Cunningham (2010).
    """
    overlap = _overlap(previous, current, len(ids))
    events = [_arrival(overlap, new, kept, came_from) for new, kept in enumerate(ids)]
    lost = np.flatnonzero(~np.isin(overlap.old_ids, [kept for kept in ids if kept is not None]))
    events += [_departure(overlap, int(old), came_from) for old in lost]
    order = np.argsort(-fit, kind="stable")
    return tuple(_shown(events, previous[order], current[order], order))


def _overlap(previous: NDArray[np.int64], current: NDArray[np.int32], themes: int = 0) -> _Overlap:
    old_ids, old = np.unique(previous[previous >= 0], return_inverse=True)
    themes = max(themes, int(current.max(initial=-1)) + 1)
    now = current[previous >= 0]
    shared = np.zeros((len(old_ids), themes), dtype=np.int64)
    np.add.at(shared, (old[now >= 0], now[now >= 0]), 1)
    size = np.bincount(current[current >= 0], minlength=themes)
    return _Overlap(old_ids, shared, np.bincount(old, minlength=len(old_ids)), size)


def _arrival(overlap: _Overlap, new: int, kept: int | None, came_from: float) -> Lineage:
    if kept is not None and kept in overlap.old_ids:
        old = int(np.searchsorted(overlap.old_ids, kept))
        shared = int(overlap.shared[old, new])
        return Lineage("continued", kept, new, shared, shared / int(overlap.old_size[old]))
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


def _shown(
    events: Sequence[Lineage], previous: NDArray[np.int64], current: NDArray[np.int32], row: NDArray[np.int64]
) -> Iterator[Lineage]:
    """The events with the first few rows that are common to both of their themes."""
    for event in events:
        if event.old is None or event.new is None:
            yield event
            continue
        common = row[(previous == event.old) & (current == event.new)][:_SHOWN]
        yield Lineage(event.kind, event.old, event.new, event.shared, event.share, tuple(common.tolist()))
