"""What is negotiated: terms and their options, added, renamed, moved and taken away. Each is a decision to undo."""

from collections.abc import Iterable, Sequence
from typing import Literal, TypeVar

from django.db.models import QuerySet

from winward.records.agreements import Option, Term
from winward.usecases import decide
from winward.usecases.decide import Decision
from winward.usecases.initiatives.initiative_rows import existing
from winward.usecases.quotes import NotFound

Way = Literal["up", "down"]
Row = TypeVar("Row", Term, Option)
# Between two rows there is room for others, so that moving one changes nothing but its own place.
ROOM = 1024


def add_term(initiative_id: int, name: str, options: Sequence[str], by: str) -> list[Decision]:
    """The term, then its options. Raises NotFound, and ValueError for a name that is empty or taken."""
    initiative = existing(initiative_id)
    rows = Term.objects.filter(initiative=initiative, removed=False)
    name, names = _free(name, rows), _each(options)
    values = {"initiative_id": initiative_id, "name": name, "place": _last(rows)}
    number, decision = decide.add("term", values, by, f"“{name}” is negotiated now.")
    return [decision, *(add_option(number, option, by) for option in names)]


def add_option(term_id: int, name: str, by: str) -> Decision:
    """Raises NotFound, and ValueError for a name that is empty or taken."""
    term = existing_term(term_id)
    rows = _options(term)
    name = _free(name, rows)
    values = {"term_id": term_id, "name": name, "place": _last(rows)}
    return decide.add("option", values, by, f"“{name}” is an option for {term.name} now.")[1]


def rename_term(term_id: int, name: str, by: str) -> Decision | None:
    """None where nothing changes. Raises NotFound, and ValueError for a name that is empty or taken."""
    term = existing_term(term_id)
    name = _free(name, _terms(term).exclude(pk=term_id))
    return decide.change("term", term_id, {"name": name}, by, f"“{term.name}” is called “{name}” now.")


def rename_option(option_id: int, name: str, by: str) -> Decision | None:
    """None where nothing changes. Raises NotFound, and ValueError for a name that is empty or taken."""
    option = existing_option(option_id)
    name = _free(name, _options(option.term).exclude(pk=option_id))
    return decide.change("option", option_id, {"name": name}, by, f"“{option.name}” is called “{name}” now.")


def move_term(term_id: int, way: Way, by: str) -> Decision | None:
    """One place up or down; None at the end. Raises NotFound."""
    term = existing_term(term_id)
    place = _place(_terms(term), term, way)
    return place if place is None else decide.change("term", term_id, {"place": place}, by, f"{term.name} moved {way}.")


def move_option(option_id: int, way: Way, by: str) -> Decision | None:
    """One place up or down; None at the end. Raises NotFound."""
    option = existing_option(option_id)
    place = _place(_options(option.term), option, way)
    said = f"“{option.name}” moved {way}."
    return place if place is None else decide.change("option", option_id, {"place": place}, by, said)


def remove_term(term_id: int, by: str) -> Decision | None:
    """What people ranked stays with them, and counts again when it is undone. Raises NotFound."""
    term = existing_term(term_id)
    return decide.change("term", term_id, {"removed": True}, by, f"{term.name} is no longer negotiated.")


def remove_option(option_id: int, by: str) -> Decision | None:
    """What people ranked stays with them, and counts again when it is undone. Raises NotFound."""
    option = existing_option(option_id)
    said = f"“{option.name}” is no longer an option for {option.term.name}."
    return decide.change("option", option_id, {"removed": True}, by, said)


def existing_term(term_id: int) -> Term:
    """Raises NotFound."""
    row = Term.objects.filter(pk=term_id, removed=False, initiative__removed=False).first()
    if row is None:
        raise NotFound(f"There is no term {term_id}.")
    return row


def existing_option(option_id: int) -> Option:
    """Raises NotFound."""
    row = Option.objects.select_related("term").filter(pk=option_id, removed=False, term__removed=False).first()
    if row is None:
        raise NotFound(f"There is no option {option_id}.")
    return row


def _terms(term: Term) -> QuerySet[Term]:
    return Term.objects.filter(initiative=term.initiative_id, removed=False)


def _options(term: Term) -> QuerySet[Option]:
    return Option.objects.filter(term=term, removed=False)


def _each(names: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(filter(None, map(str.strip, names))))


def _free(name: str, rows: "QuerySet[Term] | QuerySet[Option]") -> str:
    """The name, if no row has it: agreements and files know terms and options by their names."""
    name = name.strip()
    if not name:
        raise ValueError("It needs a name.")
    if rows.filter(name__iexact=name).exists():
        raise ValueError(f"There is “{name}” already.")
    return name


def _last(rows: "QuerySet[Term] | QuerySet[Option]") -> int:
    last = rows.order_by("-place").values_list("place", flat=True).first()
    return 0 if last is None else last + ROOM


def _place(rows: QuerySet[Row], row: Row, way: Way) -> int | None:
    """The place past the neighbour; None where there is none."""
    order = list(rows.order_by("place", "pk"))
    at = [one.pk for one in order].index(row.pk)
    past = order[at + 1 : at + 3] if way == "down" else order[max(at - 2, 0) : at][::-1]
    if not past:
        return None
    near = past[0].place
    beyond = past[1].place if len(past) > 1 else near + (2 * ROOM if way == "down" else -2 * ROOM)
    if abs(beyond - near) > 1:
        return (near + beyond) // 2
    _spread(rows, order)
    return _place(rows, row, way)


def _spread(rows: QuerySet[Row], order: Sequence[Row]) -> None:
    """Make room between neighbours; the order stays."""
    for at, one in enumerate(order):
        rows.filter(pk=one.pk).update(place=at * ROOM)
