"""The matcher that ships with the package, and the file that it lies in."""

from io import BytesIO
from pathlib import Path

import numpy as np

from winward.engine.themes.matching import Matcher

MATCHER_FILE = Path(__file__).parent / "matcher.npz"


def default_matcher() -> Matcher:
    """Made for the vectors that EmbeddedModel.depths gives."""
    with np.load(MATCHER_FILE) as arrays:
        means, left, right, plain = (arrays[name].astype(np.float32) for name in ("means", "left", "right", "plain"))
        return Matcher(means, left, right, plain, float(arrays["bias"]))


def write_matcher(matcher: Matcher, path: Path | BytesIO) -> None:
    """In half precision: a few hundred kilobytes, and the same scores to three decimals."""
    halves = {name: getattr(matcher, name).astype(np.float16) for name in ("means", "left", "right")}
    np.savez_compressed(path, **halves, plain=matcher.plain, bias=np.float32(matcher.bias))
