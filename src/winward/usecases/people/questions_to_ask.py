"""questions to ask: what is not known yet of each person whose yes is needed, and how to ask for it."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from winward.records.stakeholders import Ground, Question, Seat
from winward.usecases.people import question_facts
from winward.usecases.people.question_facts import Facts, Person
from winward.usecases.people.question_templates import ASKS_FOR, TOPICS, Template, Topic, templates
from winward.usecases.people.seats import SeatRow
from winward.usecases.quotes import Quote
from winward.usecases.room.negotiation import Negotiable
from winward.usecases.room.positions_said import refused_names, unranked

# A short list is asked; a long one is read out.
MOST = 5
# What may be known of somebody, and which topic asks for it.
GAPS: Mapping[str, Topic] = {
    "metric": "interests",
    "grounds": "interests",
    "ranks": "interests",
    "refused": "constraints",
    "otherwise": "alternatives",
    "good_enough": "gives",
}


@dataclass(frozen=True, slots=True)
class Answered:
    id: int
    topic: str
    text: str
    answer: str
    on: date | None


@dataclass(frozen=True, slots=True)
class ToAsk:
    """key: of its template, empty for one that a person wrote, whose number `written` then is. gap: that it asks for
    itself, empty where it leads there. signal: of the quote in it, null where there is none."""

    key: str
    topic: Topic
    asks_for: str
    text: str
    gap: str = ""
    signal: int | None = None
    written: int | None = None


@dataclass(frozen=True, slots=True)
class ForSeat:
    """questions: at most MOST, of what isn't known. all: every one that could be asked now. gaps: what isn't known, in
    words; open: the same as names of GAPS."""

    seat: SeatRow
    questions: tuple[ToAsk, ...]
    all: tuple[ToAsk, ...]
    answered: tuple[Answered, ...]
    gaps: tuple[str, ...]
    open: frozenset[str]

    @property
    def known(self) -> int:
        return len(GAPS) - len(self.open)

    @property
    def of(self) -> int:
        return len(GAPS)


@dataclass(frozen=True, slots=True)
class Asked:
    """What was loaded of the people of one initiative or deal. said: what each said, by stakeholder."""

    seats: Mapping[int, Seat]
    rows: Sequence[SeatRow]
    questions: Mapping[int, Sequence[Question]]
    grounded: Collection[int]
    terms: Sequence[Negotiable]


def asked_of(rows: Sequence[SeatRow], terms: Sequence[Negotiable]) -> Asked:
    numbers = [row.id for row in rows]
    people = [row.stakeholder_id for row in rows]
    seats = {one.pk: one for one in Seat.objects.filter(pk__in=numbers).select_related("stakeholder")}
    questions = defaultdict[int, list[Question]](list)
    for one in Question.objects.filter(seat__in=numbers, removed=False).order_by("answered_on", "pk"):
        questions[one.seat_id].append(one)
    grounds = Ground.objects.filter(stakeholder__in=people, removed=False)
    return Asked(seats, rows, questions, set(grounds.values_list("stakeholder", flat=True)), terms)


def open_gaps(asked: Asked, row: SeatRow) -> frozenset[str]:
    """What isn't known of somebody: names of GAPS."""
    seat, topics = asked.seats[row.id], {one.topic for one in asked.questions.get(row.id, ()) if one.answer}
    unsaid = {
        "metric": not row.metric,
        "grounds": row.stakeholder_id not in asked.grounded and "interests" not in topics,
        "ranks": bool(unranked(seat, asked.terms)),
        "refused": not seat.refused and "constraints" not in topics,
        "otherwise": not seat.otherwise and "alternatives" not in topics,
        "good_enough": _least_open(seat, asked.terms) and "gives" not in topics,
    }
    return frozenset(gap for gap, missing in unsaid.items() if missing)


def for_seats(asked: Asked, facts: Facts) -> tuple[ForSeat, ...]:
    return tuple(for_seat(asked, row, facts) for row in asked.rows)


def for_seat(asked: Asked, row: SeatRow, facts: Facts, said: Iterable[Quote] = (), first: str = "") -> ForSeat:
    """said: their own words, as far as they are at hand. first: the key of the question to begin with."""
    seat, gaps = asked.seats[row.id], open_gaps(asked, row)
    questions = asked.questions.get(row.id, ())
    answered = [one for one in questions if one.answer]
    filled = question_facts.of_person(facts, _person(asked, row), said)
    left = _eligible(seat.stakeholder.kind, filled, gaps, {one.key for one in answered})
    own = [_written(one) for one in questions if not one.answer]
    everything = [*own, *(_drawn(one, filled) for one in _in_turn(left))]
    return ForSeat(
        seat=row,
        questions=tuple(beginning_with(first, everything)[:MOST]),
        all=tuple(everything),
        answered=tuple(
            Answered(one.pk, one.topic, one.text, one.answer, one.answered_on) for one in questions if one.answer
        ),
        gaps=tuple(_in_words(gap, asked, seat) for gap in GAPS if gap in gaps),
        open=gaps,
    )


def _eligible(kind: str, facts: Facts, gaps: Collection[str], used: Collection[str]) -> list[Template]:
    """Of topics in which something is open; those that name most facts first."""
    topics = {GAPS[gap] for gap in gaps}
    fitting = [
        one
        for one in templates(kind)
        if one.topic in topics
        and one.key not in used
        and (not one.gap or one.gap in gaps)
        and one.facts <= facts.words.keys()
    ]
    return sorted(fitting, key=lambda one: -len(one.facts - {"initiative"}))


def _in_turn(left: Sequence[Template]) -> list[Template]:
    """The first of each topic, then the second of each, and so on."""
    by_topic = [[one for one in left if one.topic == topic] for topic in TOPICS]
    longest = max(map(len, by_topic))
    return [found[place] for place in range(longest) for found in by_topic if place < len(found)]


def beginning_with(key: str, questions: Sequence[ToAsk]) -> list[ToAsk]:
    """The question of that key, if there is one, and then the rest."""
    return sorted(questions, key=lambda one: not key or one.key != key)


def _drawn(template: Template, facts: Facts) -> ToAsk:
    signal = facts.signal if "quote" in template.facts else None
    return ToAsk(
        template.key, template.topic, ASKS_FOR[template.topic], template.filled(facts.words), template.gap, signal
    )


def _written(row: Question) -> ToAsk:
    topic = next(topic for topic in TOPICS if topic == row.topic)
    return ToAsk(row.key, topic, ASKS_FOR[topic], row.text, written=row.pk)


def _person(asked: Asked, row: SeatRow) -> Person:
    seat = asked.seats[row.id]
    return Person(
        metric=row.metric,
        projects=seat.stakeholder.projects,
        against=row.why if row.stance is not None and row.stance < 0 else "",
        refused=refused_names(seat, asked.terms),
        unranked=unranked(seat, asked.terms),
    )


def _least_open(seat: Seat, terms: Sequence[Negotiable]) -> bool:
    return any(str(term.id) not in seat.good_enough for term in terms) or not terms


def _in_words(gap: str, asked: Asked, seat: Seat) -> str:
    if gap == "ranks":
        return f"how they rank {', '.join(unranked(seat, asked.terms))}"
    return GAP_WORDS[gap]


GAP_WORDS = {
    "metric": "the metric that they want to move",
    "grounds": "what moves them",
    "refused": "what they can’t accept",
    "otherwise": "what they would do without an agreement",
    "good_enough": "what would be just good enough",
}
