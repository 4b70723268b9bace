"""Internet addresses of machines, version 4 and 6."""

import re
from collections.abc import Iterator
from ipaddress import IPv4Address, IPv6Address

from winward.engine.redaction.findings import Finding

_FOUR = re.compile(r"(?<![\w.-])(?<!==)(?:[0-9]{1,3}\.){3}[0-9]{1,3}(?!\.?[\w-])")
_SIX = re.compile(r"(?<![\w:.])(?=[0-9A-Fa-f:]*[0-9])[0-9A-Fa-f:]{6,39}(?:\.[0-9]{1,3}){0,3}(?![\w:])")
# Four numbers with dots are also a version or a section.
_VERSIONED = re.compile(
    r"\b(?:v|ver|versions?|release|build|firmware|update[ds]?|upgraded?|sections?|chapter|clause|article|paragraph|"
    r"driver|sdk|runtime|chrome|firefox|safari|office|windows|android|ios|§)\.?:? ?(?:version |to |number )?\Z",
    re.IGNORECASE,
)
_UPGRADED = re.compile(
    r"\b(?:upgrad|updat|migrat|mov|went)\w{0,4}\b[^.!?]{0,10}(?:[0-9.]{3,15} )?\b(?:from|to) \Z", re.IGNORECASE
)
_ADDRESSED = re.compile(r"\b(?:ip|address(?:es)?|host|server|ping|subnet|gateway|proxy|dns)\b", re.IGNORECASE)


def hosts(text: str) -> Iterator[Finding]:
    for match in _FOUR.finditer(text):
        if _is(IPv4Address, match.group()) and not _version(text, match.start()):
            yield Finding(*match.span(), "IP", match.group())
    for match in _SIX.finditer(text) if text.count(":") > 1 else ():
        written = match.group().rstrip(":") if not match.group().endswith("::") else match.group()
        if written.count(":") > 1 and _is(IPv6Address, written):
            yield Finding(match.start(), match.start() + len(written), "IP", IPv6Address(written).exploded)


def _version(text: str, start: int) -> bool:
    before = text[max(0, start - 40) : start]
    return bool(_VERSIONED.search(before) or _UPGRADED.search(before)) and not _ADDRESSED.search(before)


def _is(kind: type[IPv4Address] | type[IPv6Address], written: str) -> bool:
    try:
        kind(written)
    except ValueError:
        return False
    return True
