"""Where a theme comes from, and what became of it: in words, with the quotes that show it."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q

from winward.records.themes import Lineage, Theme

SHOWN = 40
CONTINUED = "continued"
# An event by what became of the theme itself, and by what became of the other one that the row is about.
OF_ITSELF = {
    "new": "First found",
    "split from": "Split from",
    "merged into": "Became part of",
    "retired": "No longer found",
    CONTINUED: "Found again",
}
OF_ANOTHER = {"split from": "Gave up a part, now", "merged into": "Took in"}


@dataclass(frozen=True, slots=True)
class LineageEvent:
    """words: what happened, to be followed by the other theme. share: of the signals that went that way, 0 to 1;
    shared: how many. signals: a few of them. by: the person, empty for a rebuild."""

    event: str
    words: str
    other_id: int | None
    other: str
    shared: int
    share: float
    signals: tuple[int, ...]
    by: str
    at: datetime


def lineage_of(theme_id: int) -> tuple[LineageEvent, ...]:
    """Newest first. Where it was found again in rebuilds is among them."""
    rows = Lineage.objects.filter(Q(theme=theme_id) | Q(other=theme_id, event__in=OF_ANOTHER))
    rows = rows.select_related("theme", "other").order_by("-at", "-id")[:SHOWN]
    return tuple(_event(row, theme_id) for row in rows)


def _event(row: Lineage, theme_id: int) -> LineageEvent:
    itself = row.theme_id == theme_id
    other: Theme | None = row.other if itself else row.theme
    words = (OF_ITSELF if itself else OF_ANOTHER).get(row.event, row.event.capitalize())
    return LineageEvent(
        event=row.event,
        words=words,
        other_id=other.pk if other else None,
        other=other.title if other else "",
        shared=row.shared,
        share=row.share,
        signals=tuple(row.quotes),
        by=row.by,
        at=row.at,
    )
