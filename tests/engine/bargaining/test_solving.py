"""The best packages: known games, and the same answers whether every package is looked at or not."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import HealthCheck, example, given, settings

from tests.engine.bargaining.games import additive, every_package, games
from winward.engine.bargaining import AIMS, Aim, Game, Package, Rule, solve
from winward.engine.bargaining.solving import best_package


def aimed(game: Game, aim: Aim, package: Package) -> tuple[float, ...]:
    """What the aim compares, in falling importance, worked out one package at a time."""
    row = np.array([package])
    totals, accepted = game.totals(row)[0], game.accepted(row)[0]
    surplus = (totals - game.least)[accepted]
    if aim == "utilitarian":
        return (accepted.sum(), totals.sum())
    if aim == "egalitarian":
        return (accepted.sum(), surplus.min(initial=np.inf))
    shares = (surplus / game.at_stake[accepted])[surplus > 0]
    return (accepted.sum(), len(shares), float(np.log(shares).sum()))


# What once went wrong: an optimum that misses the solver's tolerance by a rounding error.
@example(
    game=Game((1, 1, 3), np.array([[2.0, 0, 0, 0, 1], [2, 1, 0, 1, 1]]), np.array([2.0, 4.0]), np.zeros((2, 5), bool))
)
@settings(max_examples=500, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(game=games())
def test_looking_at_every_package_and_solving_without_agree(game: Game) -> None:
    looked, solved = solve(game).best, solve(game, look_at=0).best
    for aim in AIMS:
        one, other = looked[aim].package, solved[aim].package
        assert (one is None) == (other is None)
        if one is not None and other is not None:
            assert aimed(game, aim, other) == pytest.approx(aimed(game, aim, one), abs=2e-4)
            assert solved[aim].gap <= 1e-4


@settings(max_examples=60, deadline=None)
@given(game=games(people=3, terms=3, options=3))
def test_no_package_that_passes_is_better(game: Game) -> None:
    solution = solve(game)
    passing = [p for p in every_package(game) if game.rule.passes(game.accepted(np.array([p])))[0]]
    assert solution.acceptable == len(passing)
    for aim in AIMS:
        best = solution.best[aim].package
        assert (best is None) == (not passing)
        if best is not None:
            reached = aimed(game, aim, best)
            assert all(aimed(game, aim, other) <= tuple(value + 1e-9 for value in reached) for other in passing)


def test_the_least_who_gains_is_followed_by_the_next() -> None:
    """Both packages give the first person 1; the second gives the others more."""
    points = np.array([[1.0, 1.0], [2.0, 2.0], [5.0, 6.0]])
    game = Game((2,), points, np.zeros(3), np.zeros((3, 2), dtype=bool))
    assert solve(game).best["egalitarian"].package == (1,)
    assert solve(game, look_at=0).best["egalitarian"].package == (1,)


def test_who_may_say_no_is_still_won_where_that_is_possible() -> None:
    points = np.array([[9.0, 5.0], [9.0, 5.0], [0.0, 5.0]])
    least = np.array([1.0, 1.0, 1.0])
    game = Game((2,), points, least, np.zeros((3, 2), dtype=bool), Rule(may_refuse=1))
    for look_at in (0, 10):
        assert {best.package for best in solve(game, look_at).best.values()} == {(1,)}
    assert solve(game).acceptable == 2


def test_a_veto_outweighs_the_rest() -> None:
    points = np.array([[9.0, 0.0], [0.0, 5.0], [0.0, 5.0]])
    refused = np.zeros((3, 2), dtype=bool)
    least = np.array([1.0, 1.0, 1.0])
    game = Game((2,), points, least, refused, Rule(may_refuse=2, vetoes=frozenset({0})))
    assert solve(game).best["nash"].package == (0,)
    assert solve(game, look_at=0).best["nash"].package == (0,)


@pytest.mark.parametrize("seed", range(3))
def test_two_billion_packages_are_solved_exactly(seed: int) -> None:
    """No package that differs in one or two terms is better, and the proof says that none is."""
    game = additive(people=8, terms=12, options=6, seed=seed, least=45.0)
    for aim in AIMS:
        best = best_package(game, aim)
        package = best.package
        assert package is not None
        assert best.gap == 0
        reached = aimed(game, aim, package)
        assert all(aimed(game, aim, near) <= (*reached[:-1], reached[-1] + 1e-9) for near in _near(game, package))


@pytest.mark.parametrize("seed", [1, 4])
def test_forty_terms_of_twenty_people_come_with_a_proof(seed: int) -> None:
    """By one plane alone millions of packages would have to be followed for the second of them."""
    game = additive(people=20, terms=40, options=8, seed=seed, least=45.0)
    best = best_package(game, "nash")
    assert best.package is not None
    assert best.gap == 0


def test_as_many_of_ten_are_won_as_can_be() -> None:
    """Not everyone reaches 70 of 100 points; the largest circles are proven, and none of their packages is missed."""
    game = replace(additive(people=10, terms=15, options=4, seed=0, least=70.0), rule=Rule(may_refuse=3))
    for best in solve(game).best.values():
        assert best.gap == 0
        assert best.package is not None
        assert game.accepted(np.array([best.package])).sum() == 9


def _near(game: Game, package: Package) -> list[Package]:
    chance = np.random.default_rng(0)
    near = []
    for _ in range(400):
        moved = list(package)
        for term in chance.choice(len(package), size=2, replace=False):
            moved[term] = int(chance.integers(game.sizes[term]))
        near.append(tuple(moved))
    return near


@pytest.mark.parametrize(
    ("points", "says"),
    [(np.zeros((2, 3)), "by 2 options"), (np.full((2, 2), np.nan), "finite")],
)
def test_what_does_not_fit_is_refused(points: np.ndarray, says: str) -> None:
    with pytest.raises(ValueError, match=says):
        Game((2,), points, np.zeros(2), np.zeros(points.shape, dtype=bool))
