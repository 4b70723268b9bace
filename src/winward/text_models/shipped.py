"""The reader that works out of the box: the embedded model and the heads trained on the shipped sentences."""

import hashlib
from io import BytesIO
from pathlib import Path

import numpy as np

from winward.engine.reading.heads import Heads
from winward.engine.reading.reader import Reader
from winward.text_models.embedded import EmbeddedModel

HEADS_FILE = Path(__file__).parent / "heads.npz"


def default_reader(threads: int = 0) -> Reader:
    """The embedded model with the shipped heads. Its version changes whenever either does.

    threads: how many cores the model may use; 0 for all.
    """
    model = EmbeddedModel(threads)
    content = HEADS_FILE.read_bytes()
    return Reader(model.depths, heads_from(content), f"{model.name}+heads/{hashlib.sha256(content).hexdigest()[:12]}")


def heads_from(content: bytes) -> Heads:
    """The heads stored in the bytes of a `heads.npz`."""
    with np.load(BytesIO(content)) as arrays:
        return Heads(**{name: arrays[name].astype(np.float32) for name in arrays.files})


def write_heads(heads: Heads, path: Path | BytesIO) -> None:
    """Store heads in half precision: a few hundred kilobytes, and the same probabilities to three decimals."""
    np.savez_compressed(
        path,
        weights=heads.weights.astype(np.float16),
        bias=heads.bias,
        slopes=heads.slopes,
        offsets=heads.offsets,
        thresholds=heads.thresholds,
    )
