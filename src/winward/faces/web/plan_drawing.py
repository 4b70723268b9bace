"""Where a plan's steps stand on their shared axis of days."""

from dataclasses import dataclass
from datetime import date, timedelta

from winward.faces.web.drawing import Axis
from winward.usecases.plans.show_plan import Plan, PlanRow

DAY = timedelta(days=1)
MOST_LABELS = 3


@dataclass(frozen=True, slots=True)
class DrawnStep:
    """x, width: of the bar from its earliest begin to its earliest end. end: of that end, where a milestone stands.
    must: of its latest end. over: how far the bar passes it; empty where it doesn't."""

    row: PlanRow
    x: str
    width: str
    end: str
    must: str
    over_x: str
    over: str


@dataclass(frozen=True, slots=True)
class DrawnPlan:
    """labels: (place, day, anchor). today, day: the places of today and of the customer's day."""

    rows: tuple[DrawnStep, ...]
    labels: tuple[tuple[str, date, str], ...]
    today: str
    day: str


def drawn(plan: Plan) -> DrawnPlan:
    days = [plan.today, plan.customer_day + DAY, *(row.dates.can_begin for row in plan.rows)]
    days += [row.dates.can_end + DAY for row in plan.rows]
    axis = Axis(min(days).toordinal(), max(max(days), min(days) + DAY).toordinal())
    rows = tuple(_step(row, axis) for row in plan.rows)
    return DrawnPlan(
        rows, _labels(axis), axis.at(plan.today.toordinal()), axis.at((plan.customer_day + DAY).toordinal())
    )


def _step(row: PlanRow, axis: Axis) -> DrawnStep:
    dates = row.dates
    begin, end = dates.can_begin.toordinal(), (dates.can_end + DAY).toordinal()
    must = (dates.must_end + DAY).toordinal()
    late = end > must and row.done_on is None
    over_from = max(begin, must)
    return DrawnStep(
        row, axis.at(begin), _width(axis, begin, end), axis.at(end), axis.at(must), axis.at(over_from),
        _width(axis, over_from, end) if late else "",
    )  # fmt: skip


def _width(axis: Axis, begin: float, end: float) -> str:
    return f"{100 * (end - begin) / (axis.high - axis.low):.2f}%"


def _labels(axis: Axis) -> tuple[tuple[str, date, str], ...]:
    """The first days of months, or Mondays where those are too few; so many that they don't touch."""
    every = [date.fromordinal(number) for number in range(int(axis.low), int(axis.high) + 1)]
    months = [day for day in every if day.day == 1]
    chosen = months if len(months) > 2 else [day for day in every if day.weekday() == 0]
    chosen = chosen[:: max(1, -(-len(chosen) // MOST_LABELS))]
    return tuple((axis.at(day.toordinal()), day, _anchor(axis, day)) for day in chosen)


def _anchor(axis: Axis, day: date) -> str:
    place = (day.toordinal() - axis.low) / (axis.high - axis.low)
    return "first" if place < 0.08 else "last" if place > 0.92 else "middle"
