"""How the quantities of a value chain are written."""

from django import template

from winward.engine.value import Estimate
from winward.usecases import sentences
from winward.usecases.value.work_out_value import Part, amount, in_words, told

register = template.Library()


@register.filter
def figure(part: Part) -> str:
    """The median with its unit."""
    return told(part.median, part.unit)


@register.filter
def capital(text: str) -> str:
    return sentences.capital(text)


@register.filter
def between(part: Part) -> str:
    """The range in words."""
    return "known" if part.low == part.high else f"{amount(part.low, part)} to {amount(part.high, part)}"


@register.filter
def unit(text: str) -> str:
    return in_words(text)


@register.filter
def to_digits(value: float, of: Part | Estimate) -> str:
    """A number of the result's or a part's, as exactly as it is known."""
    return amount(value, of)
