"""What moves somebody, and why we hold so: their words, a document, or a note; and words of theirs to keep."""

from dataclasses import dataclass

from django.db.models import F, Q

from winward.records.signals import Signal
from winward.records.stakeholders import Ground, Stakeholder
from winward.usecases import decide
from winward.usecases.decide import Decision
from winward.usecases.people.cited import Cited, cite_given, cited
from winward.usecases.people.stakeholders import existing_stakeholder
from winward.usecases.quotes import NotFound, Quote, quotes

CANDIDATES, READ = 6, 60


@dataclass(frozen=True, slots=True)
class Moves:
    """what: moves them. rests_on: null where it is a note."""

    id: int
    what: str
    rests_on: Cited | None


@dataclass(frozen=True, slots=True)
class Candidate:
    """Something that they said. moves: what it would be kept as, until somebody says it better."""

    quote: Quote
    moves: str


def add_ground(
    stakeholder_id: int, moves: str, by: str, document: int | None = None, quote: str = "", signal: int | None = None
) -> tuple[int, Decision]:
    """Keep what moves somebody. Raises NotFound, and ValueError without words, or where a quote doesn't stand there."""
    who, evidence = existing_stakeholder(stakeholder_id), cite_given(document, quote, signal)
    what = moves.strip()
    if not what:
        raise ValueError(f"Say in a few words what moves {who.name}.")
    values = {"stakeholder_id": who.pk, "moves": what, **evidence}
    return decide.add("ground", values, by, f"What moves {who.name}: {what}")


def remove_ground(ground_id: int, by: str) -> Decision | None:
    """Raises NotFound."""
    row = Ground.objects.filter(pk=ground_id, removed=False).select_related("stakeholder").first()
    if row is None:
        raise NotFound(f"There is no ground {ground_id}.")
    return decide.change("ground", ground_id, {"removed": True}, by, f"Took away what moves {row.stakeholder.name}.")


def grounds_of(stakeholder_id: int) -> tuple[Moves, ...]:
    """Those that rest on evidence first."""
    wanted = Ground.objects.filter(stakeholder=stakeholder_id, removed=False)
    rows = list(wanted.order_by(F("document").asc(nulls_last=True), "pk"))
    evidence = cited(rows)
    return tuple(Moves(row.pk, row.moves, evidence.get(row.pk)) for row in rows)


def candidates(who: Stakeholder) -> tuple[Candidate, ...]:
    """What somebody of this name said, of which nothing is kept yet: that on which most hangs first. Whether it was
    they who said it, a person decides."""
    if who.team:
        return ()
    kept = set(Ground.objects.filter(stakeholder=who, removed=False).values_list("document_id", "quote"))
    found = quotes(Signal.objects.filter(_said_by(who), dismissed=False).order_by("-strength", "-pk")[:READ])
    new = {one.words: one for one in reversed(found) if (one.document_id, one.words) not in kept}
    return tuple(Candidate(one, one.theme or one.kind) for one in list(new.values())[::-1][:CANDIDATES])


def _said_by(who: Stakeholder) -> Q:
    """Of a customer's contact only what was said for their account."""
    said = Q(passage__speaker__iexact=who.name.strip())
    account = who.contact.account_id if who.contact else None
    if account is None:
        return said
    return said & (Q(document__account=account) | Q(document__deal__account=account))
