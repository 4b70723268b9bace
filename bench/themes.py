"""How well and how quickly themes are found in public sets whose groups are known; no label is used to find them.

    python -m bench.themes ../shared/data [--sets banking77 ...] [--peers PYTHON]
    python -m bench.themes ../shared/data --growth 100000 300000 1000000
    python -m bench.themes ../shared/data --stability banking77
    python -m bench.themes ../shared/data --sampling clinc150+oos

Each method runs in a process of its own on the same vectors, which the embedded model makes once and which are kept
under bench/out/. Seconds are of a second run; those of the processor tell more on a busy machine. Peers are BERTopic's
and EVoC's defaults, run by the interpreter PYTHON, which has bench/requirements-peers.txt.
"""

import argparse
import json
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import numpy as np
from bench.themes_sets import OUT, OUT_OF_SCOPE, SETS
from numpy.typing import NDArray
from tests.engine.themes.planted import adjusted_mutual_information, adjusted_rand

from winward.engine.themes import Before, discover, keep_identity

RUNNER = Path(__file__).with_name("themes_run.py")
REBUILDS, NEW_EACH = 5, 0.1
JITTER = 0.15  # the length of what is added to a vector of length 1, so that a copy is near its original, not the same
SAMPLES = (2_500, 5_000, 10_000, 20_000)
HEADINGS = "set            method    rows groups themes   AMI   ARI unsorted noise left    wall     cpu     MiB"


class Run(NamedTuple):
    """theme: (n,) −1 unsorted. wall, processor: seconds. peak: MiB."""

    theme: NDArray[np.int64]
    wall: float
    processor: float
    peak: float


def run(python: str, method: str, vectors: Path, texts: list[str]) -> Run:
    with tempfile.TemporaryDirectory() as folder:
        said, found = Path(folder, "texts.json"), Path(folder, "found.npz")
        said.write_text(json.dumps(texts), encoding="utf-8")
        # -P: else the folder of the runner, which has a typing.py, would hide the module that Python needs.
        subprocess.run([python, "-P", str(RUNNER), method, str(vectors), str(said), str(found)], check=True)
        kept = np.load(found)
        return Run(kept["theme"], float(kept["wall"]), float(kept["processor"]), float(kept["peak"]))


def compared(name: str, data: Path, peers: str | None) -> Iterator[str]:
    labelled = SETS[name](data)
    with tempfile.TemporaryDirectory() as folder:
        vectors = Path(folder, "vectors.npy")
        np.save(vectors, labelled.vectors)
        for method, python in [("winward", sys.executable), *((peer, peers) for peer in ("bertopic", "evoc") if peers)]:
            yield row_of(name, method, labelled.truth, run(str(python), method, vectors, labelled.texts))


def row_of(name: str, method: str, truth: NDArray[np.int64], done: Run) -> str:
    themes = int(done.theme.max(initial=-1)) + 1
    speed = f"{done.wall:7.1f} {done.processor:7.1f} {done.peak:7.0f}"
    return f"{name:14} {method:8} {len(done.theme):5} {agreement(truth, done.theme, themes)} {speed}"


def agreement(truth: NDArray[np.int64], theme: NDArray[np.int64], themes: int) -> str:
    real, noise = truth >= 0, truth == OUT_OF_SCOPE
    left = f"{(theme[noise] < 0).mean():10.3f}" if noise.any() else "         –"
    scores = (
        f"{adjusted_mutual_information(truth[real], theme[real]):.3f} {adjusted_rand(truth[real], theme[real]):.3f}"
    )
    return f"{len(set(truth[real])):6} {themes:6} {scores} {(theme[real] < 0).mean():8.3f} {left}"


