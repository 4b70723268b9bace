"""One person or team: what they want to move, what moves them and why we hold so, where they stand, what to ask."""

from dataclasses import dataclass
from datetime import date

from winward.records.stakeholders import Seat, Stakeholder
from winward.usecases.people import question_facts
from winward.usecases.people.grounds import Candidate, Moves, candidates, grounds_of
from winward.usecases.people.question_facts import Facts
from winward.usecases.people.questions_to_ask import ForSeat, asked_of, for_seat
from winward.usecases.people.seats import DEAL_PARTS, INITIATIVE_PARTS, existing_seat, seat_row, stances_of
from winward.usecases.people.stakeholder_map import evidence_of
from winward.usecases.people.stakeholders import existing_stakeholder
from winward.usecases.people.stances import Stood, history
from winward.usecases.room.positions_said import TermSaid, open_terms, told


@dataclass(frozen=True, slots=True)
class Sitting:
    """One seat of theirs. place: "initiative" or "deal", with its number and name. parts: that it may be. terms: what
    they said of each."""

    place: str
    place_id: int
    place_name: str
    parts: tuple[str, ...]
    asked: ForSeat
    history: tuple[Stood, ...]
    otherwise: str
    terms: tuple[TermSaid, ...]


@dataclass(frozen=True, slots=True)
class StakeholderPage:
    """account: theirs, where they are a customer's contact. candidates: things said by somebody of this name."""

    id: int
    name: str
    team: bool
    kind: str
    role: str
    metric: str
    projects: str
    account: str
    sentence: str
    grounds: tuple[Moves, ...]
    candidates: tuple[Candidate, ...]
    seats: tuple[Sitting, ...]


def show_stakeholder(stakeholder_id: int, today: date, first: str = "") -> StakeholderPage:
    """first: the key of the question to begin with. Raises NotFound."""
    who = existing_stakeholder(stakeholder_id)
    grounds, said = grounds_of(who.pk), candidates(who)
    seats = tuple(_sitting(seat, said, today, first) for seat in _seats(who))
    account = who.contact.account.name if who.contact and who.contact.account else ""
    return StakeholderPage(
        id=who.pk,
        name=who.name,
        team=who.team,
        kind=who.kind,
        role=who.role,
        metric=who.metric,
        projects=who.projects,
        account=account,
        sentence=_sentence(who, seats, len(grounds)),
        grounds=grounds,
        candidates=said,
        seats=seats,
    )


def asked_text(seat_id: int, key: str, today: date) -> str:
    """What the question of that key asks of whoever has the seat. Raises NotFound where there is no such seat, and
    ValueError where it isn't among what can be asked of them now."""
    sitting = _sitting(existing_seat(seat_id), (), today, key)
    found = next((one.text for one in sitting.asked.all if key and one.key == key), None)
    if found is None:
        raise ValueError(f"“{key}” is none of the questions to {sitting.asked.seat.name} now.")
    return found


def _seats(who: Stakeholder) -> list[Seat]:
    """Those of open initiatives and deals, as far as they weren't taken away; the latest first."""
    rows = Seat.objects.filter(stakeholder=who, removed=False).exclude(initiative__removed=True)
    return list(rows.select_related("stakeholder", "initiative", "deal__account").order_by("-pk"))


def _sitting(seat: Seat, said: tuple[Candidate, ...], today: date, first: str) -> Sitting:
    stances = stances_of([seat.pk]).get(seat.pk, [])
    row, terms, words = seat_row(seat, stances), open_terms(seat.initiative), [one.quote for one in said]
    place = seat.initiative or seat.deal
    assert place, "a seat is in an initiative or in a deal"
    return Sitting(
        place="initiative" if seat.initiative else "deal",
        place_id=place.pk,
        place_name=place.name,
        parts=tuple(INITIATIVE_PARTS if seat.initiative else DEAL_PARTS),
        asked=for_seat(asked_of([row], terms), row, _facts(seat, today), words, first),
        history=history(stances),
        otherwise=seat.otherwise,
        terms=told(seat, terms),
    )


def _facts(seat: Seat, today: date) -> Facts:
    if seat.initiative:
        return evidence_of(seat.initiative, today).facts
    assert seat.deal, "a seat is in an initiative or in a deal"
    return question_facts.of_deal(seat.deal, today)


def _sentence(who: Stakeholder, seats: tuple[Sitting, ...], grounds: int) -> str:
    wants = f"wants to move {who.metric}" if who.metric else "has a metric that nobody has asked for yet"
    moved = {0: "nothing is kept of what moves them", 1: "one thing is kept of what moves them"}
    said = moved.get(grounds, f"{grounds} things are kept of what moves them")
    where = [f"{one.asked.seat.stance_words} in “{one.place_name}”" for one in seats[:2] if one.asked.seat.since]
    return f"{who.name} {wants}; {said}{'; ' + ', '.join(where) if where else ''}."
