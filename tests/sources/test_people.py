"""People in a document are known by address or by full name; what the file says of them stays."""

from winward.sources.evidence import Participant
from winward.sources.people import KnownPerson, People, completed

ACME, BIRCH = 1, 2
PEOPLE = People(
    [
        KnownPerson("Jane Doe", "jane@acme.com", "VP Operations", ACME),
        KnownPerson("Jan Smit", "", "Buyer", ACME),
        KnownPerson("Jan Smit", "", "Clerk", BIRCH),
        KnownPerson("Cher", "", "Singer", ACME),
        KnownPerson("Tom Roe", "tom@ours.io", "", None, ours=True),
    ]
)


def test_a_contact_brings_role_side_and_address() -> None:
    met = completed([Participant("J. Doe", "Jane@acme.com")], (), None, PEOPLE)
    assert met == (Participant("J. Doe", "Jane@acme.com", "customer", "VP Operations"),)


def test_what_the_file_says_stays() -> None:
    said = Participant("Jane Doe", "jane@acme.com", "us", "Adviser")
    assert completed([said], (), ACME, PEOPLE) == (said,)


def test_a_known_speaker_whom_the_file_does_not_list_is_added_and_a_stranger_is_not() -> None:
    assert completed((), ["Tom Roe", "Nobody Known", ""], ACME, PEOPLE) == (
        Participant("Tom Roe", "tom@ours.io", "us", ""),
    )


def test_of_two_with_one_name_the_account_tells_and_else_nobody_is_meant() -> None:
    assert completed([Participant("Jan Smit")], (), BIRCH, PEOPLE)[0].role == "Clerk"
    assert completed([Participant("Jan Smit")], (), None, PEOPLE) == (Participant("Jan Smit"),)


def test_a_single_word_names_nobody() -> None:
    assert completed([Participant("Cher")], (), ACME, PEOPLE) == (Participant("Cher"),)