def growth(data: Path, rows: list[int]) -> Iterator[str]:
    """The mixed set repeated, each copy moved a little, as half-precision numbers in a mapped file."""
    labelled = SETS["mixed"](data)
    for number in rows:
        vectors, times = OUT / "grown.npy", -(-number // len(labelled.texts))
        _write_repeated(labelled.vectors, number, vectors)
        texts = [f"{text} {time}" for time in range(times) for text in labelled.texts][:number]
        done = run(sys.executable, "winward", vectors, texts)
        vectors.unlink()
        yield row_of("mixed, grown", "winward", np.tile(labelled.truth, times)[:number], done)


def _write_repeated(vectors: NDArray[np.float32], rows: int, path: Path) -> None:
    grown = np.lib.format.open_memmap(path, mode="w+", dtype=np.float16, shape=(rows, vectors.shape[1]))
    chance = np.random.default_rng(0)
    for start in range(0, rows, len(vectors)):
        part = vectors[: rows - start]
        aside = chance.normal(0, JITTER / np.sqrt(vectors.shape[1]), part.shape)
        moved = part + aside
        grown[start : start + len(part)] = moved / np.linalg.norm(moved, axis=1, keepdims=True)


def stability(name: str, data: Path) -> Iterator[str]:
    """How many of the rows that were there before keep their theme's id, in each rebuild with a tenth new rows."""
    labelled = SETS[name](data)
    order = np.random.default_rng(0).permutation(len(labelled.texts))
    ids, resolution = np.empty(0, dtype=np.int64), 0.0
    for rebuild in range(REBUILDS + 1):
        rows = order[: int(len(order) / (1 + NEW_EACH) ** (REBUILDS - rebuild))]
        before = np.full(len(rows), -1, dtype=np.int64)
        before[: len(ids)] = ids
        texts = [labelled.texts[row] for row in rows]
        found = discover(labelled.vectors[rows], texts, before=Before(before, resolution))
        ids, resolution = _lasting(found.theme, before), found.resolution
        sorted_in = before >= 0
        if rebuild:
            kept = (ids[sorted_in] == before[sorted_in]).mean()
            yield f"{name:14} rebuild {rebuild}: {len(rows):6} rows, {kept:.3f} of {sorted_in.sum():6} keep their theme"


def _lasting(theme: NDArray[np.int32], before: NDArray[np.int64]) -> NDArray[np.int64]:
    """The id of each row's theme: the one kept, or one that no theme had."""
    kept = np.array([-1 if of is None else of for of in keep_identity(before, theme)], dtype=np.int64)
    new = np.flatnonzero(kept < 0)
    kept[new] = before.max(initial=-1) + 1 + np.arange(len(new))
    return np.append(kept, -1)[theme]


def sampling(name: str, data: Path) -> Iterator[str]:
    labelled = SETS[name](data)
    for most in (*SAMPLES, len(labelled.texts)):
        found = discover(labelled.vectors, labelled.texts, compared=most)
        themes = len(found.centres)
        yield f"{name:14} {most:6} compared {agreement(labelled.truth, found.theme.astype(np.int64), themes)}"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", type=Path)
    parser.add_argument("--sets", nargs="+", choices=SETS, default=list(SETS))
    parser.add_argument("--peers", help="the interpreter that has the peers")
    other = parser.add_mutually_exclusive_group()
    other.add_argument("--growth", nargs="+", type=int, metavar="ROWS")
    other.add_argument("--stability", choices=SETS)
    other.add_argument("--sampling", choices=SETS)
    for line in lines(parser.parse_args()):
        print(line, flush=True)


def lines(chosen: argparse.Namespace) -> Iterator[str]:
    if chosen.stability:
        yield from stability(chosen.stability, chosen.data)
    elif chosen.sampling:
        yield "set              rows          groups themes   AMI   ARI unsorted noise left"
        yield from sampling(chosen.sampling, chosen.data)
    else:
        yield HEADINGS
        if chosen.growth:
            yield from growth(chosen.data, chosen.growth)
        else:
            for name in chosen.sets:
                yield from compared(name, chosen.data, chosen.peers)


if __name__ == "__main__":
    main()
