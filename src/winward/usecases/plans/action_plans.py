"""What people write into mutual action plans. Each change says what it moved, and can be undone."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import replace
from datetime import date
from typing import Any, TypeVar

from django.db import transaction
from django.db.models import Max

from winward.records.action_plans import PlanStep
from winward.records.deals import Deal
from winward.usecases import decide
from winward.usecases.decide import Decision
from winward.usecases.initiatives import initiative_rows
from winward.usecases.plans.plan_dates import Circle, Work
from winward.usecases.plans.plan_rows import SIDES, Laid, existing_plan, existing_step, in_full, laid
from winward.usecases.plans.plan_templates import TEMPLATES
from winward.usecases.plans.plan_words import moved
from winward.usecases.plans.show_plan import standing
from winward.usecases.quotes import NotFound

MOST_DAYS, LONGEST, MOST_STEPS = 400, 300, 100
Field = TypeVar("Field")


@transaction.atomic
def make_plan(
    name: str, customer_day: date, by: str, *, outcome: str = "", initiative_id: int | None = None,
    deal_id: int | None = None, template: str = "",
) -> tuple[int, Decision]:  # fmt: skip
    """template: one of TEMPLATES, or empty for none. Returns the plan's id. Raises NotFound and ValueError."""
    if initiative_id is None and deal_id is None:
        raise ValueError("A plan belongs to an initiative or to a deal; name one.")
    if initiative_id is not None:
        initiative_rows.existing(initiative_id)
    if deal_id is not None and not Deal.objects.filter(pk=deal_id).exists():
        raise NotFound(f"There is no deal {deal_id}.")
    fields = {"name": _name(name), "outcome": outcome.strip(), "customer_day": customer_day.isoformat()}
    links = {"initiative_id": initiative_id, "deal_id": deal_id}
    said = f"Planned “{fields['name']}” for {in_full(customer_day)}."
    number, decision = decide.add("action_plan", fields | links, by, said)
    if template:
        _add_template(number, template, by)
    return number, decision


def _add_template(plan_id: int, template: str, by: str) -> None:
    if template not in TEMPLATES:
        raise ValueError(f"There is no template “{template}”; there is {', '.join(TEMPLATES)}.")
    chosen, made = TEMPLATES[template], dict[str, int]()
    for place, (name, side, days) in enumerate(chosen.steps):
        after = [made[before] for before in chosen.after(place)]
        fields = {"plan_id": plan_id, "name": name, "side": side, "days": days, "after": after, "place": place}
        made[name], _ = decide.add("plan_step", fields, by, f"Added “{name}”.")


def change_plan(plan_id: int, by: str, today: date, **fields: Any) -> Decision | None:
    """fields: name, outcome, customer_day. None where nothing changes. Raises NotFound and ValueError."""
    before = laid(existing_plan(plan_id))
    after = _checked(fields, {"name": _name, "outcome": str.strip, "customer_day": _same})
    moves = ""
    if "customer_day" in after:
        said = _between(before, _on_day(plan_id, after["customer_day"]), today)
        moves = f" The customer’s day is {in_full(after['customer_day'])} now. {said}"
    return decide.change("action_plan", plan_id, _plain(after), by, f"Changed the plan.{moves}".strip())


def remove_plan(plan_id: int, by: str) -> Decision | None:
    """With every link to it. Raises NotFound."""
    name = existing_plan(plan_id).name
    return decide.change("action_plan", plan_id, {"removed": True}, by, f"Took the plan “{name}” away.")


def add_step(
    plan_id: int, name: str, by: str, today: date, *, side: str = "us", owner: str = "", days: int = 1,
    after: Collection[int] = (),
) -> tuple[int, Decision]:  # fmt: skip
    """days: working days, 0 for a milestone. after: steps that come before it. Returns its id. Raises NotFound and
    ValueError."""
    before = laid(existing_plan(plan_id))
    if len(before.works) >= MOST_STEPS:
        raise ValueError(f"A plan has at most {MOST_STEPS} steps; plan the rest by itself.")
    given = {"name": name, "side": side, "owner": owner, "days": days, "after": list(after)}
    fields = _step_fields(before, None, given)
    new = Work(0, fields["name"], fields["days"], tuple(fields["after"]))
    said = _moved(before, (*before.works, new), today)
    last = PlanStep.objects.filter(plan=plan_id).aggregate(last=Max("place"))["last"]
    row = fields | {"plan_id": plan_id, "place": 0 if last is None else last + 1}
    return decide.add("plan_step", row, by, f"Added “{fields['name']}”. {said}".strip())


