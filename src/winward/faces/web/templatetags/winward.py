"""How values are written on pages."""

import re
from collections.abc import Sequence
from datetime import date, datetime
from urllib.parse import urlencode

from django import template
from django.urls import reverse
from django.utils import timezone
from django.utils.html import escape, format_html
from django.utils.safestring import SafeString

from winward.engine.redaction import PSEUDONYM
from winward.faces.web.drawing import Axis, bars
from winward.usecases import sentences
from winward.usecases.initiatives import sums
from winward.usecases.roles import may
from winward.usecases.timelines import Month

register = template.Library()
STANDS_FOR = {
    "person": "a person's name",
    "e-mail": "an e-mail address",
    "phone": "a phone number",
    "card": "a card's number",
    "IBAN": "a bank account's number",
    "IP": "a computer's address",
    "address": "a street address",
    "secret": "a password or a key",
}


@register.filter
def money(value: float | None, currency: str) -> str:
    """Two to three digits, which is what is known of a sum: €1.2M, €340k."""
    return "—" if value is None else sums.roughly(value, currency)


@register.filter
def exactly(value: float | None, currency: str) -> str:
    return "not known" if value is None else sums.exactly(value, currency)


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
def grouped(count: int) -> str:
    return f"{count:,}"


@register.filter
def about(count: float) -> str:
    """A number that is an estimate: 3.4, 12, −2."""
    text = f"{count:.0f}" if abs(count) >= 9.95 else f"{count:.1f}"
    return "0" if text in ("-0.0", "0.0") else text.replace("-", "−")


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
def redacted(text: str) -> SafeString:
    """The text with each pseudonym set apart, and what it stands for on hover."""
    # Escaping makes no brackets, so a pseudonym is found afterwards where it was before, and holds nothing to escape.
    return SafeString(PSEUDONYM.sub(_set_apart, escape(str(text))))


def _set_apart(pseudonym: re.Match[str]) -> str:
    return f'<span class="redacted" title="{STANDS_FOR[pseudonym[1]]}, redacted">{pseudonym[0]}</span>'


@register.filter
def strength(share: float) -> str:
    return sentences.strength(share)


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


# The tags below write their few marks themselves: a template each would cost a long table most of its time.
@register.simple_tag
def interval(axis: Axis, low: float, value: float, high: float, verdict: str) -> SafeString:
    """The line of an interval with its point and the axis' zero."""
    return format_html(
        '<svg class="interval {}" width="100%" height="24" aria-hidden="true" focusable="false">'
        '<line class="zero" x1="{zero}" x2="{zero}" y1="0" y2="24"/>'
        '<line class="span" x1="{}" x2="{}" y1="12" y2="12"/><circle cx="{}" cy="12" r="4.5"/></svg>',
        {"costs": "lost", "helps": "won"}.get(verdict, "open"),
        axis.at(low),
        axis.at(high),
        axis.at(value),
        zero=axis.at(0),
    )


@register.simple_tag
def trend(values: list[float], labels: list[str]) -> SafeString:
    """Small bars, one a quarter, with a sentence for who doesn't see them."""
    if not values:
        return SafeString("")
    said = ", ".join(f"{label}: {value}" for label, value in zip(labels, values, strict=False))
    drawn = "".join(
        f'<rect x="{bar.x}" y="{bar.y}" width="{bar.width}" height="{bar.height}"/>' for bar in bars(values)
    )
    return format_html(
        '<svg class="trend" width="72" height="24" role="img" aria-label="{}"><title>{}</title>{}</svg>',
        said,
        said,
        SafeString(drawn),  # made of numbers only
    )


@register.simple_tag
def months(shown: Sequence[Month]) -> SafeString:
    """A bar a month, as high as its documents, and dark as high as those in which the theme came up. The sentence above
    and the table behind say the same, so that it is silent."""
    most, width = max([month.of for month in shown]) or 1, 100 / len(shown)
    drawn = "".join(_month(place, month, most, width) for place, month in enumerate(shown))
    return format_html(
        '<svg class="months" width="100%" height="120" aria-hidden="true" focusable="false">{}</svg>',
        SafeString(drawn),  # made of numbers and months' names only
    )


def _month(place: int, month: Month, most: int, width: float) -> str:
    x = f"{place * width:.2f}%"
    heights = [(kind, 80 * count / most) for kind, count in (("of", month.of), ("here", month.documents)) if count]
    drawn = "".join(
        f'<rect class="{kind}" x="{x}" y="{80 - height:.2f}%" width="{0.8 * width:.2f}%" height="{height:.2f}%"/>'
        for kind, height in heights
    )
    label = f'<text x="{x}" y="96%">{month.first:%b %y}</text>' if place % 4 == 0 else ""
    return drawn + label


@register.simple_tag
def deal_link(deal_id: int, name: str, state: str) -> SafeString:
    """A deal's name, which leads to it, with its state."""
    return format_html(
        '<a href="{}">{}</a> <span class="outcome {}">{}</span>',
        reverse("deal", args=[deal_id]),
        name,
        state,
        outcome(state),
    )
