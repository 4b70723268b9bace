"""agree: write down what was agreed, by whom and when; and tell what has changed since."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db import transaction

from winward.records import written_rows
from winward.records.agreements import Agreement
from winward.records.decisions import Audit
from winward.records.initiatives import Initiative
from winward.usecases import decide
from winward.usecases.decide import Decision
from winward.usecases.room.negotiation import Negotiation, negotiation
from winward.usecases.room.table import Table
from winward.usecases.sentences import listed


@dataclass(frozen=True, slots=True)
class Agreed:
    """What was agreed last. package: term and option by the names that they had. audit: of the decision that wrote it
    down. since: what is otherwise today."""

    id: int
    agreed_on: date
    package: tuple[tuple[str, str], ...]
    people: tuple[str, ...]
    open_points: str
    by: str
    audit: int
    since: tuple[str, ...]


@transaction.atomic
def agree(
    initiative_id: int, options: Sequence[int], people: Sequence[str], on: date, open_points: str, by: str
) -> Decision:
    """One decision writes the agreement down and makes the initiative agreed, and one undoing takes both back.

    options: one of every term. Raises NotFound, and ValueError where a term is left open or nobody agrees.
    """
    held = negotiation(initiative_id)
    missing = [term.name for term in held.terms if not any(term.at(option) is not None for option in options)]
    if missing or not held.terms:
        raise ValueError(f"Choose an option for {listed(missing)}." if missing else "Nothing is negotiated yet.")
    names = list(dict.fromkeys(filter(None, map(str.strip, people))))
    if not names:
        raise ValueError("Say who agreed.")
    package = held.package(options, (0,) * len(held.terms))
    named = [[term.name, term.options[at][1]] for term, at in zip(held.terms, package, strict=True)]
    values = {"package": named, "people": names, "agreed_on": on.isoformat(), "open_points": open_points.strip()}
    said = f"{listed(names)} agreed on {len(named)} term{'s' if len(named) != 1 else ''}."
    number = written_rows.add("agreement", {**values, "initiative_id": initiative_id, "by": by})
    decision = decide.change("agreeing", number, {"removed": False, "state": str(Initiative.State.AGREED)}, by, said)
    assert decision, "a new row is removed until this brings it in"
    return decision


def latest(initiative_id: int) -> Agreed | None:
    """What was agreed last; None where nothing was. Raises NotFound."""
    held = negotiation(initiative_id)
    return latest_of(held)


def latest_of(held: Negotiation) -> Agreed | None:
    row = _latest(held)
    if row is None:
        return None
    package = tuple((str(term), str(option)) for term, option in row.package)
    since = tuple(_since(held, row))
    return Agreed(row.pk, row.agreed_on, package, tuple(row.people), row.open_points, row.by, _written(row), since)


def _written(row: Agreement) -> int:
    """An agreement that came from a file changed no state."""
    subjects = [f"agreeing:{row.pk}", f"agreement:{row.pk}"]
    found = Audit.objects.filter(subject__in=subjects).order_by("pk").values_list("pk", flat=True).first()
    return found or 0


def latest_package(held: Negotiation) -> list[int]:
    """The options last agreed on that are still there."""
    row = _latest(held)
    return _found(held, row) if row else []


def _latest(held: Negotiation) -> Agreement | None:
    rows = Agreement.objects.filter(initiative=held.initiative, removed=False)
    return rows.order_by("-agreed_on", "-pk").first()


def _found(held: Negotiation, row: Agreement) -> list[int]:
    agreed = {(str(term), str(option)) for term, option in row.package}
    return [one for term in held.terms for one, name in term.options if (term.name, name) in agreed]


def _since(held: Negotiation, row: Agreement) -> list[str]:
    """What is otherwise than it was agreed: terms that came or went, and who would say no today."""
    agreed = {str(term): str(option) for term, option in row.package}
    now = {term.name: {name for _, name in term.options} for term in held.terms}
    new = [name for name in now if name not in agreed]
    gone = [f"“{option}” for {term}" for term, option in agreed.items() if option not in now.get(term, ())]
    told = [f"{listed(new)} came to be negotiated."] if new else []
    told += [f"{listed(gone)} no longer stands to choose."] if gone else []
    return told + _refusing_now(held, row)


def _refusing_now(held: Negotiation, row: Agreement) -> list[str]:
    found = _found(held, row)
    if len(found) != len(held.terms) or not held.seats or not held.terms:
        return []
    table = Table(held, held.package(found, (0,) * len(held.terms)))
    names = [seat.name for seat, said in zip(held.seats, table.verdicts, strict=True) if said == "no" and seat.decides]
    return [f"{listed(names)} would say no to it today."] if names else []
