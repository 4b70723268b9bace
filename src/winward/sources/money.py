"""Amounts of money as people write them, and tables of dated rates."""

import csv
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from functools import lru_cache
from typing import Literal

DecimalMark = Literal[".", ","]

CURRENCIES = frozenset({
    "AED", "ARS", "AUD", "BGN", "BRL", "CAD", "CHF", "CLP", "CNY", "COP", "CZK", "DKK", "EGP", "EUR", "GBP", "HKD",
    "HUF", "IDR", "ILS", "INR", "ISK", "JPY", "KES", "KRW", "MXN", "MYR", "NGN", "NOK", "NZD", "PEN", "PHP", "PKR",
    "PLN", "RON", "RSD", "RUB", "SAR", "SEK", "SGD", "THB", "TRY", "TWD", "UAH", "USD", "UYU", "VND", "ZAR",
})  # fmt: skip
SYMBOLS = {
    "US$": "USD", "CA$": "CAD", "C$": "CAD", "A$": "AUD", "AU$": "AUD", "NZ$": "NZD", "HK$": "HKD", "S$": "SGD",
    "R$": "BRL", "MX$": "MXN", "$": "USD", "€": "EUR", "£": "GBP", "¥": "JPY", "₹": "INR", "₩": "KRW", "₽": "RUB",
    "₺": "TRY", "₪": "ILS", "ZŁ": "PLN", "KČ": "CZK", "FR.": "CHF", "EURO": "EUR", "EUROS": "EUR", "KR": "", "KR.": "",
}  # fmt: skip
FACTORS = {
    "": 1, "K": 10**3, "TSD": 10**3, "TSD.": 10**3, "M": 10**6, "MM": 10**6, "MN": 10**6, "MIO": 10**6, "MIO.": 10**6,
    "MLN": 10**6, "MILLION": 10**6, "B": 10**9, "BN": 10**9, "MRD": 10**9, "MRD.": 10**9, "BILLION": 10**9,
}  # fmt: skip

_SPACES = re.compile(r"[\s'’]+")
_PARTS = re.compile(r"([^\d.,+()−-]*)([+−-]?)([^\d.,+()−-]*)(\d[\d.,]*(?:E[+-]?\d{1,2})?|[.,]\d+)([^\d,()−-]*)([−-]?)")
_LONGEST = 40


@dataclass(frozen=True, slots=True)
class Money:
    """An amount, and its ISO 4217 currency where the text names one (`$` alone is taken as USD)."""

    amount: Decimal
    currency: str = ""


@lru_cache(maxsize=65_536)
def parse_money(text: str, mark: DecimalMark = ".") -> Money:
    """`$125,000`, `1.250,00 €`, `USD 12k`, `(1,200)`, `1 250,00`.

    mark decides only what the text leaves open: whether `1.250` or `1,250` has a fraction or thousands.
    Raises ValueError where the text is no amount.
    """
    squeezed = _SPACES.sub("", text).upper()
    bracketed = squeezed.startswith("(") and squeezed.endswith(")")
    match = _PARTS.fullmatch(squeezed[1:-1] if bracketed else squeezed) if len(squeezed) <= _LONGEST else None
    if match is None:
        raise ValueError(f"{text!r} is not an amount of money")
    before, sign, between, digits, after, trailing_sign = match.groups()
    factor, currency = _factor_and_currency((before, between), after, text)
    negative = bracketed or sign in ("-", "−") or bool(trailing_sign)
    amount = _number(digits, mark) * factor
    return Money(-amount if negative else amount, currency)


def _factor_and_currency(before: Iterable[str], after: str, text: str) -> tuple[int, str]:
    currencies = [_currency(part, text) for part in before if part]
    for length in range(len(after), -1, -1):
        if after[:length] in FACTORS and _is_currency(after[length:]):
            currencies.append(_currency(after[length:], text))
            return FACTORS[after[:length]], next(filter(None, currencies), "")
    raise ValueError(f"{text!r} is not an amount of money")


def _is_currency(part: str) -> bool:
    return not part or part in CURRENCIES or part in SYMBOLS


