"""Fit the matcher to the training half of the key-point pairs, and write matcher.npz:

    python -m bench.train_matcher DATA [--dry]

First it is fitted to five sixths of the topics and judged on the last, six times over: what was chosen (directions,
penalties, which features) was chosen by these figures. The development half is not read here.
"""

import argparse
from pathlib import Path

import numpy as np
from bench.key_points import Half, Scores, load, mean_average_precision, over_all_pairs
from numpy.typing import NDArray
from scipy.special import expit, logit

from winward.engine.reading.calibration import calibration
from winward.engine.themes.matching import Matcher, scores
from winward.text_models.embedded import EmbeddedModel
from winward.text_models.matcher import MATCHER_FILE, write_matcher
from winward.text_models.train_matcher import Pairs, calibrated, fit

FOLDS = 6
# Key points of other topics that each argument is put beside.
OTHERS = 3


def pair_scores(matcher: Matcher, half: Half) -> Scores:
    return np.asarray(scores(matcher, half.arguments, half.key_points)[half.pairs.text, half.pairs.statement])


def beside_the_subject(half: Half, topics: set[int]) -> Pairs:
    """Arguments with key points of other topics, which they don't make: what most pairs in use are like."""
    topic_of = [dict(zip(rows.tolist(), half.topic.tolist(), strict=True)) for rows in half.pairs[:2]]
    arguments, points = ([row for row, topic in of.items() if topic in topics] for of in topic_of)
    chosen = np.random.default_rng(1).choice(points, (len(arguments), OTHERS))
    found = [
        (argument, int(point))
        for argument, row in zip(arguments, chosen, strict=True)
        for point in row
        if topic_of[0][argument] != topic_of[1][int(point)]
    ]
    text, statement = np.array(found, np.int64).T
    return Pairs(text, statement, np.zeros(len(found), np.int64))


def taught(half: Half, rows: NDArray[np.int64]) -> Matcher:
    """By these rows of the pairs, and by pairs across their topics."""
    besides = beside_the_subject(half, set(half.topic[rows].tolist()))
    inside = Pairs(*(column[rows] for column in half.pairs))
    together = Pairs(*(np.concatenate(columns) for columns in zip(inside, besides, strict=True)))
    return fit(half.arguments, half.key_points, together)


def held_out(half: Half) -> Scores:
    """Each pair's score by a matcher that has seen no pair of its topic."""
    fold = np.random.default_rng(0).permutation(int(half.topic.max()) + 1)[half.topic] % FOLDS
    found = np.zeros(len(half.topic), np.float32)
    for number in range(FOLDS):
        found[fold == number] = pair_scores(taught(half, np.flatnonzero(fold != number)), half)[fold == number]
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", type=Path)
    parser.add_argument("--dry", action="store_true", help="only judge, write nothing")
    arguments = parser.parse_args()
    half = load(arguments.data / "key_points", "train", EmbeddedModel())
    apart = held_out(half)
    print("topics held out, mAP strict and relaxed: {:.3f} {:.3f}".format(*mean_average_precision(half, apart)))
    print("the same over all pairs:                 {:.3f} {:.3f}".format(*over_all_pairs(half, apart)))
    decided = half.pairs.truth >= 0
    truth = half.pairs.truth[decided] == 1
    matcher = calibrated(taught(half, np.arange(len(half.topic))), apart[decided], truth)
    slope, offset = calibration(logit(apart[decided]), truth)
    chances = expit(slope * logit(apart[decided]) + offset)
    for least in (0.2, 0.3, 0.4, 0.5, 0.6):
        hits = truth[chances >= least]
        print(f"from {least} on: {len(hits):,} called, {hits.mean():.0%} right, {hits.sum() / truth.sum():.0%} found")
    if not arguments.dry:
        write_matcher(matcher, MATCHER_FILE)
        print(f"{MATCHER_FILE.stat().st_size / 1e3:.0f} kB in {MATCHER_FILE.name}")


if __name__ == "__main__":
    main()
