import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from winward.text_models.language.answers import Malformed, read_answer
from winward.text_models.language.quotes import Passage


@pytest.mark.parametrize(
    ("text", "quote", "found"),
    [
        ("It won’t export — at all.", "won't export - at all", "won’t export — at all"),
        ('She said "no  way"\nto that.', "said “no way” to that", 'said "no  way"\nto that'),
        ("Wait… that is slow.", "Wait... that is slow", "Wait… that is slow"),
        ("It is slow, very slow.", '"It is slow, very slow."', "It is slow, very slow."),
        ("a\u00a0b c", "a b", "a\u00a0b"),
    ],
)
def test_blanks_marks_and_dashes_are_repaired_to_the_passages_own(text: str, quote: str, found: str) -> None:
    place = Passage(text).find(quote)
    assert place is not None
    assert text[place.start : place.end] == found
    assert not place.exact


def test_words_left_out_added_or_in_another_case_are_not_repaired() -> None:
    passage = Passage("The export is really slow today.")
    for quote in ("The export is slow", "the export is really slow", "The export is really slow today, folks"):
        assert passage.find(quote) is None


def test_the_same_quote_again_is_the_next_place_where_it_stands() -> None:
    passage = Passage("Too slow. Yes, Too slow.")
    places = [passage.find("Too slow") for _ in range(3)]
    assert [place and (place.start, place.exact) for place in places] == [(0, True), (15, True), None]


def test_scripts_without_blanks_have_quotes_too() -> None:
    text = "导出功能太慢了，我们不能签约。"
    place = Passage(text).find("我们不能签约")
    assert place is not None
    assert text[place.start : place.end] == "我们不能签约"


MARKS = st.sampled_from("a b'’“\"-–…. \n\t字")


@given(st.text(MARKS, max_size=40), st.text(MARKS, max_size=8))
@settings(max_examples=150, deadline=None)
def test_whatever_is_found_reads_like_the_quote(text: str, quote: str) -> None:
    place = Passage(text).find(quote)
    if place is not None:
        found = text[place.start : place.end]
        assert 0 <= place.start < place.end <= len(text)
        assert _letters(found) == _letters(quote)
        assert not place.exact or found == quote.strip()


@given(st.text(MARKS, min_size=1, max_size=40), st.data())
@settings(max_examples=150, deadline=None)
def test_words_of_the_passage_are_found_exactly(text: str, data: st.DataObject) -> None:
    words = text.split()
    if len(words) > 1 and sum(any(mark.isalpha() for mark in word) for word in words) > 1:
        place = Passage(text).find(text)
        assert place is not None
        assert place.exact
        assert text[place.start : place.end] == text.strip()


def _letters(text: str) -> str:
    return "".join(mark for mark in text if mark.isalpha())


JSON = st.recursive(
    st.none() | st.booleans() | st.floats() | st.integers() | st.text(max_size=5) | st.just("pain"),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(
                ["passages", "number", "signals", "quote", "kinds", "kind", "probability", "strength", "about"]
            ),
            inner,
            max_size=5,
        )
    ),
    max_leaves=20,
)


@given(st.one_of(st.text(), JSON.map(json.dumps), JSON.map(lambda inner: json.dumps({"passages": [inner]}))))
@settings(max_examples=150, deadline=None)
def test_whatever_a_model_answers_is_read_or_refused(text: str) -> None:
    try:
        found = read_answer(text, 3)
    except Malformed:
        return
    for claims in found.values():
        for claim in claims.claims:
            assert all(0 <= chance <= 1 for chance in claim.chances.values())
