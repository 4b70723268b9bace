"""What somebody answered, and what that makes of their position."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction

from winward.records.stakeholders import Question, Seat
from winward.usecases import decide
from winward.usecases.decide import Decision
from winward.usecases.people.grounds import add_ground
from winward.usecases.people.question_templates import TOPICS
from winward.usecases.people.seats import existing_seat
from winward.usecases.people.stakeholders import Described, describe_person
from winward.usecases.quotes import NotFound
from winward.usecases.room import positions
from winward.usecases.room.positions import Given


@dataclass(frozen=True, slots=True)
class Answer:
    """key, text: of the question; written: its number where it stands already. answer: theirs, in a few words."""

    topic: str
    text: str
    answer: str
    key: str = ""
    written: int | None = None


@dataclass(frozen=True, slots=True)
class Learnt:
    """What an answer tells of a position; what is null or empty changes nothing. terms: their ids, the most important
    first. refused: options that they can't accept, beside those known. line: by term, the least that is good enough."""

    metric: str = ""
    moves: str = ""
    terms: Sequence[Sequence[int]] = ()
    refused: Sequence[int] = ()
    otherwise: str = ""
    line: Mapping[int, int] | None = None

    @property
    def anything(self) -> bool:
        return bool(self.metric or self.moves or self.moves_position)

    @property
    def moves_position(self) -> bool:
        return bool(self.terms or self.refused or self.otherwise or self.line)


@transaction.atomic
def answer(seat_id: int, given: Answer, on: date, by: str, learnt: Learnt | None = None) -> list[Decision]:
    """Keep an answer, and what it tells of their position. Raises NotFound, and ValueError for an empty one."""
    seat = existing_seat(seat_id)
    decisions = [_keep(seat, given, on, by)]
    return [*decisions, *_learn(seat, learnt, by)] if learnt else decisions


def ask(seat_id: int, topic: str, text: str, by: str) -> tuple[int, Decision]:
    """Put a question of one's own on somebody's list. Raises NotFound, and ValueError."""
    seat, text = existing_seat(seat_id), text.strip()
    _check(topic, text)
    values = {"seat_id": seat.pk, "topic": topic, "text": text}
    return decide.add("question", values, by, f"To ask {seat.stakeholder.name}: {text}")


def remove_question(question_id: int, by: str) -> Decision | None:
    """Raises NotFound."""
    row = Question.objects.filter(pk=question_id, removed=False).select_related("seat__stakeholder").first()
    if row is None:
        raise NotFound(f"There is no question {question_id}.")
    said = f"Took a question to {row.seat.stakeholder.name} away."
    return decide.change("question", question_id, {"removed": True}, by, said)


def _keep(seat: Seat, given: Answer, on: date, by: str) -> Decision:
    _check(given.topic, given.text.strip())
    said, values = given.answer.strip(), _values(given, on)
    if not said:
        raise ValueError("Write down what they answered, in a few words.")
    sentence = f"{seat.stakeholder.name} answered: {said if len(said) <= 80 else said[:79].rstrip() + '…'}"
    if given.written is None:
        return decide.add("question", {"seat_id": seat.pk, **values}, by, sentence)[1]
    if not Question.objects.filter(pk=given.written, seat=seat, removed=False).exists():
        raise NotFound(f"There is no question {given.written} to {seat.stakeholder.name}.")
    after = {name: values[name] for name in ("answer", "answered_on")}
    changed = decide.change("question", given.written, after, by, sentence)
    if changed is None:
        raise ValueError("That answer is kept already.")
    return changed


def _values(given: Answer, on: date) -> dict[str, Any]:
    return {
        "topic": given.topic, "key": given.key, "text": given.text.strip(), "answer": given.answer.strip(),
        "answered_on": on.isoformat(),
    }  # fmt: skip


def _learn(seat: Seat, learnt: Learnt, by: str) -> list[Decision]:
    made: list[Decision | None] = []
    if learnt.metric.strip():
        made.append(describe_person(seat.stakeholder_id, Described(metric=learnt.metric), by))
    if learnt.moves.strip():
        made.append(add_ground(seat.stakeholder_id, learnt.moves, by)[1])
    if learnt.moves_position:
        made.append(_position(seat, learnt, by))
    return [one for one in made if one is not None]


def _position(seat: Seat, learnt: Learnt, by: str) -> Decision | None:
    if seat.deal_id is not None:
        said = f"{seat.stakeholder.name}, without an agreement: {learnt.otherwise.strip()}"
        return decide.change("seat", seat.pk, {"otherwise": learnt.otherwise.strip()}, by, said)
    given = Given(
        terms=learnt.terms or None,
        refused=sorted({*seat.refused, *learnt.refused}) if learnt.refused else None,
        line=learnt.line or None,
        otherwise=learnt.otherwise or None,
    )
    return positions.take(seat.pk, given, by)


def _check(topic: str, text: str) -> None:
    if topic not in TOPICS:
        raise ValueError(f"“{topic}” is no topic. The topics are {', '.join(TOPICS)}.")
    if not text:
        raise ValueError("A question needs words.")
