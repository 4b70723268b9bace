"""Secrets: keys of well-known forms, private keys, what is called a password, and long random strings."""

import re
from collections.abc import Iterator
from itertools import pairwise

from winward.engine.redaction.common_words import vocabulary
from winward.engine.redaction.findings import Finding

# Prefixes that their issuers document, so that keys can be found in code.
_KNOWN = re.compile(
    r"(?<![A-Za-z0-9_-])(?:"
    r"(?:AKIA|ASIA|AGPA|AIDA|AROA)[A-Z0-9]{16}|gh[opusr]_[A-Za-z0-9]{30,255}|github_pat_[A-Za-z0-9_]{30,255}|"
    r"glpat-[A-Za-z0-9_-]{20,64}|xox[abeoprs]-[A-Za-z0-9-]{10,250}|xapp-[A-Za-z0-9-]{10,250}|"
    r"sk-(?:ant-|proj-|or-|svcacct-)?[A-Za-z0-9_-]{20,250}|(?:sk|rk|pk|whsec)_(?:live_|test_)?[A-Za-z0-9]{16,250}|"
    r"AIza[A-Za-z0-9_-]{35}|ya29\.[A-Za-z0-9_-]{20,500}|npm_[A-Za-z0-9]{36}|pypi-[A-Za-z0-9_-]{30,500}|"
    r"SG\.[A-Za-z0-9_-]{16,32}\.[A-Za-z0-9_-]{16,64}|hf_[A-Za-z0-9]{30,64}|dop_v1_[a-f0-9]{64}|shpat_[a-fA-F0-9]{32}|"
    r"eyJ[A-Za-z0-9_-]{8,4000}\.[A-Za-z0-9_-]{8,8000}(?:\.[A-Za-z0-9_-]{0,1000})?)"
)
_HOOK = re.compile(r"(?<=hooks\.slack\.com/)(?:services|workflows)/[A-Za-z0-9/_-]{10,120}")
_SCHEME = re.compile(
    r"\b(?:bearer|basic|token)[ \t]{1,3}(?=[A-Za-z._~+/=-]{0,200}[0-9])([A-Za-z0-9._~+/-]{16,4000}={0,2})", re.I
)
_PRIVATE = re.compile(r"-----BEGIN [A-Z0-9 ]{0,40}PRIVATE KEY(?: BLOCK)?-----")
_PRIVATE_END = re.compile(r"-----END [A-Z0-9 ]{0,40}PRIVATE KEY(?: BLOCK)?-----")
# What stands before the "@" of an address with a password, and the values of telling parameters.
_LOGIN = re.compile(r"(?<=://)[^\s/@:<>\"'\ue000]{1,128}:[^\s/@<>\"'\ue000]{1,256}(?=@)")
_PARAMETER = re.compile(
    r"(?<=[?&#;])(?:access_token|refresh_token|id_token|auth_?token|token|api_?key|key|secret|client_secret|password|passwd|"
    r"pwd|sig|signature|x-amz-signature|x-amz-credential|x-amz-security-token|session|sessionid|sid|code|auth|jwt|"
    r"invite|otp)=([^\s&#<>\"'\ue000]{4,4000})",
    re.IGNORECASE,
)
_CALLED = re.compile(
    r"(?<![A-Za-z0-9])(pass ?word|passwd|passphrase|pwd|pass ?code|api[ _-]?(?:key|secret|token)|secret(?:[ _-]?key)?|"
    r"client[ _-]?secret|access[ _-]?(?:key|token|code)|private[ _-]?key|auth(?:entication)?[ _-]?token|token|pin|otp|"
    r"passwort|kennwort|zugangscode|mot de passe|(?:verification|security|one-time|login|confirmation|2fa)[ -]?code)"
    r"(?: code)?[\"'`]?[ \t]{0,3}(:=|=>|[:=]|\b(?:is|was|lautet|ist|est)\b:?)[ \t]{0,3}[\"'“”`]?"
    r"([^\s\"'“”`<>\ue000]{3,200})",
    re.IGNORECASE,
)
_CALLED_LIKE = ("pass", "pwd", "key", "secret", "token", "pin", "otp", "code", "kennwort")
_LONG_ENOUGH = re.compile(r"[A-Za-z0-9_./+=-]{15}|-----BEGIN")
_NEXT_PARAMETER = re.compile(r"&[\w-]{1,40}=")
_END_OF_CLAUSE = re.compile(r"[\"'”`]?[ \t]*(?:[.,;)]|$|\n)")
_PLAIN_WORDS = vocabulary(
    """required optional reset protected expired changed missing wrong invalid incorrect forgotten none null empty
    policy manager hidden string yes true false unknown disabled enabled needed same nothing everything everyone
    here there below above correct blank default shared stored encrypted hashed"""
)
_NUMBERED = re.compile(r"pin|otp|code", re.IGNORECASE)
_LONG = re.compile(r"(?<![A-Za-z0-9+/_=-])[A-Za-z0-9+/_-]{24,4000}={0,2}(?![A-Za-z0-9+/_-])")
_IDENTIFIER = re.compile(r"[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}", re.IGNORECASE)
_REVISION = re.compile(r"\b(?:commit|sha|sha1|sha256|hash|revision|checksum|digest|md5)[:= ]{0,3}\Z", re.IGNORECASE)
_LEAST_CHANGES = 0.3
_WORDS = re.compile(r"[a-z]{4,}")
_MOST_WORDS = 0.3
_PATH = re.compile(r"\w{2,8}://[^\s?#]{0,400}\Z")


