"""How well and how fast passages are read:

    python -m bench.reading [--turns 1500]

Quality on the sentences of tests/truth that nothing was learnt from or chosen on: a table each for the kinds, the
sources, and what negation, irony and suppositions mean. Speed beside the bare embedding of the same sentences.
"""

import argparse
import json
import sys
import time
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple

import numpy as np
import pyarrow as pa
from bench.gold import TRUTH, rows
from bench.real_texts import meetings
from numpy.typing import NDArray
from rich.console import Console
from rich.table import Table
from tests.real_data import REAL_DATA

from winward.engine.reading import KINDS, PASSAGES, Reader, read
from winward.engine.reading.plain import plain
from winward.text_models import default_reader

BINS = 10


class Judged(NamedTuple):
    """truth, called: (texts, kinds). chances: (texts, kinds)."""

    truth: NDArray[np.bool_]
    called: NDArray[np.bool_]
    chances: NDArray[np.float32]

    def take(self, which: Sequence[bool]) -> "Judged":
        chosen = np.flatnonzero(which)
        return Judged(self.truth[chosen], self.called[chosen], self.chances[chosen])


def judged(reader: Reader, texts: Sequence[str], kinds: Sequence[Sequence[str]]) -> Judged:
    words = [plain(text) for text in texts]
    chances = reader.heads.probabilities(words, reader.embed(words))
    truth = np.array([[kind in given for kind in KINDS] for given in kinds])
    return Judged(truth, reader.heads.called(chances), chances)


def calibration_error(chances: NDArray[np.float32], truth: NDArray[np.bool_]) -> float:
    """Expected calibration error over ten equal bins of the chance. Source: Naeini et al. (2015)."""
    bins = np.minimum((chances * BINS).astype(int), BINS - 1)
    parts = [bins == number for number in range(BINS) if (bins == number).any()]
    return float(sum(abs(chances[part].mean() - truth[part].mean()) * part.mean() for part in parts))


def f1(hits: int, called: int, there: int) -> float:
    return 2 * hits / (called + there) if called + there else 0.0


def by_kind(title: str, found: Judged) -> Table:
    columns = ("kind", "right / called", "precision", "found / there", "recall", "F1", "calibration error")
    table = Table(*columns, title=f"{title}: {len(found.truth)} sentences")
    hits, called, there = (array.sum(axis=0) for array in (found.truth & found.called, found.called, found.truth))
    for at, kind in enumerate(KINDS):
        table.add_row(
            kind,
            f"{hits[at]} / {called[at]}",
            f"{hits[at] / max(1, called[at]):.2f}",
            f"{hits[at]} / {there[at]}",
            f"{hits[at] / max(1, there[at]):.2f}",
            f"{f1(hits[at], called[at], there[at]):.2f}",
            f"{calibration_error(found.chances[:, at], found.truth[:, at]):.3f}",
        )
    mean = np.mean([f1(*counts) for counts in zip(hits, called, there, strict=True)])
    pooled = (hits.sum(), called.sum(), there.sum())
    table.add_row(
        "all",
        f"{pooled[0]} / {pooled[1]}",
        f"{pooled[0] / pooled[1]:.2f}",
        f"{pooled[0]} / {pooled[2]}",
        f"{pooled[0] / pooled[2]:.2f}",
        f"pooled {f1(*pooled):.2f}, mean {mean:.2f}",
        "",
    )
    return table


def by_part(parts: dict[str, Judged]) -> Table:
    table = Table("sentences", "number", "precision, all kinds", "recall, all kinds", "F1")
    for name, found in parts.items():
        hits, called, there = ((found.truth & found.called).sum(), found.called.sum(), found.truth.sum())
        table.add_row(
            name, str(len(found.truth)), f"{hits / max(1, called):.2f}", f"{hits / max(1, there):.2f}",
            f"{f1(hits, called, there):.2f}",
        )  # fmt: skip
    return table


def turned_around(reader: Reader) -> Table:
    """Pairs of a sentence and its plain counterpart, which never have the same kinds."""
    cases = list(map(json.loads, (TRUTH / "negation_cases.jsonl").read_text("utf-8").splitlines()))
    found = judged(reader, [case["text"] for case in cases], [case["kinds"] for case in cases])
    wholly = (found.truth == found.called).all(axis=1)
    groups: dict[str, list[int]] = defaultdict(list)
    for row, case in enumerate(cases):
        groups[case["group"]].append(row)
    table = Table("group", "sentences", "all kinds right", "right / called", "found / there", title="Said otherwise")
    for name, members in [*groups.items(), ("all", list(range(len(cases))))]:
        part = found.take(np.isin(np.arange(len(cases)), members).tolist())
        hits = (part.truth & part.called).sum()
        table.add_row(
            name, str(len(members)), f"{wholly[members].sum()}", f"{hits} / {part.called.sum()}",
            f"{hits} / {part.truth.sum()}",
        )  # fmt: skip
    return table


def quality(reader: Reader) -> list[Table]:
    gold = rows()
    found = judged(reader, [row.text for row in gold], [row.kinds for row in gold])
    parts = {"drawn by chance": found.take([row.draw == "chance" for row in gold])}
    for source in sorted({row.source for row in gold}):
        parts[source] = found.take([row.source == source for row in gold])
    return [by_kind("Gold", found), by_kind("Of it, drawn by chance", parts["drawn by chance"]), by_part(parts)]


def speed(reader: Reader, count: int) -> Table:
    """Reading against embedding the same sentences; both on all cores, after a warm-up."""
    texts = [item.text for item, _ in zip(meetings(), range(count), strict=False)]
    batch = pa.record_batch([range(len(texts)), texts, [""] * len(texts)], schema=PASSAGES)
    embedded: list[str] = []
    took = 0.0

    def watched(quotes: Sequence[str]) -> NDArray[np.float32]:
        nonlocal took
        embedded.extend(quotes)
        began = time.perf_counter()
        vectors = reader.embed(quotes)
        took += time.perf_counter() - began
        return vectors

    reader.embed(texts[:64])
    began = time.perf_counter()
    signals = read(batch, replace(reader, embed=watched))
    whole = time.perf_counter() - began
    verbatim = sum(row["quote"] == texts[row["passage"]][row["start"] : row["end"]] for row in signals.to_pylist())
    table = Table("", "sentences", "per second", title=f"{len(texts)} spoken turns, {signals.num_rows} signals")
    table.add_row("embedding alone", str(len(embedded)), f"{len(embedded) / took:.0f}")
    table.add_row("reading as a whole", str(len(embedded)), f"{len(embedded) / whole:.0f}")
    table.add_row("share of the embedding's throughput", "", f"{took / whole:.0%}")
    table.add_row("quotes that stand there word for word", str(signals.num_rows), f"{verbatim / signals.num_rows:.0%}")
    return table


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--turns", type=int, default=1500)
    arguments = parser.parse_args()
    console, reader = Console(file=sys.stdout, width=120), default_reader()
    console.print(turned_around(reader))
    if not REAL_DATA.is_dir():
        console.print(f"No gold and no speed without the real texts; {REAL_DATA} is not there.")
        return
    for table in (*quality(reader), speed(reader, arguments.turns)):
        console.print(table)


if __name__ == "__main__":
    main()
