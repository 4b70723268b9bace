"""What a column's values look like, judged on a sample."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from winward.sources.money import parse_money
from winward.sources.tables.dates import parse_moment
from winward.sources.tables.states import says_only_closed, state_of, yes_or_no

BLANKS = frozenset(
    {"", "-", "--", "—", "n/a", "#n/a", "na", "nan", "null", "none", "(none)", "(blank)", "(no value)", "."}
)
_LONGEST_BLANK = 20
_EMAIL = re.compile(r"[^@\s<>]+@[^@\s<>]+\.[^@\s<>.]{2,}")
_DOMAIN = re.compile(r"(?:https?://)?(?:[\w-]+\.)+[a-z]{2,}(?:[:/]\S*)?", re.IGNORECASE)
_PLAIN_NUMBER = re.compile(r"[+-]?\d+(?:\.\d+)?")


@dataclass(frozen=True, slots=True)
class Shape:
    """Shares between 0 and 1 of the filled values in the sample. words: their mean number."""

    filled: int
    distinct: float
    dates: float
    amounts: float
    numbers: float
    emails: float
    domains: float
    states: float
    yes_no: float
    words: float
    ends: frozenset[str]


def is_blank(text: str) -> bool:
    return len(text) <= _LONGEST_BLANK and text.strip().casefold() in BLANKS


def shape_of(values: Sequence[str]) -> Shape:
    filled = [value.strip() for value in values if not is_blank(value)]
    count = max(1, len(filled))

    def share(holds: Callable[[str], bool]) -> float:
        return sum(map(holds, filled)) / count

    return Shape(
        filled=len(filled),
        distinct=len(set(filled)) / count,
        dates=share(_is_date),
        amounts=share(_is_amount),
        numbers=share(lambda value: bool(_PLAIN_NUMBER.fullmatch(value))),
        emails=share(lambda value: bool(_EMAIL.fullmatch(value))),
        domains=share(lambda value: bool(_DOMAIN.fullmatch(value))),
        states=share(lambda value: len(value) <= 40 and (state_of(value) is not None or says_only_closed(value))),
        yes_no=share(lambda value: yes_or_no(value) is not None),
        words=sum(len(value.split()) for value in filled) / count,
        ends=frozenset(filter(None, (state_of(value) for value in filled if len(value) <= 40))),
    )


def _is_date(value: str) -> bool:
    try:
        parse_moment(value)
    except ValueError:
        return False
    return True


def _is_amount(value: str) -> bool:
    try:
        parse_money(value)
    except ValueError:
        return False
    return True