def credentials(text: str) -> Iterator[Finding]:
    # Looking for what each of them must hold first: plain talk holds none of it.
    if "://" in text:
        yield from (_secret(text, *match.span()) for match in _LOGIN.finditer(text))
    if "=" in text:
        yield from (_secret(text, *match.span(1)) for match in _PARAMETER.finditer(text))
    lowered = text.lower()
    if any(name in lowered for name in _CALLED_LIKE):
        yield from _called_so(text)
    if _LONG_ENOUGH.search(text):
        yield from _keys(text)
        yield from _private_keys(text)
        yield from _random(text)


def _keys(text: str) -> Iterator[Finding]:
    for pattern in (_KNOWN, _HOOK):
        yield from (_secret(text, *match.span()) for match in pattern.finditer(text))
    yield from (_secret(text, *match.span(1)) for match in _SCHEME.finditer(text))


def _secret(text: str, start: int, end: int) -> Finding:
    return Finding(start, end, "secret", text[start:end])


def _private_keys(text: str) -> Iterator[Finding]:
    """From its first line to its last, or, where that was cut off, to the end of the text."""
    place = 0
    while begun := _PRIVATE.search(text, place):
        ended = _PRIVATE_END.search(text, begun.end())
        place = ended.end() if ended else len(text)
        yield _secret(text, begun.start(), place)


def _called_so(text: str) -> Iterator[Finding]:
    for match in _CALLED.finditer(text):
        name, sign, value = match.groups()
        value = _NEXT_PARAMETER.split(value)[0].rstrip(".,;:?)]}")
        if _looks_secret(name, sign, value, text, match.start(3) + len(value)):
            yield _secret(text, match.start(3), match.start(3) + len(value))


def _looks_secret(name: str, sign: str, value: str, text: str, end: int) -> bool:
    if len(value) < 4 or value.lower() in _PLAIN_WORDS:
        return False
    if value.isdigit():
        return bool(_NUMBERED.search(name)) or (sign in ":=" and "pass" in name.lower())
    if any(mark.isdigit() for mark in value) or not (value[1:].isalpha() or _hyphenated(value)):
        return len(value) >= 5
    if any(letter.isupper() for letter in value[1:]) and not value.isupper():
        return True
    # A plain word after a colon is the password where nothing follows it: "password: correcthorse".
    return sign in ":=" and "pass" in name.lower() and bool(_END_OF_CLAUSE.match(text, end))


def _hyphenated(value: str) -> bool:
    return all(part.isalpha() for part in re.split("['’-]", value) if part)


def _random(text: str) -> Iterator[Finding]:
    for match in _LONG.finditer(text):
        written = match.group()
        if any(mark.isdigit() for mark in written) and not _harmless(text, match.start(), written):
            yield _secret(text, *match.span())


def _harmless(text: str, start: int, written: str) -> bool:
    """A path, a name made of words, an identifier or the revision of a program."""
    if sum(map(len, _WORDS.findall(written))) > _MOST_WORDS * len(written) or _changes(written) < _LEAST_CHANGES:
        return True
    before = text[max(0, start - 420) : start]
    return bool(_IDENTIFIER.fullmatch(written) or _REVISION.search(before[-12:]) or _PATH.search(before))


def _changes(written: str) -> float:
    """The share of neighbours of different classes (capital, small, digit): words, paths and dates have few."""
    classes = [(mark.isdigit(), mark.isupper()) for mark in written if mark.isalnum()]
    return sum(a != b for a, b in pairwise(classes)) / max(1, len(classes) - 1)
