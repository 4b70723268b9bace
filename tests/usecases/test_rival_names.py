"""What a competitor field names: one rival, several, or none."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from winward.usecases.rival_names import is_name, key_of, names_in

KNOWN = {"northwind", "contoso", "johnsonandsons"}


@pytest.mark.parametrize(
    ("field", "names"),
    [
        ("Northwind", ["Northwind"]),
        ("Northwind; Contoso", ["Northwind", "Contoso"]),
        ("Northwind, Fabrikam / Contoso", ["Northwind", "Fabrikam", "Contoso"]),
        ("Northwind and Contoso", ["Northwind", "Contoso"]),
        ("Smith and Daughters", ["Smith and Daughters"]),
        ("Johnson and Sons", ["Johnson and Sons"]),
        ("Rival, Inc.", ["Rival, Inc."]),
        ("Northwind; None", ["Northwind"]),
        ("n/a", []),
        ("None", []),
    ],
)
def test_a_field_names_one_rival_several_or_none(field: str, names: list[str]) -> None:
    assert names_in(field, KNOWN) == names


@given(st.text(max_size=60))
def test_any_field_gives_names_that_stand_in_it(field: str) -> None:
    for name in names_in(field, KNOWN):
        assert name in field
        assert is_name(name)


@given(st.lists(st.from_regex(r"[A-Z][a-z]{3,8}", fullmatch=True), min_size=1, max_size=4, unique_by=key_of))
def test_names_joined_by_semicolons_come_apart_again(names: list[str]) -> None:
    wanted = [name for name in names if is_name(name)]
    assert names_in("; ".join(wanted), set()) == wanted
