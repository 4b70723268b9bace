"""How values are written on pages."""

from datetime import date, datetime
from math import floor, log10
from urllib.parse import urlencode

from django import template
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString

from winward.faces.web.drawing import Axis, bars
from winward.usecases.roles import may

register = template.Library()
SYMBOLS = {"EUR": "€", "USD": "$", "GBP": "£", "JPY": "¥", "INR": "₹"}
SIZES = ((1e9, "bn"), (1e6, "M"), (1e3, "k"))


@register.filter
def money(value: float | None, currency: str) -> str:
    """Two to three digits, which is what is known of a sum: €1.2M, €340k."""
    if value is None:
        return "—"
    return f"{'−' if value < 0 else ''}{_symbol(currency)}{short(abs(value))}"


@register.filter
def exactly(value: float | None, currency: str) -> str:
    return "not known" if value is None else f"{_symbol(currency)}{value:,.0f}"


def short(value: float) -> str:
    if value < 1:
        return "0"
    digits = 10 ** (floor(log10(value)) - 1)
    rounded = round(value / digits) * digits
    size, unit = next(((size, unit) for size, unit in SIZES if rounded >= size), (1.0, ""))
    return f"{rounded / size:.3g}{unit}"


def _symbol(currency: str) -> str:
    return SYMBOLS.get(currency, f"{currency} ")


@register.filter
def points(share: float | None) -> str:
    """A difference of rates in percentage points, with its sign."""
    if share is None:
        return "—"
    size = round(share * 100)
    return f"{'−' if size < 0 else '+' if size > 0 else ''}{abs(size)}"


@register.filter
def percent(share: float | None) -> str:
    return "—" if share is None else f"{share:.0%}"


@register.filter
def day(value: date | datetime | None) -> str:
    if value is None:
        return "no date"
    return f"{value.day} {value:%b %Y}"


@register.filter
def ago(value: date | datetime | None) -> SafeString:
    """How long ago, with the day on hover."""
    if value is None:
        return format_html("<span>{}</span>", "no date")
    then = timezone.localtime(value).date() if isinstance(value, datetime) else value
    days = (timezone.localdate() - then).days
    return format_html('<time datetime="{}" title="{}">{}</time>', value.isoformat(), day(then), _ago(days, then))


def _ago(days: int, then: date) -> str:
    if days < 0 or days > 330:
        return day(then)
    if days < 2:
        return ("today", "yesterday")[days]
    for size, unit in ((30, "month"), (7, "week"), (1, "day")):
        if days >= 2 * size:
            return f"{days // size} {unit}s ago"
    return f"{days} days ago"


@register.filter
def clock(milliseconds: int | None) -> str:
    """1:02:03 or 4:05 into a recording; nothing where there is no clock."""
    if milliseconds is None:
        return ""
    minutes, seconds = divmod(milliseconds // 1000, 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{seconds:02}" if hours else f"{minutes}:{seconds:02}"


@register.filter
def outcome(state: str) -> str:
    """A deal's state with its sign, so that colour is never alone."""
    return {"won": "✓ won", "lost": "✕ lost", "open": "○ open"}.get(state, state)


@register.filter
def words(name: str) -> str:
    """A field's name as people say it: closed_on becomes "closed on"."""
    return name.replace("external_id", "id").replace("_", " ")


@register.filter
def tint(voice: int) -> int:
    """One of the six colours by which speakers are told apart."""
    return voice % 6


@register.filter
def allows(role: str, needed: str) -> bool:
    return may(role, needed)  # type: ignore[arg-type]


@register.simple_tag
def query(**parts: object) -> str:
    """A query string of the parts that aren't empty."""
    given = {name: value for name, value in parts.items() if value not in ("", None)}
    return f"?{urlencode(given)}" if given else "?"


@register.inclusion_tag("parts/interval.html")
def interval(axis: Axis, low: float, value: float, high: float, verdict: str) -> dict[str, object]:
    """The line of an interval with its point and the axis' zero."""
    tone = {"costs": "lost", "helps": "won"}.get(verdict, "open")
    return {"low": axis.at(low), "high": axis.at(high), "value": axis.at(value), "zero": axis.at(0), "tone": tone}


@register.inclusion_tag("parts/trend.html")
def trend(values: list[float], labels: list[str]) -> dict[str, object]:
    """Small bars, one a quarter, with a sentence for who doesn't see them."""
    said = ", ".join(f"{label}: {value}" for label, value in zip(labels, values, strict=False))
    return {"bars": bars(values, labels), "said": said}
