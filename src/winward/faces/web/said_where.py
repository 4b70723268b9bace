"""Where something was said, as people paste it: the address of a signal or a document, or a number."""

import re

_SIGNAL = re.compile(r"/signals/(\d{1,18})\b|[?&]signal=(\d{1,18})\b")
_DOCUMENT = re.compile(r"(?:/documents/|^)(\d{1,18})\b")


def said_where(text: str) -> tuple[int | None, int | None]:
    """(document, signal), of which at most one is given: a signal's address names a signal, any other one and a bare
    number a document. Raises ValueError for what is neither."""
    text = text.strip()
    if not text:
        return None, None
    if signal := _SIGNAL.search(text):
        return None, int(signal[1] or signal[2])
    if document := _DOCUMENT.search(text):
        return int(document[1]), None
    raise ValueError("Paste the address of a signal or of a document, or the document’s number.")
