"""Ids for rows whose file has none: the same row has the same id in every export."""

import hashlib

from winward.sources.joining import name_key


def derived_id(kind: str, natural_key: str) -> str:
    """From what names the thing in the file itself; spelling variants of a name (`GTXPro`, `GTX Pro`) have one id."""
    parts = "\x1f".join(name_key(part) for part in natural_key.split("\x1f"))
    return f"{kind}-{_digest(parts)}"


def text_id(*parts: str) -> str:
    """For documents: from their very words."""
    return "text-" + _digest("\x1f".join(parts))


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()[:16]
