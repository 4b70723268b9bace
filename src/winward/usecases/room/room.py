"""room: what is on the table, how it is for everyone, and whether it passes. Answers each option that is moved."""

from collections.abc import Sequence
from dataclasses import dataclass

from winward.usecases.room import room_words
from winward.usecases.room.agreement import latest_package
from winward.usecases.room.bargain import largest_total
from winward.usecases.room.negotiation import Negotiable, Negotiation, negotiation
from winward.usecases.room.suppose import suppose
from winward.usecases.room.table import Cell, Table, Verdict


@dataclass(frozen=True, slots=True)
class Person:
    """holds: of all weights that agree with the ranks, the share under which the verdict stands; None where nobody has
    asked. supposed: a what-if changed the position."""

    seat: int
    stakeholder: int
    name: str
    kind: str
    decides: bool
    veto: bool
    verdict: Verdict
    holds: float | None
    says: str
    supposed: bool


@dataclass(frozen=True, slots=True)
class Row:
    """A term. option: of the package on the table; before, after: its neighbours, None at the ends. cells: one a
    person, in their order."""

    term: int
    name: str
    option: int
    option_name: str
    options: tuple[tuple[int, str], ...]
    cells: tuple[Cell, ...]
    before: int | None
    after: int | None


@dataclass(frozen=True, slots=True)
class Room:
    """options: the package on the table, by id. chosen: somebody chose it, and it isn't only where one starts. passes:
    None where that hangs on people whom nobody has asked. bare: terms without options. supposed: each what-if as the
    address names it, and in words."""

    initiative: int
    name: str
    state: str
    sentence: str
    passes: bool | None
    rule: str
    may_refuse: int
    chosen: bool
    options: tuple[int, ...]
    rows: tuple[Row, ...]
    bare: tuple[Negotiable, ...]
    people: tuple[Person, ...]
    supposed: tuple[tuple[str, str], ...]


def room(initiative_id: int, options: Sequence[int] = (), supposing: Sequence[str] = ()) -> Room:
    """options: of the package on the table; for terms without one, those last agreed on or else those that suit most.
    supposing: what-ifs as the address names them; what can't be read is passed over. Raises NotFound."""
    return room_of(*at_table(initiative_id, options, supposing))


def at_table(
    initiative_id: int, options: Sequence[int], supposing: Sequence[str]
) -> tuple[Negotiation, Table | None, Sequence[int], tuple[tuple[str, str], ...]]:
    """The negotiation as supposed, its table where there are terms and people, the options that were chosen, and the
    what-ifs in words."""
    held, supposed = suppose(negotiation(initiative_id), supposing)
    if not held.terms or not held.seats:
        return held, None, (), supposed
    start = largest_total(held.game)
    agreed = () if options else latest_package(held)
    package = held.package(options or agreed, start)
    return held, Table(held, package), options, supposed


def room_of(
    held: Negotiation, table: Table | None, options: Sequence[int], supposed: tuple[tuple[str, str], ...]
) -> Room:
    return Room(
        initiative=held.initiative.pk,
        name=held.initiative.name,
        state=held.initiative.state,
        sentence=_sentence(held, table),
        passes=table.passes if table and held.deciding else None,
        rule=room_words.rule(held),
        may_refuse=held.initiative.may_refuse,
        chosen=bool(options),
        options=tuple(held.options(table.package)) if table else (),
        rows=tuple(_rows(table)) if table else tuple(_unheld(held)),
        bare=held.bare,
        people=tuple(_person(table, at) for at in range(len(held.seats))) if table else (),
        supposed=supposed,
    )


def _sentence(held: Negotiation, table: Table | None) -> str:
    if not held.terms:
        return "Nothing is negotiated yet: add what is, such as scope, date or people, and the options there are."
    if not held.deciding or table is None:
        return "Nobody whose yes is needed sits here yet."
    return room_words.sentence(table)


def _rows(table: Table) -> list[Row]:
    columns = [table.cells(at) for at in range(len(table.held.seats))]
    pairs = enumerate(zip(table.held.terms, table.package, strict=True))
    return [_row(term, option, tuple(cells[at] for cells in columns)) for at, (term, option) in pairs]


def _unheld(held: Negotiation) -> list[Row]:
    """Terms at which nobody sits."""
    return [_row(term, 0, ()) for term in held.terms]


def _row(term: Negotiable, at: int, cells: tuple[Cell, ...]) -> Row:
    number, name = term.options[at]
    before = term.options[at - 1][0] if at else None
    after = term.options[at + 1][0] if at + 1 < len(term.options) else None
    return Row(term.id, term.name, number, name, term.options, cells, before, after)


def _person(table: Table, at: int) -> Person:
    seat, verdict = table.held.seats[at], table.verdicts[at]
    return Person(
        seat=seat.id,
        stakeholder=seat.stakeholder,
        name=seat.name,
        kind=seat.kind,
        decides=seat.decides,
        veto=seat.veto,
        verdict=verdict,
        holds=None if verdict == "not asked" else table.holds[at],
        says=room_words.person(table, at),
        supposed=seat.supposed,
    )
