"""How well and how fast passages are read:

    python bench/reading.py

Quality against hand-labelled sentences (tests/truth), and speed against the bare embedding.
"""

import argparse
import json
import os
import sys
import time
from pathlib import Path

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray
from rich.console import Console
from rich.table import Table

from winward.engine.reading import KINDS, PASSAGES, read
from winward.text_models import default_reader

TRUTH = Path(__file__).parents[1] / "tests" / "truth"
REAL_DATA = Path(os.environ.get("WINWARD_REAL_DATA", Path(__file__).parents[2] / "shared" / "data"))

Labelled = list[tuple[str, list[str]]]


def turns(file: Path) -> list[str]:
    content = json.loads(file.read_text("utf-8"))
    return (
        [row["text"] for row in content["reviews"]]
        if "reviews" in content
        else [row["content"] for row in content["meeting_transcripts"]]
    )


def gold() -> dict[str, Labelled]:
    """Sentences with the kinds that a person gave them, by where they come from."""
    found: dict[str, Labelled] = {"meetings": [], "reviews": [], "sample company": []}
    for row in map(json.loads, (TRUTH / "reading_gold.jsonl").read_text("utf-8").splitlines()):
        if REAL_DATA.is_dir():
            text = turns(REAL_DATA / row["file"])[row["item"]][row["start"] : row["end"]]
            found["meetings" if row["file"].startswith("meetings") else "reviews"].append((text, row["kinds"]))
    for row in map(json.loads, (TRUTH / "reading_gold_sample.jsonl").read_text("utf-8").splitlines()):
        found["sample company"].append((row["text"], row["kinds"]))
    return {name: rows for name, rows in found.items() if rows}


def quality(name: str, rows: Labelled) -> Table:
    reader = default_reader()
    texts = [text for text, _ in rows]
    truth = np.array([[kind in kinds for kind in KINDS] for _, kinds in rows])
    called = reader.heads.probabilities(texts, reader.embed(texts)) >= reader.heads.thresholds
    table = Table("kind", "right / called", "found / there", title=f"{name}: {len(rows)} sentences")
    for column, kind in enumerate(KINDS):
        hits = int((truth & called)[:, column].sum())
        table.add_row(kind, f"{hits} / {called[:, column].sum()}", f"{hits} / {truth[:, column].sum()}")
    hits = int((truth & called).sum())
    table.add_row("all", f"{hits} / {called.sum()}", f"{hits} / {truth.sum()}")
    return table


def spoken(count: int) -> list[str]:
    files = sorted((REAL_DATA / "meetings_product").glob("*.json"))
    return [turn for file in files for turn in turns(file)][:count]


def speed(count: int) -> Table:
    """Reading against embedding the same sentences; both on all cores, after a warm-up."""
    texts, reader = spoken(count), default_reader()
    columns = [pa.array(range(len(texts)), pa.int64()), pa.array(texts), pa.array([""] * len(texts))]
    batch = pa.RecordBatch.from_arrays(columns, schema=PASSAGES)
    embedded: list[str] = []

    def watched(quotes: list[str]) -> NDArray[np.float32]:
        nonlocal took
        embedded.extend(quotes)
        began = time.perf_counter()
        vectors = reader.embed(quotes)
        took += time.perf_counter() - began
        return vectors

    took = 0.0
    reader.embed(texts[:64])
    began = time.perf_counter()
    signals = read(batch, type(reader)(watched, reader.heads, reader.version))
    whole = time.perf_counter() - began
    table = Table("", "sentences", "per second", title=f"{len(texts)} spoken turns, {signals.num_rows} signals")
    table.add_row("embedding alone", str(len(embedded)), f"{len(embedded) / took:.0f}")
    table.add_row("reading as a whole", str(len(embedded)), f"{len(embedded) / whole:.0f}")
    table.add_row("share of the embedding's throughput", "", f"{took / whole:.0%}")
    return table


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--turns", type=int, default=1500)
    arguments = parser.parse_args()
    console = Console(file=sys.stdout)
    for name, rows in gold().items():
        console.print(quality(name, rows))
    if REAL_DATA.is_dir():
        console.print(speed(arguments.turns))


if __name__ == "__main__":
    main()
