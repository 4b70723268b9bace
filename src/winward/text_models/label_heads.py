"""A head for somebody's own labels as a folder: `head.npz` and a manifest that says what it was learnt with."""

import hashlib
import json
import os
import shutil
import tempfile
from io import BytesIO
from pathlib import Path
from typing import Any

import numpy as np

from winward.engine.reading.features import FEATURES
from winward.engine.reading.labels import Head
from winward.engine.reading.yes_or_no import Fitted
from winward.text_models.embedded import MODEL_FOLDER, EmbeddedModel

VERSION = 2
MANIFEST, ARRAYS = "manifest.json", "head.npz"


class UnusableHead(Exception):
    """The folder holds no head that can be used here: one sentence that says why and what to do."""


def write_head(head: Head, folder: Path) -> None:
    """Written aside, then renamed: a folder of this name is either whole or the one that was there before.

    Raises UnusableHead where the name is taken by something that is no head.
    """
    if folder.exists() and not (folder / MANIFEST).is_file():
        raise UnusableHead(f"{folder} is there already and is no learnt model; name another folder with --model.")
    folder.parent.mkdir(parents=True, exist_ok=True)
    aside = Path(tempfile.mkdtemp(prefix=f".{folder.name}.", dir=folder.parent))
    try:
        _fill(aside, head)
        _put_in_place(aside, folder)
    finally:
        shutil.rmtree(aside, ignore_errors=True)


def read_head(folder: Path) -> Head:
    """Raises UnusableHead for a folder that is damaged, newer, or was learnt with another sentence model."""
    manifest = _manifest(folder)
    try:
        content = (folder / ARRAYS).read_bytes()
        if hashlib.sha256(content).hexdigest() != manifest["sha256"]:
            raise UnusableHead(f"{folder / ARRAYS} is not the file that was learnt (its SHA-256 differs): learn again.")
        if manifest["made_with"] != _made():
            other = manifest["made_with"]["model"]
            raise UnusableHead(f"{folder} was learnt with {other}, and here is {EmbeddedModel.name}: learn again.")
        with np.load(BytesIO(content), allow_pickle=False) as arrays:
            fitted = Fitted(arrays["weights"].astype(np.float32), arrays["bias"].astype(np.float32))
        slope, offset = float(manifest["slope"]), float(manifest["offset"])
        return Head(tuple(manifest["labels"]), fitted, bool(manifest["parted"]), slope, offset)
    except (OSError, KeyError, TypeError, ValueError) as error:
        raise UnusableHead(f"{folder} is damaged ({error}): learn again.") from error


def _manifest(folder: Path) -> dict[str, Any]:
    path = folder / MANIFEST
    if not path.is_file():
        raise UnusableHead(f"{folder} holds no learnt model; make one with: winward learn FILE --model {folder}")
    try:
        manifest = json.loads(path.read_text("utf-8"))
    except ValueError as error:
        raise UnusableHead(f"{path} is damaged ({error}): learn again.") from error
    if not isinstance(manifest, dict) or manifest.get("version") != VERSION:
        raise UnusableHead(f"{folder} was learnt by another version of winward: learn again.")
    return manifest


def _fill(folder: Path, head: Head) -> None:
    content = BytesIO()
    np.savez_compressed(content, weights=head.fitted.weights.astype(np.float16), bias=head.fitted.bias)
    (folder / ARRAYS).write_bytes(content.getvalue())
    manifest = {
        "version": VERSION,
        "labels": head.labels,
        "parted": head.parted,
        "slope": head.slope,
        "offset": head.offset,
        "sha256": hashlib.sha256(content.getvalue()).hexdigest(),
        "made_with": _made(),
    }
    (folder / MANIFEST).write_text(json.dumps(manifest, ensure_ascii=False, indent=2), "utf-8")
    folder.chmod(0o755)


def _put_in_place(aside: Path, folder: Path) -> None:
    if not folder.exists():
        os.rename(aside, folder)
        return
    old = Path(tempfile.mkdtemp(prefix=f".{folder.name}.", dir=folder.parent))
    os.rename(folder, old / "old")
    os.rename(aside, folder)
    shutil.rmtree(old)


def _made() -> dict[str, str | int]:
    content = (MODEL_FOLDER / "SHA256SUMS.txt").read_bytes()
    return {"model": EmbeddedModel.name, "model_files": hashlib.sha256(content).hexdigest(), "features": FEATURES}
