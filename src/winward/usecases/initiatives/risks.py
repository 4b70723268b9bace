"""What may go wrong with an initiative: the worst first; a risk that comes true makes a step in the same breath."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction

from winward.records import written_rows
from winward.records.initiatives import Risk
from winward.usecases import decide
from winward.usecases.decide import Decision
from winward.usecases.initiatives import sums
from winward.usecases.initiatives.initiative_rows import existing
from winward.usecases.initiatives.steps import step_values, tied
from winward.usecases.quotes import NotFound

LEVELS = tuple(str(level) for level in Risk.Level)
OPEN, FIRED, CLOSED = (str(state) for state in Risk.State)
STATES = (FIRED, OPEN, CLOSED)
WORDS = ("what", "effect", "reduced", "owner", "trigger")
FIELDS = (*WORDS, "likelihood", "severity")


@dataclass(frozen=True, slots=True)
class RiskRow:
    """likelihood, severity: low, medium or high. size: 1 to 9, the product of the two as 1, 2 and 3. effect: what would
    happen. reduced: how it is made less likely or less bad. trigger: what shows that it has come. state: open, fired or
    closed."""

    id: int
    what: str
    likelihood: str
    severity: str
    size: int
    effect: str
    reduced: str
    owner: str
    trigger: str
    state: str


def list_risks(initiative_id: int) -> list[RiskRow]:
    """Those that came true, then the open ones, then the closed ones; in each the largest first."""
    rows = [_row(risk) for risk in Risk.objects.filter(initiative=initiative_id, removed=False)]
    return sorted(rows, key=lambda row: (STATES.index(row.state), -row.size, -_level(row.severity), row.id))


def top_risks(initiative_id: int, most: int) -> list[RiskRow]:
    """The first so many that aren't closed, for a brief."""
    return [row for row in list_risks(initiative_id) if row.state != CLOSED][:most]


def add_risk(initiative_id: int, by: str, **fields: str) -> tuple[int, Decision]:
    """fields: some of `FIELDS`, at least `what`. Raises NotFound and ValueError."""
    initiative = existing(initiative_id)
    values = _checked({"what": "", **fields})
    return decide.add("risk", {"initiative_id": initiative.pk, **values}, by, f"Risk: {values['what']}.")


def change_risk(risk_id: int, by: str, **fields: str) -> Decision | None:
    """fields: some of `FIELDS`; the others stay. None where nothing changes. Raises NotFound and ValueError."""
    now = _existing(risk_id)
    return decide.change("risk", risk_id, _checked(fields), by, f"Risk changed: {fields.get('what') or now.what}.")


def settle_risk(risk_id: int, state: str, by: str) -> Decision | None:
    """Close it, or open it again; that it came true is `fire_risk`. Raises NotFound and ValueError."""
    now = _existing(risk_id)
    if state not in (OPEN, CLOSED):
        raise ValueError(f"A risk is {OPEN} or {CLOSED}; where it came true, a step goes with it.")
    return decide.change("risk", risk_id, {"state": state}, by, f"Risk {state}: {now.what}.")


def remove_risk(risk_id: int, by: str) -> Decision | None:
    """Raises NotFound."""
    return decide.change("risk", risk_id, {"removed": True}, by, f"Risk taken away: {_existing(risk_id).what}.")


@transaction.atomic
def fire_risk(risk_id: int, by: str, owner: str, due_on: date | None, what: str = "") -> tuple[int, Decision]:
    """Its trigger has come: it is fired, and somebody has a step by a day, both or neither; undoing takes both back.

    what: the step; without it, what was to reduce the risk. Returns the step's id, too. Raises NotFound, and ValueError
    without an owner or a day, or where it has fired already.
    """
    written_rows.read("risk", risk_id)  # held, so that of two at once only one comes first
    risk = _existing(risk_id)
    if risk.state == FIRED:
        raise ValueError("It has come true already; its step is on the list.")
    owner = owner.strip() or risk.owner
    if not owner or due_on is None:
        raise ValueError("Name who acts on it, and by which day.")
    values = step_values(what.strip() or risk.reduced or f"Decide what to do: {risk.what}", owner, due_on)
    step = written_rows.add("step", {**values, **tied({"risk": risk.pk})})
    said = f"It came true: {risk.what}. {owner} acts on it by {sums.on(due_on)}."
    decision = decide.change("firing", step, {"state": FIRED, "removed": False}, by, said)
    assert decision, "a new step is away until this brings it in"
    return step, decision


def _existing(risk_id: int) -> Risk:
    found = Risk.objects.filter(pk=risk_id, removed=False, initiative__removed=False).first()
    if found is None:
        raise NotFound(f"There is no risk {risk_id}.")
    return found


def _checked(fields: dict[str, str]) -> dict[str, Any]:
    values = {name: value.strip() for name, value in fields.items()}
    for name in values.keys() - set(FIELDS):
        raise ValueError(f"A risk has no {name}.")
    if "what" in values and not values["what"]:
        raise ValueError("Say what may go wrong.")
    for name in ("likelihood", "severity"):
        if values.get(name, LEVELS[0]) not in LEVELS:
            raise ValueError(f"The {name} of a risk is {', '.join(LEVELS[:-1])} or {LEVELS[-1]}.")
    return values


def _row(risk: Risk) -> RiskRow:
    size = _level(risk.likelihood) * _level(risk.severity)
    words = {name: getattr(risk, name) for name in WORDS}
    return RiskRow(id=risk.pk, likelihood=risk.likelihood, severity=risk.severity, size=size, state=risk.state, **words)


def _level(name: str) -> int:
    return LEVELS.index(name) + 1
