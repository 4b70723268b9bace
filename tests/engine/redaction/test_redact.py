"""What must hold of redaction for any text."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from winward.engine.redaction import KnownNames, Pseudonyms, known_names, redact
from winward.engine.redaction.findings import behind_barriers
from winward.engine.redaction.redact import REGIONS, _findings

KNOWN = known_names(["Anna Schmidt", "Zoë O'Brien", "Will Mark", "Li Wei", "Anna Bauer"], ["Schmidt GmbH"])
PSEUDONYMS = Pseudonyms(b"a secret for the tests")
PIECES = (
    "anna@example.com", "+49 171 1234567", "(415) 555-0134", "4111 1111 1111 1111", "DE89 3704 0044 0532 0130 00",
    "10.0.0.12", "2001:db8::8a2e:370:7334", "12 Elm Road", "Goethestr. 5a, 60313 Frankfurt", "password: hunter2!",
    "AKIAIOSFODNN7EXAMPLE",
    "https://a:b1@example.com/?token=Zx81kQpL", "Anna Schmidt", "anna", "Anna", "Zoë", "O'Brien",
    "Will", "Mark", "A.", "Schmidt GmbH", "[person bcdfg]", "[e-mail kxtrb]",
    "Bearer ", "-----BEGIN PRIVATE KEY-----",
    " ", ", ", ".", "-", "\n", "@", ":", "1", "5550199", "dot", " at ", "com", "2024-05-12",
    "é", "e\u0301", "🙂", "\ue000",
)  # fmt: skip
TEXTS = st.one_of(st.text(max_size=60), st.lists(st.sampled_from(PIECES), max_size=12).map("".join))


@given(TEXTS)
@settings(max_examples=200, deadline=None)
def test_offsets_map_back_exactly(text: str) -> None:
    redacted = redact(text, KNOWN, PSEUDONYMS)
    original_at = place = 0
    for one in redacted.replaced:
        assert redacted.text[place : one.place] == text[original_at : one.start]
        assert redacted.text[one.place : one.place + len(one.pseudonym)] == one.pseudonym
        assert one.start < one.end
        original_at, place = one.end, one.place + len(one.pseudonym)
    assert redacted.text[place:] == text[original_at:]


@given(TEXTS, st.data())
@settings(max_examples=200, deadline=None)
def test_a_span_that_cuts_no_pseudonym_is_restored_as_it_is(text: str, data: st.DataObject) -> None:
    redacted = redact(text, KNOWN, PSEUDONYMS)
    inside = {one.place + step for one in redacted.replaced for step in range(1, len(one.pseudonym))}
    edges = [offset for offset in range(len(redacted.text) + 1) if offset not in inside]
    start, end = sorted((data.draw(st.sampled_from(edges)), data.draw(st.sampled_from(edges))))
    if start < end:
        left, right = redacted.restore(start, end)
        within = [one for one in redacted.replaced if left <= one.start and one.end <= right]
        words = text[left:right]
        for one in reversed(within):
            words = words[: one.start - left] + one.pseudonym + words[one.end - left :]
        assert words == redacted.text[start:end]


@given(TEXTS)
@settings(max_examples=200, deadline=None)
def test_what_was_redacted_stays_as_it_is_and_nothing_that_is_looked_for_survives(text: str) -> None:
    redacted = redact(text, KNOWN, PSEUDONYMS)
    assert not list(_findings(behind_barriers(redacted.text), KNOWN, REGIONS))
    again = redact(redacted.text, KNOWN, PSEUDONYMS)
    assert (again.text, again.replaced) == (redacted.text, ())


def test_a_span_that_cuts_a_pseudonym_takes_in_all_that_it_stands_for() -> None:
    text = "Ask Anna Schmidt today."
    redacted = redact(text, KNOWN, PSEUDONYMS)
    (one,) = redacted.replaced
    assert redacted.restore(one.place + 2, one.place + 4) == (4, 16)
    assert redacted.restore(0, one.place + 1) == (0, 16)
    assert redacted.restore(one.place + 3, len(redacted.text)) == (4, len(text))


@pytest.mark.parametrize(
    "unit",
    ["a", "1", "1 ", "a@", "a.", "Anna, ", "-----BEGIN RSA PRIVATE KEY-----", "password: ", "x=",
     "a dot ", "12 Aa Bb Cc ",
     "Aa-", "DE89 ", "4111 ", "ab:", "eyJaaaaaaaa.", "1.2.3.4.",
     "+1 ", "(", "[person ", "a/", "Z9", "10 rue de ", "e\u0301",
     "a@b.co+1 415 555 2671 "],
)  # fmt: skip
def test_long_texts_made_to_be_slow_are_read_to_their_end(unit: str) -> None:
    # Where a pattern took quadratic time or worse, these would not end.
    text = (unit * 30_000)[:30_000]
    redacted = redact(text, KnownNames(), PSEUDONYMS)
    assert redact(redacted.text, KnownNames(), PSEUDONYMS).replaced == ()
