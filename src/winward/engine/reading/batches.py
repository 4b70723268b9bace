"""The Arrow record batches that reading takes and gives, whichever engine runs it."""

import pyarrow as pa

VECTOR_SIZE = 384

# One row a passage. passage: the caller's own key, handed back untouched. side: "customer", "us" or "".
PASSAGES = pa.schema([("passage", pa.int64()), ("text", pa.string()), ("side", pa.string())])

# One row a signal. start and end are character (not byte) offsets into the passage's text, and
# quote == text[start:end], always. side: its passage's. kinds: probabilities in the order of KINDS. kind: the leading
# one. strength: 0 (would be nice) to 1 (can't sign without). polarity: -1 (wholly against) to 1 (wholly in favour).
# about: the phrase it is about, "" when none.
SIGNALS = pa.schema(
    [
        ("passage", pa.int64()),
        ("start", pa.int32()),
        ("end", pa.int32()),
        ("quote", pa.string()),
        ("side", pa.string()),
        ("kind", pa.string()),
        ("kinds", pa.list_(pa.float32(), 11)),
        ("strength", pa.float32()),
        ("polarity", pa.float32()),
        ("about", pa.string()),
        ("vector", pa.list_(pa.float16(), VECTOR_SIZE)),
    ]
)
