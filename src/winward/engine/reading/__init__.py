"""Reading: passages to sentences to signals. One pure function over Arrow record batches."""

from winward.engine.reading.batches import PASSAGES, SIGNALS
from winward.engine.reading.heads import Heads
from winward.engine.reading.kinds import KINDS
from winward.engine.reading.labels import Head, LabelQuality, Quality, label, learn
from winward.engine.reading.reader import Reader, read
from winward.engine.reading.sentences import sentences

__all__ = [
    "KINDS",
    "PASSAGES",
    "SIGNALS",
    "Head",
    "Heads",
    "LabelQuality",
    "Quality",
    "Reader",
    "label",
    "learn",
    "read",
    "sentences",
]
