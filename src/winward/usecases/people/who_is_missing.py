"""Who has no seat in an initiative though the evidence speaks of what is theirs to say."""

import re
from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from winward.records.deals import Deal
from winward.records.signals import Signal
from winward.records.stakeholders import Stakeholder
from winward.records.themes import Theme
from winward.usecases import sentences
from winward.usecases.initiatives import sums
from winward.usecases.initiatives.initiative_need import Need
from winward.usecases.initiatives.initiative_stakes import Stakes
from winward.usecases.list_themes import currency
from winward.usecases.people.missing_cues import CUES, cues_in
from winward.usecases.people.seats import SeatRow

Kind = Stakeholder.Kind
# Of the signals that fit the themes best, so many are looked through.
READ = 20_000
SHOWN, NAMED = 3, 3
# The reader's kind alone is right too seldom to say of a customer how they decide.
DECIDING = re.compile(
    r"\b(?:decid\w+|decisions?|budgets?|committees?|procurement|sign[- ]?off|sign(?:s|ed)? off|approval|"
    r"board (?:\w+ )?(?:meets?|approves?|signs?))\b",
    re.I,
)
NOBODY = {
    Kind.SECURITY: "Nobody from security has been asked",
    Kind.LEGAL: "Nobody from legal has been asked",
    Kind.VENDOR: "No vendor has been asked",
    Kind.TECH_LEAD: "No tech lead has been asked",
    Kind.DESIGNER: "No designer has been asked",
    Kind.SALES: "Nobody from sales has been asked",
    Kind.CUSTOMER: "No customer has been asked",
    Kind.EXECUTIVE: "No product executive has been asked",
}


@dataclass(frozen=True, slots=True)
class Signed:
    """A signal that speaks of it."""

    id: int
    words: str


@dataclass(frozen=True, slots=True)
class Exposed:
    """An open deal in which it came up."""

    id: int
    name: str


@dataclass(frozen=True, slots=True)
class Missing:
    """kind: of who has no seat, empty for owners of themes. count: of signals, deals or themes that speak for asking
    them. signals: some of them, those that fit best. names: who it would be, where that is known. deals: the
    largest."""

    kind: str
    sentence: str
    count: int
    signals: tuple[Signed, ...] = ()
    names: tuple[str, ...] = ()
    deals: tuple[Exposed, ...] = ()

    @property
    def more(self) -> int:
        """Signals that aren't shown."""
        return self.count - len(self.signals) if self.signals else 0


@dataclass(frozen=True, slots=True)
class _Read:
    id: int
    words: str
    kind: str
    cues: dict[str, list[str]]


def who_is_missing(
    themes: Collection[int], seats: Sequence[SeatRow], stakes: Stakes, exposed: Sequence[Need]
) -> tuple[Missing, ...]:
    """themes: that the initiative serves. exposed: open deals in which they came up. Kinds of which nobody is there
    come before people, and what most evidence speaks for first."""
    held, seated = {one.kind for one in seats}, {one.name.casefold() for one in seats}
    read = _read(themes)
    found = [
        *(_of_kind(kind, read) for kind in CUES if kind not in held),
        _customers(read, held),
        _sellers(exposed, held, seated),
        _executive(stakes, held),
        _owners(themes, seated),
    ]
    return tuple(
        sorted(
            (one for one in found if one is not None), key=lambda one: (one.kind in held or not one.kind, -one.count)
        )
    )


def _read(themes: Collection[int]) -> list[_Read]:
    said = Signal.objects.filter(theme__in=themes, dismissed=False).order_by("-fit", "pk")
    rows = said.values_list("pk", "quote", "kind")[:READ]
    return [_Read(number, quote, kind, cues_in(quote)) for number, quote, kind in rows]


