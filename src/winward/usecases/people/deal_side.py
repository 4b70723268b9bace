"""The customer's people in a deal: who is champion, economic buyer or blocker, who may be, and who is missing."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from winward.records.accounts import Contact
from winward.records.deals import Deal
from winward.records.documents import Document
from winward.records.post_mortem_rows import SaidInDeal, said
from winward.records.stakeholders import Seat
from winward.usecases import sentences
from winward.usecases.heard import LEANS
from winward.usecases.people.seats import SeatRow, of_deal
from winward.usecases.quotes import role_of
from winward.usecases.show_deal import find_deal

Part = Seat.Part
SUGGESTED = 6
# Without these two a deal rests on hope.
VITAL = (Part.CHAMPION, Part.BUYER)
_HOLDS_BUDGET = re.compile(
    r"\b(?:cfo|ceo|coo|owner|founder|president|managing director|(?:finance|financial|procurement|purchasing)"
    r" (?:director|officer)|chief \w+ officer|vp|head of (?:finance|procurement|purchasing)|budget)\b",
    re.I,
)
_MAY_STOP = re.compile(r"\b(?:security|ciso|legal|counsel|compliance|privacy|data protection|audit\w*|risk)\b", re.I)


@dataclass(frozen=True, slots=True)
class Suggested:
    """Somebody of the customer without a seat. contact: theirs in the CRM, null where it has none. part: what they may
    be, and why. signals: of theirs in the deal."""

    name: str
    role: str
    contact: int | None
    part: str
    why: str
    signals: int


@dataclass(frozen=True, slots=True)
class DealSide:
    sentence: str
    seats: tuple[SeatRow, ...]
    suggested: tuple[Suggested, ...]


@dataclass(frozen=True, slots=True)
class _Known:
    name: str
    role: str
    contact: int | None


def deal_side(reference: str | int) -> DealSide:
    """reference: as in `show_deal`. Who may be vital is suggested first. Raises NotFound."""
    deal = find_deal(reference)
    seats = of_deal(deal.pk)
    seated = {one.name.casefold() for one in seats}
    spoke = _by_speaker(said(deal.pk))
    known = [one for name, one in _everybody(deal, spoke).items() if name not in seated]
    suggested = [_suggested(one, spoke.get(one.name.casefold(), ())) for one in known]
    suggested.sort(key=lambda one: (one.part not in VITAL, -one.signals, one.name))
    return DealSide(_sentence(deal, seats, suggested), seats, tuple(suggested[:SUGGESTED]))


def _by_speaker(signals: Iterable[SaidInDeal]) -> dict[str, list[SaidInDeal]]:
    found: dict[str, list[SaidInDeal]] = {}
    for one in signals:
        if one.speaker and one.side != "us":
            found.setdefault(one.speaker.casefold(), []).append(one)
    return found


def _everybody(deal: Deal, spoke: Mapping[str, Sequence[SaidInDeal]]) -> dict[str, _Known]:
    """By name: the CRM's contacts of the account, then who took part on the customer's side, then who spoke."""
    found: dict[str, _Known] = {}
    contacts = Contact.objects.filter(account=deal.account_id) if deal.account_id else Contact.objects.none()
    for number, name, role in contacts.order_by("name").values_list("pk", "name", "role"):
        found.setdefault(name.casefold(), _Known(name, role, number))
    for participants in Document.objects.filter(deal=deal).values_list("participants", flat=True):
        for person in participants:
            name = str(person.get("name") or "")
            if name and person.get("side") == "customer":
                found.setdefault(name.casefold(), _Known(name, role_of(name, [person]), None))
    for folded, signals in spoke.items():
        found.setdefault(folded, _Known(signals[0].speaker, "", None))
    return {name: one for name, one in found.items() if name}


def _suggested(known: _Known, signals: Sequence[SaidInDeal]) -> Suggested:
    part, why = _part(known.role, signals)
    return Suggested(known.name, known.role, known.contact, part, why, len(signals))


def _part(role: str, signals: Sequence[SaidInDeal]) -> tuple[str, str]:
    """By their role, else by what they said; whoever nothing speaks for is taken for a user."""
    if _HOLDS_BUDGET.search(role):
        return Part.BUYER, f"as {role} they may hold the budget"
    if _MAY_STOP.search(role):
        return Part.BLOCKER, f"as {role} they can stop it"
    leaning = Counter(_leans(one.polarity) for one in signals)
    kinds = Counter(one.kind for one in signals)
    if leaning["for"] > leaning["against"]:
        return Part.CHAMPION, f"{leaning['for']} of {_signals(len(signals))} speak for us"
    if kinds["decision"]:
        return Part.DECIDES, f"{_signals(kinds['decision'])} on who decides, when or from which budget"
    if kinds["objection"] > 1 and leaning["against"] > 1:
        return Part.BLOCKER, f"{_signals(kinds['objection'])} against buying"
    return Part.USER, f"{_signals(len(signals))}" if signals else "not heard yet"


def _leans(polarity: float) -> str:
    return "for" if polarity > LEANS else "against" if polarity < -LEANS else ""


def _signals(count: int) -> str:
    return "1 signal" if count == 1 else f"{count} signals"


def _sentence(deal: Deal, seats: Sequence[SeatRow], suggested: Sequence[Suggested]) -> str:
    missing = [part for part in VITAL if part not in {one.part for one in seats}]
    if deal.state != Deal.State.OPEN or not missing:
        return _standing(seats)
    said = f"No {' and no '.join(missing)} is named."
    hints = [f"{one.name} ({one.why})" for part in missing for one in suggested if one.part == part][:2]
    return f"{said} It may be {' or '.join(hints)}." if hints else said


def _standing(seats: Sequence[SeatRow]) -> str:
    if not seats:
        return "Nobody of the customer’s side is named with their part."
    return f"{sentences.listed([f'{one.name} ({one.part}, {one.stance_words})' for one in seats[:3]])}."