def change_step(step_id: int, by: str, today: date, **fields: Any) -> Decision | None:
    """fields: name, side, owner, days, after, expected_on (None: nothing said), done_on (None: not done). None where
    nothing changes. Raises NotFound, and ValueError for a circle, too."""
    row = existing_step(step_id)
    before = laid(existing_plan(row.plan_id))
    given = _step_fields(before, step_id, fields)
    if given.get("done_on") and given["done_on"] > today:
        raise ValueError("A step can’t have been done on a day to come; say when it is expected instead.")
    dated = {key: given[key] for key in ("name", "days", "after", "done_on", "expected_on") if key in given}
    if "after" in dated:
        dated["after"] = tuple(dated["after"])
        # Where a step was taken out, what it waited for stands here; written back, that would look like a change.
        if set(dated["after"]) == set(next(one.after for one in before.works if one.id == step_id)):
            given.pop("after")
    works = tuple(replace(one, **dated) if one.id == step_id else one for one in before.works)
    said = f"{_what(row, given)} {_moved(before, works, today)}".strip()
    return decide.change("plan_step", step_id, _plain(given), by, said)


def finish_step(step_id: int, by: str, today: date) -> Decision | None:
    return change_step(step_id, by, today, done_on=today)


def remove_step(step_id: int, by: str, today: date) -> Decision | None:
    """What waited for it waits for what it waited for. Raises NotFound."""
    row = existing_step(step_id)
    before = laid(existing_plan(row.plan_id))
    gone = next(one for one in before.works if one.id == step_id)
    works = tuple(
        replace(one, after=tuple(dict.fromkeys(_without(one.after, step_id, gone.after))))
        for one in before.works
        if one.id != step_id
    )
    said = f"Took “{row.name}” out of the plan. {_moved(before, works, today)}"
    return decide.change("plan_step", step_id, {"removed": True}, by, said.strip())


def _without(after: tuple[int, ...], gone: int, instead: tuple[int, ...]) -> list[int]:
    return [number for one in after for number in (instead if one == gone else (one,))]


def _moved(before: Laid, works: tuple[Work, ...], today: date) -> str:
    """Raises Circle."""
    return _between(before, replace(before, works=works), today)


def _between(before: Laid, after: Laid, today: date) -> str:
    """Raises Circle, but not where undoing left one before, which is to be mended step by step."""
    try:
        now = standing(before, today)
    except Circle:
        return ""
    return moved(now, standing(after, today))


def _on_day(plan_id: int, day: date) -> Laid:
    plan = existing_plan(plan_id)
    plan.customer_day = day
    return laid(plan)


def _what(row: PlanStep, given: Mapping[str, Any]) -> str:
    if given.get("done_on"):
        return f"“{row.name}” is done."
    if "done_on" in given and row.done_on is not None:
        return f"“{row.name}” is open again."
    if given.get("expected_on") and given["expected_on"] != row.expected_on:
        return f"“{row.name}” is expected on {in_full(given['expected_on'])}."
    return f"Changed “{given.get('name', row.name)}”."


def _step_fields(plan: Laid, step_id: int | None, fields: Mapping[str, Any]) -> dict[str, Any]:
    given = _checked(fields, {
        "name": _name, "side": _side, "owner": str.strip, "days": _days, "after": _same, "expected_on": _same,
        "done_on": _same,
    })  # fmt: skip
    if any(one.name == given.get("name") and one.id != step_id for one in plan.works):
        raise ValueError(f"There is a step “{given['name']}” in this plan already; give this one another name.")
    there = {one.id for one in plan.works}
    if "after" in given:
        given["after"] = [number for number in dict.fromkeys(given["after"]) if number in there]
    return given


def _checked(fields: Mapping[str, Any], checks: Mapping[str, Callable[[Any], Any]]) -> dict[str, Any]:
    return {name: checks[name](value) for name, value in fields.items()}


def _name(text: str) -> str:
    name = " ".join(text.split())
    if not name or len(name) > LONGEST:
        raise ValueError(f"Give it a name of at most {LONGEST} characters.")
    return name


def _side(side: str) -> str:
    if side not in SIDES:
        raise ValueError("A step is on our side (us) or on the customer’s (customer).")
    return side


def _days(days: int) -> int:
    if not 0 <= days <= MOST_DAYS:
        raise ValueError(f"A step takes 0 (a milestone) to {MOST_DAYS} working days.")
    return days


def _same(value: Field) -> Field:
    return value


def _plain(fields: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value.isoformat() if isinstance(value, date) else value for name, value in fields.items()}
