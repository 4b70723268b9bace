"""Redaction: a text without personal data and secrets, readable, and with the way back to the original."""

from winward.engine.redaction.findings import PSEUDONYM, Kind
from winward.engine.redaction.known import KnownNames, known_names
from winward.engine.redaction.pseudonyms import Pseudonyms
from winward.engine.redaction.redact import REGIONS, redact
from winward.engine.redaction.redacted import Redacted, Replaced

__all__ = ["PSEUDONYM", "REGIONS", "Kind", "KnownNames", "Pseudonyms", "Redacted", "Replaced", "known_names", "redact"]
