from contextlib import suppress
from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from winward.sources.tables.dates import date_order, parse_date, parse_moment


@pytest.mark.parametrize(
    "text",
    [
        "2024-03-04", "2024/03/04", "20240304", "03/04/2024", "3/4/24", "04.03.2024", "Mar 4, 2024",
        "March 4th, 2024",
        "4 March 2024", "4-Mar-24", "4. März 2024", "4 mars 2024", "4 de marzo de 2024",
        "Mon, 4 Mar 2024 10:00:00 +0000",
        "Monday, March 4, 2024", "2024-03-04T23:30:00-05:00", "2024-03-04 10:00:00.123 UTC", "3/4/2024 11:59 PM",
        "45355", "45355.5", "1709550000", "1709550000000",
    ],
)  # fmt: skip
def test_the_fourth_of_march_in_every_dress(text: str) -> None:
    assert parse_date(text) == date(2024, 3, 4)


@pytest.mark.parametrize(
    "text", ["", "soon", "2024-13-01", "31/31/2024", "Q3 2024", "12345678", "0000-00-00", "12", "1,200"]
)
def test_what_is_no_date_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="not a date"):
        parse_date(text)


def test_moments_keep_clock_and_zone() -> None:
    assert parse_moment("2024-03-04T23:30:00-05:00").utcoffset() is not None
    assert parse_moment("2024-03-04T23:30:00-05:00") == datetime(2024, 3, 5, 4, 30, tzinfo=UTC)
    assert parse_moment("04/03/2024 1:05 pm", "day") == datetime(2024, 3, 4, 13, 5, tzinfo=UTC)


def test_one_telling_value_decides_the_order_of_a_column() -> None:
    assert date_order(["03/04/2024", "25/04/2024"]) == ("day", "day first, as 31/12/2024")
    assert date_order(["03/04/2024", "04/25/2024"]) == ("month", "month first, as 12/31/2024")
    assert date_order(["2024-03-04", "04.03.2024"]) is None
    undecided = date_order(["03/04/2024"])
    assert undecided is not None
    assert "could mean either" in undecided[1]


@given(
    st.dates(date(1970, 1, 1), date(2099, 12, 31)), st.sampled_from(["%Y-%m-%d", "%d.%m.%Y", "%b %d, %Y", "%d %B %Y"])
)
def test_written_dates_read_back(day: date, style: str) -> None:
    assert parse_date(day.strftime(style)) == day


@given(st.dates(date(1970, 1, 1), date(2068, 12, 31)), st.sampled_from([("%d/%m/%y", "day"), ("%m-%d-%Y", "month")]))
def test_the_order_settles_figures(day: date, style: tuple[str, str]) -> None:
    assert parse_date(day.strftime(style[0]), "day" if style[1] == "day" else "month") == day


@given(st.text(max_size=70))
def test_any_text_is_a_date_or_a_value_error(text: str) -> None:
    with suppress(ValueError):
        parse_moment(text)
