"""Fit the matcher to the training half of the key-point pairs, and write matcher.npz:

    python -m bench.train_matcher DATA [--dry]

First it is fitted to five sixths of the topics and judged on the last, six times over: what was chosen (directions,
penalties, which features) was chosen by these figures. The development half is not read here.
"""

import argparse
from pathlib import Path

import numpy as np
from bench.key_points import Half, Scores, load, mean_average_precision, over_all_pairs

from winward.engine.themes.matching import Matcher, scores
from winward.text_models.embedded import EmbeddedModel
from winward.text_models.matcher import MATCHER_FILE, write_matcher
from winward.text_models.train_matcher import Pairs, fit

FOLDS = 6


def pair_scores(matcher: Matcher, half: Half) -> Scores:
    return np.asarray(scores(matcher, half.arguments, half.key_points)[half.pairs.text, half.pairs.statement])


def held_out(half: Half) -> Scores:
    """Each pair's score by a matcher that has seen no pair of its topic."""
    fold = np.random.default_rng(0).permutation(int(half.topic.max()) + 1)[half.topic] % FOLDS
    found = np.zeros(len(half.topic), np.float32)
    for number in range(FOLDS):
        inside = np.flatnonzero(fold != number)
        pairs = Pairs(*(column[inside] for column in half.pairs))
        found[fold == number] = pair_scores(fit(half.arguments, half.key_points, pairs), half)[fold == number]
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
    truth = half.pairs.truth
    for least in (0.3, 0.4, 0.5, 0.6, 0.7):
        hits, called = (apart >= least) & (truth == 1), (apart >= least) & (truth >= 0)
        print(f"from {least} on: {hits.sum() / called.sum():.0%} right, {hits.sum() / (truth == 1).sum():.0%} found")
    if not arguments.dry:
        write_matcher(fit(half.arguments, half.key_points, half.pairs), MATCHER_FILE)
        print(f"{MATCHER_FILE.stat().st_size / 1e3:.0f} kB in {MATCHER_FILE.name}")


if __name__ == "__main__":
    main()
