"""How the quantities of a value chain are written."""

from django import template

from winward.usecases.sentences import rounded
from winward.usecases.work_out_value import Part, in_words, told

register = template.Library()


@register.filter
def figure(part: Part) -> str:
    """The median with its unit."""
    return told(part.median, part.unit)


@register.filter
def between(part: Part) -> str:
    """The range in words."""
    return "known" if part.low == part.high else f"{rounded(part.low)} to {rounded(part.high)}"


@register.filter
def unit(text: str) -> str:
    return in_words(text)


@register.filter
def two_digits(value: float) -> str:
    return rounded(value)
