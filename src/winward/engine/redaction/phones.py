"""Telephone numbers, told from the order numbers, dates, prices and versions that look like them."""

import re
from collections.abc import Iterator, Sequence

import phonenumbers
from phonenumbers import Leniency, PhoneNumberFormat

from winward.engine.redaction.findings import Finding

# At least seven digits with no more than two marks between them; looked at more closely only then.
_LIKELY = re.compile(
    r"(?<![0-9])(?<![0-9][:.,/])[+(＋]{0,2}[0-9](?:[ ()./\u00a0\u202f\u2010-\u2015-]{0,3}[0-9]){6,18}(?!\w)"
)
_NORTH_AMERICAN = re.compile(
    r"(?<![\w./$€£#-])(?:\+?1[ .-])?(?:\([2-9][0-9]{2}\) ?|[2-9][0-9]{2}([ .-]))[2-9][0-9]{2}(?(1)\1|[ .-])[0-9]{4}"
    r"(?![\w/-]|[.,][0-9])"
)
_DATE = re.compile(
    r"(?:(?:19|20)[0-9]{2}([-./])[01]?[0-9]\1[0-3]?[0-9]|[0-3]?[0-9]([-./])[0-3]?[0-9]\2(?:19|20)?[0-9]{2})(?![-./]?[0-9])|"
    r"(?:[0-3]?[0-9] [01]?[0-9] (?:19|20)[0-9]{2}|(?:19|20)[0-9]{6})(?![0-9])"
)
_AMOUNT = re.compile(r"[0-9]{1,3}(?:[ .\u00a0\u202f][0-9]{3})+(?![0-9])|[0-9]{1,4}(?:\.[0-9]{1,5}){1,5}(?![0-9])")
_DECIMAL = re.compile(r"[0-9]+\.[0-9]+")
_CALLED = re.compile(
    r"\b(?:tel|phone|telephone|mobile|cell|fax|call(?:ed|ing)?|ring|dial|text|sms|whatsapp|reach|number is|direct|"
    r"telefon|handy|mobil|durchwahl|rufnummer|portable|t[ée]l[ée]phone|t[ée]l|hotline|voicemail|contact)\b[^0-9\n]{0,30}\Z",
    re.IGNORECASE,
)
_COUNTED = re.compile(
    r"(?:[#№]|\b(?:order|invoice|ticket|case|ref(?:erence)?|po|p\.o|id|no|nr|number|serial|sku|part|item|tracking|"
    r"account|acct|customer|policy|claim|contract|quote|transaction|build|version|commit|issue|row|line|page|"
    r"bestellung|rechnung|auftrag|kunde\w*|vertrag|commande|facture|isbn|ean|vat|tax|iban)"
    r"(?:[ -](?:number|no|id|nr|code))?)[.:#]{0,2} {0,2}(?:is |was )?[#]?\Z",
    re.IGNORECASE,
)
_MONEY = re.compile(r"(?:[$€£¥]|\b(?:usd|eur|gbp|chf)) ?\Z", re.IGNORECASE)
_MEASURED = re.compile(
    r" ?(?:%|[$€£¥]|(?:usd|eur|gbp|chf|k|m|bn|kb|mb|gb|tb|bytes|rows|records|users|requests|seconds|ms|"
    r"tokens|dollars|euros|items|events|customers|people|units)\b)",
    re.IGNORECASE,
)


def phones(text: str, regions: Sequence[str]) -> Iterator[Finding]:
    """regions: the countries ("US", "GB", "DE") by whose rules a number without a country code is read, in order."""
    for likely in _LIKELY.finditer(text):
        if not _something_else(text, *likely.span()):
            yield from _within(text, *likely.span(), regions)


def _something_else(text: str, start: int, end: int) -> bool:
    before, written = text[max(0, start - 40) : start], text[start:end]
    if _MONEY.search(before) or _MEASURED.match(text, end) or (start > 0 and text[start - 1].isalnum()):
        return True
    if _DATE.match(written) or _DECIMAL.fullmatch(written):
        return True
    return not _CALLED.search(before) and bool(_COUNTED.search(before) or _AMOUNT.fullmatch(written))


def _within(text: str, start: int, end: int, regions: Sequence[str]) -> Iterator[Finding]:
    """The phone number in text[start:end], at most one."""
    american = _NORTH_AMERICAN.search(text, start, end)
    if american:
        yield Finding(*american.span(), "phone", _key(american.group(), "US"))
        return
    called = bool(_CALLED.search(text[max(0, start - 40) : start]))
    for region in regions:
        for match in phonenumbers.PhoneNumberMatcher(text[start:end], region, leniency=Leniency.VALID):
            if called or _set_like_a_phone(match.raw_string):
                yield Finding(start + match.start, start + match.end, "phone", _e164(match.number))
                return
    if called:
        yield Finding(start, end, "phone", _key(text[start:end], regions[0]))


def _set_like_a_phone(written: str) -> bool:
    """With a country code, or with a leading zero or parenthesis and a mark between groups."""
    return written[0] in "+＋" or written.startswith("00") or (written[0] in "(0" and not written.isdigit())


def _key(written: str, region: str) -> str:
    try:
        return _e164(phonenumbers.parse(written, region))
    except phonenumbers.NumberParseException:
        return written


def _e164(number: phonenumbers.PhoneNumber) -> str:
    return phonenumbers.format_number(number, PhoneNumberFormat.E164)
