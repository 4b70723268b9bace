"""Bytes to text: byte order mark first, then UTF-8, then charset-normalizer's guess among encodings people use."""

import codecs
import re
from collections.abc import Iterator
from pathlib import Path

from charset_normalizer import from_bytes

BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
# Left to choose among all codecs, a short Western text is often taken for a mainframe's or an East Asian one.
SINGLE_BYTE_ENCODINGS = ["cp1252", "cp1250", "cp1251", "cp1253", "cp1254"]
EAST_ASIAN_ENCODINGS = ["shift_jis", "euc_kr", "gb18030", "big5"]
# In East Asian text most bytes are not ASCII; an umlaut now and then also decodes as a rare Chinese character.
EAST_ASIAN_SHARE = 0.3
FEWEST_BYTES_TO_JUDGE = 4
SAMPLE_BYTES = 64 * 1024
CHUNK_BYTES = 1024 * 1024
# PostgreSQL holds no NUL and no lone surrogate; the other control characters are no part of anybody's words.
UNSTORABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")


def clean(text: str) -> str:
    """The text verbatim, but without control characters and lone surrogates, and with line ends as newlines."""
    return UNSTORABLE.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))


def encoding_of(path: Path) -> str:
    """The name of the codec to open the file with. Reads the whole file once where it has no byte order mark."""
    with path.open("rb") as file:
        head = file.read(SAMPLE_BYTES)
        if (found := _marked(head) or _unmarked_utf16(head)) is not None:
            return found
        decoder = codecs.getincrementaldecoder("utf-8")()
        chunk = head
        while chunk:
            try:
                decoder.decode(chunk)
            except UnicodeDecodeError as error:
                return _guess(chunk[max(0, error.start - SAMPLE_BYTES // 2) : error.start + SAMPLE_BYTES // 2])
            chunk = file.read(CHUNK_BYTES)
    return "utf-8"


def decoded(raw: bytes) -> str:
    """The text of a short piece of bytes (an e-mail's part, an archive's entry), cleaned."""
    encoding = _marked(raw) or _unmarked_utf16(raw)
    if encoding is None:
        try:
            return clean(raw.decode("utf-8"))
        except UnicodeDecodeError:
            encoding = _guess(raw[:SAMPLE_BYTES])
    return clean(raw.decode(encoding, errors="replace"))


def read_text(path: Path) -> str:
    """The whole file's text, cleaned."""
    return clean(path.read_bytes().decode(encoding_of(path), errors="replace"))


def chunks(path: Path) -> Iterator[str]:
    """The file's text piece by piece, about a million characters each."""
    with path.open(encoding=encoding_of(path), errors="replace", newline="") as file:
        while chunk := file.read(CHUNK_BYTES):
            yield chunk


def lines(path: Path, longest: int = -1) -> Iterator[str]:
    """The file's lines, with their line ends; of a line past `longest` characters, the pieces."""
    with path.open(encoding=encoding_of(path), errors="replace") as file:
        while line := file.readline(longest):
            yield line


def _marked(head: bytes) -> str | None:
    return next((name for mark, name in BYTE_ORDER_MARKS if head.startswith(mark)), None)


def _unmarked_utf16(head: bytes) -> str | None:
    """Latin text in UTF-16 has a NUL in every other byte."""
    pairs = len(head) // 2
    if pairs < 8:
        return None
    even, odd = head[0::2].count(0), head[1::2].count(0)
    if odd > 0.4 * pairs and even == 0:
        return "utf-16-le"
    return "utf-16-be" if even > 0.4 * pairs and odd == 0 else None


def _guess(sample: bytes) -> str:
    telling = sum(byte >= 0x80 for byte in sample)
    if telling < FEWEST_BYTES_TO_JUDGE:
        return "cp1252"
    dense = telling >= EAST_ASIAN_SHARE * len(sample)
    among = SINGLE_BYTE_ENCODINGS + (EAST_ASIAN_ENCODINGS if dense else [])
    best = from_bytes(sample, cp_isolation=among).best()
    return best.encoding if best is not None else "cp1252"
