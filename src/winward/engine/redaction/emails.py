"""E-mail addresses, as written and as spoken."""

import re
from collections.abc import Iterator

from winward.engine.redaction.findings import Finding

_LOCAL_BEFORE = re.compile(r"[\w.!#$%&'*+/=?^`{|}~-]{1,64}\Z")
_DOMAIN_AFTER = re.compile(r"(?:[^\W_](?:[\w-]{0,61}[^\W_])?\.){1,8}[^\W\d_]{2,24}(?![\w-])|\[[0-9A-Fa-f:.]{3,45}\]")
# An image for dense screens is called "logo@2x.png"; a login in an address is a secret, not an e-mail address.
_FILE = re.compile(r"\.(?:png|jpe?g|gif|svg|webp|css|js)\Z", re.IGNORECASE)
_LOGIN = re.compile(r"://[^\s/@:]{1,128}:\Z")
_NOBODY = re.compile(r"(?:us|me|you|him|her|it|them|we|is|are|was|look|meet|found|hosted|available)\b", re.IGNORECASE)
_AT = re.compile("[@＠]")
# "anna dot schmidt at example dot com", "anna (at) example (dot) com"; only where it ends like a domain.
_SPOKEN = re.compile(
    r"\b[\w+-]{1,40}(?:(?: ?[\[(]?dot[\])]? ?|\.| underscore )[\w+-]{1,40}){0,4} ?[\[(]?\bat\b[\])]? ?"
    r"[\w-]{1,40}(?:(?: ?[\[(]?\bdot\b[\])]? ?|\.)[\w-]{1,40}){0,3}(?: ?[\[(]?\bdot\b[\])]? ?|\.)"
    r"(?:com|org|net|io|ai|co|eu|de|fr|uk|us|ch|at|nl|es|it|gov|edu|info|dev|app)\b",
    re.IGNORECASE,
)
_DOT = re.compile(r" ?[\[(]?\bdot\b[\])]? ?", re.IGNORECASE)
_SPOKEN_AT = re.compile(r" ?[\[(]?\bat\b[\])]? ?", re.IGNORECASE)


def emails(text: str) -> Iterator[Finding]:
    for sign in _AT.finditer(text):
        local = _LOCAL_BEFORE.search(text, max(0, sign.start() - 64), sign.start())
        domain = _DOMAIN_AFTER.match(text, sign.end())
        if local and domain:
            start = local.start() + _leading_punctuation(local.group())
            login = _LOGIN.search(text, max(0, start - 140), start)
            if start < sign.start() and not login and not _FILE.search(domain.group()):
                yield Finding(start, domain.end(), "e-mail", text[start : domain.end()].casefold())
    yield from _spoken(text)


def _leading_punctuation(local: str) -> int:
    """A quotation mark, a slash or a pair of braces before an address is not of it."""
    return len(local) - len(local.lstrip("'`{|}/=?!*.#&"))


def _spoken(text: str) -> Iterator[Finding]:
    lowered = text.lower()
    if "dot" not in lowered and "(at)" not in lowered and "[at]" not in lowered:
        return
    for match in _SPOKEN.finditer(text):
        if _NOBODY.match(match.group()):
            continue
        # "look at example.com" is no address: both halves are spelled out, or the sign stands in brackets.
        if _DOT.search(match.group()) or re.search(r"[\[(]at[\])]", match.group(), re.IGNORECASE):
            yield Finding(*match.span(), "e-mail", _written(match.group()))


def _written(spoken: str) -> str:
    return _DOT.sub(".", _SPOKEN_AT.sub("@", spoken)).replace(" underscore ", "_").casefold()
