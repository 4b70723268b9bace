"""Which words show that somebody has a say, and which only look like it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from winward.usecases.people.missing_cues import CUES, HINTS, cues_in


@pytest.mark.parametrize(
    ("text", "kind", "name"),
    [
        ("We need SOC 2 before we can sign.", "security", "SOC 2"),
        ("Are you SOC2-certified?", "security", "SOC 2"),
        ("Without SSO our people won't use it", "security", "single sign-on"),
        ("Do you support single sign-on via Okta?", "security", "single sign-on"),
        ("Our auditors want an audit trail.", "security", "audits"),
        ("Is it encrypted at rest?", "security", "encryption"),
        ("Please send the latest pen-test report", "security", "penetration tests"),
        ("The penetration test comes in May.", "security", "penetration tests"),
        ("ISO 27001 is a must", "security", "ISO 27001"),
        ("Our DPA has to be countersigned.", "legal", "a DPA"),
        ("Is that GDPR-compliant?", "legal", "the GDPR"),
        ("The liability clause won't pass.", "legal", "liability"),
        ("Our contract says ninety days", "legal", "contracts"),
        ("Which subprocessors do you use?", "vendor", "third parties"),
        ("Is there an API for that?", "tech lead", "an API"),
        ("It takes too many clicks.", "designer", "clicks"),
    ],
)
def test_whole_words_count(text: str, kind: str, name: str) -> None:
    assert name in cues_in(text)[kind]


@pytest.mark.parametrize(
    "text",
    [
        "That was a hard lesson for us.",
        "The soccer 2 team trains here.",
        "We value its reliability above all.",
        "Our contractor left in May.",
        "You gave us deep market penetration.",
        "She is in the auditorium.",
        "We had to secure the budget first.",
        "He works in social security.",
        "That is illegal, I believe.",
        "Rapid growth, no capital.",
        "Isolated cases only.",
        "The vendor we picked is you.",
        "A tux and a deluxe room.",
    ],
)
def test_words_that_only_look_like_it_do_not(text: str) -> None:
    assert cues_in(text) == {}


def test_a_sentence_may_speak_for_several() -> None:
    assert set(cues_in("Legal review of the DPA and a SOC 2 report, then the API.")) == {
        "legal",
        "security",
        "tech lead",
    }


PATTERNS = [one for cues in CUES.values() for one in cues.values()]


@given(st.sampled_from(PATTERNS).flatmap(lambda one: st.from_regex(one, alphabet=st.characters(codec="ascii"))))
def test_nothing_is_passed_over_for_want_of_a_hint(text: str) -> None:
    assert any(hint in text.casefold() for hint in HINTS)
