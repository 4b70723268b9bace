"""What an initiative proposes: the package that was agreed on or, until then, the one that is fairest to all."""

from dataclasses import dataclass
from typing import Literal

from winward.engine.bargaining import Package
from winward.usecases.initiatives.sums import on
from winward.usecases.room import room_packages, room_words
from winward.usecases.room.agreement import Agreed, latest_of, latest_package
from winward.usecases.room.negotiation import Negotiation, negotiation
from winward.usecases.room.table import Cell, Table, Verdict
from winward.usecases.sentences import listed

How = Literal["agreed", "suggested", "none passes", "nothing negotiated"]


@dataclass(frozen=True, slots=True)
class Side:
    """How the package is for somebody: what they gain and where they give, in words."""

    seat: int
    verdict: Verdict
    says: str


@dataclass(frozen=True, slots=True)
class Proposed:
    """package: (term, option). sides: of everybody at the table, in its order. open_points: of what was agreed."""

    how: How
    sentence: str
    package: tuple[tuple[str, str], ...]
    sides: tuple[Side, ...]
    open_points: str


def proposed_package(initiative_id: int) -> Proposed:
    """Raises NotFound."""
    held = negotiation(initiative_id)
    agreed = latest_of(held)
    if agreed is not None:
        return _agreed(held, agreed)
    if not held.terms or not held.seats:
        return Proposed("nothing negotiated", "No terms are negotiated yet.", (), (), "")
    found = room_packages.work_out(held)
    if found is None:
        return Proposed(
            "none passes", "Nobody whose yes is needed has said yet what they would rather have.", (), (), ""
        )
    if found.nash is None:
        who = listed(list(dict.fromkeys(one.person for one in found.blockers)))
        blocked = f" What can’t be had together is what {who} hold to." if who else ""
        return Proposed("none passes", f"No package passes yet.{blocked}", (), (), "")
    said = f"Suggested as the package that is fairest to all, where {room_words.rule(held)}; nobody has agreed yet."
    return Proposed("suggested", said, _named(held, found.nash.options), _sides(held, found.nash.options), "")


def _agreed(held: Negotiation, agreed: Agreed) -> Proposed:
    said = f"Agreed on {on(agreed.agreed_on)} by {listed(list(agreed.people))}."
    said = " ".join([said, *agreed.since])
    options = latest_package(held)
    whole = len(options) == len(held.terms) > 0
    sides = _sides(held, held.package(options, (0,) * len(held.terms))) if whole else ()
    return Proposed("agreed", said, agreed.package, sides, agreed.open_points)


def _named(held: Negotiation, package: Package) -> tuple[tuple[str, str], ...]:
    return tuple((term.name, term.options[at][1]) for term, at in zip(held.terms, package, strict=True))


def _sides(held: Negotiation, package: Package) -> tuple[Side, ...]:
    if not held.seats:
        return ()
    table = Table(held, package)
    return tuple(Side(seat.id, table.verdicts[at], _says(table, at)) for at, seat in enumerate(held.seats))


def _says(table: Table, at: int) -> str:
    """As in "Sol gains “Three engineers” for People, and gives on “September” for Date (last)."."""
    seat, cells = table.held.seats[at], table.cells(at)
    if table.verdicts[at] != "yes":
        return room_words.person(table, at)
    gains = [room_words.on_table(table, term) for term, cell in enumerate(cells) if cell.tone == "best"]
    gives = [f"{room_words.on_table(table, term)} ({cell.place})" for term, cell in enumerate(cells) if _is_less(cell)]
    parts = [f"gains {listed(gains)}" if gains else "", f"gives on {listed(gives)}" if gives else ""]
    told = ", and ".join(part for part in parts if part)
    return f"{seat.name} {told}." if told else f"{seat.name} says yes, for all that is known."


def _is_less(cell: Cell) -> bool:
    return cell.tone in ("good", "short", "worst")
