"""How an initiative's effort and risks are written and drawn."""

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

from winward.usecases.initiatives import effort
from winward.usecases.initiatives.effort import TotalEffort
from winward.usecases.initiatives.risks import LEVELS, RiskRow

register = template.Library()
CELL = 13


@register.simple_tag
def weeks(total: TotalEffort) -> str:
    return effort.weeks(total.low, total.high)


@register.simple_tag
def risk_size(risk: RiskRow) -> SafeString:
    """Nine cells, likelihood to the right and severity upwards, with a point where the risk stands."""
    right, up = LEVELS.index(risk.likelihood), LEVELS.index(risk.severity)
    cells = "".join(
        f'<rect x="{CELL * x + 0.5}" y="{CELL * y + 0.5}" width="{CELL - 1}" height="{CELL - 1}"/>'
        for y in range(3)
        for x in range(3)
    )
    return format_html(
        '<svg class="risk-size" width="{size}" height="{size}" role="img" aria-label="{}">{}'
        '<circle cx="{}" cy="{}" r="4.5"/></svg>',
        f"{risk.likelihood} likelihood, {risk.severity} severity",
        SafeString(cells),  # made of numbers only
        CELL * right + CELL / 2,
        CELL * (2 - up) + CELL / 2,
        size=3 * CELL,
    )
