"""An initiative's whole alignment as one file: names instead of numbers, in an order that stays."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.db.models import Prefetch

from winward.records.action_plans import ActionPlan, PlanStep
from winward.records.agreements import Agreement, Option, Term
from winward.records.initiatives import Initiative, Risk, Step
from winward.records.stakeholders import Ground, Question, Seat, Stance
from winward.records.themes import Theme
from winward.records.value_chains import ValueChain
from winward.records.written import Grounded
from winward.sources.alignments import VERSION, write_alignment
from winward.usecases.alignment_files import alignment_fields as fields
from winward.usecases.alignment_files.alignment_fields import told
from winward.usecases.alignment_files.alignment_names import contact_name, deal_name, document_name, theme_names
from winward.usecases.initiatives.initiative_rows import existing, served

Names = Mapping[int, str]
Terms = Sequence[tuple[Term, list[Option]]]


def export_alignment(initiative_id: int) -> str:
    """The file's text. Raises NotFound."""
    return write_alignment(alignment_of(existing(initiative_id)))


def alignment_of(initiative: Initiative) -> dict[str, Any]:
    """The file's value."""
    terms, seats = terms_of(initiative), seats_of(initiative)
    parts = {
        "effort": effort_of(initiative),
        "rule": {"all_but": initiative.may_refuse} if initiative.may_refuse else None,
        "terms": {term.name: [option.name for option in options] for term, options in terms},
        "people": {name: person_of(seat, terms, name) for name, seat in seats.items()},
        "risks": [told(row, fields.RISK) for row in rows_of(Risk, initiative)],
        "steps": [_step(row, seats) for row in rows_of(Step, initiative)],
        "plans": [_plan(row) for row in rows_of(ActionPlan, initiative)],
        "agreements": [_agreement(row) for row in rows_of(Agreement, initiative)],
        "value": [{"name": row.name, "text": row.text} for row in rows_of(ValueChain, initiative)],
    }
    head = {"alignment": VERSION, "name": initiative.name, **told(initiative, fields.INITIATIVE)}
    return head | {name: part for name, part in {"themes": themes_of(initiative), **parts}.items() if part}


def rows_of(model: Any, initiative: Initiative) -> list[Any]:
    """What belongs to the initiative, in the order in which it was written."""
    return list(model.objects.filter(initiative=initiative, removed=False).order_by("pk"))


def themes_of(initiative: Initiative) -> list[str | int]:
    by_id = Theme.objects.only("name", "given_name").in_bulk([one.id for one in served(initiative)])
    return theme_names([by_id[one.id] for one in served(initiative)])


def effort_of(initiative: Initiative) -> dict[str, list[float]]:
    return {one["skill"]: [_whole(one["low"]), _whole(one["high"])] for one in initiative.effort}


def terms_of(initiative: Initiative) -> Terms:
    options = Prefetch("options", Option.objects.filter(removed=False).order_by("place", "pk"))
    rows = Term.objects.filter(initiative=initiative, removed=False).order_by("place", "pk").prefetch_related(options)
    return [(row, list(row.options.all())) for row in rows]


def seats_of(initiative: Initiative) -> dict[str, Seat]:
    """By what the file calls each: the name, with the kind in brackets where another has it, too."""
    rows = Seat.objects.filter(initiative=initiative, removed=False, stakeholder__removed=False)
    named = dict[str, Seat]()
    found = list(rows.select_related("stakeholder__contact").order_by("pk"))
    names = [row.stakeholder.name for row in found]
    for row in found:
        name = row.stakeholder.name
        key = name if names.count(name) == 1 else f"{name} ({row.stakeholder.kind})"
        while key in named:
            key += "'"
        named[key] = row
    return named


