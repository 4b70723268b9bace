"""What if somebody moved: positions changed for a look, and never stored."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from winward.usecases.room.negotiation import Negotiable, Negotiation, Seated

# As an address names it: 12.can.31, seat 12 could accept option 31; 12.not.31, couldn't; 12.line.31, would find it good
# enough in its term.
MOVES = ("can", "not", "line")


@dataclass(frozen=True, slots=True)
class Supposable:
    """A what-if that could be tried. code: as the address names it."""

    code: str
    says: str


def suppose(held: Negotiation, supposing: Sequence[str]) -> tuple[Negotiation, tuple[tuple[str, str], ...]]:
    """The negotiation as it would be, and each what-if that means something here with its words."""
    told = list[tuple[str, str]]()
    for code in dict.fromkeys(supposing):
        found = _read(held, code)
        if found is not None:
            seat, changed, words = found
            held = replace(held, seats=tuple(changed if one.id == seat else one for one in held.seats))
            told.append((code, words))
    return held, tuple(told)


def supposable(held: Negotiation, seat_id: int) -> list[Supposable]:
    """All that could be supposed of somebody: to accept what is refused, and to draw a line elsewhere."""
    seat = next((one for one in held.seats if one.id == seat_id), None)
    if seat is None:
        return []
    pairs = [(term, option) for term in held.terms for option, _ in term.options]
    codes = [f"{seat_id}.can.{option}" for _, option in pairs if option in seat.refused]
    codes += [
        f"{seat_id}.line.{option}"
        for term, option in pairs
        if seat.options.get(term.id) and seat.line.get(term.id) != option and option not in seat.refused
    ]
    codes += [f"{seat_id}.not.{option}" for _, option in pairs if option not in seat.refused]
    found = [(code, _read(held, code)) for code in codes]
    return [Supposable(code, one[2]) for code, one in found if one is not None]


def _read(held: Negotiation, code: str) -> tuple[int, Seated, str] | None:
    """The seat, how it would be, and the what-if in words."""
    who, _, rest = code.partition(".")
    move, _, what = rest.partition(".")
    seat = next((one for one in held.seats if str(one.id) == who), None)
    found = next(((term, one) for term in held.terms for one, _ in term.options if str(one) == what), None)
    if seat is None or found is None or move not in MOVES:
        return None
    return seat.id, *_moved(seat, move, *found)


def _moved(seat: Seated, move: str, term: Negotiable, option: int) -> tuple[Seated, str]:
    what = f"“{term.names(option)}” for {term.name}"
    if move == "line":
        line = {**seat.line, term.id: option}
        return replace(seat, line=line, supposed=True), f"{what} were good enough for {seat.name}"
    if move == "can":
        return replace(seat, refused=seat.refused - {option}, supposed=True), f"{seat.name} could accept {what}"
    return replace(seat, refused=seat.refused | {option}, supposed=True), f"{seat.name} couldn’t accept {what}"
