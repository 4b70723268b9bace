from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from winward.engine.reading import sentences

WORDS = ("we", "And", "but", "e.g.", "Dr.", "3.5", "Inc.", "a@b.co", "https://x.io/a.b?c", "- ", "1. ", "word " * 40)
MARKS = ("?", "!", ".", "...", "…", '"', "“", "”", "\n", "\r\n", " ", "\t", "。", "\u2028", "\x1c", ")")
PIECES = st.sampled_from(WORDS + MARKS)
TEXTS = st.one_of(
    st.text(max_size=200), st.lists(PIECES, max_size=60).map("".join), st.lists(PIECES, max_size=60).map(" ".join)
)


def parts(text: str) -> list[str]:
    return [text[start:end] for start, end in sentences(text)]


@given(TEXTS)
@settings(max_examples=300, deadline=None)
def test_spans_are_ordered_stripped_and_hold_all_that_is_not_blank(text: str) -> None:
    spans = sentences(text)
    assert all(0 <= start < end <= len(text) for start, end in spans)
    assert all(left[1] <= right[0] for left, right in pairwise(spans))
    assert all(text[start:end] == text[start:end].strip() for start, end in spans)
    held = {place for start, end in spans for place in range(start, end)}
    assert all(place in held for place, character in enumerate(text) if not character.isspace())


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("It broke. We left.", ["It broke.", "We left."]),
        ("Ask Dr. Weber, e.g. on Mon. or so. Fine.", ["Ask Dr. Weber, e.g. on Mon. or so.", "Fine."]),
        ("It grew 3.5 percent to $1.2 million. Good!", ["It grew 3.5 percent to $1.2 million.", "Good!"]),
        (
            "See www.acme.com or write to a.b@acme.co.uk. Thanks.",
            ["See www.acme.com or write to a.b@acme.co.uk.", "Thanks."],
        ),
        ("well... maybe not. Why?", ["well... maybe not.", "Why?"]),
        ("bad app. it crashes", ["bad app.", "it crashes"]),
        ("It fails.We left it.", ["It fails.", "We left it."]),
        ('He said "It broke. Twice." and left. Then I left.', ['He said "It broke. Twice." and left.', "Then I left."]),
        ("We sold it to Acme Inc. in May. Good.", ["We sold it to Acme Inc. in May.", "Good."]),
        ("- one\n- two\n1. three", ["- one", "- two", "1. three"]),
        ("你好。再见。", ["你好。", "再见。"]),
        ("", []),
        (" \n ", []),
    ],
)
def test_where_sentences_end(text: str, expected: list[str]) -> None:
    assert parts(text) == expected


def test_lines_wrapped_by_a_mail_program_stay_one_sentence() -> None:
    text = "We would like to know whether the export of the raw\ndata could run every night.\nThanks"
    assert parts(text) == [text[:-7], "Thanks"]


def test_spoken_run_ons_are_cut_at_a_conjunction() -> None:
    text = " ".join(["so we open the list and"] + ["we look at every single row of it and"] * 12)
    assert len(parts(text)) > 1
    assert all(part.split()[0] in {"and", "so"} and len(part.split()) <= 60 for part in parts(text))


def test_a_run_on_without_conjunction_is_still_cut() -> None:
    assert [len(part.split()) for part in parts("word " * 240)] == [120, 120]
