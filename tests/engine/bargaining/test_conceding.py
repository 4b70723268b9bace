"""The cheapest yes and trades, against trying every package."""

import numpy as np
import pytest
from hypothesis import given, settings

from tests.engine.bargaining.games import every_package, games
from winward.engine.bargaining import Game, Package, concessions, trades


def cost(game: Game, before: Package, after: Package, person: int) -> tuple[float, ...]:
    """How many lose their yes, what the others lose, how many terms change."""
    rows = np.array([before, after])
    totals, accepted = game.totals(rows), game.accepted(rows)
    loss = np.maximum(totals[0] - totals[1], 0.0) / game.span
    return (
        float((accepted[0] & ~accepted[1]).sum()),
        float(np.delete(loss, person).sum()),
        sum(one != other for one, other in zip(before, after, strict=True)),
    )


@settings(max_examples=60, deadline=None)
@given(game=games(people=4, terms=4, options=3))
def test_no_other_yes_is_cheaper(game: Game) -> None:
    table = tuple(0 for _ in game.sizes)
    refusing = np.flatnonzero(~game.accepted(np.array([table]))[0])
    found = concessions(game, table)
    assert [one.person for one in found] == refusing.tolist()
    for one in found:
        ways = [p for p in every_package(game) if game.accepted(np.array([p]))[0, one.person]]
        assert (one.package is None) == (not ways)
        if one.package is not None:
            cheapest = min(cost(game, table, way, one.person) for way in ways)
            assert cost(game, table, one.package, one.person) == pytest.approx(cheapest, abs=1e-6)


def test_what_one_would_let_go_instead() -> None:
    points = np.array([[9.0, 1.0, 3.0, 0.0], [0.0, 5.0, 0.0, 4.0]])
    refused = np.array([[False, False, False, False], [True, False, False, False]])
    game = Game((2, 2), points, np.array([2.0, 3.0]), refused)
    (one,) = concessions(game, (0, 0))
    assert (one.person, one.package, one.lower, one.lifted) == (1, (1, 0), 3.0, [0])


@settings(max_examples=60, deadline=None)
@given(game=games(people=4, terms=4, options=3))
def test_both_gain_each_by_giving_and_nobody_turns(game: Game) -> None:
    table = tuple(size - 1 for size in game.sizes)
    before = game.totals(np.array([table]))[0]
    for trade in trades(game, table):
        after = list(table)
        alone = []
        for term, option in trade.changes:
            alone.append([*table[:term], option, *table[term + 1 :]])
            after[term] = option
        one, other = game.totals(np.array(alone)) - before
        assert one[trade.first] > 0 > other[trade.first]
        assert other[trade.second] > 0 > one[trade.second]
        assert min(trade.change[trade.first], trade.change[trade.second]) > 0
        assert trade.change == pytest.approx(game.totals(np.array([after]))[0] - before)
        accepted = game.accepted(np.array([table, after]))
        assert not (accepted[0] & ~accepted[1]).any()


def test_what_matters_little_to_one_goes_for_what_matters_much_to_another() -> None:
    """The first cares for the date, the second for the scope; both begin with what the other would rather have."""
    points = np.array([[0.0, 9.0, 2.0, 0.0], [1.0, 0.0, 0.0, 8.0]])
    game = Game((2, 2), points, np.zeros(2), np.zeros((2, 4), dtype=bool))
    (trade,) = trades(game, (0, 0))
    assert (trade.changes, trade.first, trade.second) == (((0, 1), (1, 1)), 0, 1)
    assert trade.change == pytest.approx([7.0, 7.0])
