"""Fit the eleven reading heads, calibrate them on real sentences, and write heads.npz:

    python -m bench.train_heads [--dry]

Chances and thresholds, three numbers a kind, come from tests/truth/reading_dev.jsonl, sentences of the open half of
the real texts. The table says how well the heads do on these, which is no claim, since choices were made on them
(bench/reading.py has the claims).
"""

import argparse
from pathlib import Path

import numpy as np
from bench.gold import TRUTH, rows
from numpy.typing import NDArray
from rich.console import Console
from rich.table import Table

from winward.engine.reading.kinds import KINDS
from winward.engine.reading.plain import plain
from winward.engine.reading.yes_or_no import columns_of
from winward.text_models.embedded import EmbeddedModel
from winward.text_models.shipped import HEADS_FILE, write_heads
from winward.text_models.train import calibrated, fit, training_sentences

DEVELOPMENT: Path = TRUTH / "reading_dev.jsonl"

Scores = NDArray[np.float32]


def average_precision(scores: Scores, truth: NDArray[np.bool_]) -> float:
    ranked = truth[np.argsort(-scores, kind="stable")]
    return float((np.cumsum(ranked) / np.arange(1, len(ranked) + 1))[ranked].mean())


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--dry", action="store_true", help="print the table, write nothing")
    arguments = parser.parse_args()
    development = rows(DEVELOPMENT)
    if not development:
        raise SystemExit("The real texts are not here, and without them the heads can't be calibrated.")
    model, sentences = EmbeddedModel(), training_sentences()
    vectors = model.depths(sentences.texts)
    fitted = fit(sentences.texts, vectors, sentences.truth)
    texts = [plain(row.text) for row in development]
    truth = np.array([[kind in row.kinds for kind in KINDS] for row in development])
    scores = fitted.scores(columns_of(texts, model.depths(texts)))
    heads = calibrated(fitted, scores, truth)
    called = (scores * heads.slopes + heads.offsets) >= np.log(heads.thresholds / (1 - heads.thresholds))
    table = Table("kind", "learnt from", "average precision", "threshold", "right/called", "found/there")
    for at, kind in enumerate(KINDS):
        hits = int((called & truth)[:, at].sum())
        table.add_row(
            kind,
            str(sentences.truth[:, at].sum()),
            f"{average_precision(scores[:, at], truth[:, at]):.2f}",
            f"{heads.thresholds[at]:.2f}",
            f"{hits}/{called[:, at].sum()}",
            f"{hits}/{truth[:, at].sum()}",
        )
    Console(width=120).print(table)
    if not arguments.dry:
        write_heads(heads, HEADS_FILE)
        print(f"{len(sentences.texts)} sentences, {HEADS_FILE.stat().st_size / 1e6:.1f} MB in {HEADS_FILE.name}")


if __name__ == "__main__":
    main()
