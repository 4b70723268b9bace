"""A reader that needs no model, so that what is tested is who reads, and the shards that it reads."""

import json
import os
import signal
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
from numpy.typing import NDArray

from winward.engine.reading import KINDS, Reader
from winward.engine.reading.batches import VECTOR_SIZE
from winward.text_models import default_reader

WORDS = {"expensive": "objection", "rival": "competitor", "broken": "pain", "please": "request"}
SAID = (
    "It is far too expensive for our small team.",
    "A rival of yours has had that for years.",
    "The export is broken again since Monday.",
    "Could you please add a darker theme?",
    "The weather was nice on the way here.",
)


def embed(texts: Sequence[str]) -> NDArray[np.float32]:
    vectors = np.zeros((len(texts), 2 * VECTOR_SIZE), np.float32)
    for row, text in enumerate(texts):
        vectors[row, : len(WORDS)] = [word in text for word in WORDS]
        vectors[row, VECTOR_SIZE - 1] = len(text) / 1_000
    return vectors


@dataclass(frozen=True, slots=True)
class Slow:
    """Takes its time over each batch, so that it can be killed meanwhile; says in `folder` which process reads."""

    folder: Path
    seconds: float

    def __call__(self, texts: Sequence[str]) -> NDArray[np.float32]:
        (self.folder / str(os.getpid())).touch()
        time.sleep(self.seconds)
        return embed(texts)


@dataclass(frozen=True, slots=True)
class Deadly:
    """Kills its own process, as the system does for want of memory, at the first `times` batches with `word`."""

    folder: Path
    word: str
    times: int

    def __call__(self, texts: Sequence[str]) -> NDArray[np.float32]:
        if any(self.word in text for text in texts) and len(list(self.folder.iterdir())) < self.times:
            (self.folder / str(os.getpid())).touch()
            os.kill(os.getpid(), signal.SIGKILL)
        return embed(texts)


@dataclass(frozen=True, slots=True)
class Refusing:
    """Raises, as a damaged model does."""

    def __call__(self, texts: Sequence[str]) -> NDArray[np.float32]:
        raise ValueError("not today")


def planted(embedding: Callable[[Sequence[str]], NDArray[np.float32]] = embed, version: str = "planted") -> Reader:
    """One column of the vector decides each kind."""
    shipped = default_reader(threads=1).heads
    weights, ones = np.zeros_like(shipped.weights), np.ones_like(shipped.bias)
    for column, kind in enumerate(WORDS.values()):
        weights[KINDS.index(kind), column] = 4
    heads = replace(shipped, weights=weights, bias=-4 * ones, slopes=ones, offsets=0 * ones, thresholds=0.5 * ones)
    return Reader(embedding, heads, version)


def texts(count: int, start: int = 0) -> list[str]:
    return [f"{SAID[at % len(SAID)]} Said by person {at}." for at in range(start, start + count)]


def write_parquet(path: Path, said: Sequence[str], **columns: Sequence[object]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    pq.write_table(pa.table({"text": said, **columns}), path, row_group_size=700)


def write_lines(path: Path, said: Sequence[object]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("\n".join(json.dumps({"text": one}) for one in said), encoding="utf-8")


def write_shards(folder: Path, shards: int, rows: int) -> Path:
    for at in range(shards):
        write_parquet(folder / f"part-{at:02}.parquet", texts(rows, start=at * rows))
    return folder


def contents(folder: Path) -> dict[str, bytes]:
    """Every file that a person sees in an output folder but the manifest, byte for byte."""
    seen = (path for path in folder.rglob("*") if path.is_file() and path.relative_to(folder).parts[0][0] != ".")
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in seen if path.name != "manifest.json"}
