"""A value chain's file to its bottom line, and every mistake told at its line."""

from pathlib import Path

import pytest

from winward.sources.chains import SCHEMA
from winward.sources.yaml_files import FileProblems
from winward.usecases.value.work_out_value import TEMPLATES, template, work_out_value

EXAMPLE = Path(__file__).parents[3] / "docs" / "examples" / "five-fewer-clicks.yaml"
CHAIN = """name: Fewer clicks
result: saved
against: cost
quantities:
  clicks:
    unit: click
    range: [4, 6]
    source: {signals: [3, 4]}
  each:
    unit: EUR/click
    value: 100
    source: {assumption: a guess, owner: Ana, review: 2027-01-01}
  saved:
    unit: EUR
    formula: clicks * each
  cost:
    says: the cost of it
    unit: EUR
    value: 450
    source: {document: Offer}
"""


def refused(text: str) -> list[tuple[int, str]]:
    with pytest.raises(FileProblems) as error:
        work_out_value(text, "chain.yaml")
    return [(one.line, one.message) for one in error.value.problems]


def test_the_bottom_line_stands_first_with_its_range_and_what_must_be_true() -> None:
    worth = work_out_value(CHAIN, "chain.yaml")
    assert worth.sentence == (
        "About 490 EUR, between 400 and 600 nine times in ten. It reaches the cost of it with a chance of 75%."
    )
    assert worth.must_be_true == ("clicks is at least 4.5 clicks (the chance of that is 75%)",)
    assert [part.source for part in worth.parts if part.source] == [
        "said in 2 signals: 3, 4",
        "assumed: a guess (Ana looks again on 2027-01-01)",
        "Offer",
    ]


@pytest.mark.parametrize(
    ("old", "new", "line", "said"),
    [
        ("unit: EUR/click", "unit: EUR/clik", 10, "no unit known"),
        ("formula: clicks * each", "formula: clicks + each", 15, "can't be added"),
        ("formula: clicks * each", "formula: clicks * price", 15, "“price”"),
        ("formula: clicks * each", "formula: saved", 15, "circle"),
        ("range: [4, 6]", "range: [6, 4]", 7, "swap"),
        ("range: [4, 6]", "range: [4]", 7, "nine times in ten"),
        ("value: 100", "value: dear", 11, "where it is known"),
        ("value: 100", "value: 100\n    formula: clicks", 12, "not both"),
        ("source: {signals: [3, 4]}", "says: clicks", 5, "has no source"),
        ("owner: Ana, ", "", 12, "an owner"),
        ("2027-01-01", "2027-13-01", 12, "no day"),
        ("{document: Offer}", "{document: Offer, signals: [1]}", 20, "one source"),
        ("result: saved", "result: gain", 2, "“gain”"),
        ("against: cost", "against: clicks", 3, "different units"),
        ("    says: the cost of it", "    sayz: the cost of it", 17, "“sayz” isn't known here"),
    ],
)
def test_a_mistake_is_told_at_its_line(old: str, new: str, line: int, said: str) -> None:
    assert old in CHAIN
    found = refused(CHAIN.replace(old, new))
    assert [at for at, message in found if said in message] == [line], found


@pytest.mark.parametrize("name", TEMPLATES)
def test_each_template_is_a_chain_in_which_nothing_leads_nowhere(name: str) -> None:
    worth = work_out_value(template(name), name)
    assert not worth.idle
    assert 0.05 < worth.chance < 0.95, "the example should have something to decide"
    assert worth.break_even


def test_five_fewer_clicks_lead_to_revenue() -> None:
    worth = work_out_value(EXAMPLE.read_text("utf-8"), EXAMPLE.name)
    assert worth.result.unit == "EUR/year"
    assert 0 < worth.result.low < worth.result.median < worth.result.high
    assert not worth.idle
    assert "clicks_saved" in [one.name for one in worth.drivers]


def test_the_schema_says_what_each_part_is_for() -> None:
    quantity = SCHEMA["properties"]["quantities"]["additionalProperties"]
    assert all("description" in part for name, part in quantity["properties"].items() if name != "unit")
