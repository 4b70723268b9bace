"""Circles of people who can all say yes together, where the rule lets some say no: the largest that there are."""

from dataclasses import dataclass, replace
from itertools import combinations
from math import comb

import numpy as np

from winward.engine.bargaining.choosing import Aim
from winward.engine.bargaining.game import ALL, Flags, Game
from winward.engine.bargaining.levelling import MOST_LOOKED_AT, level
from winward.engine.bargaining.solver import Unsettled

# So many circles are looked at, of games of so many people times columns at most.
MOST_CIRCLES, MOST_SIZE = 200, 1_000


@dataclass(frozen=True)
class Circles:
    """members: (circles, people), each as large as any; none where nobody's yes can be had as the rule asks."""

    members: Flags


def largest_circles(game: Game) -> Circles | None:
    """Leaves out nobody, then one person, then two. None where that were too many circles, or one can't be settled."""
    others = [person for person in range(game.people) if person not in game.rule.vetoes]
    most_left_out = min(game.rule.may_refuse, len(others))
    count = sum(comb(len(others), left_out) for left_out in range(most_left_out + 1))
    if count > MOST_CIRCLES or game.points.size > MOST_SIZE:
        return None
    try:
        for left_out in range(most_left_out + 1):
            found = [own for gone in combinations(others, left_out) if _agree(game, own := _without(game, gone), count)]
            if found:
                return Circles(np.array(found))
    except Unsettled:
        return None
    return Circles(np.zeros((0, game.people), dtype=bool))


def among(game: Game, aim: Aim, members: Flags) -> Game:
    """The game in which everyone's yes is needed and nobody else's asked; for the total everybody's points count."""
    if aim != "utilitarian":
        return replace(
            game, points=game.points[members], least=game.least[members], refused=game.refused[members], rule=ALL
        )
    least = np.where(members, game.least, game.most - game.span)
    return replace(game, least=least, refused=game.refused & members[:, None], rule=ALL)


def _without(game: Game, gone: tuple[int, ...]) -> Flags:
    members = np.ones(game.people, dtype=bool)
    members[list(gone)] = False
    return members


def _agree(game: Game, members: Flags, circles: int) -> bool:
    """Raises Unsettled."""
    return not members.any() or level(among(game, "egalitarian", members), MOST_LOOKED_AT // circles) is not None
