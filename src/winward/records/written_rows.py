"""What people wrote, as decisions change it: plain values that an audit row can hold, by the name of its table."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db.models import Model

from winward.records.action_plans import ActionPlan, PlanLink, PlanStep
from winward.records.agreements import Agreement, Option, Term
from winward.records.initiatives import Initiative, Risk, Step
from winward.records.stakeholders import Ground, Question, Seat, Stakeholder, Stance
from winward.records.value_chains import ValueChain
from winward.records.written import Written

MODELS: Mapping[str, type[Written]] = {
    model._meta.db_table: model
    for model in (
        ActionPlan, Agreement, Ground, Initiative, Option, PlanLink, PlanStep, Question, Risk, Seat, Stakeholder,
        Stance, Step, Term, ValueChain,
    )
}  # fmt: skip


def read(subject: str, number: int) -> dict[str, Any] | None:
    """All of a row as plain values, held for the transaction; None where there is none."""
    found = MODELS[subject]._default_manager.select_for_update().filter(pk=number).values().first()
    return {name: plain(value) for name, value in found.items()} if found else None


def write(subject: str, number: int, values: Mapping[str, Any]) -> None:
    MODELS[subject]._default_manager.filter(pk=number).update(**values)


def add(subject: str, values: Mapping[str, Any]) -> int:
    """A new row that is removed until a decision brings it in. Returns its id."""
    return int(MODELS[subject]._default_manager.create(**values, removed=True).pk)


def plain(value: Any) -> Any:
    """Days as text, which the database takes for days again."""
    return value.isoformat() if isinstance(value, date) else value


def page_of(subject: str, number: int) -> tuple[str, int]:
    """The page on which it stands, and that page's id; ("", 0) where it is gone or has no page."""
    row: Model | None = MODELS[subject]._default_manager.filter(pk=number).first()
    while row is not None:
        if row._meta.db_table in PAGES:
            return PAGES[row._meta.db_table], int(row.pk)
        row = _above(row)
    return "", 0


PAGES = {
    "initiative": "initiative",
    "deal": "deal",
    "stakeholder": "stakeholder",
    "theme": "theme",
    "value_chain": "value-chain",
}


def _above(row: Model) -> Model | None:
    """What it belongs to."""
    for name in ("initiative", "deal", "seat", "term", "plan", "stakeholder", "theme"):
        above: Model | None = getattr(row, name, None)
        if above is not None:
            return above
    return None
