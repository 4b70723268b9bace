"""How a deal went, thinned to the days that matter."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.utils import timezone

from winward.records.deals import Deal, StageChange
from winward.records.documents import Document
from winward.usecases.heard import Heard
from winward.usecases.quotes import Quote

TALKS, STAGES = 6, 8


@dataclass(frozen=True, slots=True)
class Moment:
    """A day of the deal. what: the stage it entered or the document's title. kind: "stage", or the document's. signals:
    what customers said in it. after: the outcome was known. quote: the strongest."""

    on: date | None
    what: str
    kind: str
    document_id: int | None = None
    signals: int = 0
    after: bool = False
    quote: Quote | None = None


@dataclass(frozen=True, slots=True)
class Course:
    """moments: in order of time, what has no date last. left_out: talks of which nothing is shown here."""

    moments: tuple[Moment, ...]
    left_out: int


def course(deal: Deal, heard: Heard, turned: Collection[datetime | None]) -> Course:
    """turned: when the deal turned; such talks are always shown, as are the first and the last."""
    talks = list(Document.objects.filter(deal=deal).order_by("happened_at", "pk").only("title", "kind", "happened_at"))
    shown = _that_matter(talks, heard, turned)
    moments = [*_stages(deal), *(_talk(one, heard) for one in talks if one.pk in shown)]
    ordered = sorted(moments, key=lambda moment: (moment.on or date.max, moment.kind != "stage"))
    return Course(tuple(ordered), len(talks) - len(shown))


def _stages(deal: Deal) -> list[Moment]:
    steps = list(StageChange.objects.filter(deal=deal).order_by("entered_on", "pk"))
    kept = steps if len(steps) <= STAGES else [*steps[: STAGES // 2], *steps[-STAGES // 2 :]]
    return [Moment(step.entered_on, step.stage, "stage") for step in kept]


def _that_matter(talks: Sequence[Document], heard: Heard, turned: Collection[datetime | None]) -> set[int]:
    weight = {talk.pk: 0.0 for talk in talks}
    for one in heard.said:
        weight[one.document] = weight.get(one.document, 0.0) + (one.strength if one.side != "us" else 0.0)
    ends = {talks[0].pk, talks[-1].pk} if talks else set()
    order = sorted(talks, key=lambda talk: (talk.happened_at not in turned, talk.pk not in ends, -weight[talk.pk]))
    return {talk.pk for talk in order[:TALKS]}


def _talk(talk: Document, heard: Heard) -> Moment:
    theirs = [one for one in heard.said if one.document == talk.pk and one.side != "us"]
    return Moment(
        on=timezone.localdate(talk.happened_at) if talk.happened_at else None,
        what=talk.title,
        kind=talk.kind,
        document_id=talk.pk,
        signals=len(theirs),
        after=any(one.after for one in theirs),
        quote=heard.strongest(theirs),
    )
