"""Which unknown matters most: of the answers that somebody could give, how many change the package that looks best."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import log, prod
from typing import Literal

import numpy as np

from winward.engine.bargaining.game import ROUNDING, Flags, Packages, Points
from winward.engine.bargaining.positions import centroid, option_values

Aspect = Literal["ranks", "refusals", "least"]
DRAWS = 40
# Packages that are compared: all of them where they are no more than this, else as many at random.
COMPARED = 800
CLIMBS = 12
# A package of which somebody gets less than this share of what they could is hardly better than one of nothing, and
# one to which they say no is far worse: enough that no one's gain makes up for it.
LITTLE, REFUSAL = 0.02, 8.0


@dataclass(frozen=True)
class Said:
    """What a person said so far. Options stand in columns: the first term's, then the second's, and so on.

    terms: (terms,), ranks, 1 is what matters most, 0 was not ranked. options: (columns,), ranks within the term, 1 is
    best, 0 was not ranked. refused: (columns,), what they can't accept. good_enough: (terms,), in each the option with
    which they could just live, −1 where they didn't say. asked: they were asked what they can't accept.
    """

    terms: tuple[int, ...]
    options: tuple[int, ...]
    refused: Flags
    good_enough: tuple[int, ...]
    asked: bool

    @property
    def open(self) -> tuple[Aspect, ...]:
        """What they haven't said."""
        unsaid: dict[Aspect, bool] = {
            "ranks": 0 in self.terms or 0 in self.options,
            "refusals": not self.asked,
            "least": -1 in self.good_enough,
        }
        return tuple(aspect for aspect, missing in unsaid.items() if missing)


@dataclass(frozen=True)
class _Views:
    """Views that a person may hold. points: (views, columns). least: (views,). refused: (views, columns)."""

    points: Points
    least: Points
    refused: Flags


def swings(sizes: Sequence[int], people: Sequence[Said], seed: int) -> list[dict[Aspect, float]]:
    """Of each person and each thing they haven't said: the share of their conceivable answers, 0 to 1, under which
    they refuse the package that looks best now, or another is best.

    Ranks are drawn uniformly from all that agree with what they ranked, weights from all that agree with the ranks; a
    refusal is any one option but their best, all alike likely; the least lies anywhere from nothing to their
    favourite. Packages are compared by the sum of the logarithms of what each gains of what they could (as by Nash),
    among COMPARED of them and all that differ from the best in one term. Each share is right to about ±15 points.
    """
    generator, starts = np.random.default_rng(seed), _starts(sizes)
    now = [_now(sizes, starts, one) for one in people]
    packages = _compared(sizes, starts, now, generator)
    chosen = _chosen(sizes, starts, packages)
    worths = np.array([_worth(starts, one, chosen)[0][0] for one in now])
    total = worths.sum(axis=0)
    best = int(total.argmax())
    return [
        {
            aspect: _changed(
                starts, _drawn(sizes, starts, one, view, aspect, generator), chosen, total - worths[at], best
            )
            for aspect in one.open
        }
        for at, (one, view) in enumerate(zip(people, now, strict=True))
    ]


def _changed(starts: Packages, drawn: _Views, chosen: Points, others: Points, best: int) -> float:
    """others: (packages,), what each package is worth to everybody else together."""
    worth, accepted = _worth(starts, drawn, chosen)
    moved = (worth + others).argmax(axis=1) != best
    return float((moved | ~accepted[:, best]).mean())


def _worth(starts: Packages, views: _Views, chosen: Points) -> tuple[Points, Flags]:
    """(views, packages): what each is worth, and whether it is accepted. chosen: (columns, packages), 1 or 0."""
    totals = views.points @ chosen
    most: Points = np.maximum.reduceat(views.points, starts, axis=1).sum(axis=1)
    room = np.maximum(most - views.least, ROUNDING)[:, None]
    share = (totals - views.least[:, None]) / room
    accepted = (share >= -ROUNDING) & (views.refused.astype(float) @ chosen == 0)
    # To whom all packages are alike none is better.
    share = np.where(most[:, None] > 0, share, 1.0)
    return np.log(np.clip(share, LITTLE, 1.0)) - REFUSAL * ~accepted * -log(LITTLE), accepted


def _now(sizes: Sequence[int], starts: Packages, said: Said) -> _Views:
    """What they said, where what they left out doesn't matter to them."""
    values = [
        option_values([rank or len(ranks) + 1 for rank in ranks]) if any(ranks) else np.zeros(len(ranks))
        for ranks in (said.options[start : start + size] for start, size in zip(starts, sizes, strict=True))
    ]
    points = np.concatenate(values) * np.repeat(centroid(said.terms), sizes)
    return _Views(points[None], _least(starts, points[None], said), said.refused[None])


