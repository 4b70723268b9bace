"""People's word on where signals belong, laid over what a rebuild found: what they joined stays joined, what they
took apart stays apart, and no theme that they care for is lost."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from winward.engine.themes.graph import by_falling_size
from winward.engine.themes.identity import keep_identity
from winward.engine.themes.neighbours import nearest
from winward.engine.themes.vectors import centres_of, fit_to

LEFT_OVER = "too few are left of those who said this"
# What `placed` holds for a row that nobody placed, and for one that a person placed in no theme.
FREE, ASIDE = -1, 0
# A theme is at home in a found group that holds this part of its known members.
AT_HOME = 0.5
# One row that a person placed says nothing of the group around it.
FEWEST_PLACED = 2
# A theme of placed rows alone has no free member to say how far it reaches; then this part of them lies beyond it.
BEYOND = 0.1


@dataclass(frozen=True, slots=True)
class Shaped:
    """theme: (n,) labels from 0 by falling size, −1 unsorted. ids: for each label the id that it has, None for a new
    theme. why: n reasons, "" where sorted and where a person set the row aside."""

    theme: NDArray[np.int32]
    ids: tuple[int | None, ...]
    why: list[str]


@dataclass(frozen=True, slots=True)
class Measured:
    """centres: (themes, d). fit: (n,) as in Discovery. floor: (themes,), as `join_floor` gives it."""

    centres: NDArray[np.float32]
    fit: NDArray[np.float32]
    floor: NDArray[np.float32]


def shape(
    found: NDArray[np.int32],
    why: Sequence[str],
    vectors: NDArray[np.float32],
    previous: NDArray[np.int64],
    placed: NDArray[np.int64],
    lasting: Sequence[int] = (),
    smallest: int = 3,
) -> Shaped:
    """The themes that a rebuild leaves behind, people's decisions kept.

    found: (n,) groups from 0, −1 unsorted; why: n reasons. vectors: (n, d), L2-normalised. previous: (n,) ids of the
    themes before, −1 for none. placed: (n,) the id of the theme that a person placed the row in, ASIDE or FREE.
    lasting: ids of the themes that no rebuild may retire; smallest: the least members of any other theme.

    1. A group in which two themes are at home that people placed rows in is cut: each row that was in one of them
       stays, the rest go to the nearer centre of placed rows.
    2. A group most of whose known members are placed in a theme is that theme; several may be. The others are matched
       by `keep_identity`.
    3. Placed rows go where they were placed. A lasting theme that no group is keeps the members that it had.
    """
    known = np.where(placed > 0, placed, previous)
    group, theme_of = _cut(found, vectors, placed, known)
    theme_of |= _mostly_placed(group, placed, known)
    keys = _matched(group, known, theme_of)
    key = np.where(group >= 0, np.append(keys, -1)[group], -1)
    lost = np.setdiff1d(np.asarray(lasting, dtype=np.int64), keys)
    key = np.where(np.isin(known, lost), known, key)
    key = np.where(placed > 0, placed, np.where(placed == ASIDE, -1, key))
    return _labelled(key, why, placed, lasting, smallest)


def join_floor(fit: NDArray[np.float32], theme: NDArray[np.int32], free: NDArray[np.bool_]) -> NDArray[np.float32]:
    """(themes,): the least fit of the members that nobody placed, so that what a person put in from far away opens
    the theme to nothing else; where fewer than three are free, that which all but a tenth of the members reach.

    fit: (n,) cosine to the own theme's centre. theme: (n,) labels from 0, −1 unsorted. free: (n,).
    """
    floors = np.ones(int(theme.max(initial=-1)) + 1, dtype=np.float32)
    least = floors.copy()
    np.minimum.at(least, theme[free & (theme >= 0)], fit[free & (theme >= 0)])
    enough = np.bincount(theme[free & (theme >= 0)], minlength=len(floors)) >= 3
    for label in range(len(floors)):
        floors[label] = least[label] if enough[label] else np.quantile(fit[theme == label], BEYOND)
    return floors


def measure(vectors: NDArray[np.float32], theme: NDArray[np.int32], free: NDArray[np.bool_]) -> Measured:
    """Centres, fits and floors of these themes. vectors: (n, d), L2-normalised; theme, free: as in `join_floor`."""
    centres = centres_of(vectors, theme)
    fit = fit_to(vectors, theme, centres)
    return Measured(centres, fit, join_floor(fit, theme, free))


def areas_of(
    theme: NDArray[np.int32], found: NDArray[np.int32], areas: NDArray[np.int32], centres: NDArray[np.float32]
) -> NDArray[np.int32]:
    """(themes,): the area in which most of each theme's members were found; where none were, the nearest theme's.

    theme, found: (n,) as in `Shaped` and `shape`. areas: of the found groups. centres: (themes, d) of the themes.
    """
    both = np.flatnonzero((theme >= 0) & (found >= 0))
    counts = np.zeros((len(centres), int(areas.max(initial=-1)) + 1), dtype=np.int64)
    np.add.at(counts, (theme[both], areas[found[both]]), 1)
    sure = counts.any(axis=1)
    if not sure.any():
        return np.zeros(len(centres), dtype=np.int32)
    chosen: NDArray[np.int32] = counts.argmax(axis=1).astype(np.int32)
    chosen[~sure] = chosen[sure][nearer(centres[~sure], centres[sure])]
    return chosen


def nearer(vectors: NDArray[np.float32], seeds: NDArray[np.float32]) -> NDArray[np.int32]:
    """(n,): which of the seeds is nearest to each row, the first of equals. seeds: (k, d), L2-normalised."""
    return nearest(vectors, 1, among=seeds)[0][:, 0]


def _cut(
    found: NDArray[np.int32], vectors: NDArray[np.float32], placed: NDArray[np.int64], known: NDArray[np.int64]
) -> tuple[NDArray[np.int32], dict[int, int]]:
    """The groups with those cut that hold several themes of people, and the theme that each part is."""
    group, theme_of = found.copy(), dict[int, int]()
    following = int(found.max(initial=-1)) + 1
    for cut, themes in _claimed(found, placed, known):
        rows = np.flatnonzero(found == cut)
        by_hand = np.where(np.isin(placed[rows], themes), np.searchsorted(themes, placed[rows]), -1).astype(np.int32)
        part = nearer(vectors[rows], centres_of(vectors[rows], by_hand))
        stays = np.isin(known[rows], themes)
        part[stays] = np.searchsorted(themes, known[rows[stays]])
        group[rows] = following + part
        theme_of |= {following + at: int(theme) for at, theme in enumerate(themes)}
        following += len(themes)
    return group, theme_of


def _claimed(
    found: NDArray[np.int32], placed: NDArray[np.int64], known: NDArray[np.int64]
) -> Iterator[tuple[int, NDArray[np.int64]]]:
    """Each group that two themes or more lay claim to, and these, sorted by id.

    A theme does when people placed several rows of the group in it, and it is at home there or is the group's largest.
    """
    ids, size = np.unique(known[known > 0], return_counts=True)
    for group in np.unique(found[(placed > 0) & (found >= 0)]):
        inside = found == group
        here, by_hand = np.unique(placed[inside & (placed > 0)], return_counts=True)
        of = np.array([np.count_nonzero(inside & (known == theme)) for theme in here])
        largest = np.unique(known[inside & (known > 0)], return_counts=True)[1].max()
        at_home = (of >= AT_HOME * size[np.searchsorted(ids, here)]) | (of == largest)
        themes = here[at_home & (by_hand >= FEWEST_PLACED)]
        if len(themes) > 1:
            yield int(group), themes


def _mostly_placed(group: NDArray[np.int32], placed: NDArray[np.int64], known: NDArray[np.int64]) -> dict[int, int]:
    """The theme of each group more than half of whose known members people placed in it."""
    members = np.bincount(group[(group >= 0) & (known > 0)], minlength=1)
    by_hand = (group >= 0) & (placed > 0)
    pairs, rows = np.unique(np.column_stack((group[by_hand], placed[by_hand])), axis=0, return_counts=True)
    return {int(at): int(theme) for (at, theme), count in zip(pairs, rows, strict=True) if count > members[at] / 2}


def _matched(group: NDArray[np.int32], known: NDArray[np.int64], theme_of: dict[int, int]) -> NDArray[np.int64]:
    """(groups,): the id that each group has, and for one that is new a number below −1 of its own."""
    rest = np.where(np.isin(group, list(theme_of)), -1, group).astype(np.int32)
    matched = keep_identity(np.where(known > 0, known, -1), rest)
    keys = -2 - np.arange(int(group.max(initial=-1)) + 1, dtype=np.int64)
    for at, kept in enumerate(matched):
        keys[at] = keys[at] if kept is None else kept
    for at, theme in theme_of.items():
        keys[at] = theme
    return keys


def _labelled(
    key: NDArray[np.int64], why: Sequence[str], placed: NDArray[np.int64], lasting: Sequence[int], smallest: int
) -> Shaped:
    """Labels by falling size. What is left of a group that people's decisions made too small stays unsorted."""
    keys, at, size = np.unique(key, return_inverse=True, return_counts=True)
    left = (keys != -1) & (size < smallest) & ~np.isin(keys, [*lasting, *placed[placed > 0]])
    reasons = np.where(key == -1, np.array(why, dtype=object), "")
    reasons[left[at]] = LEFT_OVER
    reasons[placed == ASIDE] = ""
    theme = np.full(len(key), -1, dtype=np.int32)
    sorted_in = (key != -1) & ~left[at]
    theme[sorted_in] = by_falling_size(at[sorted_in].astype(np.int32))
    ids = dict(zip(theme[sorted_in].tolist(), key[sorted_in].tolist(), strict=True))
    return Shaped(theme, tuple(ids[label] if ids[label] > 0 else None for label in range(len(ids))), reasons.tolist())
