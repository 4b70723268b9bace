"""The sentence model that ships with the package: all-MiniLM-L6-v2 in 8-bit numbers, on the CPU."""

import hashlib
from collections.abc import Iterator, Sequence
from importlib.resources import files
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

MODEL_FOLDER = Path(str(files("winward.text_models"))) / "minilm"
NAME = "all-MiniLM-L6-v2/int8-fixed-steps/2"
LONGEST_TEXT = 256  # tokens, what the model was trained to read; what follows is not seen
BATCH = 512  # tokens, padding included: what a core keeps near it. More is slower, and takes more memory


class DamagedModel(RuntimeError):
    """A shipped model file is missing, or is not the one that was shipped."""


class EmbeddedModel:
    """Sentence vectors without a network or a key. The files are read and checked at the first use.

    threads: how many cores one call may use; 0 lets onnxruntime take all of them.
    """

    name = NAME
    dimensions = 384

    def __init__(self, threads: int = 0, folder: Path = MODEL_FOLDER) -> None:
        self._threads = threads
        self._folder = folder
        self._loaded: tuple[Any, Any] | None = None

    def embed(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Mean-pooled vectors of unit length: (texts, 384).

        A text's vector is the same, bit for bit, whatever texts stand beside it and however many threads there are.
        Raises DamagedModel when the shipped files are not what they should be.
        """
        return np.ascontiguousarray(self.depths(texts)[:, : self.dimensions])

    def depths(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """(texts, 768): what `embed` gives, and beside it the mean of the tokens after the fourth of the six layers.

        Both halves have unit length. The last layer knows what a text is about; the fourth still knows how it was
        said, which is what tells the kinds apart.
        """
        session, encoded = self._load()[1], self.tokens(texts)
        found = np.zeros((len(texts), 2 * self.dimensions), dtype=np.float32)
        for rows in _batches(encoded):
            found[rows] = np.hstack(session.run(["vectors", "shades"], _padded([encoded[row] for row in rows])))
        return found

    def tokens(self, texts: Sequence[str]) -> list[list[int]]:
        """The numbers of the texts' word pieces, no more than the model reads."""
        return [encoding.ids for encoding in self._load()[0].encode_batch(list(texts))]

    def _load(self) -> tuple[Any, Any]:
        if self._loaded is None:
            check(self._folder)
            self._loaded = load_tokenizer(self._folder), load_session(self._folder / "model.onnx", self._threads)
        return self._loaded

    def __getstate__(self) -> dict[str, Any]:
        """Worker processes load the files themselves, since a session can't be sent, and take a core each."""
        return {"_threads": 1, "_folder": self._folder, "_loaded": None}


def check(folder: Path) -> None:
    """Raises DamagedModel unless every file named in SHA256SUMS.txt lies there and has the stated hash."""
    for line in (folder / "SHA256SUMS.txt").read_text().splitlines():
        expected, name = line.split()
        path = folder / name
        if not path.is_file():
            raise DamagedModel(f"{path} is missing: install winward again")
        if hashlib.sha256(path.read_bytes()).hexdigest() != expected:
            raise DamagedModel(f"{path} is not the file that was shipped (its SHA-256 differs): install winward again")


def load_tokenizer(folder: Path) -> Any:
    # Imported at first use, as in load_session: `import winward.text_models` stays cheap for the command line.
    from tokenizers import Tokenizer

    tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
    tokenizer.no_padding()
    tokenizer.enable_truncation(LONGEST_TEXT)
    return tokenizer


def load_session(file: Path, threads: int) -> Any:
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads
    return onnxruntime.InferenceSession(str(file), options, providers=["CPUExecutionProvider"])


def _batches(encoded: Sequence[Sequence[int]]) -> Iterator[NDArray[np.int64]]:
    """Rows of like length together, so that little padding is computed."""
    lengths = np.array([len(ids) for ids in encoded], dtype=np.int64)
    order, start = np.argsort(lengths, kind="stable"), 0
    for end in range(1, len(order) + 1):
        if end == len(order) or (end + 1 - start) * lengths[order[end]] > BATCH:
            yield order[start:end]
            start = end


def _padded(encoded: Sequence[Sequence[int]]) -> dict[str, NDArray[np.int64]]:
    ids = np.zeros((len(encoded), max(map(len, encoded))), dtype=np.int64)
    mask = np.zeros_like(ids)
    for row, tokens in enumerate(encoded):
        ids[row, : len(tokens)] = tokens
        mask[row, : len(tokens)] = 1
    return {"input_ids": ids, "attention_mask": mask}
