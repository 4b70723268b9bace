from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from winward.usecases.quarters import bounds, newest, quarter_of


@given(st.dates(min_value=date(1990, 1, 1), max_value=date(2090, 1, 1)))
def test_a_day_lies_within_its_quarter_and_the_next_quarter_follows_at_once(day: date) -> None:
    first, last = bounds(quarter_of(day))
    assert first <= day <= last
    assert bounds(quarter_of(last + timedelta(days=1)))[0] == last + timedelta(days=1)


def test_the_newest_come_first() -> None:
    assert list(newest(date(2026, 2, 1), 3)) == ["2026 Q1", "2025 Q4", "2025 Q3"]


@pytest.mark.parametrize("name", ["", "2026", "2026 Q5", "Q3 2026"])
def test_other_names_are_refused(name: str) -> None:
    with pytest.raises(ValueError, match="is no quarter"):
        bounds(name)
