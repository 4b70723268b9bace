"""When a plan's steps must be done and when they can be: counted back from the customer's day, and forward from today.

Days are working days, Monday to Friday; holidays are not known. Source: the critical path method (Kelley and Walker,
1959), with what is done and what owners expect in place of durations.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from graphlib import CycleError, TopologicalSorter

DAY = timedelta(days=1)


class Circle(ValueError):
    """Steps wait for one another, so that none can begin."""


@dataclass(frozen=True, slots=True)
class Work:
    """A step as far as dates depend on it. days: working days that it takes, 0 for a milestone. after: ids of the steps
    that come before it."""

    id: int
    name: str
    days: int
    after: tuple[int, ...] = ()
    done_on: date | None = None
    expected_on: date | None = None


@dataclass(frozen=True, slots=True)
class Dates:
    """The first and last day of a step: at the earliest (can), and at the latest for the customer's day to hold (must).
    slack: working days between its earliest and its latest end; below 0 it is late. drives: no open step has less."""

    can_begin: date
    can_end: date
    must_begin: date
    must_end: date
    slack: int
    drives: bool


@dataclass(frozen=True, slots=True)
class Course:
    """steps: by id. ends_on: when everything is done at the earliest. slack: working days from then to the customer's
    day; below 0 the plan is late."""

    steps: Mapping[int, Dates]
    ends_on: date
    slack: int


def course(works: Sequence[Work], customer_day: date, today: date) -> Course:
    """Steps named in `after` that aren't among the works are passed over. Raises Circle."""
    order = _in_order(works)
    deadline = _after(customer_day)
    begins, ends = _forward(order, today)
    latest = _backward(order, deadline)
    last = max(ends.values(), default=_first(today))
    least = min((latest[one.id] - ends[one.id] for one in order if one.done_on is None), default=0)
    dates = {one.id: _dates(one, begins[one.id], ends[one.id], latest[one.id], least) for one in order}
    ends_on = max((one.can_end for one in dates.values()), default=today)
    return Course(dates, ends_on, deadline - last)


def working_days(first: date, last: date) -> int:
    """From the end of one day to the end of another; below 0 where the other comes before."""
    return _after(last) - _after(first)


# A boundary is the morning of a working day, counted from Monday, 1 January of the year 1; work of 3 days that begins
# at boundary 7 ends at 10, which is the evening of the working day before.


def _first(day: date) -> int:
    """The first working morning on the day or after it."""
    weeks, weekday = divmod(day.toordinal() - 1, 7)
    return 5 * weeks + min(weekday, 5)


def _after(day: date) -> int:
    return _first(day + DAY)


def _day(boundary: int) -> date:
    """The day that begins there."""
    weeks, weekday = divmod(boundary, 5)
    return date.fromordinal(7 * weeks + weekday + 1)


def _in_order(works: Sequence[Work]) -> list[Work]:
    by_id = {one.id: one for one in works}
    waits = {one.id: [before for before in one.after if before in by_id] for one in works}
    try:
        return [by_id[number] for number in TopologicalSorter(waits).static_order()]
    except CycleError as error:
        names = [f"“{by_id[number].name}”" for number in error.args[1]]
        said = ", which waits for ".join(names[1:])
        raise Circle(f"{names[0]} would wait for itself: before it comes {said}.") from error


def _forward(order: Collection[Work], today: date) -> tuple[dict[int, int], dict[int, int]]:
    """When each begins and ends at the earliest; what is done ended when it did."""
    now, begins, ends, done = _first(today), dict[int, int](), dict[int, int](), set[int]()
    for one in order:
        before = [number for number in one.after if number in ends]
        begins[one.id] = begin = max([now, *(ends[number] for number in before)])
        if one.done_on is not None:
            ends[one.id] = _after(one.done_on)
            done.add(one.id)
        else:
            ends[one.id] = _earliest_end(one, begin, now, today, done.issuperset(before))
    return begins, ends


def _earliest_end(one: Work, begin: int, now: int, today: date, free: bool) -> int:
    """Who can work on it already knows better than its length when it will be done; a day that went by says nothing."""
    end = max(begin + one.days, now + 1)
    if one.expected_on is None or one.expected_on < today:
        return end
    return max(_after(one.expected_on), now if free else end)


def _backward(order: Sequence[Work], deadline: int) -> dict[int, int]:
    """When each must have ended, for all that waits for it to be in time."""
    latest = dict.fromkeys((one.id for one in order), deadline)
    for one in reversed(order):
        if one.done_on is None:
            for before in _among(one.after, latest):
                latest[before] = min(latest[before], latest[one.id] - one.days)
    return latest


def _among(numbers: Collection[int], known: Mapping[int, int]) -> Iterator[int]:
    return (number for number in numbers if number in known)


def _dates(one: Work, begin: int, end: int, latest: int, least: int) -> Dates:
    """A milestone takes place on the day that ends where it stands."""
    must_begin = _day(latest - max(one.days, 1))
    if one.done_on is not None:
        return Dates(one.done_on, one.done_on, must_begin, _day(latest - 1), latest - end, drives=False)
    can_begin = _day(begin) if one.days else _day(end - 1)
    return Dates(can_begin, _day(end - 1), must_begin, _day(latest - 1), latest - end, latest - end == least)
