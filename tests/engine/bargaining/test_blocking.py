"""Who blocks, against trying every set of demands and every package."""

from dataclasses import replace
from itertools import combinations, product

import numpy as np
import pytest
from hypothesis import given, settings

from tests.engine.bargaining.games import every_package, games
from winward.engine.bargaining import Demand, Game, Rule, blockers, relaxation, solve
from winward.engine.bargaining.blocking import demands


def blocks(game: Game, held: tuple[Demand, ...]) -> bool:
    """Whether no package passes when nobody insists on anything else."""
    packages = np.array(every_package(game))
    enough = game.enough(game.totals(packages))
    accepted = np.ones((len(packages), game.people), dtype=bool)
    for demand in held:
        met = enough[:, demand.person]
        if demand.column is not None:
            met = ~(game.starts + packages == demand.column).any(axis=1)
        accepted[:, demand.person] &= met
    return not game.rule.passes(accepted).any()


@settings(max_examples=60, deadline=None)
@given(game=games(people=4, terms=4, options=3))
def test_it_is_a_smallest_set_that_can_not_be_met(game: Game) -> None:
    found = tuple(blockers(game))
    assert bool(found) == (solve(game).acceptable == 0)
    if found:
        assert blocks(game, found)
        assert not any(blocks(game, fewer) for fewer in combinations(demands(game), min(len(found) - 1, 3)))


@settings(max_examples=60, deadline=None)
@given(game=games(people=4, terms=4, options=3))
def test_nothing_less_frees_it(game: Game) -> None:
    packages = np.array(every_package(game))
    lower = np.maximum(game.least - game.totals(packages), 0.0) / game.span
    cost = lower + game.refused[:, game.starts + packages].sum(axis=2).T
    coalitions = [
        np.array(yes) for yes in product([True, False], repeat=game.people) if game.rule.passes(np.array([yes]))
    ]
    relaxed = relaxation(game)
    assert relaxed.cost == pytest.approx(min(cost[:, yes].sum(axis=1).min() for yes in coalitions), abs=1e-6)
    freed = replace(game, least=game.least - relaxed.lower, refused=_without(game, relaxed.lifted))
    assert freed.rule.passes(freed.accepted(np.array([relaxed.package])))[0]


def _without(game: Game, lifted: list[Demand]) -> np.ndarray:
    refused = game.refused.copy()
    for demand in lifted:
        refused[demand.person, demand.column] = False
    return refused


def test_two_who_each_can_not_accept_what_is_left() -> None:
    """One refuses the early date, another the late one; the third only looks on."""
    refused = np.array([[True, False], [False, True], [False, False]])
    game = Game((2,), np.array([[0.0, 9.0], [9.0, 0.0], [1.0, 1.0]]), np.zeros(3), refused)
    assert blockers(game) == [Demand(0, 0), Demand(1, 1)]
    assert relaxation(game).cost == 1
    assert blockers(replace(game, rule=Rule(may_refuse=1))) == []
