"""YAML files of people: each problem has its line, and no file does harm."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from winward.sources.yaml_files import FileProblems, read_yaml

SCHEMA = {
    "type": "object",
    "properties": {
        "name": {"type": "string", "description": "what it is called"},
        "parts": {"type": "array", "items": {"type": "object", "properties": {"size": {"type": "number"}}}},
    },
    "additionalProperties": False,
}


def problems(text: str) -> list[tuple[int, str]]:
    with pytest.raises(FileProblems) as error:
        read_yaml(text, "x.yaml", SCHEMA)
    return [(one.line, one.message) for one in error.value.problems]


def test_a_file_is_read_with_the_line_of_each_part() -> None:
    written = read_yaml("name: a\n\nparts:\n  - size: 1\n  - size: 2.5\n", "x.yaml", SCHEMA)
    assert written.value == {"name": "a", "parts": [{"size": 1}, {"size": 2.5}]}
    assert [written.line(path) for path in (("name",), ("parts", 1, "size"), ("parts", 1, "colour"))] == [1, 5, 5]


def test_every_problem_is_told_with_its_line() -> None:
    found = problems("name: 3\nparts:\n  - size: 1\n  - size: large\ncolour: red\n")
    assert [line for line, _ in found] == [1, 4, 5]
    assert "what it is called" in found[0][1]
    assert "“colour” isn't known here; there is name, parts" in found[2][1]


@pytest.mark.parametrize(
    ("text", "line", "said"),
    [
        ("name: [1\n", 2, "expected"),
        ("name: a\nname: b\n", 2, "stands twice"),
        ("parts: &all [{size: 1}]\nname: *all\n", 1, "aliases"),
        ("name: \x00", 1, "can't be read"),
        ("", 1, "not of type"),
        ("name: !!python/object/apply:os.system [ls]\n", 1, "not of type"),
    ],
)
def test_what_cannot_be_read_is_told(text: str, line: int, said: str) -> None:
    found = problems(text)
    assert found[0][0] == line
    assert said in found[0][1]


def test_a_day_or_another_value_that_yaml_makes_stays_what_was_written() -> None:
    assert read_yaml("name: 2026-01-31\n", "x.yaml", SCHEMA).value == {"name": "2026-01-31"}


@given(st.text(max_size=200))
def test_no_text_does_anything_but_be_read_or_refused(text: str) -> None:
    try:
        read_yaml(text, "x.yaml", SCHEMA)
    except FileProblems:
        return
