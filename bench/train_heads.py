"""Fit the eleven reading heads, fit them again to real sentences, and write heads.npz:

    python -m bench.train_heads [--dry]

The second fit, chances and thresholds come from sentences of the open half of the real texts: those of
tests/truth/reading_dev.jsonl, labelled with all kinds, and those of reading_dev_money.jsonl, which the heads once
called an objection, competitor, price or risk, labelled with these four. The table says how well the kinds do on the
first of them, each by fits that saw nothing of its document. That is no claim, since choices were made on them
(bench/reading.py has the claims).
"""

import argparse
from pathlib import Path

import numpy as np
from bench.gold import TRUTH, rows
from numpy.typing import NDArray
from rich.console import Console
from rich.table import Table

from winward.engine.reading.cues import CUES
from winward.engine.reading.heads import Heads
from winward.engine.reading.kinds import KINDS
from winward.engine.reading.plain import plain
from winward.engine.reading.yes_or_no import Fitted, columns_of
from winward.text_models.embedded import EmbeddedModel
from winward.text_models.shipped import HEADS_FILE, write_heads
from winward.text_models.train import MONEY_KINDS, Real, fit, fitted_again, held_out, training_sentences

DEVELOPMENT: Path = TRUTH / "reading_dev.jsonl"
MONEY: Path = TRUTH / "reading_dev_money.jsonl"

Scores = NDArray[np.float32]


def real_sentences(fitted: Fitted, model: EmbeddedModel) -> Real:
    wholly, money = rows(DEVELOPMENT), rows(MONEY)
    every = [*wholly, *money]
    texts = [plain(row.text) for row in every]
    drawn = np.arange(len(every)) < len(wholly)
    return Real(
        scores=fitted.scores(columns_of(texts, model.depths(texts))),
        truth=np.array([[kind in row.kinds for kind in KINDS] for row in every]),
        known=drawn[:, None] | np.array([kind in MONEY_KINDS for kind in KINDS]),
        cues=np.array([[bool(cue.search(text)) for cue in CUES] for text in texts]),
        documents=np.array([row.item for row in every]),
        drawn=drawn,
    )


def average_precision(scores: Scores, truth: NDArray[np.bool_]) -> float:
    ranked = truth[np.argsort(-scores, kind="stable")]
    return float((np.cumsum(ranked) / np.arange(1, len(ranked) + 1))[ranked].mean())


def by_kind(heads: Heads, real: Real) -> Table:
    table = Table(
        "kind", "average precision, first fit", "second", "threshold", "right/called", "found/there",
        "right/called, with those picked",
    )  # fmt: skip
    for at, kind in enumerate(KINDS):
        chances, truth = held_out(at, real)[0], real.truth[:, at]
        called = chances >= heads.thresholds[at]
        hits = (called & truth & real.drawn).sum()
        table.add_row(
            kind,
            f"{average_precision(real.scores[real.drawn, at], truth[real.drawn]):.2f}",
            f"{average_precision(chances[real.drawn], truth[real.drawn]):.2f}",
            f"{heads.thresholds[at]:.2f}",
            f"{hits}/{(called & real.drawn).sum()}",
            f"{hits}/{(truth & real.drawn).sum()}",
            f"{(called & truth & real.known[:, at]).sum()}/{(called & real.known[:, at]).sum()}",
        )
    return table


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--dry", action="store_true", help="print the table, write nothing")
    arguments = parser.parse_args()
    if not rows(DEVELOPMENT):
        raise SystemExit("The real texts are not here, and without them the heads can't be fitted to real sentences.")
    model, sentences = EmbeddedModel(), training_sentences()
    fitted = fit(sentences.texts, model.depths(sentences.texts), sentences.truth)
    real = real_sentences(fitted, model)
    heads = fitted_again(fitted, real)
    Console(width=130).print(by_kind(heads, real))
    if not arguments.dry:
        write_heads(heads, HEADS_FILE)
        print(f"{len(sentences.texts)} sentences, {HEADS_FILE.stat().st_size / 1e6:.1f} MB in {HEADS_FILE.name}")


if __name__ == "__main__":
    main()
