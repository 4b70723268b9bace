"""An action plan's rows, as its dates and pages need them."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date

from winward.records.action_plans import ActionPlan, PlanStep
from winward.usecases.plans.plan_dates import Work
from winward.usecases.quotes import NotFound

SIDES = ("us", "customer")


@dataclass(frozen=True, slots=True)
class Laid:
    """A plan as it is laid out. works: in the order in which they were put down. sides, owners: by the step's id."""

    plan: ActionPlan
    works: tuple[Work, ...]
    sides: Mapping[int, str]
    owners: Mapping[int, str]


def existing_plan(plan_id: int) -> ActionPlan:
    """Raises NotFound."""
    row = ActionPlan.objects.select_related("deal", "initiative").filter(pk=plan_id, removed=False).first()
    if row is None:
        raise NotFound(f"There is no plan {plan_id}.")
    return row


def existing_step(step_id: int) -> PlanStep:
    """Raises NotFound."""
    row = PlanStep.objects.select_related("plan").filter(pk=step_id, removed=False, plan__removed=False).first()
    if row is None:
        raise NotFound(f"There is no step {step_id} in any plan.")
    return row


def laid(plan: ActionPlan) -> Laid:
    return laid_out([plan])[0]


def laid_out(plans: Collection[ActionPlan]) -> list[Laid]:
    """The plans with their steps, in one query."""
    rows = list(PlanStep.objects.filter(plan__in=plans).order_by("place", "pk"))
    return [_laid(plan, [row for row in rows if row.plan_id == plan.pk]) for plan in plans]


def _laid(plan: ActionPlan, rows: Collection[PlanStep]) -> Laid:
    gone = {row.pk: tuple(row.after) for row in rows if row.removed}
    there = [row for row in rows if not row.removed]
    works = tuple(
        Work(row.pk, row.name, row.days, _through(tuple(row.after), gone), row.done_on, row.expected_on)
        for row in there
    )
    return Laid(plan, works, {row.pk: row.side for row in there}, {row.pk: row.owner for row in there})


def _through(after: tuple[int, ...], gone: Mapping[int, tuple[int, ...]]) -> tuple[int, ...]:
    """What waited for a step that was taken out waits for what that one waited for."""
    waits, left, met = list[int](), list(after), set[int]()
    while left:
        number = left.pop(0)
        if number in met:
            continue
        met.add(number)
        if number in gone:
            left.extend(gone[number])
        else:
            waits.append(number)
    return tuple(waits)


def in_full(day: date) -> str:
    """2 December 2026."""
    return f"{day.day} {day:%B %Y}"
