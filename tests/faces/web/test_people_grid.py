"""The map of people, and what is pasted to say where something was said."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from winward.faces.web.people_grid import grid
from winward.faces.web.said_where import said_where
from winward.usecases.people.seats import SeatRow


def row(number: int, influence: int, stance: int | None) -> SeatRow:
    return SeatRow(
        number, number, f"P{number}", False, "sales", "", "", "decides", influence, False, stance, None, "", None
    )


@given(st.lists(st.tuples(st.integers(1, 5), st.none() | st.integers(-2, 2)), max_size=25))
def test_everybody_stands_in_one_place_of_the_map(seats: list[tuple[int, int | None]]) -> None:
    people = [row(number, *seat) for number, seat in enumerate(seats)]
    drawn = grid(people)
    placed = [one for line in drawn.rows for cell in line.cells for one in cell.people]
    assert sorted(one.id for one in placed) == list(range(len(people)))
    assert all(len(line.cells) == len(drawn.columns) for line in drawn.rows)


def test_more_influence_is_higher_and_more_in_favour_further_right() -> None:
    drawn = grid([row(0, 5, -2), row(1, 3, 2), row(2, 3, None)])
    places = {
        one.id: (at, column)
        for at, line in enumerate(drawn.rows)
        for column, cell in enumerate(line.cells)
        for one in cell.people
    }
    assert places == {0: (0, 0), 1: (2, 4), 2: (2, 5)}
    assert [line.influence for line in drawn.rows] == ["very much", "much", "some"]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("", (None, None)),
        (" 12 ", (12, None)),
        ("/documents/12/", (12, None)),
        ("https://winward.test/documents/12/?passage=3", (12, None)),
        ("https://winward.test/documents/12/?passage=3&signal=9#s9", (None, 9)),
        ("/signals/9/?trail=1.2", (None, 9)),
    ],
)
def test_an_address_names_a_document_or_a_signal(text: str, found: tuple[int | None, int | None]) -> None:
    assert said_where(text) == found


@pytest.mark.parametrize("text", ["in a call", "/deals/4/", "https://elsewhere.test/"])
def test_anything_else_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="Paste the address"):
        said_where(text)
