"""Dates as files write them. What can be read in two ways (03/04/2025) is left out rather than guessed."""

import re
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

FORMATS = (
    "%Y/%m/%d",
    "%Y/%m/%d %H:%M",
    "%Y-%m-%d %H:%M:%S UTC",
    "%d.%m.%Y",
    "%d.%m.%Y %H:%M",
    "%d %B %Y",
    "%d %b %Y",
    "%B %d, %Y",
    "%b %d, %Y",
    "%B %d, %Y %I:%M %p",
    "%b %d, %Y %I:%M %p",
)
IN_NAME = re.compile(r"(?<!\d)((?:19|20)\d\d)([-_.]?)([01]\d)\2([0-3]\d)(?!\d)")
# Seconds since 1970 reach this number in the year 5138; milliseconds passed it in 1973.
SMALLEST_MILLISECONDS = 100_000_000_000


def moment(value: object) -> datetime | None:
    """An ISO, e-mail or written-out date, or seconds or milliseconds since 1970; None where it can't be told.

    A time without zone is taken as UTC.
    """
    if isinstance(value, bool) or value is None:
        return None
    if isinstance(value, int | float):
        return _since_1970(float(value))
    text = str(value).strip()
    if not text or len(text) > 100:
        return None
    if re.fullmatch(r"\d{9,14}(\.\d+)?", text):
        return _since_1970(float(text))
    return _plausible(_iso(text) or _written(text) or _mail(text))


def moment_in_name(name: str) -> datetime | None:
    """The date in a file name such as `2025-03-14 Kickoff.vtt` or `GMT20250314-150203_Recording.vtt`."""
    found = IN_NAME.search(name)
    return _plausible(_iso("-".join(found.group(1, 3, 4)))) if found else None


def _since_1970(number: float) -> datetime | None:
    seconds = number / 1000 if number >= SMALLEST_MILLISECONDS else number
    try:
        return _plausible(datetime.fromtimestamp(seconds, UTC)) if seconds > 0 else None
    except (OverflowError, ValueError, OSError):
        return None


def _iso(text: str) -> datetime | None:
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        return None


def _written(text: str) -> datetime | None:
    for form in FORMATS:
        try:
            return datetime.strptime(text, form)
        except ValueError:
            continue
    return None


def _mail(text: str) -> datetime | None:
    try:
        return parsedate_to_datetime(text)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None


def _plausible(found: datetime | None) -> datetime | None:
    if found is None or not 1970 <= found.year <= 2100:
        return None
    return found.astimezone(UTC) if found.tzinfo else found.replace(tzinfo=UTC)