def _of_kind(kind: str, read: Iterable[_Read]) -> Missing | None:
    speaking = [one for one in read if kind in one.cues]
    named = Counter(name for one in speaking for name in one.cues[kind])
    if not speaking:
        return None
    about = sentences.listed([name for name, _ in named.most_common(NAMED)])
    return Missing(kind, f"{NOBODY[Kind(kind)]}, and {_say(speaking, 'mention')} {about}.", *_counted(speaking))


def _customers(read: Iterable[_Read], held: Collection[str]) -> Missing | None:
    """Signals of the kind "decision" that name who decides at a customer, when, or from which budget."""
    speaking = [one for one in read if one.kind == "decision" and DECIDING.search(one.words)]
    if Kind.CUSTOMER in held or not speaking:
        return None
    said = f"{NOBODY[Kind.CUSTOMER]}, and {_say(speaking, 'say')} how customers decide, when, or from which budget."
    return Missing(Kind.CUSTOMER, said, *_counted(speaking))


def _say(speaking: Sequence[_Read], verb: str) -> str:
    count = len(speaking)
    return f"one signal {verb}s" if count == 1 else f"{count:,} signals {verb}"


def _counted(speaking: Sequence[_Read]) -> tuple[int, tuple[Signed, ...]]:
    return len(speaking), tuple(Signed(one.id, one.words) for one in speaking[:SHOWN])


def _sellers(exposed: Sequence[Need], held: Collection[str], seated: Collection[str]) -> Missing | None:
    """Whoever owns an open deal in which it came up."""
    if not exposed:
        return None
    owned = Deal.objects.filter(pk__in=[one.deal_id for one in exposed], owner__isnull=False)
    owners = Counter(owned.values_list("owner__name", flat=True)).most_common()
    names = [name for name, _ in owners if name.casefold() not in seated]
    largest = sorted(exposed, key=lambda one: (-(one.value or 0.0), one.deal_id))[:SHOWN]
    most = tuple(Exposed(one.deal_id, one.deal) for one in largest)
    if Kind.SALES not in held:
        value = sum(one.value or 0.0 for one in exposed)
        worth = f" worth {sums.roughly(value, currency())}" if value else ""
        said = f"{NOBODY[Kind.SALES]}, and it came up in {_open(len(exposed))}{worth}."
        return Missing(Kind.SALES, said, len(exposed), names=tuple(names), deals=most)
    if not names:
        return None
    said = f"{_some(names)} {_plural(names, 'owns', 'own')} open deals in which it came up, without a seat."
    return Missing(Kind.SALES, said, len(exposed), names=tuple(names), deals=most)


def _open(count: int) -> str:
    return "one open deal" if count == 1 else f"{count:,} open deals"


def _some(names: Sequence[str]) -> str:
    more = [f"{len(names) - NAMED} more"] if len(names) > NAMED else []
    return sentences.listed([*names[:NAMED], *more])


def _plural(names: Sequence[str], one: str, several: str) -> str:
    return one if len(names) == 1 else several


def _executive(stakes: Stakes, held: Collection[str]) -> Missing | None:
    """Where deals were lost with the themes, somebody who answers for the product should know."""
    if Kind.EXECUTIVE in held or not stakes.lost:
        return None
    lost = sums.roughly(stakes.lost, currency())
    said = f"{NOBODY[Kind.EXECUTIVE]}, and {lost} of lost deals go with what it serves."
    return Missing(Kind.EXECUTIVE, said, stakes.lost_deals)


def _owners(themes: Collection[int], seated: Collection[str]) -> Missing | None:
    """Whoever owns a theme answers for it."""
    owned = Theme.objects.filter(pk__in=themes).exclude(owner="").only("name", "given_name", "owner")
    without = [one for one in owned if one.owner.casefold() not in seated]
    if not without:
        return None
    names, titles = list(dict.fromkeys(one.owner for one in without)), [one.title for one in without]
    said = f"{_some(names)} {_plural(names, 'owns', 'own')} {sentences.quoted(titles)}, without a seat."
    return Missing("", said, len(without), names=tuple(names))
