"""How well themes' names say what the themes are about, on public sets whose groups have names of their own.

python -m bench.names ../shared/data [--sets banking77 clinc150 stackoverflow] [--show 40]

A name is right where, of all the set's labels, the one that most of the theme's texts bear is nearest to the name by
the embedded model's cosine; its rank gives the mean reciprocal rank. Beside the names stand the four words of most
class-based TF-IDF, as BERTopic names its topics (Grootendorst 2022, computed here from its formula).
"""

import argparse
import csv
import json
import time
from collections import Counter
from collections.abc import Callable, Sequence
from math import log
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from winward.engine.themes import discover, name_themes
from winward.engine.themes.words import STOPWORDS, words
from winward.text_models import EmbeddedModel

Texts = tuple[list[str], list[str]]
OUT_OF_SCOPE = "oos"
TAG_WORDS = (
    "wordpress oracle svn apache excel matlab visual-studio cocoa osx bash spring hibernate scala sharepoint ajax qt "
    "drupal linq haskell magento"
)
TAGS = TAG_WORDS.split()
OUT = Path(__file__).parent / "out"


def banking77(data: Path) -> Texts:
    with (data / "feedback/banking77/train.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    return [row["text"] for row in rows], [row["category"].replace("_", " ") for row in rows]


def clinc150(data: Path) -> Texts:
    parts = json.loads((data / "feedback/clinc150/data_full.json").read_text(encoding="utf-8"))
    rows = [row for part in parts.values() for row in part]
    return [text for text, _ in rows], [intent.replace("_", " ") for _, intent in rows]


def stackoverflow(data: Path) -> Texts:
    folder = data / "feedback/stackoverflow_titles"
    titles = (folder / "title_StackOverflow.txt").read_text(encoding="utf-8").splitlines()
    numbers = (folder / "label_StackOverflow.txt").read_text(encoding="utf-8").split()
    return titles, [TAGS[int(number) - 1] for number in numbers]


SETS: dict[str, Callable[[Path], Texts]] = {
    "banking77": banking77,
    "clinc150": clinc150,
    "stackoverflow": stackoverflow,
}


def vectors_of(name: str, texts: list[str], model: EmbeddedModel) -> NDArray[np.float32]:
    kept = OUT / f"{name}.npy"
    if not kept.exists():
        OUT.mkdir(exist_ok=True)
        np.save(kept, model.embed(texts))
    return np.asarray(np.load(kept), dtype=np.float32)


def top_words(theme: NDArray[np.int32], texts: Sequence[str], most: int = 4) -> list[str]:
    """Of each theme the words of most tf × log(1 + A / f): tf in the theme's share of words, f over all themes, A the
    mean number of words a theme."""
    counts = [Counter[str]() for _ in range(int(theme.max()) + 1)]
    for label, text in zip(theme.tolist(), texts, strict=True):
        if label >= 0:
            counts[label].update(word for word in words(text) if word not in STOPWORDS)
    everywhere = sum(counts, Counter[str]())
    mean = everywhere.total() / len(counts)
    weights = [{word: n / one.total() * log(1 + mean / everywhere[word]) for word, n in one.items()} for one in counts]
    return [" ".join(sorted(weight, key=lambda word: (-weight[word], word))[:most]) for weight in weights]


def ranks(names: Sequence[str], theme: NDArray[np.int32], labels: Sequence[str], model: EmbeddedModel) -> list[int]:
    known = sorted(set(labels) - {OUT_OF_SCOPE})
    cosine = model.embed(list(names)) @ model.embed(known).T
    of = np.array(labels)
    found = []
    for at in range(len(names)):
        most = Counter(label for label in of[theme == at] if label != OUT_OF_SCOPE).most_common(1)
        if most:
            found.append(1 + int((cosine[at] > cosine[at, known.index(most[0][0])]).sum()))
    return found


def told(kind: str, names: Sequence[str], found: Sequence[int], seconds: float) -> str:
    reciprocal = np.array([1 / rank for rank in found])
    length = np.mean([len(name.split()) for name in names])
    return f"  {kind:28} {reciprocal.mean():.3f} {(reciprocal == 1).mean():.3f} {length:6.1f} {seconds:8.1f}"


def report(name: str, data: Path, model: EmbeddedModel, show: int) -> None:
    texts, labels = SETS[name](data)
    vectors = vectors_of(name, texts, model)
    theme = discover(vectors, texts).theme
    print(f"{name}: {theme.max() + 1} themes\n  {'':28} MRR   top-1  words  seconds")
    ways: dict[str, Callable[[], list[str]]] = {
        "c-TF-IDF, four words": lambda: top_words(theme, texts),
        "names from words alone": lambda: [one.name for one in name_themes(theme, vectors, texts)],
        "names": lambda: [one.name for one in name_themes(theme, vectors, texts, embed=model.embed)],
    }
    names: list[str] = []
    for kind, way in ways.items():
        started = time.process_time()
        names = way()
        print(told(kind, names, ranks(names, theme, labels, model), time.process_time() - started), flush=True)
    of = np.array(labels)
    for at in range(0, len(names), max(1, len(names) // show) if show else len(names) + 1):
        print(f"    {Counter(of[theme == at]).most_common(1)[0][0]:45} {names[at]}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", type=Path)
    parser.add_argument("--sets", nargs="+", choices=SETS, default=list(SETS))
    parser.add_argument("--show", type=int, default=0, help="how many names to print")
    chosen = parser.parse_args()
    model = EmbeddedModel()
    for name in chosen.sets:
        report(name, chosen.data, model, chosen.show)


if __name__ == "__main__":
    main()
