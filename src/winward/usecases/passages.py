"""What is stored of passages as the engine takes them."""

import pyarrow as pa

from winward.engine.reading.batches import PASSAGES
from winward.records.signal_rows import Unread


def batch_of(unread: Unread) -> pa.RecordBatch:
    """PASSAGES, and the document of each. The row number is the key: it leads back to passage, document and side."""
    batch = pa.record_batch([range(len(unread.texts)), unread.texts, unread.sides], schema=PASSAGES)
    return batch.append_column("document", pa.array(unread.passage_document, pa.int64()))
