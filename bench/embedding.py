"""What the 8-bit sentence model costs in likeness and gains in speed against the same graph in 32-bit floats:

    python -m bench.embedding [--fp32 FOLDER] [--texts 1500] [--runs 5] [--threads 0]

FOLDER is what bench/export_model.py leaves there. Both read the same sentences in the same run, turn by turn, in the
same batches, tokens and all. With onnx installed, the products alone are timed, too: what the processor could do.
"""

import argparse
import itertools
import random
import sys
import tempfile
import time
from collections.abc import Callable
from functools import partial
from importlib.util import find_spec
from pathlib import Path
from typing import NamedTuple

import numpy as np
import onnxruntime
from bench.real_texts import SOURCES, for_gold, spans
from numpy.typing import NDArray
from rich.console import Console
from rich.table import Table

from winward.text_models import EmbeddedModel

LAYERS, WIDTH, WIDE = 6, 384, 1536
PRODUCTS = LAYERS * 2 * (4 * WIDTH * WIDTH + 2 * WIDTH * WIDE)  # floating-point operations for a token
ROWS = 512  # tokens in a batch

Vectors = NDArray[np.float32]


class Speed(NamedTuple):
    """Sentences: per second on the clock, and per second of one core's work, which others on the machine don't slow."""

    clock: float
    core: float


def sentences_of(source: str, count: int) -> list[str]:
    """Different sentences of at least five words from the open half."""
    items = [item for item in itertools.islice(SOURCES[source](), 20 * count) if not for_gold(item)]
    random.Random(1).shuffle(items)
    found = dict.fromkeys(item.text[start:end] for item in items for start, end in spans(item))
    return [text for text in found if len(text.split()) >= 5][:count]


def timed(work: Callable[[], object], count: int) -> Speed:
    clock, core = time.perf_counter(), time.process_time()
    work()
    return Speed(count / (time.perf_counter() - clock), count / (time.process_time() - core))


def nearest(vectors: Vectors) -> NDArray[np.int64]:
    likeness = vectors @ vectors.T
    np.fill_diagonal(likeness, -1)
    return likeness.argmax(axis=1)


def likeness(small: EmbeddedModel, full: EmbeddedModel, texts: dict[str, list[str]]) -> Table:
    table = Table("texts", "sentences", "cosine, mean", "least", "same nearest neighbour", title="8 bits against 32")
    for name, rows in texts.items():
        ours, theirs = small.embed(rows), full.embed(rows)
        cosine, same = (ours * theirs).sum(axis=1), nearest(ours) == nearest(theirs)
        table.add_row(name, str(len(rows)), f"{cosine.mean():.4f}", f"{cosine.min():.3f}", f"{same.mean():.1%}")
    return table


def speeds(small: EmbeddedModel, full: EmbeddedModel, texts: dict[str, list[str]], runs: int) -> Table:
    table = Table("texts", "", "8 bits", "32 bits", "ratio", "lowest", "highest", title=f"a second, median of {runs}")
    for name, rows in texts.items():
        took = np.array(
            [[timed(partial(model.embed, rows), len(rows)) for model in (small, full)] for _ in range(runs)]
        )
        for label, (ours, theirs) in zip(("on the clock", "of a core's work"), took.T, strict=True):
            ratio = ours / theirs
            figures = f"{np.median(ours):.0f}", f"{np.median(theirs):.0f}", f"{np.median(ratio):.2f}"
            table.add_row(name, label, *figures, f"{ratio.min():.2f}", f"{ratio.max():.2f}")
    return table


def product(numbers: type[np.generic], threads: int) -> tuple[onnxruntime.InferenceSession, NDArray[np.generic]]:
    """One product of (512, 384) by (384, 1536), and what goes into it: 32-bit floats, or bytes into whole numbers."""
    from onnx import TensorProto, helper, numpy_helper

    whole = numbers is np.float32
    weight = np.random.default_rng(1).integers(-127, 128, (WIDTH, WIDE)).astype(np.float32 if whole else np.int8)
    kinds = (TensorProto.FLOAT, TensorProto.FLOAT) if whole else (TensorProto.UINT8, TensorProto.INT32)
    node = helper.make_node("MatMul" if whole else "MatMulInteger", ["values", "weight"], ["product"])
    ends = [
        helper.make_tensor_value_info(name, kind, None) for name, kind in zip(("values", "product"), kinds, strict=True)
    ]
    graph = helper.make_graph([node], "product", ends[:1], ends[1:], [numpy_helper.from_array(weight, "weight")])
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=8)
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads
    session = onnxruntime.InferenceSession(model.SerializeToString(), options, providers=["CPUExecutionProvider"])
    return session, np.ones((ROWS, WIDTH), numbers)


def peak(tokens: float, threads: int) -> Table:
    """The products alone, one after the other, at the quickest of 50: what no model of this size can go beyond."""
    table = Table("", "operations a second", "sentences a second, no more", title="of a core's work, products alone")
    for label, numbers in (("8 bits", np.uint8), ("32 bits", np.float32)):
        session, values = product(numbers, threads)
        work = 2.0 * ROWS * WIDTH * WIDE
        rate = max(timed(partial(session.run, None, {"values": values}), 1).core for _ in range(50)) * work
        table.add_row(label, f"{rate / 1e9:.0f} thousand million", f"{rate / (PRODUCTS * tokens):.0f}")
    return table


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--fp32", type=Path, default=Path(tempfile.gettempdir()) / "minilm.fp32")
    parser.add_argument("--texts", type=int, default=1500)
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--threads", type=int, default=0, help="1 where others keep the machine busy: waiting is work")
    arguments = parser.parse_args()
    share = arguments.texts // len(SOURCES)
    mixed = [text for source in SOURCES for text in sentences_of(source, share)]
    texts = {"meetings": sentences_of("meetings", arguments.texts), "all sources": mixed}
    small, full = EmbeddedModel(arguments.threads), EmbeddedModel(arguments.threads, arguments.fp32)
    console = Console(file=sys.stdout)
    console.print(likeness(small, full, texts))
    console.print(speeds(small, full, texts, arguments.runs))
    if find_spec("onnx"):
        tokens = np.mean([len(ids) for ids in small.tokens(mixed)])
        console.print(f"{tokens:.1f} tokens a sentence, {PRODUCTS * tokens / 1e6:.0f} million operations in products")
        console.print(peak(float(tokens), arguments.threads))


if __name__ == "__main__":
    main()
