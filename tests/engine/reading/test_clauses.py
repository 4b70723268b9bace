"""A sentence that says several things falls into the clauses that say them, and into no more."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from winward.engine.reading.clauses import clauses


@pytest.mark.parametrize(
    ("sentence", "parts"),
    [
        (
            "I love the reports but it crashes every time I export.",
            ["I love the reports", "but it crashes every time I export."],
        ),
        (
            "We need SSO here, and we need audit logs before June.",
            ["We need SSO here", "and we need audit logs before June."],
        ),
        (
            "Although the price is fine, we can't sign without SOC 2.",
            ["Although the price is fine", "we can't sign without SOC 2."],
        ),
        (
            "The export is badly broken; nobody answers my tickets.",
            ["The export is badly broken", "nobody answers my tickets."],
        ),
    ],
)
def test_seams_are_contrasts_semicolons_and_joints_before_a_new_subject(sentence: str, parts: list[str]) -> None:
    assert [sentence[start:end] for start, end in clauses(sentence)] == parts


@pytest.mark.parametrize(
    "sentence",
    [
        "It's fast and easy to use and nice to look at.",
        "If you add single sign-on, we will sign, but only then.",
        "We would leave unless you fix it, and we mean it.",
        "It is slow, but okay.",
        'He said "it is nice but we need the price first" to me yesterday.',
        "",
    ],
)
def test_pairs_of_words_conditions_tags_and_quotations_stay_whole(sentence: str) -> None:
    assert clauses(sentence) == [(0, len(sentence))]


@given(st.text(alphabet=" abc,;-—'\"but and we it if\n", max_size=120))
@settings(max_examples=200, deadline=None)
def test_clauses_are_in_order_and_leave_out_nothing_but_seams(sentence: str) -> None:
    spans = clauses(sentence)
    ends = [0, *(end for _, end in spans)]
    assert all(left <= start <= end for left, (start, end) in zip(ends, spans, strict=False))
    between = [
        sentence[left:right] for left, right in zip(ends, [*(start for start, _ in spans), len(sentence)], strict=True)
    ]
    assert not "".join(between).strip(" ,;—–-\n")
