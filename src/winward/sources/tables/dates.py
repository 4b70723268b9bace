"""Dates and times as exports and people write them."""

import re
from collections.abc import Iterable
from datetime import UTC, date, datetime, time, timedelta, timezone
from functools import lru_cache
from typing import Literal

DateOrder = Literal["day", "month"]

_MONTHS = {
    month: number
    for number, names in enumerate(
        (
            "jan january januar jän jänner janvier janv enero ene",
            "feb february februar fév févr février febrero",
            "mar march märz mär mrz mars marzo",
            "apr april avr avril abril abr",
            "may mai mayo",
            "jun june juni juin junio",
            "jul july juli juil juillet julio",
            "aug august août aou agosto ago",
            "sep sept september septembre septiembre set",
            "oct october okt oktober octobre octubre",
            "nov november novembre noviembre",
            "dec december dez dezember déc décembre dic diciembre",
        ),
        start=1,
    )
    for month in names.split()
}
_CLOCK = (
    r"(?:[T ,]+(?:at )?(?P<clock>\d{1,2}:\d{2}(?::\d{2}(?:[.,]\d+)?)?)\s*(?P<half>[ap]\.?m\.?)?"
    r"\s*(?P<zone>Z|UTC|GMT|[+-]\d{2}:?\d{2}|[+-]\d{2})?(?:\s*\([\w ]+\))?)?"
)
_YEAR_FIRST = re.compile(r"(?P<y>\d{4})[-/.](?P<m>\d{1,2})[-/.](?P<d>\d{1,2})" + _CLOCK, re.IGNORECASE)
_COMPACT = re.compile(r"(?P<y>(?:19|20)\d{2})(?P<m>\d{2})(?P<d>\d{2})" + _CLOCK, re.IGNORECASE)
_NUMERIC = re.compile(r"(?P<a>\d{1,2})(?P<mark>[-/.])(?P<b>\d{1,2})(?P=mark)(?P<y>\d{4}|\d{2})" + _CLOCK, re.IGNORECASE)
_WEEKDAY = r"(?:[^\W\d]{2,10}\.?,?\s+)?"
_DAY_NAME = re.compile(
    _WEEKDAY
    + r"(?P<d>\d{1,2})(?:st|nd|rd|th|\.|º)?[ -]+(?:de )?(?P<name>[^\W\d]{3,10})\.?,?[ -]+(?:de )?(?P<y>\d{4}|\d{2})"
    + _CLOCK,
    re.IGNORECASE,
)
_NAME_DAY = re.compile(
    _WEEKDAY + r"(?P<name>[^\W\d]{3,10})\.?[ -]+(?P<d>\d{1,2})(?:st|nd|rd|th)?,?[ -]+(?P<y>\d{4})" + _CLOCK,
    re.IGNORECASE,
)
_SERIAL = re.compile(r"[2-7]\d{4}(?:\.\d+)?")
_EPOCH = re.compile(r"1\d{9}(?:\d{3})?")
_SERIAL_START = datetime(1899, 12, 30, tzinfo=UTC)
_LONGEST = 60
_YEARS = range(1900, 2200)


@lru_cache(maxsize=65_536)
def parse_moment(text: str, order: DateOrder = "month") -> datetime:
    """The moment in `text`, with its zone; UTC where it names none, midnight where it has no clock.

    order: what `03/04/2024` means where the text leaves it open (points always mean day first).
    Spreadsheet serials (`45355.5`) and Unix seconds or milliseconds are read too.
    Raises ValueError where the text is no date.
    """
    cleaned = " ".join(text.split())
    if len(cleaned) <= _LONGEST:
        for read in (_by_pattern, _by_number):
            moment = read(cleaned, order)
            if moment is not None and moment.year in _YEARS:
                return moment
    raise ValueError(f"{text[:_LONGEST]!r} is not a date that can be read; write it as 2024-03-31")


