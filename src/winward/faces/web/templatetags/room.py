"""Signs of the room, so that colour is never alone."""

from django import template

register = template.Library()
TONES = {"best": "▲", "good": "△", "short": "▽", "worst": "▼", "refused": "✕", "alike": "·", "not asked": "?"}
VERDICTS = {"yes": "✓ yes", "no": "✕ no", "not asked": "? not asked"}


@register.filter
def tone(name: str) -> str:
    """How an option suits somebody, as a sign."""
    return TONES[name]


@register.filter
def verdict(said: str) -> str:
    """What somebody says to the package, with its sign."""
    return VERDICTS[said]
