"""The packages that nobody can better without someone losing (the Pareto set)."""

import numpy as np

from winward.engine.bargaining.game import ROUNDING, Flags, Game, Packages, Points

# Candidates compared at once, and how many points of candidates may stand at any step before we give up.
ROWS = 256
MOST = 360_000


def efficient(points: Points, rounding: Points | float = 0.0) -> Flags:
    """(rows,): whether no other row is at least as good in every column and better in one. Equal rows stand together.

    points: (rows, columns). rounding: (columns,), differences that count as none. Rows are taken in falling order of
    the sum of their places, so that only what has been kept so far can be better than a row.
    """
    places = _places(points, rounding)
    sums = places.sum(axis=0, dtype=np.int64)
    order = np.argsort(-sums, kind="stable")
    places, sums = places[:, order], sums[order]
    kept = np.zeros(0, dtype=np.intp)
    for start in range(0, len(order), ROWS):
        rows = np.arange(start, min(start + ROWS, len(order)))
        # Most rows fall to the few that are best overall.
        rows = rows[~_beaten(places, sums, rows, kept[:ROWS])]
        rows = rows[~_beaten(places, sums, rows, kept[ROWS:])]
        kept = np.concatenate([kept, rows[~_beaten(places, sums, rows, rows)]])
    stands = np.zeros(len(order), dtype=bool)
    stands[order[kept]] = True
    return stands


def efficient_packages(game: Game, most: int = MOST) -> Packages | None:
    """(packages, terms), the Pareto set by points alone, or None where candidates times people would exceed `most`.

    Points add up, so whatever is beaten over some of the terms is beaten whatever is agreed on the others: the set
    grows term by term, and every package need not be looked at. Source: Nemhauser and Ullmann (1969).
    """
    totals, packages = np.zeros((1, game.people)), np.zeros((1, 0), dtype=np.intp)
    for term, size in enumerate(game.sizes):
        if len(totals) * size * game.people > most:
            return None
        options = game.points[:, game.term_of == term].T
        totals = (totals[:, None] + options[None]).reshape(-1, game.people)
        packages = np.hstack([np.repeat(packages, size, axis=0), np.tile(np.arange(size), len(packages))[:, None]])
        stands = efficient(totals, ROUNDING * game.span)
        totals, packages = totals[stands], packages[stands]
    return packages


def _places(points: Points, rounding: Points | float) -> Packages:
    """(columns, rows): the place of each value among its column's, small numbers that are quick to compare."""
    places = [np.unique(_rounded(column, step), return_inverse=True)[1] for column, step in zip(
        points.T, np.broadcast_to(rounding, points.shape[1]), strict=True)]  # fmt: skip
    small = np.uint16 if len(points) < 1 << 16 else np.uint32
    return np.array(places).astype(small)


def _rounded(column: Points, step: float) -> Points:
    return np.round(column / step) if step else column


def _beaten(places: Packages, sums: Packages, rows: Packages, others: Packages) -> Flags:
    """(rows,): whether one of the others is as good in every column and better in sum."""
    better = sums[others][None, :] > sums[rows][:, None]
    for column in places:
        better &= column[others][None, :] >= column[rows][:, None]
    return np.asarray(better.any(axis=1))