def parse_date(text: str, order: DateOrder = "month") -> date:
    """The day in `text`, as written (not moved to another zone). Errors as `parse_moment`."""
    return parse_moment(text, order).date()


def _by_pattern(text: str, order: DateOrder) -> datetime | None:
    for pattern in (_YEAR_FIRST, _COMPACT, _NUMERIC, _DAY_NAME, _NAME_DAY):
        match = pattern.fullmatch(text)
        if match is None:
            continue
        try:
            return _assembled(match.groupdict(), order)
        except ValueError:
            continue
    return None


def _assembled(parts: dict[str, str | None], order: DateOrder) -> datetime:
    year = int(parts["y"] or "")
    month, day = _month_and_day(parts, order)
    clock = _clock(parts["clock"], parts["half"])
    return datetime.combine(date(_full_year(year), month, day), clock, tzinfo=_zone(parts["zone"]))


def _full_year(year: int) -> int:
    """Two digits: up to 69 mean this century, as spreadsheets read them."""
    if year >= 100:
        return year
    return year + (2000 if year < 70 else 1900)


def _month_and_day(parts: dict[str, str | None], order: DateOrder) -> tuple[int, int]:
    if "a" in parts:
        first, second = int(parts["a"] or ""), int(parts["b"] or "")
        return (second, first) if _day_comes_first(first, second, parts["mark"] or "", order) else (first, second)
    name = parts.get("name")
    month = _MONTHS.get(name.casefold(), 0) if name else int(parts["m"] or "")
    return month, int(parts["d"] or "")


def _day_comes_first(first: int, second: int, mark: str, order: DateOrder) -> bool:
    if first > 12 or second > 12:
        return first > 12
    return mark == "." or order == "day"


def _clock(clock: str | None, half: str | None) -> time:
    if clock is None:
        return time()
    hour, minute, *rest = clock.replace(",", ".").split(":")
    seconds = float(rest[0]) if rest else 0.0
    hours = int(hour)
    if half:
        hours = hours % 12 + (12 if half[0] in "pP" else 0)
    return time(hours, int(minute), int(seconds), int(seconds % 1 * 1_000_000))


def _zone(zone: str | None) -> timezone:
    if zone is None or zone.upper() in ("Z", "UTC", "GMT"):
        return UTC
    digits = zone[1:].replace(":", "").ljust(4, "0")
    offset = timedelta(hours=int(digits[:2]), minutes=int(digits[2:]))
    return timezone(-offset if zone[0] == "-" else offset)


def _by_number(text: str, order: DateOrder) -> datetime | None:
    if _SERIAL.fullmatch(text):
        return _SERIAL_START + timedelta(seconds=round(float(text) * 86_400))
    if _EPOCH.fullmatch(text):
        return datetime.fromtimestamp(int(text[:10]), tz=UTC)
    return None


def date_order(texts: Iterable[str]) -> tuple[DateOrder, str] | None:
    """How a column writes days and months, by its values that leave no choice, and a note; None where it never matters.

    The note says so when nothing decides, or when both orders occur.
    """
    day_first = month_first = open_ones = 0
    for text in texts:
        match = _NUMERIC.fullmatch(" ".join(text.split()))
        if match is None or match["mark"] == ".":
            continue
        first, second = int(match["a"]), int(match["b"])
        day_first += first > 12 >= second
        month_first += second > 12 >= first
        open_ones += first <= 12 and second <= 12 and first != second
    if not (day_first or month_first or open_ones):
        return None
    if day_first and month_first:
        note = (
            f"{day_first} values put the day first and {month_first} the month; the rest is read as the more frequent"
        )
        return ("day" if day_first > month_first else "month"), note
    if day_first or month_first:
        return ("day", "day first, as 31/12/2024") if day_first else ("month", "month first, as 12/31/2024")
    return "month", f"{open_ones} dates such as 03/04/2024 could mean either; read as month first"
