"""Days that a plan's steps can and must be done on."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from winward.usecases.plans.plan_dates import Circle, Work, course, working_days

MONDAY = date(2026, 11, 23)
FRIDAY = date(2026, 11, 27)
NEXT_FRIDAY = date(2026, 12, 4)


def test_dates_are_counted_back_from_the_customers_day_over_weekends() -> None:
    found = course([Work(1, "Build", 3), Work(2, "Sign", 2, (1,))], NEXT_FRIDAY, MONDAY)
    assert (found.steps[2].must_begin, found.steps[2].must_end) == (date(2026, 12, 3), NEXT_FRIDAY)
    assert (found.steps[1].must_begin, found.steps[1].must_end) == (date(2026, 11, 30), date(2026, 12, 2))
    assert (found.steps[1].can_begin, found.steps[2].can_end) == (MONDAY, FRIDAY)
    assert found.slack == found.steps[1].slack == 5


def test_the_longer_of_two_ways_drives_the_plan() -> None:
    works = [Work(1, "Short", 2), Work(2, "Long", 5), Work(3, "Live", 0, (1, 2))]
    found = course(works, FRIDAY, MONDAY)
    assert [found.steps[number].drives for number in (1, 2, 3)] == [False, True, True]
    assert (found.steps[1].slack, found.ends_on, found.slack) == (3, FRIDAY, 0)
    # A milestone stands on the day on which what comes before it ends.
    assert found.steps[3].can_end == found.steps[3].must_end == FRIDAY


def test_what_cannot_end_in_time_is_late_and_says_when_it_can() -> None:
    found = course([Work(1, "Review", 8)], FRIDAY, MONDAY)
    assert (found.slack, found.ends_on) == (-3, date(2026, 12, 2))


def test_an_owners_word_goes_before_the_length_once_the_step_can_begin() -> None:
    late = course([Work(1, "Review", 2, expected_on=NEXT_FRIDAY)], FRIDAY, MONDAY)
    assert late.slack == -5
    early = course([Work(1, "Review", 20, expected_on=FRIDAY)], FRIDAY, MONDAY)
    assert early.slack == 0
    waiting = course([Work(1, "Build", 5), Work(2, "Review", 5, (1,), expected_on=FRIDAY)], FRIDAY, MONDAY)
    assert waiting.steps[2].can_end == NEXT_FRIDAY


def test_a_day_that_was_expected_and_went_by_says_nothing() -> None:
    found = course([Work(1, "Review", 3, expected_on=date(2026, 11, 2))], FRIDAY, MONDAY)
    assert found.steps[1].can_end == date(2026, 11, 25)


def test_what_follows_a_step_that_is_done_begins_today_at_the_earliest() -> None:
    works = [Work(1, "Build", 30, done_on=date(2026, 11, 3)), Work(2, "Sign", 2, (1,))]
    found = course(works, FRIDAY, MONDAY)
    assert (found.steps[2].can_begin, found.steps[2].can_end) == (MONDAY, date(2026, 11, 24))
    assert not found.steps[1].drives


def test_a_circle_is_refused_with_its_names() -> None:
    works = [Work(1, "Sign", 1, (2,)), Work(2, "Review", 1, (1,))]
    with pytest.raises(Circle, match="would wait for itself") as refused:
        course(works, FRIDAY, MONDAY)
    assert "“Sign”" in str(refused.value)
    assert "“Review”" in str(refused.value)
    with pytest.raises(Circle, match="“Alone” would wait for itself"):
        course([Work(1, "Alone", 1, (1,))], FRIDAY, MONDAY)


def test_an_empty_plan_has_all_its_days_to_spare() -> None:
    assert course([], FRIDAY, MONDAY).slack == 5


works = st.lists(st.tuples(st.integers(0, 15), st.sets(st.integers(0, 9))), max_size=10).map(
    lambda rows: [
        Work(at, str(at), days, tuple(one for one in after if one < at)) for at, (days, after) in enumerate(rows)
    ]
)


@given(works, st.integers(-30, 60), st.dates(date(2026, 1, 1), date(2027, 1, 1)))
def test_nothing_begins_before_what_it_waits_for_and_the_least_slack_is_the_plans(
    planned: list[Work], apart: int, today: date
) -> None:
    found = course(planned, today + timedelta(apart), today)
    for one in planned:
        dates = found.steps[one.id]
        assert dates.can_end.weekday() < 5
        assert dates.must_end.weekday() < 5
        assert working_days(dates.can_end, dates.must_end) == dates.slack
        for before in one.after:
            assert found.steps[before].can_end < dates.can_begin or one.days == 0
            assert found.steps[before].must_end < dates.must_begin or one.days == 0
            assert found.steps[before].slack <= dates.slack or found.steps[before].can_end < dates.can_begin
    if planned:
        assert min(dates.slack for dates in found.steps.values()) == found.slack
        assert any(dates.drives for dates in found.steps.values())
