"""What a head for anybody's labels looks at: a text as it stands, its prose, its first line, and its lines as wholes.

Tickets and mails bury what they are about under templates, logs and code; a first line mostly says it. And a form's
own lines, the same in every text that uses it, tell by which form the text came.
"""

import re
import zlib
from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix, hstack

from winward.engine.reading.features import WORD_BUCKETS, features
from winward.engine.reading.yes_or_no import VECTOR_WEIGHT, Columns

Embed = Callable[[Sequence[str]], NDArray[np.float32]]

# Beside vectors, words tell more of the labels people give to whole texts than of the kinds of single sentences.
WORD_WEIGHT = 2.0
LINE_BUCKETS = 2**15
_LONGEST_LINE = 100

_MARKS = (
    (re.compile(r"<!--.*?-->", re.DOTALL), " "),
    (re.compile(r"(```|~~~).*?(?:\1|\Z)", re.DOTALL), " [code] "),
    (re.compile(r"!\[[^\]]*\]\([^)]*\)"), " [image] "),
    (re.compile(r"\[([^\]]*)\]\([^)]*\)"), r"\1"),
    (re.compile(r"https?://\S+"), " [link] "),
    (re.compile(r"<[^<>\n]{1,200}>"), " "),
    (re.compile(r"`([^`\n]{0,60})`"), r"\1"),
)


def columns_of_views(texts: Sequence[str], embed: Embed) -> Columns:
    """(texts, columns). Where a text has one line, its views are equal and weigh as much as that one would alone."""
    views = [list(texts), [prose(text) for text in texts], [headline(text) for text in texts]]
    distinct = sorted({text for view in views for text in view})
    vectors = dict(zip(distinct, embed(distinct), strict=True))
    share = np.float32(1 / np.sqrt(len(views)))
    dense = np.hstack([np.array([vectors[text] for text in view], np.float32) for view in views])
    sparse = hstack([*(_weighted(features(view)) for view in views), _lines(texts)], format="csr", dtype=np.float32)
    return Columns(dense * (VECTOR_WEIGHT * share), csr_matrix(sparse * share))


def have_parts(texts: Sequence[str]) -> bool:
    """Whether there is more to see in these texts than in plain sentences: most have several lines."""
    return bool(np.mean(["\n" in text.strip() for text in texts]) > 0.5)


def prose(text: str) -> str:
    """The text without code, logs, markup and addresses, each of which leaves a mark; the text itself if no more."""
    for pattern, put in _MARKS:
        text = pattern.sub(put, text)
    lines = [line.strip() if _wordy(line) else "[log]" for line in text.splitlines() if line.strip()]
    return "\n".join(line for at, line in enumerate(lines) if line != "[log]" or lines[at - 1 : at] != ["[log]"])


def headline(text: str) -> str:
    return text.strip().split("\n", 1)[0].strip()


def _wordy(line: str) -> bool:
    return len(line) <= 8 or sum(sign.isalpha() or sign.isspace() for sign in line) / len(line) >= 0.75


def _weighted(hashed: csr_matrix) -> csr_matrix:
    hashed.data[hashed.indices < WORD_BUCKETS] *= WORD_WEIGHT
    return hashed


def _lines(texts: Sequence[str]) -> csr_matrix:
    """Each line but the first as one feature, (texts, LINE_BUCKETS), rows of unit length."""
    found = [sorted({_bucket(line) for line in text.strip().split("\n")[1:] if line.strip()}) for text in texts]
    counts = np.array([len(lines) for lines in found])
    values = np.repeat(1 / np.sqrt(np.maximum(counts, 1)), counts).astype(np.float32)
    columns = np.array([line for lines in found for line in lines], np.int64)
    return csr_matrix((values, columns, np.concatenate([[0], counts.cumsum()])), shape=(len(texts), LINE_BUCKETS))


def _bucket(line: str) -> int:
    return zlib.crc32(line.strip().lower()[:_LONGEST_LINE].encode()) % LINE_BUCKETS
