"""The Pareto set and the Nash package of one game in a process of its own.

    PYTHON -P bench/bargaining_run.py winward|negmas GAME.npz FOUND.npz

It needs nothing but numpy and what the method needs, so that a peer can run it with an interpreter of its own. A first
run is not timed. Beside the whole way stands, for the peer, its way from the points of every package: what is left when
its calling of functions once a package is left out.
"""

import sys
import time
from collections.abc import Callable

import numpy as np

RUNS = 3
Found = tuple[np.ndarray, np.ndarray]  # (packages, people) points on the frontier, (people,) points of the Nash package


def worst(sizes: tuple[int, ...], points: np.ndarray) -> np.ndarray:
    """(people,), what each gets without an agreement: the points of their worst package, as NegMAS takes at least."""
    starts = np.concatenate([[0], np.cumsum(sizes)[:-1]])
    return np.minimum.reduceat(points, starts, axis=1).sum(axis=1)


def winward(sizes: tuple[int, ...], points: np.ndarray) -> list[Callable[[], Found]]:
    from winward.engine.bargaining import Game, solve

    least = worst(sizes, points)

    def whole() -> Found:
        game = Game(sizes, points, least, np.zeros(points.shape, dtype=bool))
        solution = solve(game)
        return game.totals(solution.efficient), game.totals(np.array([solution.best["nash"].package]))[0]

    return [whole]


def negmas(sizes: tuple[int, ...], points: np.ndarray) -> list[Callable[[], Found]]:
    from negmas.outcomes import make_issue, make_os
    from negmas.preferences import LinearAdditiveUtilityFunction
    from negmas.preferences.ops import nash_points, pareto_frontier, pareto_frontier_numpy
    from negmas.preferences.value_fun import TableFun

    issues = [make_issue(list(range(size)), f"term{term}") for term, size in enumerate(sizes)]
    space, starts = make_os(issues), np.concatenate([[0], np.cumsum(sizes)])
    people = [
        LinearAdditiveUtilityFunction(
            values={
                issue.name: TableFun({option: float(own[starts[term] + option]) for option in range(sizes[term])})
                for term, issue in enumerate(issues)
            },
            outcome_space=space,
            reserved_value=float(least),
        )
        for own, least in zip(points, worst(sizes, points), strict=True)
    ]
    packages = np.stack(np.unravel_index(np.arange(np.prod(sizes)), sizes), axis=1)
    totals = points[:, starts[:-1] + packages].sum(axis=2).T.copy()

    def whole() -> Found:
        frontier, _ = pareto_frontier(people, issues=issues)
        return np.array(frontier), np.array(nash_points(people, frontier, outcome_space=space)[0][0])

    def from_points() -> Found:
        frontier = [tuple(row) for row in totals[pareto_frontier_numpy(totals)]]
        return np.array(frontier), np.array(nash_points(people, frontier, outcome_space=space)[0][0])

    return [whole, from_points]


def main() -> None:
    method, game_at, found_at = sys.argv[1:]
    game = np.load(game_at)
    ways = {"winward": winward, "negmas": negmas}[method](tuple(map(int, game["sizes"])), game["points"])
    seconds = []
    for way in ways:
        frontier, nash = way()
        runs = []
        for _ in range(RUNS):
            started = time.process_time()
            way()
            runs.append(time.process_time() - started)
        seconds.append(min(runs))
    np.savez(found_at, seconds=seconds, frontier=frontier, nash=nash)


if __name__ == "__main__":
    main()
