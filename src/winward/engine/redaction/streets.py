"""Postal addresses: a street with its number, and the town that follows; American, British, German and French."""

import re
from collections.abc import Iterator

from winward.engine.redaction.findings import Finding

_NAME = r"[A-ZÀ-ÖØ-Þ][\w'’.-]{0,30}"
_UNIT = r"(?:,? (?:Apt|Apartment|Suite|Ste|Unit|Flat|Floor|Fl|Room|#)\.? ?#?[\w-]{1,8})?"
_STATE_ZIP = r"[A-Z]{2},? [0-9]{5}(?:-[0-9]{4})?(?![0-9])"
_POSTCODE = r"[A-Z]{1,2}[0-9][0-9A-Z]? ?[0-9][A-Z]{2}\b"
_TOWN = rf"(?:,?[ \n]{{1,2}}{_NAME}(?: {_NAME}){{0,2}},? (?:{_STATE_ZIP}|{_POSTCODE})|,? (?:{_STATE_ZIP}|{_POSTCODE}))"
_STRONG = (
    r"(?:Street|Str\.|St\.?|Avenue|Ave\.?|Road|Rd\.?|Boulevard|Blvd\.?|Terrace|Crescent|Lane|Ln\.?|Parkway|Pkwy\.?|"
    r"Highway|Hwy\.?)"
)
# "3 Google Drive folders", "2 Way Sync": these end an address only where a town follows, or nothing does.
_WEAK = r"(?:Drive|Dr\.?|Way|Court|Ct\.?|Place|Pl\.?|Square|Sq\.?|Circle|Close|Gardens|Grove|Hill|Mews|Row|Park|Walk)"
_NUMBER = r"(?<![\w.,$€£#-])[0-9]{1,5}[A-Za-z]?(?:-[0-9]{1,5})?"
_NOT_ON = r"(?! ?(?:Map|Journal|Trip|Test|Block|View|Food|Fighter|Price|Team)\b)"
_ENGLISH = re.compile(
    rf"{_NUMBER},? (?:{_NAME} ){{1,4}}(?:{_STRONG}(?![\w-]){_NOT_ON}{_UNIT}(?:{_TOWN})?|"
    rf"{_WEAK}(?![\w-]){_UNIT}(?:{_TOWN}|(?=[ ]*(?:[\n,;)]|\.\s|\.?\Z))))"
)
_GERMAN_TOWN = rf"(?:,? ?\n?(?:D-)?[0-9]{{4,5}} {_NAME}(?: (?:am|an der|im|bei) {_NAME}| {_NAME}){{0,2}})"
_GERMAN_NUMBER = r"[0-9]{1,4}(?: ?[a-h])?(?:-[0-9]{1,4})?(?![\w%]|[.,][0-9])"
_GERMAN = re.compile(
    rf"(?<![\w-])(?:[A-ZÄÖÜ][\w-]{{2,30}}(?:straße|strasse|str\.|allee|gasse|chaussee)|"
    rf"(?!(?:Der|Die|Das|Den|Dem|Ein|Eine|Kein|Diese) ){_NAME}[ -](?:Straße|Strasse|Str\.|Allee)) "
    rf"{_GERMAN_NUMBER}{_GERMAN_TOWN}?"
    # "Speicherplatz 20", "Umweg 2", "Im Mai 3": these need a town.
    rf"|(?<![\w-])(?:[A-ZÄÖÜ][\w-]{{2,30}}(?:weg|damm|ufer|platz)|{_NAME}[ -](?:Weg|Platz|Damm|Ufer)|"
    rf"(?:Am|An der|An den|Auf der|Auf dem|Im|In der|Zum|Zur|Unter den) {_NAME}) {_GERMAN_NUMBER}{_GERMAN_TOWN}"
)
_FRENCH_NAME = rf"{_NAME}(?:[ -]{_NAME}){{0,3}}"
_FRENCH = re.compile(
    rf"(?<![\w.,$€£#-])[0-9]{{1,4}}(?: ?(?:bis|ter|[A-C]))?,? "
    rf"(?:(?:[Rr]ue|[Aa]venue|av\.|[Bb]oulevard|bd|[Cc]hemin|[Aa]llée|[Ii]mpasse|[Qq]uai|place|cours|route|square) "
    rf"(?:de |du |des |la |le |les |l['’]|d['’]){{0,3}}|"
    rf"(?:Place|Cours|Route|Square) (?:de |du |des |d['’])(?:la |l['’])?)"
    rf"{_FRENCH_NAME}(?:,? ?\n?[0-9]{{5}} {_NAME})?"
)
_BOX = re.compile(r"\b(?:P\.? ?O\.? Box|Postfach|Boîte postale) [0-9][0-9 ]{1,9}[0-9]", re.IGNORECASE)
_GERMAN_SIGN = re.compile(
    "(?:[Ss]tr|weg|Weg|[Aa]llee|gasse|damm|ufer|chaussee|[Pp]latz|Am |An |Auf |Im |In |Zu|Unter )"
)
_BLANKS = re.compile(r"[\W_]+")


def streets(text: str) -> Iterator[Finding]:
    patterns = (_ENGLISH, _FRENCH, _BOX, *((_GERMAN,) if _GERMAN_SIGN.search(text) else ()))
    for pattern in patterns:
        for match in pattern.finditer(text):
            written = match.group().rstrip(" ,.-\n")
            yield Finding(match.start(), match.start() + len(written), "address", _BLANKS.sub(" ", written).casefold())
