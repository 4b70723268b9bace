"""The lesson of each lost deal as a decision changes it, and the losses that have none yet."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db.models import Case, F, Q, QuerySet, When

from winward.records.deals import Deal
from winward.records.losses import Lesson

BLANK = {"text": "", "condition": "", "owner": "", "state": str(Lesson.State.OPEN)}


def read(deal: int) -> dict[str, Any] | None:
    """What is decided of a deal's lesson, blank where nothing is yet; None where there is no such deal."""
    row = Lesson.objects.select_for_update().filter(deal=deal).values(*BLANK).first()
    if row is not None:
        return dict(row)
    return dict(BLANK) if Deal.objects.filter(pk=deal).exists() else None


def write(deal: int, values: Mapping[str, Any], by: str) -> None:
    """A lesson that is blank again is none."""
    row, _ = Lesson.objects.update_or_create(deal_id=deal, defaults={**values, "by": by})
    if {name: getattr(row, name) for name in BLANK} == BLANK:
        row.delete()


def without(first: date, last: date) -> QuerySet[Deal]:
    """Deals lost in these days of which no lesson was taken, nor decided that none is to be; the largest first."""
    untaken = Q(lesson=None) | Q(lesson__text="", lesson__state=Lesson.State.OPEN)
    lost = Deal.objects.filter(untaken, state=Deal.State.LOST, closed_on__range=(first, last))
    return lost.select_related("account", "owner", "lesson").order_by(
        F("value").desc(nulls_last=True), "-closed_on", "pk"
    )


def taken() -> QuerySet[Lesson]:
    """Every lesson, the open ones first, then by owner (those without one first) and the largest deal."""
    rows = Lesson.objects.exclude(text="", state=Lesson.State.OPEN)
    place = Case(When(state=Lesson.State.OPEN, then=0), When(state=Lesson.State.DONE, then=1), default=2)
    largest = F("deal__value").desc(nulls_last=True)
    return rows.select_related("deal__account", "deal__owner").order_by(place, "owner", largest, "pk")
