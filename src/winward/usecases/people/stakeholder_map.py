"""The people of an initiative: where they stand by how much they count, who is missing, and what to ask next."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from winward.records.initiatives import Initiative
from winward.usecases.initiatives.initiative_need import Need, calendar_of, need_of, once
from winward.usecases.initiatives.initiative_rows import Served, existing, served
from winward.usecases.initiatives.initiative_stakes import Stakes, ledger_of, stakes_of
from winward.usecases.list_themes import currency, seed
from winward.usecases.people import question_facts
from winward.usecases.people.next_question import Next, next_question
from winward.usecases.people.question_facts import Facts
from winward.usecases.people.questions_to_ask import MOST, ForSeat, asked_of, beginning_with, for_seats
from winward.usecases.people.seats import SeatRow, of_initiative
from winward.usecases.people.who_is_missing import Missing, who_is_missing
from winward.usecases.room.positions_said import open_terms
from winward.usecases.sentences import listed

# Names in a sentence; the map has all.
NAMED = 3


@dataclass(frozen=True, slots=True)
class PeoplePage:
    """people: those with the most influence first."""

    id: int
    name: str
    themes: tuple[Served, ...]
    sentence: str
    people: tuple[ForSeat, ...]
    missing: tuple[Missing, ...]
    next: Next | None


@dataclass(frozen=True, slots=True)
class Evidence:
    """What stands behind an initiative, for its people: exposed are open deals in which its themes came up."""

    themes: tuple[Served, ...]
    facts: Facts
    stakes: Stakes
    exposed: tuple[Need, ...]


def people_of(initiative_id: int, today: date) -> PeoplePage:
    """Raises NotFound."""
    initiative = existing(initiative_id)
    rows, evidence = of_initiative(initiative_id), evidence_of(initiative, today)
    asked = asked_of(rows, open_terms(initiative))
    people = for_seats(asked, evidence.facts)
    numbers, first = [one.id for one in evidence.themes], next_question(asked, people, seed())
    return PeoplePage(
        id=initiative.pk,
        name=initiative.name,
        themes=evidence.themes,
        sentence=sentence(rows),
        people=tuple(_leading(one, first) for one in people),
        missing=who_is_missing(numbers, rows, evidence.stakes, evidence.exposed),
        next=first,
    )


def _leading(one: ForSeat, first: Next | None) -> ForSeat:
    """Their questions, the most useful of all first if it is theirs."""
    if first is None or first.seat != one.seat.id:
        return one
    return replace(one, questions=tuple(beginning_with(first.question.key, one.all)[:MOST]))


def evidence_of(initiative: Initiative, today: date) -> Evidence:
    themes = served(initiative)
    numbers = [one.id for one in themes]
    ledger, calendar = ledger_of(numbers), calendar_of(numbers, today, currency())
    need = need_of(numbers, calendar, initiative.needed_by)
    facts = question_facts.of_initiative(initiative, list(ledger.rows.values()), need)
    exposed = tuple(once(calendar.open, numbers))
    return Evidence(tuple(themes), facts, stakes_of(numbers, ledger, calendar), exposed)


def sentence(rows: Sequence[SeatRow]) -> str:
    """Of those whose yes is needed, how many are for it, and who isn't."""
    needed = [row for row in rows if row.needed]
    if not rows:
        return "Nobody has a seat yet: add the people whose yes it takes."
    if not needed:
        return "Nobody here decides yet: say whose yes it takes."
    in_favour = [row for row in needed if row.stance is not None and row.stance > 0]
    said = (
        f"{_count(len(in_favour))} of {len(needed)} whose yes is needed {'is' if len(in_favour) == 1 else 'are'} for it"
    )
    others = [_where(rows, words) for words, rows in _apart(needed)]
    return f"{'; '.join([said, *others])}."


def _apart(needed: Sequence[SeatRow]) -> list[tuple[str, list[SeatRow]]]:
    """Those who aren't for it, those who count most first: against, undecided, not known."""
    ordered = sorted(needed, key=lambda row: (not row.veto, -row.influence))
    groups = [
        ("against", [row for row in ordered if row.stance is not None and row.stance < 0]),
        ("undecided", [row for row in ordered if row.stance == 0]),
        ("unknown", [row for row in ordered if row.stance is None]),
    ]
    return [(words, rows) for words, rows in groups if rows]


def _where(rows: Sequence[SeatRow], words: str) -> str:
    if words == "unknown":
        return f"of {len(rows)} it isn’t known where they stand: {_names(rows)}"
    return f"{_names(rows)} {'is' if len(rows) == 1 else 'are'} {words}"


def _names(rows: Sequence[SeatRow]) -> str:
    more = [f"{len(rows) - NAMED} more"] if len(rows) > NAMED else []
    return listed([*(row.described for row in rows[:NAMED]), *more])


def _count(number: int) -> str:
    return "None" if number == 0 else str(number)
