"""Pseudonyms that two machines give alike without a table between them."""

import hmac
from dataclasses import dataclass, field

from winward.engine.redaction.findings import LETTERS, Kind

SHORTEST_SECRET = 16
_CODE = 5


@dataclass(frozen=True, slots=True)
class Pseudonyms:
    """A function of the workspace's secret alone: "[person kxtrb]", "[e-mail dfgwz]".

    secret: at least 16 bytes, else ValueError. Without it nobody can tell from a pseudonym who is meant, nor try out
    telephone numbers until one fits. Source of the construction: HMAC (RFC 2104) with SHA-256, cut to 21 bits.
    """

    secret: bytes = field(repr=False)

    def __post_init__(self) -> None:
        if len(self.secret) < SHORTEST_SECRET:
            raise ValueError(f"a secret for pseudonyms has at least {SHORTEST_SECRET} bytes")

    def of(self, kind: Kind, key: str) -> str:
        digest = hmac.digest(self.secret, f"{kind}\0{key}".encode("utf-8", "surrogatepass"), "sha256")
        return f"[{kind} {_letters(int.from_bytes(digest[:8]))}]"


def _letters(number: int) -> str:
    letters = ""
    for _ in range(_CODE):
        number, place = divmod(number, len(LETTERS))
        letters += LETTERS[place]
    return letters
