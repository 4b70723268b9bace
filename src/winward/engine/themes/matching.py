"""How well a text matches a short statement: a theme's name, a key point, a line of the release notes."""

import re
import zlib
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array
from scipy.special import expit

from winward.engine.themes.words import NEGATIONS, content_words, words
from winward.engine.unit_length import normalised

Floats = NDArray[np.float32]

# The plain features of a pair, in the order of Matcher.plain: the cosines of both layers, the same from the layers'
# means, the share of the statement's words that the text holds, the words' cosine, whether one of the two negates, and
# the texts' lengths.
FEATURES = (
    "cosine", "cosine from the mean", "layer 4", "layer 4 from the mean", "words held", "words in common", "negation",
    "length of the text", "length of the statement",
)  # fmt: skip
LAYERS = 2
_BUCKETS = 2**18
_SUFFIX = re.compile(r"(?<=\w{4})(?:ations?|ings?|it(?:y|ies)|ies|ness|ments?|edly|ed|es|s|ly|al|ive|er|e|y)$")


@dataclass(frozen=True, slots=True)
class Matcher:
    """score = expit(plain · features + Σ over the layers of (text − mean) · left · rightᵀ · (statement − mean) + bias).

    means: (layers, d). left, right: (layers, d, rank), the low-rank metric under which a text is near to a statement
    that it supports. plain: (features,). Source of the bilinear form: Chechik et al. (2010), OASIS.
    """

    means: Floats
    left: Floats
    right: Floats
    plain: Floats
    bias: float


@dataclass(frozen=True, slots=True)
class Texts:
    """vectors: (n, layers · d), each layer's part of unit length. words: (n, buckets), hashed stems, each once.
    counts: (n,) how many stems. negated: (n,), whether an odd number of negations turns the text round."""

    vectors: Floats
    words: csr_array
    counts: Floats
    negated: NDArray[np.bool_]

    def take(self, rows: NDArray[np.int64] | slice) -> "Texts":
        return Texts(self.vectors[rows], self.words[rows], self.counts[rows], self.negated[rows])


def prepared(texts: Sequence[str], vectors: Floats) -> Texts:
    """What scoring looks at. vectors: (n, 2 · d), the final layer's unit vectors beside the fourth's."""
    stems = [sorted({zlib.crc32(stem(word).encode()) % _BUCKETS for word in content_words(text)}) for text in texts]
    counts = np.array([len(row) for row in stems], np.float32)
    starts = np.concatenate([[0], np.cumsum(counts)]).astype(np.int64)
    columns = np.fromiter((column for row in stems for column in row), np.int64, int(starts[-1]))
    table = csr_array((np.ones(len(columns), np.float32), columns, starts), shape=(len(texts), _BUCKETS))
    negated = np.array([sum(word in NEGATIONS for word in words(text)) % 2 == 1 for text in texts], np.bool_)
    return Texts(np.asarray(vectors, np.float32), table, counts, negated)


def stem(word: str) -> str:
    """The word without an English ending, so that "export", "exports" and "exporting" are one."""
    return _SUFFIX.sub("", word)


def scores(matcher: Matcher, texts: Texts, statements: Texts) -> Floats:
    """(texts, statements), 0 to 1: the chance that a person would say that the text makes the statement's point.

    Of each pair by itself: what else is in the two lists moves no score.
    """
    odds = np.full((len(texts.counts), len(statements.counts)), matcher.bias, np.float32)
    for weight, values in zip(matcher.plain, pair_features(matcher.means, texts, statements), strict=True):
        odds += weight * values
    for layer in range(LAYERS):
        text = _layer(texts.vectors, layer) - matcher.means[layer]
        statement = _layer(statements.vectors, layer) - matcher.means[layer]
        odds += (text @ matcher.left[layer]) @ (statement @ matcher.right[layer]).T
    return np.asarray(expit(odds), np.float32)


def pair_features(means: Floats, texts: Texts, statements: Texts) -> list[Floats]:
    """FEATURES, each (texts, statements) or of a shape that spreads to it."""
    found: list[Floats] = []
    for layer in range(LAYERS):
        text, statement = _layer(texts.vectors, layer), _layer(statements.vectors, layer)
        from_mean = normalised(text - means[layer]) @ normalised(statement - means[layer]).T
        found += [_floats(4 * (text @ statement.T)), _floats(4 * from_mean)]
    common = np.asarray((texts.words @ statements.words.T).todense(), np.float32)
    lengths = np.sqrt(np.maximum(texts.counts[:, None] * statements.counts, 1))
    found += [_floats(2 * common / np.maximum(statements.counts, 1)), _floats(2 * common / lengths)]
    found.append((texts.negated[:, None] != statements.negated).astype(np.float32))
    return [*found, _floats(np.log1p(texts.counts)[:, None] / 2), _floats(np.log1p(statements.counts)[None] / 2)]


def _layer(vectors: Floats, layer: int) -> Floats:
    size = vectors.shape[1] // LAYERS
    return vectors[:, layer * size : (layer + 1) * size]


def _floats(values: NDArray[np.floating]) -> Floats:
    return np.asarray(values, np.float32)
