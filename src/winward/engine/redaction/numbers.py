"""Payment cards and bank accounts: numbers that prove themselves by a check digit."""

import re
from collections.abc import Iterator

from winward.engine.redaction.common_words import vocabulary
from winward.engine.redaction.findings import Finding

_BLANK = r"[ \u00a0\u202f-]"
# A digit more, or a decimal, on either side makes it another number.
_CARD = re.compile(
    rf"(?<![0-9.])(?<![0-9][,-])(?<![A-Z]{{2}}[0-9]{{2}} )[2-6](?:{_BLANK}?[0-9]){{12,18}}(?![0-9])(?![.,-][0-9])"
)
_GROUPS = re.compile(_BLANK)
_IBAN_START = re.compile(r"(?<![^\W_])[A-Za-z]{2}[0-9]{2}(?=[ \u00a0\u202f]?[A-Za-z0-9])")
_IBAN_PART = re.compile(r"[ \u00a0\u202f-]?([A-Za-z0-9])")
# Country and length. Source: SWIFT, IBAN registry (ISO 13616).
_IBAN_LENGTHS = {
    pair[:2]: int(pair[2:])
    for pair in vocabulary(
        "AD24 AE23 AL28 AT20 AZ28 BA20 BE16 BG22 BH22 BR29 BY28 CH21 CR22 CY28 CZ24 DE22 DK18 DO28 EE20 EG29 ES24 "
        "FI18 FO18 FR27 GB22 GE22 GI23 GL18 GR27 GT28 HR21 HU28 IE22 IL23 IQ23 IS26 IT27 JO30 KW30 KZ20 LB28 LC32 "
        "LI21 LT20 LU20 LV21 LY25 MC27 MD24 ME22 MK19 MR27 MT31 MU30 NL18 NO15 PK24 PL28 PS29 PT25 QA29 RO24 RS22 "
        "SA24 SC31 SD18 SE24 SI19 SK24 SM27 ST25 SV28 TL23 TN24 TR26 UA29 VA22 VG24 XK20"
    )
}


def cards(text: str) -> Iterator[Finding]:
    """13 to 19 digits in groups or without, which pass Luhn's check. Source: ISO/IEC 7812-1."""
    for match in _CARD.finditer(text):
        digits = _GROUPS.sub("", match.group())
        if _luhn(digits) and len(set(digits)) > 1 and _grouped_like_a_card(match.group()):
            yield Finding(*match.span(), "card", digits)


def _grouped_like_a_card(written: str) -> bool:
    """Groups of four to seven (4-4-4-4, 4-6-5), the last one shorter at will; a list of numbers has others."""
    groups = _GROUPS.split(written)
    return len(groups) == 1 or (all(4 <= len(group) <= 7 for group in groups[:-1]) and len(groups) <= 5)


def _luhn(digits: str) -> bool:
    doubled = [int(digit) * 2 for digit in digits[-2::-2]]
    total = sum(map(int, digits[::-2])) + sum(number - 9 if number > 9 else number for number in doubled)
    return total % 10 == 0


def ibans(text: str) -> Iterator[Finding]:
    """In capitals or not, in groups or not: the country's length, and 1 modulo 97. Source: ISO 13616, ISO 7064."""
    for match in _IBAN_START.finditer(text):
        length = _IBAN_LENGTHS.get(match.group()[:2].upper())
        found = _characters(text, match.start(), length) if length else None
        if found and _proves(found[1]):
            yield Finding(match.start(), found[0], "IBAN", found[1])


def _characters(text: str, start: int, length: int) -> tuple[int, str] | None:
    """Where `length` letters and digits from `start` on end, and they themselves, unless more of them follow."""
    characters, end = text[start], start + 1
    while len(characters) < length:
        part = _IBAN_PART.match(text, end)
        if not part:
            return None
        characters, end = characters + part[1], part.end()
    return None if text[end : end + 1].isalnum() else (end, characters.upper())


def _proves(characters: str) -> bool:
    return int("".join(str(int(one, 36)) for one in characters[4:] + characters[:4])) % 97 == 1
