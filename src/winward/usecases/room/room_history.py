"""Who changed which position, term or rule, and when, in words; the newest first."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from winward.records.agreements import Agreement, Option, Term
from winward.records.decisions import Audit
from winward.records.stakeholders import Seat
from winward.usecases.initiatives.initiative_rows import existing
from winward.usecases.room.position_words import Names, moved
from winward.usecases.sentences import listed

PAGE = 50


@dataclass(frozen=True, slots=True)
class Changed:
    """audit: the number by which it can be undone. words: "Mara ranks Date, then Scope"."""

    audit: int
    who: str
    at: datetime
    words: str


def room_history(initiative_id: int, after: int = 0, most: int = PAGE) -> list[Changed]:
    """after: only what came after that decision. Raises NotFound."""
    initiative = existing(initiative_id)
    seats = dict(Seat.objects.filter(initiative=initiative).values_list("pk", "stakeholder__name"))
    names = _names(initiative_id)
    agreements = Agreement.objects.filter(initiative=initiative).values_list("pk", flat=True)
    subjects = [f"initiative:{initiative_id}"]
    for table, numbers in (
        ("seat", seats),
        ("term", names.terms),
        ("option", names.options),
        ("agreement", agreements),
        ("agreeing", agreements),
    ):
        subjects += [f"{table}:{number}" for number in numbers]
    rows = Audit.objects.filter(subject__in=subjects, pk__gt=after).order_by("-pk")[: 4 * most]
    told = [(row, _words(row, seats, names)) for row in rows]
    return [Changed(row.pk, row.who, row.at, words) for row, words in told if words][:most]


def said_of_seats(audits: Sequence[Audit]) -> dict[int, str]:
    """Of these decisions those on somebody's position or part, in words, by the decision."""
    numbers = {row.pk: int(row.subject.partition(":")[2]) for row in audits if row.subject.startswith("seat:")}
    rows = Seat.objects.filter(pk__in=numbers.values()).values_list("pk", "stakeholder__name", "initiative_id")
    people = {pk: (name, initiative) for pk, name, initiative in rows}
    names = _names(*{initiative for _, initiative in people.values() if initiative})
    seats = {row.pk: people[numbers[row.pk]][0] for row in audits if numbers.get(row.pk) in people}
    told = {row.pk: _of_seat(row, seats[row.pk], names) for row in audits if row.pk in seats}
    return {audit: words for audit, words in told.items() if words}


def _names(*initiatives: int) -> Names:
    """Of what was taken away, too."""
    if not initiatives:
        return Names({}, {}, {})
    terms = dict(Term.objects.filter(initiative__in=initiatives).values_list("pk", "name"))
    options = list(Option.objects.filter(term__initiative__in=initiatives).values_list("pk", "name", "term_id"))
    return Names(terms, {pk: name for pk, name, _ in options}, {pk: term for pk, _, term in options})


def _words(row: Audit, seats: Mapping[int, str], names: Names) -> str:
    """Empty where it is nothing of the room's."""
    table, _, number = row.subject.partition(":")
    if table == "seat":
        said = _of_seat(row, seats[int(number)], names)
    elif table == "initiative":
        said = f"{row.after['may_refuse']} may say no" if "may_refuse" in row.after else ""
    elif table in ("agreement", "agreeing"):
        said = _of_agreement(row)
    else:
        said = _of_term(row, table, int(number), names)
    return f"taken back: {said}" if said and row.did.startswith("undid") else said


def _of_seat(row: Audit, name: str, names: Names) -> str:
    after = row.after
    said = moved(row.before, after, names)
    if "removed" in after:
        said.append("left the table" if after["removed"] else "came to the table")
    if "veto" in after:
        said.append("must say yes in any case" if after["veto"] else "need no longer say yes in any case")
    if "part" in after:
        said.append(str(after["part"]))
    return f"{name} {'; '.join(said)}" if said else ""


def _of_agreement(row: Audit) -> str:
    if "removed" not in row.after:
        return "the agreement was changed"
    people = Agreement.objects.filter(pk=int(row.subject.partition(":")[2])).values_list("people", flat=True).first()
    who = listed([str(one) for one in people or []])
    return f"the agreement of {who} was taken away" if row.after["removed"] else f"{who} agreed"


def _of_term(row: Audit, table: str, number: int, names: Names) -> str:
    name = f"“{names.terms[number]}”" if table == "term" else names.option_for(number)
    if "removed" in row.after:
        return f"{name} is no longer negotiated" if row.after["removed"] else f"{name} is negotiated"
    if "name" in row.after:
        return f"“{row.before.get('name', '')}” is called “{row.after['name']}”"
    return f"{name} was moved" if "place" in row.after else ""
