"""JSON of any size in steady memory: the elements of a top-level list, or the members of a top-level object."""

import json
import re
from collections.abc import Iterator

from winward.sources.documents.loose import Json
from winward.sources.limits import LARGEST_RECORD

SPACE = re.compile(r"[ \t\n\r\ufeff]*")


class Broken(ValueError):
    """The JSON breaks off or is malformed; what came before it has been yielded."""


class JsonStream:
    """A cursor over text that comes in pieces; it holds one value at a time, never the whole text."""

    def __init__(self, chunks: Iterator[str]) -> None:
        self._chunks = chunks
        self._buffer = ""
        self._at = 0
        self._decoder = json.JSONDecoder()

    def peek(self) -> str:
        """The next character that is no space; empty at the end."""
        while True:
            found = SPACE.match(self._buffer, self._at)
            self._at = found.end() if found else self._at
            if self._at < len(self._buffer):
                return self._buffer[self._at]
            if not self._grow():
                return ""

    def elements(self) -> Iterator[Json]:
        """The elements of the list that begins here, one by one."""
        self._take("[")
        while self.peek() != "]":
            yield self.value()
            if self.peek() != "]":
                self._take(",")
        self._take("]")

    def members(self) -> Iterator[str]:
        """The keys of the object that begins here; the caller consumes each one's value before it asks for the next."""
        self._take("{")
        while self.peek() != "}":
            key = self.value()
            self._take(":")
            yield str(key)
            if self.peek() != "}":
                self._take(",")
        self._take("}")

    def value(self) -> Json:
        """The next value, whole."""
        self.peek()
        while True:
            try:
                found, end = self._decoder.raw_decode(self._buffer, self._at)
            except (json.JSONDecodeError, RecursionError, ValueError) as error:
                if isinstance(error, RecursionError) or not self._grow():
                    raise Broken(str(error)) from error
                continue
            # A number at the very end of the buffer may go on in the next piece.
            if end < len(self._buffer) or not self._grow():
                self._at = end
                return found

    def _take(self, character: str) -> None:
        if self.peek() != character:
            raise Broken(f"expected '{character}', found '{self.peek() or 'the end of the file'}'")
        self._at += 1

    def _grow(self) -> bool:
        """Reads as much again as is held, so that a long value is tried again few times; False at the end."""
        held = self._buffer[self._at :]
        if len(held) > LARGEST_RECORD:
            raise Broken(f"one record is larger than {LARGEST_RECORD // 1024**2} MB")
        pieces = [held]
        grown = 0
        while grown <= len(held) and (chunk := next(self._chunks, "")):
            pieces.append(chunk)
            grown += len(chunk)
        self._buffer, self._at = "".join(pieces), 0
        return grown > 0
