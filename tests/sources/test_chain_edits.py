"""One quantity of a chain's text is changed; every other line stays as its author wrote it."""

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from winward.sources.chain_edits import with_quantity, with_words
from winward.sources.chains import read_chain

EXAMPLE = (Path(__file__).parents[2] / "docs" / "examples" / "five-fewer-clicks.yaml").read_text("utf-8")
MIXED = """# begins
name: a
result: y
quantities:
  y: {unit: hour, range: [1, 2], source: {document: X}}  # flow
  z:
    unit: hour  # of whom
    # mine
    source:
      assumption: a
      owner: b
      # inner
      review: 2027-01-01
    # end
    value: 3
# ends
"""
words = st.text(st.characters(codec="utf-8", exclude_categories=["C", "Zl", "Zp"]), min_size=3, max_size=40)
numbers = st.integers(-(10**6), 10**6) | st.floats(-1e6, 1e6).filter(lambda one: one == one)
fields = st.one_of(
    st.fixed_dictionaries({"value": numbers}),
    st.fixed_dictionaries({"range": st.lists(numbers, min_size=2, max_size=2)}),
    st.fixed_dictionaries({"says": words}),
    st.fixed_dictionaries({"source": st.fixed_dictionaries({"document": words})}),
    st.fixed_dictionaries({"source": st.fixed_dictionaries({"signals": st.lists(words, min_size=1, max_size=3)})}),
    st.fixed_dictionaries({"formula": st.just("y * 2"), "source": st.none()}),
)


def quantities(text: str) -> dict[str, Any]:
    return dict(read_chain(text, "chain").written.value["quantities"])


@given(st.sampled_from(["y", "z"]), fields)
def test_the_field_is_set_and_nothing_else(name: str, changed: dict[str, Any]) -> None:
    found, before = quantities(with_quantity(MIXED, name, changed)), quantities(MIXED)
    other = "z" if name == "y" else "y"
    assert found[other] == before[other]
    for field, value in changed.items():
        assert found[name].get(field) == value
    kept = [field for field in before[name] if field not in (*changed, "range", "value", "source")]
    assert {field: found[name][field] for field in kept} == {field: before[name][field] for field in kept}


@given(words)
def test_remarks_outside_stay(name: str) -> None:
    found = with_words(with_quantity(MIXED, "z", {"says": name}), "name", name)
    for remark in ("# begins", "# flow", "# of whom", "# mine", "# end\n", "# ends"):
        assert remark in found
    assert read_chain(found, "chain").chain.name == name


@pytest.mark.parametrize(
    ("changed", "line"),
    [
        ({"value": 5}, "    value: 5"),
        ({"range": [3, 5.5]}, "    range: [3, 5.5]"),
        ({"source": {"stake": 3, "from": "accounts"}, "range": None}, "    source: {stake: 3, from: accounts}"),
    ],
)
def test_of_a_long_file_few_lines_differ(changed: dict[str, Any], line: str) -> None:
    found = with_quantity(EXAMPLE, "clicks_saved", changed)
    differing = set(found.splitlines()) ^ set(EXAMPLE.splitlines())
    assert line in found.splitlines()
    assert len(differing) <= 4


def test_no_such_quantity() -> None:
    with pytest.raises(KeyError):
        with_quantity(MIXED, "wishes", {"value": 1})
    with pytest.raises(KeyError):
        with_words(MIXED, "against", "y")
