"""An action plan with its dates, and all plans with how they stand."""

from dataclasses import dataclass, replace
from datetime import date

from winward.records.action_plans import ActionPlan
from winward.usecases.plans import plan_words
from winward.usecases.plans.plan_dates import Circle, Dates, Work, course
from winward.usecases.plans.plan_rows import Laid, existing_plan, laid, laid_out
from winward.usecases.plans.plan_words import Standing


@dataclass(frozen=True, slots=True)
class PlanRow:
    """side: "us" or "customer". days: working days, 0 for a milestone. waits_for: names of the steps in `after`. state:
    done, late, tight (no day to spare) or fine. says: the same in words."""

    id: int
    name: str
    side: str
    owner: str
    days: int
    after: tuple[int, ...]
    waits_for: tuple[str, ...]
    expected_on: date | None
    done_on: date | None
    dates: Dates
    state: str
    says: str


@dataclass(frozen=True, slots=True)
class Plan:
    """sentence: how it stands. ends_on: the earliest day on which all is done. slack: working days from then to the
    customer's day, below 0 where it is late. drives: names of the steps that decide when it ends. rows: in the order in
    which they can end."""

    id: int
    name: str
    outcome: str
    customer_day: date
    initiative_id: int | None
    initiative: str
    deal_id: int | None
    deal: str
    sentence: str
    done: int
    ends_on: date
    slack: int
    drives: tuple[str, ...]
    rows: tuple[PlanRow, ...]
    today: date


def show_plan(plan_id: int, today: date) -> Plan:
    """Raises NotFound."""
    return shown(laid(existing_plan(plan_id)), today)


def list_plans(today: date, initiative_id: int | None = None, deal_id: int | None = None) -> list[Plan]:
    """Those of an initiative or a deal, or all; what is late first, then by the customer's day."""
    rows = ActionPlan.objects.select_related("deal", "initiative").filter(removed=False)
    rows = rows.exclude(initiative__removed=True)
    if initiative_id is not None:
        rows = rows.filter(initiative=initiative_id)
    if deal_id is not None:
        rows = rows.filter(deal=deal_id)
    found = [shown(one, today) for one in laid_out(list(rows))]
    return sorted(found, key=lambda one: (one.done == len(one.rows), one.slack >= 0, one.customer_day, one.id))


def shown(one: Laid, today: date) -> Plan:
    """Where undoing a change left steps that wait for one another, days are told as if nothing waited."""
    try:
        at = standing(one, today)
        sentence = plan_words.sentence(at)
    except Circle as circle:
        at = standing(replace(one, works=tuple(replace(work, after=()) for work in one.works)), today)
        sentence = f"{circle} Until that is mended, days are told as if no step waited for another."
    plan = one.plan
    rows = tuple(_row(one, work, at) for work in sorted(one.works, key=lambda work: _order(at.dates(work))))
    return Plan(
        plan.pk, plan.name, plan.outcome, plan.customer_day, plan.initiative_id,
        plan.initiative.name if plan.initiative else "", plan.deal_id, plan.deal.name if plan.deal else "",
        sentence, sum(row.done_on is not None for row in rows), at.course.ends_on, at.course.slack,
        tuple(row.name for row in rows if row.dates.drives), rows, today,
    )  # fmt: skip


def standing(one: Laid, today: date) -> Standing:
    """Raises Circle."""
    return Standing(one.works, course(one.works, one.plan.customer_day, today), one.plan.customer_day, today)


def _order(dates: Dates) -> tuple[date, date]:
    return dates.can_end, dates.must_end


def _row(one: Laid, work: Work, at: Standing) -> PlanRow:
    names = {other.id: other.name for other in one.works}
    waits_for = tuple(names[number] for number in work.after if number in names)
    return PlanRow(
        work.id, work.name, one.sides[work.id], one.owners[work.id], work.days, work.after, waits_for,
        work.expected_on, work.done_on, at.dates(work), _state(work, at), plan_words.of_step(work, at),
    )  # fmt: skip


def _state(work: Work, at: Standing) -> str:
    if work.done_on is not None:
        return "done"
    slack = at.dates(work).slack
    return "late" if slack < 0 else "fine" if slack else "tight"
