"""One clustering of vectors in a process of its own, so that its time and memory are its own.

    PYTHON -P bench/themes_run.py winward|bertopic|evoc VECTORS.npy TEXTS.json FOUND.npz

It needs nothing but numpy and what the method needs, so that peers can run it with an interpreter of theirs. A first
run over some of the vectors is not timed: the peers compile then, and files are read. Memory is the process's peak.
"""

import json
import resource
import sys
import time
from collections.abc import Callable, Sequence

import numpy as np

Found = np.ndarray  # (n,) the group of each row, −1 for none
WARMING = 2_000


def winward() -> Callable[[np.ndarray, Sequence[str]], Found]:
    from winward.engine.themes import discover

    return lambda vectors, texts: discover(vectors, texts).theme


def bertopic() -> Callable[[np.ndarray, Sequence[str]], Found]:
    """The UMAP and HDBSCAN that BERTopic makes when nothing is said; naming its topics is not timed."""
    from bertopic import BERTopic

    def cluster(vectors: np.ndarray, _texts: Sequence[str]) -> Found:
        model = BERTopic()
        return model.hdbscan_model.fit(model.umap_model.fit_transform(vectors)).labels_

    return cluster


def evoc() -> Callable[[np.ndarray, Sequence[str]], Found]:
    from evoc import EVoC

    return lambda vectors, _texts: EVoC().fit_predict(vectors)


METHODS = {"winward": winward, "bertopic": bertopic, "evoc": evoc}


def main() -> None:
    method, vectors_at, texts_at, found_at = sys.argv[1:]
    cluster = METHODS[method]()
    vectors = np.load(vectors_at, mmap_mode="r")
    with open(texts_at, encoding="utf-8") as file:
        texts = json.load(file)
    if method != "winward":
        vectors = np.asarray(vectors, dtype=np.float32)
    cluster(vectors[:WARMING], texts[:WARMING])
    wall, processor = time.perf_counter(), time.process_time()
    found = cluster(vectors, texts)
    wall, processor = time.perf_counter() - wall, time.process_time() - processor
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**10
    np.savez(found_at, theme=np.asarray(found), wall=wall, processor=processor, peak=peak)


if __name__ == "__main__":
    main()
