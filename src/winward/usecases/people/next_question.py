"""The next most useful question over all people: the one whose answer can change the outcome most."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from winward.engine.bargaining.unknowns import Aspect, swings
from winward.usecases.people.questions_to_ask import GAPS, Asked, ForSeat, ToAsk
from winward.usecases.room.positions_said import said_of

GAP_OF: Mapping[Aspect, str] = {"ranks": "ranks", "refusals": "refused", "least": "good_enough"}
ABOUT: Mapping[str, str] = {
    "ranks": "what matters to them most",
    "refused": "what they can’t accept",
    "good_enough": "what would be just good enough",
}
VETO, NEEDED = 2.0, 1.5
NEARLY_ALL = 0.97
NO_OTHER = "No other open point changes more."


@dataclass(frozen=True, slots=True)
class Next:
    """seat: of whom to ask. share: of the answers that they could give, 0 to 1, under which the outcome changes; null
    where nothing is negotiated yet."""

    seat: int
    name: str
    stakeholder: int
    question: ToAsk
    share: float | None
    why: str


def next_question(asked: Asked, people: Sequence[ForSeat], seed: int) -> Next | None:
    """None where nobody has anything open."""
    left = [one for one in people if one.questions]
    if not left:
        return None
    return _by_outcome(asked, left, seed) or _by_weight(left)


def _by_outcome(asked: Asked, people: Sequence[ForSeat], seed: int) -> Next | None:
    """Among those whose yes is needed, where terms stand."""
    deciding = [row for row in asked.rows if row.needed]
    if not asked.terms or not deciding:
        return None
    said = [said_of(asked.seats[row.id], asked.terms, "refused" not in _open(people, row.id)) for row in deciding]
    found = swings([len(term.options) for term in asked.terms], said, seed)
    by_seat = {one.seat.id: one for one in people}
    ranked = [
        (share, row.influence, -row.id, GAP_OF[aspect])
        for row, shares in zip(deciding, found, strict=True)
        for aspect, share in shares.items()
        if share and row.id in by_seat and _asking(by_seat[row.id], GAP_OF[aspect])
    ]
    if not ranked:
        return None
    share, _, seat, gap = max(ranked)
    return _changing(by_seat[-seat], gap, share)


def _open(people: Sequence[ForSeat], seat: int) -> frozenset[str]:
    return next((one.open for one in people if one.seat.id == seat), frozenset())


def _changing(one: ForSeat, gap: str, share: float) -> Next | None:
    question = _asking(one, gap)
    assert question, "only those are ranked of whom it can be asked"
    given = f"that {one.seat.name} could give on {ABOUT[gap]}"
    why = f"{_how_many(share, given)} would change which package looks best, or make them refuse it. {NO_OTHER}"
    return Next(one.seat.id, one.seat.name, one.seat.stakeholder_id, question, share, why)


def _how_many(share: float, given: str) -> str:
    if share > NEARLY_ALL:
        return f"Nearly every answer {given}"
    return f"Of 100 answers {given}, about {round(100 * share)}"


def _asking(one: ForSeat, gap: str) -> ToAsk | None:
    """The question that asks for the gap itself, else one that leads there."""
    of_topic = [question for question in one.all if question.topic == GAPS[gap]]
    return min(of_topic, key=lambda question: question.gap != gap, default=None)


def _by_weight(people: Sequence[ForSeat]) -> Next:
    """By influence, veto, and how little is known."""
    first = max(people, key=lambda one: (_weight(one), one.seat.influence, -one.seat.id))
    seat = first.seat
    veto = " and a veto" if seat.veto else ""
    why = (
        f"{seat.name} has {seat.influence_words} influence{veto}, and {len(first.open)} of {first.of} things about "
        "them aren’t known. It goes by both until an answer can be tried on packages of terms."
    )
    return Next(seat.id, seat.name, seat.stakeholder_id, first.questions[0], None, why)


def _weight(one: ForSeat) -> float:
    factor = VETO if one.seat.veto else NEEDED if one.seat.needed else 1.0
    return one.seat.influence * factor * len(one.open) / one.of
