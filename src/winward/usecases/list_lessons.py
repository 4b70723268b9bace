"""Every lesson that was taken from a lost deal, and the losses of the last two quarters that still wait for one."""

from dataclasses import dataclass

from winward.records import lesson_rows
from winward.records.deals import Deal
from winward.usecases.lesson import LessonKept, kept
from winward.usecases.list_deals import DealRow, deal_row, last_closing
from winward.usecases.list_themes import currency
from winward.usecases.quarters import bounds, newest

QUARTERS, MOST_WAITING, MOST_TAKEN = 2, 50, 500


@dataclass(frozen=True, slots=True)
class LessonRow:
    deal: DealRow
    lesson: LessonKept


@dataclass(frozen=True, slots=True)
class Waiting:
    """A loss without a lesson. owner: who was asked to take it, empty where nobody was."""

    deal: DealRow
    owner: str


@dataclass(frozen=True, slots=True)
class Lessons:
    """waiting: the largest first, at most 50 of waiting_in_all. quarters: those that waiting looks at. rows: the open
    ones first, by owner."""

    sentence: str
    currency: str
    quarters: tuple[str, ...]
    waiting: tuple[Waiting, ...]
    waiting_in_all: int
    rows: tuple[LessonRow, ...]


def list_lessons() -> Lessons:
    last = last_closing()
    quarters = tuple(newest(last, QUARTERS)) if last else ()
    without = lesson_rows.without(bounds(quarters[-1])[0], bounds(quarters[0])[1]) if quarters else Deal.objects.none()
    rows = tuple(LessonRow(deal_row(row.deal), kept(row)) for row in lesson_rows.taken()[:MOST_TAKEN])
    in_all = without.count()
    return Lessons(
        sentence=_sentence(rows, in_all, quarters),
        currency=currency(),
        quarters=quarters,
        waiting=tuple(_waiting(deal) for deal in without[:MOST_WAITING]),
        waiting_in_all=in_all,
        rows=rows,
    )


def _waiting(deal: Deal) -> Waiting:
    lesson = getattr(deal, "lesson", None)
    return Waiting(deal_row(deal), lesson.owner if lesson else "")


def _sentence(rows: tuple[LessonRow, ...], waiting: int, quarters: tuple[str, ...]) -> str:
    if not quarters:
        return "No deal has closed yet, so that there is nothing to learn from."
    still = sum(row.lesson.state == "open" for row in rows)
    taken = (
        f"{_counted(len(rows), 'lesson')} taken so far, {still} still open." if rows else "No lesson was taken so far."
    )
    span = " and ".join(reversed(quarters))
    if not waiting:
        return f"Every deal lost in {span} has its lesson. {taken}"
    return f"{_counted(waiting, 'deal')} lost in {span} {'has' if waiting == 1 else 'have'} no lesson yet. {taken}"


def _counted(count: int, noun: str) -> str:
    return f"{count:,} {noun}" if count == 1 else f"{count:,} {noun}s"
