"""How a plan stands, and what a change moves, in words."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

from winward.usecases.plans.plan_dates import Course, Dates, Work, working_days
from winward.usecases.sentences import listed

FEW = 3
# A day so far off is told with its year.
FAR_DAYS = 300


@dataclass(frozen=True, slots=True)
class Standing:
    """What sentences about a plan are made from."""

    works: Sequence[Work]
    course: Course
    customer_day: date
    today: date

    def dates(self, one: Work) -> Dates:
        return self.course.steps[one.id]

    def said(self, day: date) -> str:
        year = f" {day.year}" if abs((day - self.today).days) > FAR_DAYS else ""
        return "today" if day == self.today else f"{day.day} {day:%B}{year}"

    def on(self, day: date) -> str:
        return "today" if day == self.today else f"on {self.said(day)}"

    @property
    def open(self) -> list[Work]:
        return [one for one in self.works if one.done_on is None]


def sentence(at: Standing) -> str:
    """The plan's bottom line."""
    if not at.works:
        return f"No step stands in it yet: say what both sides do until {at.said(at.customer_day)}."
    if not at.open:
        return f"Done: all {_counted(at.works)}, the last {at.on(at.course.ends_on)}, {_against(at)}."
    done = f"{len(at.works) - len(at.open)} of {len(at.works)} done"
    if at.course.slack < 0:
        day = f"the customer’s day moves from {at.said(at.customer_day)} to {at.said(at.course.ends_on)}"
        return f"Late by {days(-at.course.slack)}: {done}; {day} unless {_unless(at)}."
    spare = f", with {days(at.course.slack)} to spare" if at.course.slack else ""
    return f"On course: {done}{spare}; {_next(at)}."


def of_step(one: Work, at: Standing) -> str:
    """How a step stands."""
    dates = at.dates(one)
    if one.done_on is not None:
        return "Done"
    gone = one.expected_on is not None and one.expected_on < at.today
    was = f"; it was expected {at.on(one.expected_on)}" if gone and one.expected_on else ""
    if dates.slack < 0:
        return f"Late by {days(-dates.slack)}{was}"
    if dates.slack == 0:
        return f"No day to spare{was}"
    return f"{days(dates.slack).capitalize()} to spare{was}"


def moved(before: Standing, after: Standing) -> str:
    """What a change of steps or of the customer's day moved: which earliest ends, and whether the day still holds."""
    shifts = {
        one.id: working_days(before.dates(one).can_end, after.dates(one).can_end)
        for one in after.works
        if one.id in before.course.steps and one.done_on is None
    }
    shifted = [one for one in after.works if shifts.get(one.id)]
    said = [_shifted(shifted, [shifts[one.id] for one in shifted])] if shifted else []
    return " ".join([*said, *_held(before, after)])


def days(count: int) -> str:
    return f"{count:,} working day" if count == 1 else f"{count:,} working days"


def _shifted(works: Sequence[Work], by: Sequence[int]) -> str:
    """“Contract” and “Go live” can now end 5 working days later."""
    named = _named(works)
    sizes = sorted({abs(shift) for shift in by})
    size = days(sizes[0]) if len(sizes) == 1 else f"{sizes[0]} to {days(sizes[-1])}"
    ways = {shift > 0 for shift in by}
    way = "later or earlier" if len(ways) == 2 else "later" if ways == {True} else "earlier"
    return f"{named} can now end {size} {way}."


def _held(before: Standing, after: Standing) -> list[str]:
    """Whether the customer's day holds, where that is new."""
    if before.course.slack == after.course.slack or not after.open:
        return []
    if after.course.slack < 0:
        end, day = after.on(after.course.ends_on), after.said(after.customer_day)
        return [f"As it stands all is done {end}, {days(-after.course.slack)} after the customer’s day, {day}."]
    if before.course.slack < 0:
        return [f"The customer’s day, {after.said(after.customer_day)}, holds again."]
    spare = days(after.course.slack) if after.course.slack else "No working day"
    return [f"{spare} {'is' if after.course.slack == 1 or not after.course.slack else 'are'} left to spare."]


def _against(at: Standing) -> str:
    apart = working_days(at.course.ends_on, at.customer_day)
    if apart == 0:
        return "on the customer’s day"
    return f"{days(abs(apart))} {'before' if apart > 0 else 'after'} the customer’s day"


def _next(at: Standing) -> str:
    """Of the steps that can be worked on, the one that can wait least."""
    open_ones = {one.id for one in at.open}
    ready = [one for one in at.open if open_ones.isdisjoint(one.after)]
    one = min(ready, key=lambda one: (at.dates(one).must_begin, at.dates(one).must_end))
    if one.days == 0:
        return f"“{one.name}” must be reached by {at.said(at.dates(one).must_end)}"
    underway = one.expected_on is not None or at.dates(one).must_begin < at.today
    if underway:
        return f"“{one.name}” must be done by {at.said(at.dates(one).must_end)}"
    return f"“{one.name}” must begin by {at.said(at.dates(one).must_begin)}"


def _unless(at: Standing) -> str:
    """What would have to be: that the one step in the way is done in time, or that days are saved."""
    driving = [one for one in at.open if at.dates(one).drives]
    first = [one for one in driving if not {other.id for other in driving}.intersection(one.after)]
    if len(first) == 1 and at.dates(first[0]).must_end >= at.today:
        return f"“{first[0].name}” is done by {at.said(at.dates(first[0]).must_end)}"
    longest = sorted((one for one in driving if one.days), key=lambda one: -one.days)[:FEW]
    where = listed([f"“{one.name}”" for one in driving if one in longest])
    if not longest:
        return f"“{driving[-1].name}” comes sooner"
    return f"{days(-at.course.slack)} are saved in {where}" if at.course.slack < -1 else f"a day is saved in {where}"


def _counted(works: Collection[Work]) -> str:
    return "1 step" if len(works) == 1 else f"{len(works)} steps"


def _named(works: Sequence[Work]) -> str:
    names = [f"“{one.name}”" for one in works[:FEW]]
    return listed([*names, f"{len(works) - FEW} more"] if len(works) > FEW else names)