def person_of(seat: Seat, terms: Terms, key: str) -> dict[str, Any]:
    """key: what the file calls them."""
    who = seat.stakeholder
    rows = [
        ("stances", [told(row, fields.STANCE) | evidence_of(row) for row in stances_of(seat)]),
        ("grounds", [told(row, fields.GROUND) | evidence_of(row) for row in grounds_of(seat)]),
        ("questions", [told(row, fields.QUESTION) for row in questions_of(seat)]),
    ]
    named = {"name": who.name} if key != who.name else {}
    said = named | told(who, fields.STAKEHOLDER) | ({"contact": contact_name(who.contact)} if who.contact else {})
    return said | told(seat, fields.SEAT) | position_of(seat, terms) | {name: part for name, part in rows if part}


def position_of(seat: Seat, terms: Terms) -> dict[str, Any]:
    """Of what is still negotiated."""
    names = {term.pk: term.name for term, _ in terms}
    own = {term.pk: {option.pk: option.name for option in options} for term, options in terms}
    given = seat.ranks.get("options", {})
    options = {names[term]: _ranked(given.get(str(term), []), known) for term, known in own.items()}
    ranks = {
        "terms": _ranked(seat.ranks.get("terms", []), names),
        "options": {term: ranked for term, ranked in options.items() if ranked},
    }
    refused = {names[term]: [known[one] for one in known if one in seat.refused] for term, known in own.items()}
    least = {names[term]: known.get(seat.good_enough.get(str(term), 0)) for term, known in own.items()}
    parts = {
        "ranks": {name: part for name, part in ranks.items() if part},
        "cannot_accept": {term: listed for term, listed in refused.items() if listed},
        "least": {term: option for term, option in least.items() if option},
    }
    return {name: part for name, part in parts.items() if part}


def evidence_of(row: Grounded) -> dict[str, str]:
    if row.document is None:
        return {}
    return {"document": document_name(row.document)} | ({"quote": row.quote} if row.quote else {})


def stances_of(seat: Seat) -> list[Stance]:
    return list(Stance.objects.filter(seat=seat, removed=False).select_related("document").order_by("on", "pk"))


def grounds_of(seat: Seat) -> list[Ground]:
    rows = Ground.objects.filter(stakeholder=seat.stakeholder_id, removed=False)
    return list(rows.select_related("document").order_by("pk"))


def questions_of(seat: Seat) -> list[Question]:
    return list(Question.objects.filter(seat=seat, removed=False).order_by("pk"))


def plan_steps_of(plan: ActionPlan) -> list[PlanStep]:
    return list(PlanStep.objects.filter(plan=plan, removed=False).order_by("place", "pk"))


def after_of(step: PlanStep, names: Names) -> list[str]:
    return [names[number] for number in step.after if number in names]


def step_ties(row: Step, seats: Mapping[str, Seat]) -> dict[str, Any]:
    """What a step belongs to beside the initiative."""
    person = next((name for name, seat in seats.items() if seat.stakeholder_id == row.stakeholder_id), None)
    ties = {
        "theme": theme_names([row.theme])[0] if row.theme else None,
        "deal": deal_name(row.deal) if row.deal else None,
        "person": person,
        "risk": row.risk.what if row.risk and not row.risk.removed else None,
    }
    return {name: tie for name, tie in ties.items() if tie is not None}


def _step(row: Step, seats: Mapping[str, Seat]) -> dict[str, Any]:
    return told(row, fields.STEP) | step_ties(row, seats)


def _plan(row: ActionPlan) -> dict[str, Any]:
    steps = plan_steps_of(row)
    names = {step.pk: step.name for step in steps}
    written = [
        told(step, fields.PLAN_STEP) | ({"after": after} if (after := after_of(step, names)) else {}) for step in steps
    ]
    deal = {"deal": deal_name(row.deal)} if row.deal else {}
    return told(row, fields.PLAN) | deal | ({"steps": written} if written else {})


def _agreement(row: Agreement) -> dict[str, Any]:
    said = told(row, fields.AGREEMENT)
    return {"on": said.pop("on"), "package": dict(row.package), **said}


def _ranked(levels: Sequence[Sequence[int]], names: Names) -> list[Any]:
    """One name alone, several of one rank in a list."""
    known = [[names[number] for number in level if number in names] for level in levels]
    return [level[0] if len(level) == 1 else level for level in known if level]


def _whole(number: float) -> float:
    return int(number) if float(number).is_integer() else number
