"""Packages of negotiations: against NegMAS in one run, and where every package can't be looked at.

    python -m bench.bargaining [--peers PYTHON]

PYTHON is an interpreter that has bench/requirements-negmas.txt, in an environment of its own (NegMAS is AGPL: it is run
beside Winward and is no part of it). All times are the processor's, the best of three after a first run; those of large
games are of one run each, the middle and the longest of the games named.
"""

import argparse
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from statistics import median

import numpy as np
from bench.workspaces import load, print_table

from winward.engine.bargaining import AIMS, Game
from winward.engine.bargaining.solving import best_package

RUNNER = Path(__file__).with_name("bargaining_run.py")
SHAPES = ((10, 10, 10), (10, 10, 10, 10, 5))
LARGE = ((8, 12, 6, 10), (20, 40, 8, 10))
LEAST = 45.0


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--peers", help="an interpreter that has NegMAS")
    peers = parser.parse_args().peers
    if peers:
        print(f"Pareto set and Nash package, seconds of the processor ({load()}, this script included)")
        headings = ("people", "packages", "Pareto", "winward", "NegMAS", "ratio", "from points", "ratio", "the same")
        print_table(headings, [row for sizes in SHAPES for row in compared(sizes, peers)])
    print(f"\nEveryone accepts from {LEAST:.0f} of 100 points on; seconds of the processor ({load()})")
    headings = ("people", "terms", "options", "packages", "aim", "games", "median s", "longest s", "largest gap")
    print_table(headings, [row for shape in LARGE for row in large(*shape)])


def compared(sizes: tuple[int, ...], peers: str) -> Iterator[tuple[str, ...]]:
    for people in range(2, 7):
        points = np.random.default_rng(people).random((people, sum(sizes)))
        own, peer = run(sys.executable, "winward", sizes, points), run(peers, "negmas", sizes, points)
        seconds, (whole, from_points) = float(own["seconds"][0]), peer["seconds"]
        yield (
            str(people), f"{np.prod(sizes):,}", f"{len(own['frontier']):,}", f"{seconds:.3f}",
            f"{whole:.2f}", f"{whole / seconds:.0f}", f"{from_points:.2f}", f"{from_points / seconds:.1f}",
            "yes" if same(own, peer) else "NO",
        )  # fmt: skip


def run(python: str, method: str, sizes: tuple[int, ...], points: np.ndarray) -> dict[str, np.ndarray]:
    with tempfile.TemporaryDirectory() as folder:
        game, found = Path(folder, "game.npz"), Path(folder, "found.npz")
        np.savez(game, sizes=sizes, points=points)
        subprocess.run([python, "-P", str(RUNNER), method, str(game), str(found)], check=True)
        return dict(np.load(found))


def same(own: dict[str, np.ndarray], peer: dict[str, np.ndarray]) -> bool:
    """The same points on the frontier, and the same of the Nash package."""
    ordered = [np.unique(np.round(found["frontier"], 9), axis=0) for found in (own, peer)]
    return ordered[0].shape == ordered[1].shape and bool(
        np.allclose(ordered[0], ordered[1]) and np.allclose(own["nash"], peer["nash"])
    )


def large(people: int, terms: int, options: int, games: int) -> Iterator[tuple[str, ...]]:
    for aim in AIMS:
        seconds, gaps = [], []
        for seed in range(games):
            game = additive(people, terms, options, seed)
            started = time.process_time()
            best = best_package(game, aim)
            seconds.append(time.process_time() - started)
            gaps.append(best.gap)
        yield (
            str(people), str(terms), str(options), f"{options**terms:.1e}", aim, str(games), f"{median(seconds):.3f}",
            f"{max(seconds):.3f}", f"{100 * max(gaps):.3f}%",
        )  # fmt: skip


def additive(people: int, terms: int, options: int, seed: int) -> Game:
    """Weights uniform on the simplex, options uniform and stretched from 0 to 1, points of 0 to 100."""
    chance = np.random.default_rng(seed)
    weights = chance.dirichlet(np.ones(terms), people)
    values = chance.random((people, terms, options))
    values -= values.min(axis=2, keepdims=True)
    values /= values.max(axis=2, keepdims=True)
    points = 100 * (values * weights[:, :, None]).reshape(people, -1)
    return Game((options,) * terms, points, np.full(people, LEAST), np.zeros(points.shape, dtype=bool))


if __name__ == "__main__":
    main()
