"""What people took from a lost deal: what would have had to be true, what to do next time, who sees to it."""

from dataclasses import dataclass
from datetime import datetime

from winward.records.deals import Deal
from winward.records.losses import Lesson
from winward.usecases.decide import Decision, change
from winward.usecases.quotes import NotFound

STATES = tuple(str(state) for state in Lesson.State.values)
LONGEST = 2_000


@dataclass(frozen=True, slots=True)
class LessonKept:
    """condition: what would have had to be true, in a person's words; "" where the computed sentence stands."""

    text: str
    condition: str
    owner: str
    state: str
    by: str
    at: datetime


def lesson_of(deal: int) -> LessonKept | None:
    row = Lesson.objects.filter(deal=deal).first()
    return kept(row) if row else None


def kept(row: Lesson) -> LessonKept:
    return LessonKept(row.text, row.condition, row.owner, row.state, row.by, row.at)


def learn(
    deal_id: int,
    by: str,
    text: str | None = None,
    condition: str | None = None,
    owner: str | None = None,
    state: str | None = None,
) -> Decision | None:
    """Write what is given of a lost deal's lesson; the rest stays. None where nothing changes.

    Raises NotFound where there is no such deal, ValueError for one that isn't lost, a state that is none, or a text of
    more than 2,000 characters.
    """
    deal = Deal.objects.filter(pk=deal_id).first()
    if deal is None:
        raise NotFound(f"There is no deal {deal_id}.")
    given = {"text": text, "condition": condition, "owner": owner, "state": state}
    after = {name: value.strip() for name, value in given.items() if value is not None}
    _check(deal, after)
    return change("lesson", deal_id, after, by, _said(after))


def _check(deal: Deal, after: dict[str, str]) -> None:
    if deal.state != Deal.State.LOST:
        raise ValueError(f"{deal.name} is {deal.state}: lessons are taken from lost deals.")
    if after.get("state", Lesson.State.OPEN) not in STATES:
        raise ValueError(f"“{after['state']}” is no state; it is one of {', '.join(STATES)}.")
    if max((len(value) for value in after.values()), default=0) > LONGEST:
        raise ValueError(f"A lesson holds at most {LONGEST:,} characters: it is to be read in a minute.")


def _said(after: dict[str, str]) -> str:
    if set(after) == {"state"}:
        return {"open": "The lesson is open again.", "done": "The lesson is done."}.get(
            after["state"], "The lesson is dropped."
        )
    if set(after) == {"owner"}:
        return f"{after['owner']} owns the lesson now." if after["owner"] else "The lesson has no owner now."
    return "The lesson is kept."
