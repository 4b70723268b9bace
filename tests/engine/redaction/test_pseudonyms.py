import re

import pytest

from winward.engine.redaction import KnownNames, Pseudonyms, known_names, redact

PSEUDONYMS = Pseudonyms(b"a secret for the tests")
KNOWN = known_names(["Anna Schmidt", "Schmidt, Thomas", "Priya Raghunathan"])


def given(text: str, pseudonyms: Pseudonyms = PSEUDONYMS) -> list[str]:
    return [one.pseudonym for one in redact(text, KNOWN, pseudonyms).replaced]


def test_the_same_person_bears_the_same_pseudonym_however_named() -> None:
    names = given("Priya Raghunathan came. Then Priya's boss wrote to RAGHUNATHAN and @priyaraghunathan.")
    assert len(names) == 4
    assert len(set(names)) == 1
    assert re.fullmatch(r"\[person [a-z]{5}\]", names[0])


def test_a_name_that_several_bear_is_nobodys_but_its_own() -> None:
    anna, thomas, schmidt, again, initial = given(
        "Anna Schmidt, Thomas Schmidt. Was it Schmidt? Yes Schmidt, A. Schmidt."
    )
    assert len({anna, thomas, schmidt}) == 3
    assert schmidt == again
    assert initial == anna


def test_the_same_number_and_address_bear_the_same_pseudonym_however_written() -> None:
    assert len(set(given("Call +49 171 1234567, +491711234567 or tel 0049 171 1234567"))) == 1
    assert len(set(given("A@Example.com and a@example.COM"))) == 1
    assert len(set(given("4111 1111 1111 1111 or 4111-1111-1111-1111"))) == 1


def test_two_machines_agree_by_the_secret_alone() -> None:
    text = "Anna Schmidt, anna@example.com"
    assert given(text) == given(text, Pseudonyms(b"a secret for the tests"))
    assert set(given(text)).isdisjoint(given(text, Pseudonyms(b"another secret, as long")))


def test_a_secret_is_neither_short_nor_shown() -> None:
    with pytest.raises(ValueError, match="16 bytes"):
        Pseudonyms(b"short")
    assert "tests" not in repr(PSEUDONYMS)


def test_whoever_is_not_known_stays() -> None:
    assert redact("Anna Schmidt was here.", KnownNames(), PSEUDONYMS).replaced == ()
    nobody = known_names(["Speaker 2", "Customer", "anna@example.com", "", "Dr.", "Support Team"])
    assert not nobody.people
