"""From one package to a better one, an option at a time."""

from collections.abc import Callable

import numpy as np

from winward.engine.bargaining.choosing import Aim, log_gains
from winward.engine.bargaining.game import Game, Packages, Points
from winward.engine.bargaining.solver import Columns


def worth(game: Game, aim: Aim, totals: Points) -> Points:
    """(packages,): what the aim makes large; −inf where somebody says no, or by nash gains nothing."""
    if aim == "nash":
        product: Points = log_gains(game, totals).sum(axis=-1)
        return product
    value = totals.sum(axis=-1) if aim == "utilitarian" else (totals - game.least).min(axis=-1)
    return np.where(game.enough(totals).all(axis=-1), value, -np.inf)


def climb(game: Game, aim: Aim, start: Packages, allowed: Columns) -> Packages:
    """(terms,): reached from the start by changing one option at a time, each time the one that helps most: first to
    everyone's yes, then to the aim. allowed: numbers of the columns that may be changed to."""
    accepted = climb_by(game, start, allowed, lambda packages: -missing(game, game.totals(packages)))
    return climb_by(game, accepted, allowed, lambda packages: worth(game, aim, game.totals(packages)))


def missing(game: Game, totals: Points) -> Points:
    """(packages,): how far people are from the least that they accept, in shares of their spans."""
    total: Points = (np.maximum(game.least - totals, 0.0) / game.span).sum(axis=-1)
    return total


def climb_by(game: Game, package: Packages, allowed: Columns, value: Callable[[Packages], Points]) -> Packages:
    """(terms,): value: of (packages, terms), (packages,)."""
    terms = game.term_of[allowed]
    best = float(value(package[None, :])[0])
    while len(allowed):
        changed = np.repeat(package[None, :], len(allowed), axis=0)
        changed[np.arange(len(allowed)), terms] = allowed - game.starts[terms]
        found = value(changed)
        if found.max() <= best:
            break
        best, package = float(found.max()), changed[int(found.argmax())]
    return package
