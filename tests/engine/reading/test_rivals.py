"""Known rivals are found as whole words; unknown ones are suggested where they are set beside the product."""

import pytest

from winward.engine.reading.rivals import discover, holding, naming, naming_as_written


def test_a_name_is_found_as_a_whole_word_and_a_plain_word_only_as_it_is_written() -> None:
    pattern = naming(["Gong", "HubSpot", "Box", "Acme Cloud"])
    assert pattern is not None
    text = "gong Gong hubspot HUBSPOT box Box Boxes acme cloud"
    assert pattern.findall(text) == ["Gong", "hubspot", "HUBSPOT", "Box", "acme cloud"]


def test_our_own_name_is_found_as_it_is_written_or_in_capitals_and_never_as_a_plain_word() -> None:
    pattern = naming_as_written(["Route", "Stackline Pro", " ", "X"])
    assert pattern is not None
    text = "Route route ROUTE Routes Route's the stackline pro, Stackline Pro X en-Route"
    assert pattern.findall(text) == ["Route", "ROUTE", "Route", "Stackline Pro", "Route"]
    assert naming_as_written([" ", "X"]) is None


def test_which_texts_hold_a_name() -> None:
    assert holding(["Gong has it", "we have it"], naming(["Gong"])).tolist() == [True, False]
    assert holding(["Gong has it"], None).tolist() == [False]
    assert holding([], naming(["Gong"])).tolist() == []


def test_a_name_with_marks_of_patterns_is_taken_as_it_is_written() -> None:
    pattern = naming(["C++ (Pro)"])
    assert pattern is not None
    assert pattern.search("we use C++ (Pro) here")
    assert not pattern.search("we use C and Pro here")


def test_no_names_give_no_pattern() -> None:
    assert naming([" ", ""]) is None


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("We switched to Northwind last year.", {"Northwind"}),
        ("Salesloft does that out of the box.", {"Salesloft"}),
        ("Cheaper than Pipely or Dealwise, to be fair.", {"Pipely", "Dealwise"}),
        ("We had a demo from monday.com on Tuesday.", {"monday.com"}),
        ("We are evaluating the Enterprise plan.", set()),
        ("Compared to last year it's better than Friday.", set()),
        ("They looked at our roadmap.", set()),
    ],
)
def test_names_set_beside_the_product_are_suggested(text: str, names: set[str]) -> None:
    assert set(discover([text], known=())) == names


def test_known_names_are_no_news_and_every_mention_is_counted() -> None:
    texts = ["We moved to Pipely.", "Nothing here.", "Pipely quoted us half.", "We went with Tessmoor."]
    assert dict(discover(texts, known={"TESSMOOR"})) == {"Pipely": [0, 2]}
