"""Alignments as YAML files: what is written is read again, and what is wrong is told with its line."""

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from winward.records.initiatives import Initiative, Risk
from winward.records.stakeholders import Question, Seat, Stakeholder
from winward.sources import alignments
from winward.sources.alignments import SCHEMA, read_alignment, write_alignment
from winward.sources.yaml_files import FileProblems

# Whatever a person can put into a form: PostgreSQL takes no NUL, and no half of a pair.
texts = st.text(st.characters(exclude_categories=("Cs",), exclude_characters="\x00"), max_size=40)
names = texts.filter(str.strip) | st.sampled_from(
    [
        "no",
        "2",
        "1e3",
        "~",
        "<<",
        "=",
        "- a",
        "a: b",
        "# a",
        "'",
        '"',
        "2026-12-01",
        "null",
        "é\u2028ü",
        "0\x85",
        "a\r\nb\x85c",
        " a ",
        "a\nb",
        "*a",
    ]
)
days = st.dates().map(str)
ranked = st.lists(names | st.lists(names, min_size=1, max_size=3), min_size=1, max_size=4)


def some(**fields: Any) -> st.SearchStrategy[dict[str, Any]]:
    """Any of these fields."""
    return st.fixed_dictionaries({}, optional=fields)


evidence = {"document": names, "quote": texts}
people = some(
    team=st.booleans(), role=texts, metric=texts, projects=texts, veto=st.booleans(), otherwise=texts,
    influence=st.integers(1, 5),
    ranks=some(terms=ranked, options=st.dictionaries(names, ranked, max_size=3)),
    least=st.dictionaries(names, names, max_size=3),
    stances=st.lists(
        st.fixed_dictionaries({"on": days, "stance": st.integers(-2, 2)}, optional={"why": texts, **evidence}),
        max_size=2,
    ),
    grounds=st.lists(st.fixed_dictionaries({"moves": names}, optional=evidence), max_size=2),
).flatmap(lambda person: st.sampled_from(alignments.KINDS).map(lambda kind: {"kind": kind, **person}))  # fmt: skip
steps = st.lists(
    st.fixed_dictionaries({"name": names}, optional={"days": st.integers(0, 9), "after": st.lists(names, max_size=2)}),
    max_size=3,
)
values = some(
    owner=texts, goal=texts, need=texts, needed_by=days, hypothesis=texts,
    themes=st.lists(names | st.integers(1, 999), max_size=3),
    effort=st.dictionaries(names, st.just([1.5, 3]), max_size=2),
    rule=st.just({"all_but": 1}),
    terms=st.dictionaries(names, st.lists(names, unique=True, max_size=4), max_size=3),
    people=st.dictionaries(names, people, max_size=3),
    plans=st.lists(st.fixed_dictionaries({"name": names, "day": days, "steps": steps}), max_size=2),
    value=st.lists(st.fixed_dictionaries({"name": names, "text": texts}), max_size=1),
)  # fmt: skip


@given(names, values)
def test_what_is_written_is_read_again(name: str, value: dict[str, Any]) -> None:
    whole = {"alignment": 1, "name": name, **value}
    assert read_alignment(write_alignment(whole), "file").value == whole


def test_days_stand_without_quotes_and_several_lines_as_lines() -> None:
    text = write_alignment({"alignment": 1, "name": "Offline", "needed_by": "2026-12-01", "need": "One\nTwo"})
    assert "needed_by: 2026-12-01\n" in text
    assert "need: |-\n  One\n  Two\n" in text


def problems(text: str) -> list[tuple[int, str]]:
    with pytest.raises(FileProblems) as refused:
        read_alignment(text, "file.yaml")
    return [(problem.line, problem.message) for problem in refused.value.problems]


def test_what_is_wrong_is_told_with_its_line() -> None:
    found = problems(
        "alignment: 1\nname: Offline\nneeded_by: 2026-02-30\neffort: {backend: [6, 3]}\npeople:\n  Mara: {kind: lead}\n"
    )
    assert [line for line, _ in found] == [6]
    found = problems(
        "alignment: 1\nname: Offline\nneeded_by: 2026-02-30\neffort: {backend: [6, 3]}\nplans:\n- name: a\n"
        "  day: 2026-12-01\n  steps:\n  - {name: b, done: 2026-13-01}\n"
    )
    assert [line for line, _ in found] == [3, 4, 9]
    assert found[0][1] == "2026-02-30 is no day of the calendar"
    assert problems("alignment: 1\nname: Offline\nownr: Ana\n")[0][0] == 3
    assert problems("name: Offline\n")[0][1].startswith("'alignment' is a required property")


def test_a_name_that_looks_like_a_day_is_a_name() -> None:
    text = "alignment: 1\nname: x\npeople:\n  Ana: {kind: sales, least: {due: 2026-99-99}}\n"
    assert read_alignment(text, "file").value["people"]["Ana"]["least"] == {"due": "2026-99-99"}


def test_the_schema_is_one_and_knows_every_choice() -> None:
    Draft202012Validator.check_schema(SCHEMA)
    assert [*alignments.KINDS] == Stakeholder.Kind.values
    assert [*alignments.PARTS] == Seat.Part.values
    assert [*alignments.STATES] == Initiative.State.values
    assert [*alignments.LEVELS] == Risk.Level.values
    assert [*alignments.TOPICS] == Question.Topic.values
    assert SCHEMA["properties"]["risks"]["items"]["properties"]["state"]["enum"] == Risk.State.values


def test_the_file_that_the_docs_show_is_one() -> None:
    shown = (Path(__file__).parents[2] / "docs" / "alignment-file.md").read_text("utf-8")
    text = shown.split("```yaml\n")[1].split("```")[0]
    value = read_alignment(text, "docs").value
    assert set(SCHEMA["properties"]) - set(value) <= {"owner", "goal", "metric", "need", "hypothesis"}
