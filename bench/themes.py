"""How well and how quickly themes are found in public sets whose groups are known; no label is used to find them.

python -m bench.themes ../shared/data [--sets banking77 clinc150 stackoverflow]
Vectors come from the embedded model and are kept under bench/out/.
"""

import argparse
import csv
import json
import resource
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from tests.engine.themes.planted import adjusted_mutual_information, adjusted_rand

from winward.engine.themes import discover, name_themes
from winward.text_models import EmbeddedModel

Labelled = tuple[list[str], NDArray[np.int64]]
OUT = Path(__file__).parent / "out"


def banking77(data: Path) -> Labelled:
    with (data / "feedback/banking77/train.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    return [row["text"] for row in rows], _numbered([row["category"] for row in rows])


def clinc150(data: Path) -> Labelled:
    """The out-of-scope questions are mixed in, as truth −1."""
    parts = json.loads((data / "feedback/clinc150/data_full.json").read_text(encoding="utf-8"))
    rows = [row for part in parts.values() for row in part]
    label = _numbered([intent for _, intent in rows])
    return [text for text, _ in rows], np.where([intent == "oos" for _, intent in rows], -1, label)


def stackoverflow(data: Path) -> Labelled:
    folder = data / "feedback/stackoverflow_titles"
    titles = (folder / "title_StackOverflow.txt").read_text(encoding="utf-8").splitlines()
    return titles, np.loadtxt(folder / "label_StackOverflow.txt", dtype=np.int64)


SETS: dict[str, Callable[[Path], Labelled]] = {
    "banking77": banking77,
    "clinc150": clinc150,
    "stackoverflow": stackoverflow,
}


def vectors_of(name: str, texts: list[str]) -> NDArray[np.float32]:
    kept = OUT / f"{name}.npy"
    if not kept.exists():
        OUT.mkdir(exist_ok=True)
        np.save(kept, EmbeddedModel().embed(texts))
    return np.asarray(np.load(kept), dtype=np.float32)


def row_of(name: str, data: Path) -> str:
    texts, truth = SETS[name](data)
    vectors = vectors_of(name, texts)
    started = time.perf_counter(), time.process_time()
    found = discover(vectors, texts)
    wall, processor = time.perf_counter() - started[0], time.process_time() - started[1]
    name_themes(found.theme, vectors, texts)
    naming = time.perf_counter() - started[0] - wall
    real = truth >= 0
    noise = f"{(found.theme[~real] < 0).mean():.3f}" if (~real).any() else "none"
    groups = f"{len(set(truth[real])):6} {len(found.centres):6} {found.areas.max(initial=-1) + 1:5}"
    agreement = (
        f"{adjusted_mutual_information(truth[real], found.theme[real]):.3f} "
        f"{adjusted_rand(truth[real], found.theme[real]):.3f}"
    )
    left = f"{(found.theme[real] < 0).mean():8.3f} {noise:>10}"
    return f"{name:14} {len(texts):6} {groups} {agreement} {left} {wall:7.1f} {processor:7.1f} {naming:7.1f}"


def _numbered(labels: list[str]) -> NDArray[np.int64]:
    return np.unique(labels, return_inverse=True)[1]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", type=Path)
    parser.add_argument("--sets", nargs="+", choices=SETS, default=list(SETS))
    chosen = parser.parse_args()
    print("set              rows groups themes areas   AMI   ARI unsorted noise left    wall     cpu  naming")
    for name in chosen.sets:
        print(row_of(name, chosen.data), flush=True)
    print(f"peak memory {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**10:.0f} MiB")


if __name__ == "__main__":
    main()
