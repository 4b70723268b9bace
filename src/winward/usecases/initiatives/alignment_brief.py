"""brief: an initiative on one page: the customers' need, what is proposed, who needs what, and the decision asked."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from winward.records.initiatives import Initiative
from winward.records.stakeholders import Ground
from winward.usecases.initiatives.initiative_need import CustomerNeed
from winward.usecases.initiatives.proposed_package import Proposed, proposed_package
from winward.usecases.initiatives.risks import RiskRow, top_risks
from winward.usecases.initiatives.show_initiative import InitiativePage, show_initiative
from winward.usecases.initiatives.sums import on
from winward.usecases.people import seats
from winward.usecases.people.seats import SeatRow
from winward.usecases.plans.show_plan import Plan, list_plans
from winward.usecases.sentences import listed
from winward.usecases.value.value_chains import LinkedWorth, chains_of, show_chain

RISKS, DAYS, WAITING = 3, 7, 3
ENDED = (Initiative.State.SHIPPED, Initiative.State.STOPPED)


@dataclass(frozen=True, slots=True)
class Wants:
    """Somebody's part: where they stand, what moves them, and how the package is for them, empty where that isn't
    known."""

    seat: SeatRow
    moves: tuple[str, ...]
    says: str


@dataclass(frozen=True, slots=True)
class Moment:
    """A day of the timeline. what: "Alder decides on a deal of €84,000". plan: it is a step of an action plan."""

    on: date
    what: str
    plan: bool


@dataclass(frozen=True, slots=True)
class AlignmentBrief:
    """worth: of the initiative's value chain, None where nobody worked it out. decision: what is asked, of whom and by
    when. decide_by: None where no day is known."""

    page: InitiativePage
    proposed: Proposed
    wants: tuple[Wants, ...]
    risks: tuple[RiskRow, ...]
    timeline: tuple[Moment, ...]
    worth: LinkedWorth | None
    decision: str
    decide_by: date | None


def alignment_brief(initiative_id: int, today: date) -> AlignmentBrief:
    """Raises NotFound."""
    page = show_initiative(initiative_id, today)
    proposed, rows = proposed_package(initiative_id), seats.of_initiative(initiative_id)
    plans = list_plans(today, initiative_id)
    decide_by = _decide_by(page.needed, plans)
    return AlignmentBrief(
        page=page,
        proposed=proposed,
        wants=_wants(rows, proposed),
        risks=tuple(top_risks(initiative_id, RISKS)),
        timeline=_timeline(page.needed, plans),
        worth=next((show_chain(number, today).linked for number in chains_of(initiative_id)), None),
        decision=_decision(page, proposed, rows, decide_by, today),
        decide_by=decide_by,
    )


def _wants(rows: Sequence[SeatRow], proposed: Proposed) -> tuple[Wants, ...]:
    """Those whose yes is needed first."""
    moves, says = _moves(rows), {side.seat: side.says for side in proposed.sides}
    ordered = sorted(rows, key=lambda row: not row.needed)
    return tuple(Wants(row, tuple(moves[row.stakeholder_id]), says.get(row.id, "")) for row in ordered)


def _moves(rows: Sequence[SeatRow]) -> dict[int, list[str]]:
    found = defaultdict[int, list[str]](list)
    grounds = Ground.objects.filter(stakeholder__in=[row.stakeholder_id for row in rows], removed=False)
    for number, moves in grounds.order_by("pk").values_list("stakeholder_id", "moves"):
        found[number].append(moves)
    return found


def _timeline(needed: CustomerNeed, plans: Sequence[Plan]) -> tuple[Moment, ...]:
    """What customers wait for, the largest, the day that holds, and the plan's milestones, in the order of time."""
    waiting = [row for row in needed.rows if row.day is not None and not row.overdue]
    largest = sorted(waiting, key=lambda row: (not row.sets, -(row.value or 0.0)))[:WAITING]
    found = [Moment(row.day, row.sentence.rstrip("."), False) for row in largest if row.day is not None]
    if needed.by_hand:
        found.append(Moment(needed.by_hand, "Needed, as set by hand", False))
    for plan in plans:
        found.append(Moment(plan.customer_day, plan.outcome or f"The customer’s day of “{plan.name}”", True))
        steps = [row for row in plan.rows if row.done_on is None and (row.days == 0 or row.dates.drives)]
        found += [Moment(row.dates.must_end, f"At the latest: {row.name}", True) for row in steps]
    return tuple(_most_telling(found))


def _most_telling(found: Sequence[Moment]) -> list[Moment]:
    """Customers' days stay; of the steps the first ones that there is room for."""
    ordered = sorted(dict.fromkeys(found), key=lambda one: (one.plan, one.on))
    return sorted(ordered[:DAYS], key=lambda one: one.on)


def _decide_by(needed: CustomerNeed, plans: Sequence[Plan]) -> date | None:
    """When the first open step of a plan must begin at the latest; without a plan the day that customers need it."""
    begins = [row.dates.must_begin for plan in plans for row in plan.rows if row.done_on is None]
    return min(begins, default=needed.day)


def _decision(
    page: InitiativePage, proposed: Proposed, rows: Sequence[SeatRow], decide_by: date | None, today: date
) -> str:
    if page.state in ENDED:
        return f"None: it is {page.state}."
    if proposed.how == "agreed":
        left = f" Left to settle: {proposed.open_points}" if proposed.open_points else ""
        return f"None any more: it is agreed.{left}"
    asked = [row.name for row in rows if row.needed and (row.stance is None or row.stance < 1)]
    asked = asked or [row.name for row in rows if row.needed]
    if not asked:
        return "Name first whose yes is needed; nobody who decides sits at the table."
    to_what = "to this package" if proposed.package else "to what would do for everyone"
    return f"{listed(asked)}: a yes {to_what}{_by(decide_by, today)}."


def _by(day: date | None, today: date) -> str:
    if day is None:
        return ""
    return f" by {on(day)}" if day > today else f" now: it was needed by {on(day)}"
