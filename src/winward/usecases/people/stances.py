"""Where somebody stands, how that moved, when and why."""

from dataclasses import dataclass
from datetime import date

from winward.records.stakeholders import Stance
from winward.usecases import decide
from winward.usecases.decide import Decision
from winward.usecases.people.cited import Cited, cite_given, cited
from winward.usecases.people.seats import STANCES, existing_seat
from winward.usecases.quotes import NotFound


@dataclass(frozen=True, slots=True)
class Stood:
    """stance: −2 to 2, from that day on. rests_on: null where only a reason was given."""

    id: int
    stance: int
    words: str
    why: str
    on: date
    by: str
    rests_on: Cited | None


def take_stance(
    seat_id: int,
    stance: int,
    on: date,
    by: str,
    why: str = "",
    document: int | None = None,
    quote: str = "",
    signal: int | None = None,
) -> tuple[int, Decision]:
    """Note where somebody stands from a day on. Raises NotFound, and ValueError for what is no stance, or words that
    don't stand in the document."""
    if stance not in STANCES:
        raise ValueError("A stance goes from −2 (strongly against) to 2 (strongly for it).")
    seat = existing_seat(seat_id)
    values = {
        "seat_id": seat.pk, "stance": stance, "on": on.isoformat(), "by": by, "why": why.strip(),
        **cite_given(document, quote, signal),
    }  # fmt: skip
    said = f"{seat.stakeholder.name}: {STANCES[stance]} since {on.day} {on:%B %Y}."
    return decide.add("stance", values, by, said)


def stance_called(words: str) -> int:
    """Raises ValueError for what is no stance."""
    found = next((stance for stance, name in STANCES.items() if name == words.strip().casefold()), None)
    if found is None:
        raise ValueError(f"“{words}” is no stance. The stances are {', '.join(STANCES.values())}.")
    return found


def remove_stance(stance_id: int, by: str) -> Decision | None:
    """Raises NotFound."""
    row = Stance.objects.filter(pk=stance_id, removed=False).select_related("seat__stakeholder").first()
    if row is None:
        raise NotFound(f"There is no stance {stance_id}.")
    said = f"Took away where {row.seat.stakeholder.name} stood on {row.on.day} {row.on:%B %Y}."
    return decide.change("stance", stance_id, {"removed": True}, by, said)


def history(rows: list[Stance]) -> tuple[Stood, ...]:
    """The latest first."""
    evidence = cited(rows)
    return tuple(
        Stood(row.pk, row.stance, STANCES[row.stance], row.why, row.on, row.by, evidence.get(row.pk))
        for row in reversed(rows)
    )
