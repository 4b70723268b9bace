"""Bargaining: interests to packages. Who accepts what, the best packages, who blocks, and what would win them."""

from winward.engine.bargaining.blocking import Demand, Relaxation, blockers, relaxation
from winward.engine.bargaining.choosing import AIMS, Aim
from winward.engine.bargaining.conceding import Concession, Trade, concessions, trades
from winward.engine.bargaining.efficient import efficient_packages
from winward.engine.bargaining.game import Game, Package, Rule
from winward.engine.bargaining.positions import Position, game_of, option_values
from winward.engine.bargaining.robustness import Robustness, robustness
from winward.engine.bargaining.solver import Unsettled
from winward.engine.bargaining.solving import Best, Solution, solve

__all__ = [
    "AIMS",
    "Aim",
    "Best",
    "Concession",
    "Demand",
    "Game",
    "Package",
    "Position",
    "Relaxation",
    "Robustness",
    "Rule",
    "Solution",
    "Trade",
    "Unsettled",
    "blockers",
    "concessions",
    "efficient_packages",
    "game_of",
    "option_values",
    "relaxation",
    "robustness",
    "solve",
    "trades",
]
