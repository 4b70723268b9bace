"""Next steps: who does what by when, and what each is tied to."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import F, Model, Q, QuerySet

from winward.records.deals import Deal
from winward.records.initiatives import Initiative, Risk, Step
from winward.records.stakeholders import Stakeholder
from winward.records.themes import Theme
from winward.records.written import Written
from winward.usecases import decide
from winward.usecases.decide import Decision
from winward.usecases.initiatives import sums
from winward.usecases.quotes import NotFound

# What a step can be tied to, the page that it leads to first.
TIES: Mapping[str, type[Model]] = {
    "initiative": Initiative,
    "deal": Deal,
    "stakeholder": Stakeholder,
    "theme": Theme,
    "risk": Risk,
}
WHEN = ("overdue", "next 7 days", "later", "not yet a step", "done")
OVERDUE, SOON, LATER, UNREADY, DONE = WHEN
SOON_DAYS = 7
LONGEST = 300


@dataclass(frozen=True, slots=True)
class StepRow:
    """when: overdue, next 7 days, later, not yet a step (nobody or no day is named) or done. page, page_id, about: what
    it is tied to first; page is empty where that is gone."""

    id: int
    what: str
    owner: str
    due_on: date | None
    done_on: date | None
    when: str
    page: str
    page_id: int
    about: str

    @property
    def lacks(self) -> str:
        """What makes it no step yet, empty where nothing does."""
        return " and ".join(name for name, value in (("an owner", self.owner), ("a day", self.due_on)) if not value)


@dataclass(frozen=True, slots=True)
class Steps:
    """owners: everybody who has open steps. rows: by day, those first that are overdue."""

    sentence: str
    owners: tuple[str, ...]
    rows: tuple[StepRow, ...]


def list_steps(today: date, owner: str = "", when: str = "") -> Steps:
    """owner: in any case of letters. when: one of `WHEN`; without it all that isn't done."""
    every = [_row(step, today) for step in _in_order(_shown().filter(done_on=None))]
    owners = sorted({row.owner for row in every if row.owner}, key=str.casefold)
    of_owner = [row for row in every if not owner or row.owner.casefold() == owner.casefold()]
    rows = of_owner if when != DONE else _done(today, owner)
    return Steps(_sentence(of_owner, owner), tuple(owners), tuple(row for row in rows if not when or row.when == when))


def steps_of(tie: str, number: int, today: date, done: int = 5) -> list[StepRow]:
    """Those tied to one initiative, theme, deal, stakeholder or risk: the open ones by day, then the last `done`."""
    latest = F("done_on").desc(nulls_first=True), F("due_on").asc(nulls_last=True), "pk"
    rows = [_row(step, today) for step in _shown().filter(**{f"{tie}_id": number}).order_by(*latest)]
    waiting = sum(row.done_on is None for row in rows)
    return rows[: waiting + done]


def next_step(rows: Sequence[StepRow]) -> StepRow | None:
    """The one next step: of those with an owner and a day that aren't done, the first that is due."""
    ready = [row for row in rows if row.due_on and row.owner and row.done_on is None]
    return min(ready, key=lambda row: (row.due_on or date.max, row.id), default=None)


def next_steps(initiatives: Sequence[int], today: date) -> dict[int, StepRow]:
    """By initiative, where it has one."""
    waiting = Step.objects.filter(removed=False, done_on=None, due_on__isnull=False, initiative__in=initiatives)
    first = waiting.exclude(owner="").order_by("initiative_id", "due_on", "pk").distinct("initiative_id")
    return {int(step.initiative_id or 0): _row(step, today) for step in first.select_related("initiative")}


def my_steps(owner: str, today: date, most: int = 3) -> Steps:
    """The first of somebody's open steps."""
    found = list_steps(today, owner)
    return Steps(found.sentence, found.owners, found.rows[:most])


def add_step(
    what: str, by: str, ties: Mapping[str, int], owner: str = "", due_on: date | None = None
) -> tuple[int, Decision]:
    """ties: what it belongs to, by the names of `TIES`. Raises ValueError without a tie or words, NotFound."""
    values = step_values(what, owner, due_on) | tied(ties)
    return decide.add("step", values, by, _added(values))


def step_values(what: str, owner: str, due_on: date | None) -> dict[str, Any]:
    """Raises ValueError where nothing is to be done."""
    what = " ".join(what.split())
    if not what:
        raise ValueError("Say what is to be done: one verb.")
    if len(what) > LONGEST:
        raise ValueError(f"A step has at most {LONGEST} characters: one verb, one owner, one day.")
    return {"what": what, "owner": owner.strip(), "due_on": due_on.isoformat() if due_on else None}


