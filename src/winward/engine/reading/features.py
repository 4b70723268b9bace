"""Word and character features by hashing, and a few cues: what sentence vectors blur (negation, money, promises)."""

import re
import zlib
from collections.abc import Sequence
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix

from winward.engine.reading.cues import CUE_WEIGHT, CUES

WORD_BUCKETS = 2**14
CHARACTER_BUCKETS = 2**14
_CHARACTER_GRAMS = (3, 4, 5)
_PRIME = np.uint64(0x9E3779B97F4A7C15)
_SHIFT = np.uint64(40)

_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)?|[$€£%?!]")

FEATURES = WORD_BUCKETS + CHARACTER_BUCKETS + len(CUES)


def features(texts: Sequence[str]) -> csr_matrix:
    """Hashed words and word pairs, hashed characters, and cues of each text: (texts, FEATURES), float32.

    Each block has unit length, so that long sentences weigh as much as short ones.
    Source: Weinberger et al. (2009), feature hashing.
    """
    blocks = (_words(texts), _characters(texts), _cues(texts))
    offsets = (0, WORD_BUCKETS, WORD_BUCKETS + CHARACTER_BUCKETS)
    rows = np.concatenate([rows for rows, _, _ in blocks])
    columns = np.concatenate([columns + offset for (_, columns, _), offset in zip(blocks, offsets, strict=True)])
    values = np.concatenate([values for _, _, values in blocks])
    return csr_matrix((values, (rows, columns)), shape=(len(texts), FEATURES), dtype=np.float32)


Entries = tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.float32]]


def _words(texts: Sequence[str]) -> Entries:
    hashed = [[_word_hash(word) for word in _WORD.findall(text.lower())] for text in texts]
    rows = np.repeat(np.arange(len(texts)), [len(words) for words in hashed])
    single = np.fromiter((word for words in hashed for word in words), dtype=np.uint64, count=len(rows))
    with np.errstate(over="ignore"):
        pairs = (single[:-1] * _PRIME + single[1:]) * _PRIME >> _SHIFT
    together = rows[:-1] == rows[1:]
    return _unit_rows(
        np.concatenate([rows, rows[:-1][together]]), np.concatenate([single, pairs[together]]) % np.uint64(WORD_BUCKETS)
    )


@lru_cache(maxsize=100_000)
def _word_hash(word: str) -> int:
    return zlib.crc32(word.encode())


def _characters(texts: Sequence[str]) -> Entries:
    """Runs of three to five characters, hashed over all texts at once; blanks mark where words begin and end."""
    padded = [f" {text.lower()} " for text in texts]
    codes = np.frombuffer("".join(padded).encode("utf-32-le", "surrogatepass"), dtype=np.uint32).astype(np.uint64)
    owner = np.repeat(np.arange(len(texts)), [len(text) for text in padded])
    rows, columns = [], []
    hashed = codes.copy()
    for size in range(2, max(_CHARACTER_GRAMS) + 1):
        with np.errstate(over="ignore"):
            hashed = hashed[:-1] * _PRIME + codes[size - 1 :]
        if size in _CHARACTER_GRAMS:
            whole = owner[: len(hashed)] == owner[size - 1 :]
            rows.append(owner[: len(hashed)][whole])
            columns.append((hashed[whole] * _PRIME >> _SHIFT) % np.uint64(CHARACTER_BUCKETS))
    return _unit_rows(np.concatenate(rows), np.concatenate(columns))


def _unit_rows(rows: NDArray[np.int64], columns: NDArray[np.uint64]) -> Entries:
    """Each feature once a row, with values that give the row unit length."""
    keys = np.unique(rows.astype(np.uint64) * np.uint64(2**32) + columns)
    rows, columns = (keys >> np.uint64(32)).astype(np.int64), keys & np.uint64(2**32 - 1)
    counts = np.bincount(rows)
    return rows, columns.astype(np.int64), (1 / np.sqrt(counts[rows])).astype(np.float32)


def _cues(texts: Sequence[str]) -> Entries:
    found = [(row, column) for row, text in enumerate(texts) for column, cue in enumerate(CUES) if cue.search(text)]
    pairs = np.array(found, dtype=np.int64).reshape(-1, 2)
    return pairs[:, 0], pairs[:, 1], np.full(len(pairs), CUE_WEIGHT, dtype=np.float32)