def _least(starts: Packages, points: Points, said: Said) -> Points:
    """(views,): what is just good enough, as far as they said it."""
    columns = [start + option for start, option in zip(starts, said.good_enough, strict=True) if option >= 0]
    known: Points = points[:, columns].sum(axis=1) if -1 not in said.good_enough else np.zeros(len(points))
    return known


def _drawn(
    sizes: Sequence[int], starts: Packages, said: Said, now: _Views, aspect: Aspect, generator: np.random.Generator
) -> _Views:
    if aspect == "ranks":
        points = _drawn_points(sizes, starts, said, generator)
        return _Views(points, _least(starts, points, said), np.repeat(now.refused, DRAWS, axis=0))
    points = np.repeat(now.points, DRAWS, axis=0)
    if aspect == "least":
        most = np.maximum.reduceat(now.points, starts, axis=1).sum()
        return _Views(points, most * generator.random(DRAWS), np.repeat(now.refused, DRAWS, axis=0))
    refused = np.repeat(now.refused, DRAWS, axis=0)
    may = np.flatnonzero(~said.refused & (np.array(said.options) != 1))
    if len(may):
        refused[np.arange(DRAWS), generator.choice(may, DRAWS)] = True
    return _Views(points, np.repeat(now.least, DRAWS), refused)


def _drawn_points(sizes: Sequence[int], starts: Packages, said: Said, generator: np.random.Generator) -> Points:
    """(DRAWS, columns), of ranks that agree with what was said, and weights that agree with the ranks."""
    spacings = generator.exponential(size=(DRAWS, len(sizes)))
    weights = -np.sort(-spacings / spacings.sum(axis=1, keepdims=True), axis=1)
    by_term = np.take_along_axis(weights, _places(said.terms, generator), axis=1)
    values = [
        1.0 - _places(said.options[start : start + size], generator) / max(size - 1, 1)
        for start, size in zip(starts, sizes, strict=True)
    ]
    drawn: Points = np.concatenate(values, axis=1) * np.repeat(by_term, sizes, axis=1)
    return drawn


def _places(ranks: Sequence[int], generator: np.random.Generator) -> Packages:
    """(DRAWS, ranked), from 0: orders of all, uniform over those in which the ranked ones keep theirs."""
    order = np.array(ranks)
    keys = generator.random((DRAWS, len(order)))
    ranked = np.flatnonzero(order)
    in_order = ranked[np.argsort(order[ranked], kind="stable")]
    keys[:, in_order] = np.sort(keys[:, in_order], axis=1)
    places: Packages = np.argsort(np.argsort(keys, axis=1), axis=1)
    return places


def _compared(
    sizes: Sequence[int], starts: Packages, now: Sequence[_Views], generator: np.random.Generator
) -> Packages:
    """(packages, terms): all, or some at random with the best that single changes lead to, and its neighbours."""
    if prod(sizes) <= COMPARED:
        return np.stack(np.unravel_index(np.arange(prod(sizes)), tuple(sizes)), axis=1)
    packages = generator.integers(0, sizes, size=(COMPARED, len(sizes)))
    best = _best(sizes, starts, now, packages)
    for _ in range(CLIMBS):
        near = _near(sizes, best)
        better = _best(sizes, starts, now, near)
        if (better == best).all():
            break
        best = better
    return np.unique(np.concatenate([packages, _near(sizes, best)]), axis=0)


def _best(sizes: Sequence[int], starts: Packages, now: Sequence[_Views], packages: Packages) -> Packages:
    chosen = _chosen(sizes, starts, packages)
    total: Points = np.sum([_worth(starts, one, chosen)[0][0] for one in now], axis=0)
    best: Packages = packages[int(total.argmax())]
    return best


def _near(sizes: Sequence[int], package: Packages) -> Packages:
    """The package itself first, then all that differ from it in one term."""
    changed = np.repeat(package[None], sum(sizes) + 1, axis=0)
    changed[np.arange(1, sum(sizes) + 1), np.repeat(np.arange(len(sizes)), sizes)] = np.concatenate(
        [np.arange(size) for size in sizes]
    )
    return changed


def _chosen(sizes: Sequence[int], starts: Packages, packages: Packages) -> Points:
    """(columns, packages): 1 where the package holds the option."""
    chosen = np.zeros((sum(sizes), len(packages)))
    chosen[(starts + packages).T, np.arange(len(packages))] = 1.0
    return chosen


def _starts(sizes: Sequence[int]) -> Packages:
    return np.concatenate([[0], np.cumsum(sizes)[:-1]]).astype(np.intp)
