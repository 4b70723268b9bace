"""The action plans and next steps of an alignment's file."""

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any

from winward.records.action_plans import ActionPlan, PlanStep
from winward.records.initiatives import Initiative, Risk, Step
from winward.records.stakeholders import Seat
from winward.usecases.alignment_files import alignment_fields as fields
from winward.usecases.alignment_files.alignment_fields import wanted
from winward.usecases.alignment_files.alignment_names import Themes, Unknown, deal_name, deal_named
from winward.usecases.alignment_files.export_alignment import after_of, plan_steps_of, rows_of, seats_of, step_ties
from winward.usecases.alignment_files.file_decisions import FileDecisions
from winward.usecases.plans.plan_dates import Circle, course
from winward.usecases.plans.plan_rows import laid

Given = Mapping[str, Any]
TIES = ("theme", "deal", "person", "risk")
COLUMNS = {"theme": "theme_id", "deal": "deal_id", "person": "stakeholder_id", "risk": "risk_id"}


def import_steps(decisions: FileDecisions, initiative: Initiative, given: Sequence[Given], themes: Themes) -> None:
    seats = seats_of(initiative)

    def settle(row: Step | None, step: Given, at: int) -> None:
        told = {name: step.get(name) for name in TIES if name in step or decisions.whole}
        now = step_ties(row, seats) if row else {}
        values = wanted(step, fields.STEP, decisions.whole)
        for name, called in told.items():
            if called != now.get(name):
                look = partial(_tied, name, called, initiative, seats, themes)
                values[COLUMNS[name]] = decisions.found(("steps", at, name), look, None)
        decisions.settle("step", row, values, {"initiative_id": initiative.pk}, f"the step “{step['what']}”")

    decisions.rows("step", rows_of(Step, initiative), given, ("what", "what"), settle)


def _tied(name: str, called: Any, initiative: Initiative, seats: Mapping[str, Seat], themes: Themes) -> int | None:
    """Raises Unknown."""
    if called is None:
        return None
    if name == "theme":
        return themes(called)
    if name == "deal":
        return deal_named(called)
    if name == "person":
        found = seats[called].stakeholder_id if called in seats else None
    else:
        risks = Risk.objects.filter(initiative=initiative, what=called, removed=False).order_by("pk")
        found = risks.values_list("pk", flat=True).first()
    if found is None:
        raise Unknown(f"there is no {name} “{called}” in this initiative")
    return found


def import_plans(decisions: FileDecisions, initiative: Initiative, given: Sequence[Given]) -> None:
    def settle(row: ActionPlan | None, plan: Given, at: int) -> None:
        values = wanted(plan, fields.PLAN, decisions.whole)
        now = deal_name(row.deal) if row and row.deal else None
        if ("deal" in plan or decisions.whole) and plan.get("deal") != now:
            path, called = ("plans", at, "deal"), plan.get("deal")
            values["deal_id"] = decisions.found(path, lambda: deal_named(called), 0) or None if called else None
        ties = {"initiative_id": initiative.pk}
        number = decisions.settle("action_plan", row, values, ties, f"the plan “{plan['name']}”")
        if "steps" in plan or decisions.whole:
            _plan_steps(decisions, ActionPlan.objects.get(pk=number), plan.get("steps", []), at)

    decisions.rows("action_plan", rows_of(ActionPlan, initiative), given, ("name", "name"), settle)


def _plan_steps(decisions: FileDecisions, plan: ActionPlan, given: Sequence[Given], place: int) -> None:
    """The steps first, then what waits for what, for a step may wait for one further down."""

    def settle(row: PlanStep | None, step: Given, at: int) -> None:
        values = wanted(step, fields.PLAN_STEP, decisions.whole)
        ties = {"plan_id": plan.pk, "side": "us", "place": len(there) + at}
        decisions.settle("plan_step", row, values, ties, f"the step “{step['name']}”")

    path, there = ("plans", place, "steps"), plan_steps_of(plan)
    twice = {step["name"] for at, step in enumerate(given) if step["name"] in [one["name"] for one in given[:at]]}
    for name in twice:
        decisions.wrong(path, f"“{name}” stands twice in this plan; give one another name")
    decisions.rows("plan_step", there, given, ("name", "name"), settle)
    decisions.in_order("plan_step", plan_steps_of(plan), [step["name"] for step in given])
    _waiting(decisions, plan, given, place)


def _waiting(decisions: FileDecisions, plan: ActionPlan, given: Sequence[Given], place: int) -> None:
    rows = {row.name: row for row in plan_steps_of(plan)}
    names = {row.pk: row.name for row in rows.values()}
    for at, step in enumerate(given):
        path, row = ("plans", place, "steps", at, "after"), rows[step["name"]]
        if ("after" not in step and not decisions.whole) or step.get("after", []) == after_of(row, names):
            continue
        for name in step.get("after", []):
            if name not in rows:
                decisions.wrong(path, f"there is no step “{name}” in this plan")
        after = [rows[name].pk for name in step.get("after", []) if name in rows]
        decisions.change("plan_step", row.pk, {"after": after}, f"what “{row.name}” waits for")
    try:
        course(laid(plan).works, plan.customer_day, plan.customer_day)
    except Circle as problem:
        decisions.wrong(("plans", place, "steps"), problem)
