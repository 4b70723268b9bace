"""The seats of an initiative or a deal: who sits there, how much they count, and where they stand."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from winward.records.stakeholders import Seat, Stance
from winward.usecases.quotes import NotFound

INFLUENCE = {1: "very little", 2: "little", 3: "some", 4: "much", 5: "very much"}
STANCES = {
    -2: "strongly against",
    -1: "against",
    0: "undecided",
    1: "for it",
    2: "strongly for it",
}
NOT_KNOWN = "not known"
INITIATIVE_PARTS = (Seat.Part.DECIDES, Seat.Part.ADVISES, Seat.Part.INFORMED)
DEAL_PARTS = (Seat.Part.CHAMPION, Seat.Part.BUYER, Seat.Part.DECIDES, Seat.Part.USER, Seat.Part.BLOCKER)


@dataclass(frozen=True, slots=True)
class SeatRow:
    """influence: 1 to 5. stance: −2 to 2, null where nobody knows; before: what it was before that, null where it
    never moved. needed: nothing passes unless they agree, or enough like them."""

    id: int
    stakeholder_id: int
    name: str
    team: bool
    kind: str
    role: str
    metric: str
    part: str
    influence: int
    veto: bool
    stance: int | None
    before: int | None
    why: str
    since: date | None

    @property
    def needed(self) -> bool:
        return self.veto or self.part == Seat.Part.DECIDES

    @property
    def stance_words(self) -> str:
        return NOT_KNOWN if self.stance is None else STANCES[self.stance]

    @property
    def influence_words(self) -> str:
        return INFLUENCE[self.influence]

    @property
    def moved(self) -> str:
        """How it last moved, empty where it didn't."""
        if self.stance is None or self.before is None or self.stance == self.before:
            return ""
        return f"{'up' if self.stance > self.before else 'down'} from {STANCES[self.before]}"

    @property
    def described(self) -> str:
        """Who they are in brackets: (security, veto)."""
        return f"{self.name} ({self.kind}, veto)" if self.veto else f"{self.name} ({self.kind})"


def of_initiative(initiative_id: int) -> tuple[SeatRow, ...]:
    """Those with the most influence first."""
    return _rows(Seat.objects.filter(initiative=initiative_id))


def of_deal(deal_id: int) -> tuple[SeatRow, ...]:
    return _rows(Seat.objects.filter(deal=deal_id))


def existing_seat(seat_id: int) -> Seat:
    """Raises NotFound."""
    wanted = Seat.objects.filter(pk=seat_id, removed=False, stakeholder__removed=False)
    found = wanted.select_related("stakeholder", "initiative", "deal").first()
    if found is None:
        raise NotFound(f"There is no seat {seat_id}.")
    return found


def seat_row(seat: Seat, stances: list[Stance]) -> SeatRow:
    """stances: the seat's own, the oldest first."""
    last = stances[-1] if stances else None
    who = seat.stakeholder
    return SeatRow(
        id=seat.pk,
        stakeholder_id=who.pk,
        name=who.name,
        team=who.team,
        kind=who.kind,
        role=who.role,
        metric=who.metric,
        part=seat.part,
        influence=seat.influence,
        veto=seat.veto,
        stance=last.stance if last else None,
        before=stances[-2].stance if len(stances) > 1 else None,
        why=last.why if last else "",
        since=last.on if last else None,
    )


def stances_of(seats: Iterable[int]) -> dict[int, list[Stance]]:
    """Of each seat, the oldest first."""
    found = defaultdict[int, list[Stance]](list)
    for row in Stance.objects.filter(seat__in=list(seats), removed=False).order_by("on", "pk"):
        found[row.seat_id].append(row)
    return found


def _rows(seats: QuerySet[Seat]) -> tuple[SeatRow, ...]:
    wanted = seats.filter(removed=False, stakeholder__removed=False).select_related("stakeholder")
    found = list(wanted.order_by("-influence", "stakeholder__name", "pk"))
    stances = stances_of(one.pk for one in found)
    return tuple(seat_row(one, stances.get(one.pk, [])) for one in found)