def _currency(part: str, text: str) -> str:
    if not _is_currency(part):
        raise ValueError(f"{text!r} is not an amount of money: {part!r} is no currency known here")
    return SYMBOLS.get(part, part)


def _number(digits: str, mark: DecimalMark) -> Decimal:
    mantissa, _, exponent = digits.partition("E")
    fraction_mark = _fraction_mark(mantissa, mark)
    thousands = "," if fraction_mark == "." else "."
    plain = mantissa.replace(thousands, "").replace(",", ".").rstrip(".")
    if plain.count(".") > 1:
        raise ValueError(f"{digits!r} is not a number")
    return Decimal(f"{plain}E{exponent}" if exponent else plain)


def _fraction_mark(digits: str, mark: DecimalMark) -> DecimalMark:
    """Which of `.` and `,` parts off the fraction: the last of both, never one that repeats, else by what follows."""
    points, commas = digits.count("."), digits.count(",")
    if points and commas:
        return "." if digits.rfind(".") > digits.rfind(",") else ","
    if points > 1 or commas > 1:
        return "," if points else "."
    if not points and not commas:
        return mark
    used: DecimalMark = "." if points else ","
    whole, _, rest = digits.partition(used)
    could_be_thousands = len(rest) == 3 and 1 <= len(whole) <= 3 and whole != "0"
    if could_be_thousands:
        return mark
    return used


def decimal_mark(texts: Iterable[str]) -> tuple[DecimalMark, str]:
    """The mark that a whole column of amounts uses, and why: each text that can be read in one way only is a vote.

    Without a vote, a column where every point stands before exactly three digits has thousands there (`1.250 €`).
    """
    votes = {".": 0, ",": 0}
    three_after_point = three_after_comma = 0
    for text in texts:
        digits = re.sub(r"[^\d.,]", "", text).strip(".,")
        if not ("." in digits or "," in digits):
            continue
        as_point, as_comma = _fraction_mark(digits, "."), _fraction_mark(digits, ",")
        if as_point == as_comma:
            votes[as_point] += 1
        elif "." in digits:
            three_after_point += 1
        else:
            three_after_comma += 1
    if votes[","] > votes["."]:
        return ",", "a comma before the fraction"
    if votes["."] == 0 and three_after_point > three_after_comma:
        return ",", "every point stands before three digits, so it is taken as thousands"
    return ".", "a point before the fraction"


@dataclass(frozen=True, slots=True)
class Rates:
    """By currency, its rates to the workspace's `currency` in the order of their dates."""

    currency: str
    dated: Mapping[str, tuple[tuple[date, Decimal], ...]]

    @classmethod
    def from_csv(cls, text: str, currency: str) -> "Rates":
        """Columns: date, currency (or from), rate: what one unit of that currency is worth in `currency`.

        Raises ValueError, naming the line, for a line that can't be read.
        """
        lines = csv.DictReader(text.lstrip("\ufeff").splitlines())
        lines.fieldnames = [name.strip().casefold() for name in lines.fieldnames or []]
        missing = {"date", "rate"} - set(lines.fieldnames)
        if missing or not {"currency", "from"} & set(lines.fieldnames):
            raise ValueError("a rate table needs the columns date, currency and rate")
        dated: dict[str, dict[date, Decimal]] = {}
        for line in lines:
            code, on, rate = _rate(line, lines.line_num)
            dated.setdefault(code, {})[on] = rate
        return cls(currency.upper(), {code: tuple(sorted(rates.items())) for code, rates in dated.items()})


def _rate(line: Mapping[str, str | None], number: int) -> tuple[str, date, Decimal]:
    code = (line.get("currency") or line.get("from") or "").strip().upper()
    try:
        on, rate = (
            date.fromisoformat((line["date"] or "").strip()),
            Decimal((line["rate"] or "").strip().replace(",", ".")),
        )
    except (ValueError, InvalidOperation) as error:
        raise ValueError(f"line {number} of the rate table needs a date as 2024-03-31 and a rate as 1.0853") from error
    if not (rate.is_finite() and rate > 0 and re.fullmatch(r"[A-Z]{3}", code)):
        raise ValueError(f"line {number} of the rate table needs a currency of three letters and a rate above zero")
    return code, on, rate