def tied(ties: Mapping[str, int]) -> dict[str, int]:
    """What a step stores of its ties; a risk's step is its initiative's, too. Raises ValueError and NotFound."""
    if not ties:
        raise ValueError("A step belongs to an initiative, a theme, a deal, a stakeholder or a risk.")
    for name, number in ties.items():
        if name not in TIES:
            raise ValueError(f"A step can't be tied to a {name}.")
        if not _there(TIES[name], number):
            raise NotFound(f"There is no {name} {number}.")
    values = {f"{name}_id": number for name, number in ties.items()}
    if "risk" in ties:
        values.setdefault("initiative_id", Risk.objects.values_list("initiative_id", flat=True).get(pk=ties["risk"]))
    return values


def _there(kind: type[Model], number: int) -> bool:
    found = kind._default_manager.filter(pk=number)
    return bool((found.filter(removed=False) if issubclass(kind, Written) else found).exists())


def change_step(
    step_id: int, by: str, what: str | None = None, owner: str | None = None, due_on: str | None = None
) -> Decision | None:
    """What is None stays; an empty owner or day is taken away. due_on: as in 2026-12-01. Raises as `add_step`."""
    now = _existing(step_id)
    day = now.due_on if due_on is None else date.fromisoformat(due_on) if due_on else None
    values = step_values(now.what if what is None else what, now.owner if owner is None else owner, day)
    return decide.change("step", step_id, values, by, f"Step: {_told(values)}")


def finish_step(step_id: int, by: str, done_on: date | None) -> Decision | None:
    """done_on: None opens it again. Raises NotFound."""
    now = _existing(step_id)
    said = f"Done: {now.what}" if done_on else f"Open again: {now.what}"
    return decide.change("step", step_id, {"done_on": done_on.isoformat() if done_on else None}, by, said)


def remove_step(step_id: int, by: str) -> Decision | None:
    """Raises NotFound."""
    return decide.change("step", step_id, {"removed": True}, by, f"Taken away: {_existing(step_id).what}")


def _existing(step_id: int) -> Step:
    found = Step.objects.filter(pk=step_id, removed=False).first()
    if found is None:
        raise NotFound(f"There is no step {step_id}.")
    return found


def _shown() -> QuerySet[Step]:
    """What was taken away is out, and so are the steps of what was."""
    there = Q(initiative=None) | Q(initiative__removed=False)
    known = Q(stakeholder=None) | Q(stakeholder__removed=False)
    found = Step.objects.filter(there, known, removed=False)
    return found.select_related("initiative", "theme", "deal", "stakeholder").defer("theme__centre")


def _in_order(steps: QuerySet[Step]) -> QuerySet[Step]:
    return steps.order_by(F("due_on").asc(nulls_last=True), "pk")


def _done(today: date, owner: str) -> list[StepRow]:
    done = _shown().exclude(done_on=None).order_by("-done_on", "-pk")
    return [_row(step, today) for step in (done.filter(owner__iexact=owner) if owner else done)]


def _row(step: Step, today: date) -> StepRow:
    page, number, about = _tie(step)
    when = _when(step, today)
    return StepRow(step.pk, step.what, step.owner, step.due_on, step.done_on, when, page, number, about)


def _tie(step: Step) -> tuple[str, int, str]:
    for name in ("initiative", "deal", "stakeholder"):
        if row := getattr(step, name):
            return name, row.pk, str(row)
    return ("theme", step.theme.pk, step.theme.title) if step.theme else ("", 0, "")


def _when(step: Step, today: date) -> str:
    if step.done_on:
        return DONE
    if not step.owner or step.due_on is None:
        return UNREADY
    days = (step.due_on - today).days
    return OVERDUE if days < 0 else SOON if days <= SOON_DAYS else LATER


def _sentence(rows: Sequence[StepRow], owner: str) -> str:
    said = f"{len(rows)} open step{'' if len(rows) == 1 else 's'}{f' of {owner}' if owner else ''}"
    if not rows:
        return f"No{said[1:]}." if owner else "No step is open."
    counted = {when: sum(row.when == when for row in rows) for when in (OVERDUE, SOON, UNREADY)}
    words = {OVERDUE: "overdue", SOON: "due within 7 days", UNREADY: "without an owner or a day, so not yet a step"}
    parts = [f"{count} {words[when]}" for when, count in counted.items() if count]
    return f"{said}: {'; '.join(parts)}." if parts else f"{said}, none due within 7 days."


def _added(values: Mapping[str, Any]) -> str:
    ready = values["owner"] and values["due_on"]
    return f"Added: {_told(values)}" if ready else f"Kept, but not yet a step: {_told(values)}"


def _told(values: Mapping[str, Any]) -> str:
    due = date.fromisoformat(values["due_on"]) if values["due_on"] else None
    who = values["owner"] or "nobody yet"
    return f"{values['what']} ({who}, {f'by {sums.on(due)}' if due else 'no day'})."
