"""Sums of money and days in words, the same in sentences, on pages and in the terminal."""

from datetime import date
from math import floor, log10

SYMBOLS = {"EUR": "€", "USD": "$", "GBP": "£", "JPY": "¥", "INR": "₹"}
SIZES = ((1e9, "bn"), (1e6, "M"), (1e3, "k"))


def roughly(value: float, currency: str) -> str:
    """Two to three digits, which is what is known of an estimate: €1.2M, €340k."""
    return f"{'−' if value < 0 else ''}{_symbol(currency)}{short(abs(value))}"


def exactly(value: float, currency: str) -> str:
    """€60,000."""
    return f"{_symbol(currency)}{value:,.0f}"


def short(value: float) -> str:
    if value < 1:
        return "0"
    digits = 10 ** (floor(log10(value)) - 1)
    rounded = round(value / digits) * digits
    size, unit = next(((size, unit) for size, unit in SIZES if rounded >= size), (1.0, ""))
    return f"{rounded / size:.3g}{unit}"


def on(day: date) -> str:
    """12 March 2027."""
    return f"{day.day} {day:%B %Y}"


def _symbol(currency: str) -> str:
    return SYMBOLS.get(currency, f"{currency} ")
