"""Who blocks: a smallest set of demands that can't be met together, and the least that must be let go."""

from dataclasses import dataclass

import numpy as np

from winward.engine.bargaining.choice import Choice
from winward.engine.bargaining.game import ROUNDING, Flags, Game, Package, Points
from winward.engine.bargaining.solver import INFINITE, Program


@dataclass(frozen=True, slots=True, order=True)
class Demand:
    """What a person insists on: not to get the option in that column or, where column is None, the least in points."""

    person: int
    column: int | None


@dataclass(frozen=True)
class Relaxation:
    """lower: (people,), points by which each lowers the least. lifted: options that somebody then can accept.

    cost: points as shares of each person's span, an option as a whole span. package: one that the rule lets through.
    """

    lower: Points
    lifted: list[Demand]
    cost: float
    package: Package


def demands(game: Game) -> list[Demand]:
    """All that can be left unmet: refused options, and a least above one's worst package."""
    picky = np.flatnonzero(game.least > game.most - game.span + ROUNDING * game.span)
    refused = [Demand(int(person), int(column)) for person, column in zip(*np.nonzero(game.refused), strict=True)]
    return [*(Demand(int(person), None) for person in picky), *refused]


def blockers(game: Game) -> list[Demand]:
    """A smallest set of demands with which the rule lets no package through, whatever else is let go; [] if one passes.

    Every package that meets some set of demands leaves others unmet, and each blocking set must hold one of those. The
    smallest set that does is tried; where a package meets it, what that one leaves unmet is learnt, and so on.
    Source: Ignatiev, Previti, Liffiton and Marques-Silva (2015), smallest MUS by hitting sets.
    Raises Unsettled where a search was given up.
    """
    every = demands(game)
    if not every or _unmet(game, every, every) is not None:
        return []
    learnt: list[list[Demand]] = []
    while True:
        tried = _smallest_hitting(every, learnt)
        unmet = _unmet(game, every, tried)
        if unmet is None:
            return sorted(tried, key=lambda demand: (demand.person, demand.column is None, demand.column or 0))
        learnt.append(unmet)


def _unmet(game: Game, every: list[Demand], held: list[Demand]) -> list[Demand] | None:
    """Demands that are left unmet by a package which passes when only `held` count; None if there is no such package.

    Of those who may say no by the rule nothing is asked, so that their demands are never unmet.
    """
    choice = Choice(_undemanding(game))
    met = choice.program.columns(np.zeros(len(every)), np.ones(len(every)), whole=True)
    for demand, flag in zip(every, met, strict=True):
        _meet(choice, game, demand, int(flag))
        if demand in held:
            choice.program.row(0, 1, np.array([flag, choice.yes[demand.person]]), np.array([1.0, -1.0]))
    choice.hold_rule()
    choice.program.aim(met, np.ones(len(met)))
    solved = choice.program.solve()
    if solved is None:
        return None
    agreeing = solved.values[choice.yes] > 0.5
    return [d for d, flag in zip(every, solved.values[met], strict=True) if flag < 0.5 and agreeing[d.person]]


def _undemanding(game: Game) -> Game:
    """The same game, in which everyone accepts everything."""
    return Game(game.sizes, game.points, game.most - game.span, np.zeros_like(game.refused), game.rule)


def _meet(choice: Choice, game: Game, demand: Demand, flag: int) -> None:
    """The flag can be 1 only where the demand is met."""
    if demand.column is not None:
        choice.program.row(-INFINITE, 1, np.array([flag, choice.options[demand.column]]), np.ones(2))
        return
    span = game.span[demand.person]
    least = game.least[demand.person] - ROUNDING * span
    slack = game.least[demand.person] - game.most[demand.person] + span
    own = np.array([choice.totals[demand.person], flag])
    choice.program.row(float(least - slack), INFINITE, own, np.array([1.0, -slack]))


def _smallest_hitting(every: list[Demand], sets: list[list[Demand]]) -> list[Demand]:
    """A smallest choice of demands that has at least one of each set."""
    program = Program()
    chosen = program.columns(np.zeros(len(every)), np.ones(len(every)), whole=True)
    for unmet in sets:
        program.row(1, INFINITE, chosen, np.array([float(demand in unmet) for demand in every]))
    program.aim(chosen, -np.ones(len(every)))
    solved = program.solve()
    assert solved, "each set has a demand"
    return [demand for demand, flag in zip(every, solved.values[chosen], strict=True) if flag > 0.5]


def relaxation(game: Game) -> Relaxation:
    """The least that people must let go for the rule to let a package through. Raises Unsettled."""
    choice = Choice(_undemanding(game))
    people = np.arange(game.people)
    # In shares of the span, so that programs of all scales are alike to the solver.
    lower = choice.program.columns(np.zeros(len(people)), np.maximum(game.least - game.most + game.span, 0) / game.span)
    slack = np.maximum(game.least - game.most + game.span, 0.0)
    rows = np.stack([choice.totals, choice.yes, lower], axis=1)
    factors = np.stack([np.ones(len(people)), -slack, game.span], axis=1)
    choice.program.rows(game.least - slack, np.full(len(people), INFINITE), rows, factors)
    refused = [demand for demand in demands(game) if demand.column is not None]
    lifted = choice.program.columns(np.zeros(len(refused)), np.ones(len(refused)), whole=True)
    for demand, lift in zip(refused, lifted, strict=True):
        own = np.array([choice.options[demand.column or 0], choice.yes[demand.person], lift])
        choice.program.row(-INFINITE, 1, own, np.array([1.0, 1.0, -1.0]))
    choice.hold_rule()
    choice.program.aim(np.concatenate([lower, lifted]), -np.ones(len(people) + len(refused)))
    solved = choice.program.solve()
    assert solved, "whoever lets everything go accepts every package"
    return _relaxed(game, choice.package(solved), solved.values[choice.yes] > 0.5)


def _relaxed(game: Game, package: Package, agreeing: Flags) -> Relaxation:
    """What those who say yes to this package must let go, from the package itself, free of the solver's rounding."""
    columns = game.starts + np.array(package)
    short = np.maximum(game.least - game.totals(np.array([package]))[0], 0.0)
    lower = np.where(agreeing & (short > ROUNDING * game.span), short, 0.0)
    lifted = [Demand(int(p), int(c)) for p in np.flatnonzero(agreeing) for c in columns if game.refused[p, c]]
    return Relaxation(lower, lifted, float((lower / game.span).sum()) + len(lifted), package)
