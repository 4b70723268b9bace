"""How well somebody's own labels are learnt, on public sets, five folds, equal texts in one fold:

    python -m bench.typing [SET ...] [--seeds 3]

through the path of `winward learn` and `winward label`, beside words and sentence vectors in a linear support vector
machine of scikit-learn on the same folds. Without scikit-learn, which nothing else needs, that column stays blank.
"""

import argparse
import sys
import time
from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from rich.console import Console
from rich.table import Table
from scipy.sparse import csr_matrix, hstack
from tests.real_data import REAL_DATA

from winward.engine.reading import label, learn
from winward.engine.reading.views import Embed
from winward.sources.tables import open_table
from winward.text_models import EmbeddedModel

try:
    from sklearn.feature_extraction.text import TfidfVectorizer
    from sklearn.svm import LinearSVC
except ImportError:
    TfidfVectorizer = LinearSVC = None
    sys.stderr.write("scikit-learn is not installed: the column of the support vector machine stays blank.\n")

FOLDS = 5
# Published, or computed before this was built; the one of the issues is for a test half that isn't here.
REFERENCE = {"SHAH": ".579", "P1": ".843", "P2": ".791", "issues": ".827 (test half)"}

Rows = Sequence[int] | NDArray[np.int64]


class Labelled(NamedTuple):
    texts: list[str]
    labels: list[str]


def reviews(file: str, column: str) -> list[Labelled]:
    table = open_table(REAL_DATA / "feedback" / "requirements_re21" / file)
    rows = [row for _, row in table.rows()]
    return [Labelled([row["reviews"] for row in rows], [row[column] for row in rows])]


def issues() -> list[Labelled]:
    """One set a repository."""
    rows = [row for _, row in open_table(REAL_DATA / "feedback" / "nlbse24" / "issues_train.csv").rows()]
    sets = []
    for repository in sorted({row["repo"] for row in rows}):
        own = [row for row in rows if row["repo"] == repository]
        sets.append(Labelled([f"{row['title']}\n{row['body']}" for row in own], [row["label"] for row in own]))
    return sets


SETS = {
    "SHAH": lambda: reviews("SHAH.xlsx", "Judgement"),
    "SHAH, five labels": lambda: reviews("SHAH.xlsx", "labels"),
    "P1": lambda: reviews("P1-Golden.xlsx", "Judgement"),
    "P2": lambda: reviews("P2-Golden.xlsx", "Judgement"),
    "issues": issues,
}


def folds(data: Labelled, seed: int) -> Iterator[tuple[NDArray[np.int64], NDArray[np.int64]]]:
    """(learnt from, asked), every label spread evenly, equal texts together."""
    _, first, same = np.unique([" ".join(text.lower().split()) for text in data.texts], True, True)
    shuffled = np.random.default_rng(seed).permutation(len(first))
    order = shuffled[np.argsort(np.array(data.labels)[first][shuffled], kind="stable")]
    fold = np.empty(len(first), np.int64)
    fold[order] = np.arange(len(first)) % FOLDS
    for number in range(FOLDS):
        yield np.flatnonzero(fold[same] != number), np.flatnonzero(fold[same] == number)


def macro_f1(truth: Sequence[str], called: Sequence[str]) -> float:
    true, given, scores = np.array(truth), np.array(called), []
    for name in sorted(set(truth)):
        hits = ((true == name) & (given == name)).sum()
        scores.append(2 * hits / ((true == name).sum() + (given == name).sum()))
    return float(np.mean(scores))


def remembered(embed: Embed) -> Embed:
    """The same vectors, each text embedded once."""
    known: dict[str, NDArray[np.float32]] = {}

    def recall(texts: Sequence[str]) -> NDArray[np.float32]:
        new = sorted(set(texts) - known.keys())
        known.update(zip(new, embed(new), strict=True))
        return np.array([known[text] for text in texts])

    return recall


def ours(data: Labelled, embed: Embed, inside: Rows, outside: Rows) -> list[str]:
    head, _ = learn([data.texts[row] for row in inside], [data.labels[row] for row in inside], embed)
    return label(head, [data.texts[row] for row in outside], embed)[0]


def beside(data: Labelled, vectors: NDArray[np.float32], inside: Rows, outside: Rows) -> list[str]:
    words, plain = TfidfVectorizer(), vectors[:, : EmbeddedModel.dimensions]
    learnt = hstack([words.fit_transform([data.texts[row] for row in inside]), csr_matrix(plain[inside])])
    asked = hstack([words.transform([data.texts[row] for row in outside]), csr_matrix(plain[outside])])
    machine = LinearSVC().fit(learnt, [data.labels[row] for row in inside])
    return list(machine.predict(asked))


def measured(name: str, seeds: int, model: EmbeddedModel) -> tuple[str, ...]:
    own, other, began = [], [], time.perf_counter()
    for data in SETS[name]():
        embed = remembered(model.depths)
        vectors = embed(data.texts)
        for seed in range(seeds):
            for inside, outside in folds(data, seed):
                truth = [data.labels[row] for row in outside]
                own.append(macro_f1(truth, ours(data, embed, inside, outside)))
                if LinearSVC:
                    other.append(macro_f1(truth, beside(data, vectors, inside, outside)))
    machine = f"{np.mean(other):.3f}" if other else ""
    return name, f"{np.mean(own):.3f}", machine, REFERENCE.get(name, ""), f"{time.perf_counter() - began:.0f}"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("sets", nargs="*", default=list(SETS))
    parser.add_argument("--seeds", type=int, default=3)
    arguments = parser.parse_args()
    table = Table("macro-F1", "learn and label", "words + vectors, SVM", "reference", "seconds, both and embedding")
    model = EmbeddedModel()
    for name in arguments.sets:
        table.add_row(*measured(name, arguments.seeds, model))
    Console(file=sys.stdout, width=110).print(table)


if __name__ == "__main__":
    main()
