"""Signs of the room, so that colour is never alone."""

from django import template
from django.utils.html import format_html_join
from django.utils.safestring import SafeString

from winward.usecases.room.room import Row

register = template.Library()
TONES = {"best": "▲", "good": "△", "short": "▽", "worst": "▼", "refused": "✕", "alike": "·", "unasked": "?"}
CHOICE = '<option value="{}"{}>{}</option>'
SELECTED = SafeString(" selected")
CELL = '<td class="tone {} m{}" data-person="{}" title="{}"><i aria-hidden="true">{}</i> {}</td>'
VERDICTS = {"yes": "✓ yes", "no": "✕ no", "not asked": "? not asked"}


# A large room has hundreds of cells: a template each would cost most of the page's time.
@register.simple_tag
def cells(row: Row) -> SafeString:
    """How the row's option suits each person, as colour, sign and word; how much the term matters as a bar."""
    return format_html_join(
        "", CELL, ((c.tone, c.matters, c.person, c.says, TONES[c.tone], c.place) for c in row.cells)
    )


@register.simple_tag
def choices(row: Row) -> SafeString:
    """The row's options, for a select."""
    return format_html_join(
        "", CHOICE, ((one, SELECTED if one == row.option else "", name) for one, name in row.options)
    )


@register.filter
def verdict(said: str) -> str:
    """What somebody says to the package, with its sign."""
    return VERDICTS[said]
