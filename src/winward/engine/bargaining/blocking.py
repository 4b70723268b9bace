"""Who blocks: a smallest set of demands that can't be met together, and the least that must be let go."""

from dataclasses import dataclass

import numpy as np

from winward.engine.bargaining.choice import Choice
from winward.engine.bargaining.circles import largest_circles
from winward.engine.bargaining.climbing import climb_by
from winward.engine.bargaining.game import ROUNDING, Flags, Game, Package, Packages, Points
from winward.engine.bargaining.solver import INFINITE, Program

# A package is learnt from where it leaves so many more demands unmet than it might.
NEAR_ENOUGH = 1.5
# So many sets are tried to find a smallest, so that nobody waits for minutes.
MOST_TRIED = 80


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
    smallest set that does is tried; where a package meets it, what that one leaves unmet is learnt, and so on. After
    MOST_TRIED of these, it is a set of which none can be left out, though there may be a smaller one.
    Source: Ignatiev, Previti, Liffiton and Marques-Silva (2015), smallest MUS by hitting sets.
    Raises Unsettled where a search was given up.
    """
    every = demands(game)
    if not every or _unmet(game, every, every) is not None:
        return []
    learnt: list[list[Demand]] = []
    for _ in range(MOST_TRIED):
        tried = _smallest_hitting(every, learnt)
        unmet = _unmet(game, every, tried)
        if unmet is None:
            return _in_order(tried)
        learnt.append(unmet)
    return _in_order(_with_none_to_spare(game, every, learnt))


def _with_none_to_spare(game: Game, every: list[Demand], learnt: list[list[Demand]]) -> list[Demand]:
    """Lets go of many at once, then fewer, at last one by one, unless a package then passes: first of those that are
    seldom left unmet."""
    held = sorted(every, key=lambda demand: sum(demand in unmet for unmet in learnt))
    size = len(held) // 2
    while size:
        for spared in [held[start : start + size] for start in range(0, len(held), size)]:
            tried = [demand for demand in held if demand not in spared]
            if all(set(unmet) & set(tried) for unmet in learnt):
                unmet = _unmet(game, every, tried)
                held = held if unmet else tried
                learnt += [unmet] if unmet else []
        size //= 2
    return held


def _in_order(held: list[Demand]) -> list[Demand]:
    return sorted(held, key=lambda demand: (demand.person, demand.column is None, demand.column or 0))


def _unmet(game: Game, every: list[Demand], held: list[Demand]) -> list[Demand] | None:
    """Demands that are left unmet by a package which passes when only `held` count; None if there is no such package.

    Of those who may say no by the rule nothing is asked, so that their demands are never unmet. Few should be unmet,
    but not the fewest: where a package that passes is reached by climbing, that one will do.
    """
    climbed = _climbed_unmet(game, every, held)
    if climbed is not None:
        return climbed
    circles = largest_circles(_holding(game, held))
    return None if circles and not len(circles.members) else _programmed_unmet(game, every, held)


def _climbed_unmet(game: Game, every: list[Demand], held: list[Demand]) -> list[Demand] | None:
    """By a package that is climbed to for what is held, then for how many demands it meets. None if it doesn't get
    there."""
    holding = _holding(game, held)
    people = sorted({demand.person for demand in held})
    worth = (game.points[people] / game.span[people, None]).sum(axis=0) - holding.refused.sum(axis=0)
    start = [int(worth[game.term_of == t].argmax()) for t in range(len(game.sizes))]
    allowed = np.arange(len(game.term_of))
    package = climb_by(game, np.array(start), allowed, lambda packages: -_missing(holding, packages).sum(axis=1))
    package = climb_by(game, package, allowed, lambda packages: _met(game, holding, packages))
    agreeing = holding.accepted(package[None, :])
    if not game.rule.passes(agreeing)[0]:
        return None
    return [demand for demand in every if agreeing[0, demand.person] and not _is_met(game, demand, package)]


def _missing(holding: Game, packages: Packages) -> Points:
    """(packages, people): how far each is from a yes, in shares of their spans, a refused option as much as a span; 0
    of the furthest, of those who may say no."""
    short = np.maximum(holding.least - holding.totals(packages), 0.0) / holding.span
    missing: Points = short + holding.refused[:, holding.starts + packages].sum(axis=2).T
    veto = np.isin(np.arange(holding.people), sorted(holding.rule.vetoes))
    furthest = np.argsort(np.where(veto, -1.0, missing), axis=1)[:, holding.people - holding.rule.may_refuse :]
    spared = np.zeros(missing.shape, dtype=bool)
    np.put_along_axis(spared, furthest, True, axis=1)
    return np.where(spared & ~veto, 0.0, missing)


def _holding(game: Game, held: list[Demand]) -> Game:
    """The same game, in which nothing else is demanded."""
    least, refused = game.most - game.span, np.zeros_like(game.refused)
    for demand in held:
        if demand.column is None:
            least[demand.person] = game.least[demand.person]
        else:
            refused[demand.person, demand.column] = True
    return Game(game.sizes, game.points, least, refused, game.rule)


def _met(game: Game, holding: Game, packages: Packages) -> Points:
    """(packages,): how many demands are met of those who then say yes; −inf by packages that the rule doesn't let
    through."""
    accepted = holding.accepted(packages)
    unmet = ~game.enough(game.totals(packages)) + game.refused[:, game.starts + packages].sum(axis=2).T
    of_agreeing = np.where(accepted, unmet, 0).sum(axis=1)
    return np.where(game.rule.passes(accepted), -of_agreeing.astype(float), -np.inf)


def _is_met(game: Game, demand: Demand, package: Packages) -> bool:
    if demand.column is None:
        return bool(game.enough(game.totals(package[None, :]))[0, demand.person])
    return demand.column not in game.starts + package


def _programmed_unmet(game: Game, every: list[Demand], held: list[Demand]) -> list[Demand] | None:
    choice = Choice(_undemanding(game), NEAR_ENOUGH)
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
