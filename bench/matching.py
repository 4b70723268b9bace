"""How well the shipped matcher matches, beside the cosine of the same vectors:

    python -m bench.matching DATA

Key points, development half, by the shared task's own measure; and, where nothing was learnt from, customers'
questions of banking77 with the names of their intents.
"""

import argparse
import csv
import time
from pathlib import Path

import numpy as np
from bench.key_points import Half, Scores, load, mean_average_precision, over_all_pairs
from numpy.typing import NDArray
from rich.console import Console
from rich.table import Table

from winward.engine.themes.matching import prepared, scores
from winward.text_models.embedded import EmbeddedModel
from winward.text_models.matcher import default_matcher

QUESTIONS = 1000


def by_cosine(half: Half) -> Scores:
    size = EmbeddedModel.dimensions
    texts, statements = half.arguments.vectors[:, :size], half.key_points.vectors[:, :size]
    return np.asarray((texts @ statements.T)[half.pairs.text, half.pairs.statement])


def by_matcher(half: Half) -> Scores:
    found = scores(default_matcher(), half.arguments, half.key_points)
    return np.asarray(found[half.pairs.text, half.pairs.statement])


def intents(folder: Path, model: EmbeddedModel) -> tuple[float, float, float]:
    """Share of questions whose intent's name comes first: by cosine, by the matcher; and seconds of all pairs."""
    with (folder / "train.csv").open(newline="", encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    rows = [rows[at] for at in np.random.default_rng(0).permutation(len(rows))[:QUESTIONS]]
    names = sorted({row["category"] for row in rows})
    texts, statements = [row["text"] for row in rows], [name.replace("_", " ") for name in names]
    left, right = prepared(texts, model.depths(texts)), prepared(statements, model.depths(statements))
    truth = np.array([names.index(row["category"]) for row in rows])
    started = time.perf_counter()
    matched = scores(default_matcher(), left, right)
    took = time.perf_counter() - started
    size = EmbeddedModel.dimensions
    return _first(left.vectors[:, :size] @ right.vectors[:, :size].T, truth), _first(matched, truth), took


def _first(found: Scores, truth: NDArray[np.int64]) -> float:
    return float((found.argmax(axis=1) == truth).mean())


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", type=Path)
    data, model = parser.parse_args().data, EmbeddedModel()
    half = load(data / "key_points", "dev", model)
    table = Table("key points, dev", "mAP strict", "mAP relaxed", "all pairs, strict", "all pairs, relaxed")
    for name, found in (("cosine", by_cosine(half)), ("matcher", by_matcher(half))):
        figures = (*mean_average_precision(half, found), *over_all_pairs(half, found))
        table.add_row(name, *(f"{figure:.3f}" for figure in figures))
    Console(width=120).print(table)
    cosine, matcher, took = intents(data / "feedback" / "banking77", model)
    print(
        f"banking77, first of the intents' names: cosine {cosine:.3f}, matcher {matcher:.3f}; {took:.2f} s of scoring"
    )


if __name__ == "__main__":
    main()
