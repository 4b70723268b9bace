import random
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from winward.sources.evidence import Document, Participant, Turn
from winward.sources.linking import Directory, KnownAccount, KnownDeal, Link, link, side_of, squashed

ACME, ROBOTICS, GTX, BOX, TWIN_1, TWIN_2 = range(1, 7)
ACCOUNTS = [
    KnownAccount(ACME, "Acme Inc.", "https://www.acme.com/", "001A"),
    KnownAccount(ROBOTICS, "Acme Robotics", "acme-robotics.com"),
    KnownAccount(GTX, "GTX Pro Logistics", "gtx.io"),
    KnownAccount(BOX, "Box", "box.com"),
    KnownAccount(TWIN_1, "Northwind Traders", "northwind.com"),
    KnownAccount(TWIN_2, "Northwind Traders Ltd", "northwind.com"),
]
DEALS = [
    KnownDeal(10, "ACME-14", "Acme rollout", ACME, "lost", date(2025, 1, 1), date(2025, 3, 1)),
    KnownDeal(11, "ACME-15", "Acme renewal", ACME, "open", date(2025, 8, 1)),
    KnownDeal(12, "ACME-16", "Acme add-on", ACME, "open", date(2025, 10, 1)),
    KnownDeal(13, "GTX-1", "New business", GTX, "won", date(2025, 1, 1), date(2025, 2, 1)),
    KnownDeal(14, "ROB-1", "New business", ROBOTICS, "open", date(2025, 1, 1)),
]
DIRECTORY = Directory(ACCOUNTS, DEALS, {"Jane@gmail.com": ACME}, ["ours.io"])


def _document(
    title: str = "Call",
    emails: tuple[str, ...] = (),
    account: str = "",
    deal: str = "",
    day: tuple[int, int] | None = None,
    file: str = "",
) -> Document:
    people = tuple(Participant(email.partition("@")[0], email) for email in emails)
    at = datetime(2025, *day, 12, tzinfo=UTC) if day else None
    return Document("x", "call", title, (Turn("Hi."),), at, people, account, deal, file)


def _link(**what: object) -> Link:
    return link(_document(**what), DIRECTORY)  # type: ignore[arg-type]


def test_an_explicit_deal_settles_both() -> None:
    found = _link(deal="acme-14", emails=("x@gtx.io",))
    assert (found.account, found.deal, found.confidence, found.sure) == (ACME, 10, 1.0, True)
    assert "ACME-14" in found.why


def test_a_deals_name_that_several_have_is_settled_by_the_account() -> None:
    assert _link(deal="New business", account="GTX Pro Logistics").deal == 13
    assert _link(deal="New business").deal is None


def test_an_unknown_deal_is_told_and_the_search_goes_on() -> None:
    found = _link(deal="NOPE-1", emails=("x@acme.com",))
    assert found.account == ACME
    assert "NOPE-1, is not known" in found.why


@pytest.mark.parametrize(
    ("account", "key", "sure"),
    [
        ("001a", ACME, True),
        ("ACME", ACME, True),
        ("GTXPro Logistics", GTX, True),
        ("GTX Pro Logistcs", GTX, True),
        ("Northwind Traders", TWIN_1, False),
        ("Contoso", None, False),
    ],
)
def test_a_named_account_is_found_by_id_then_name(account: str, key: int | None, sure: bool) -> None:
    found = _link(account=account)
    assert (found.account, found.sure) == (key, sure)


@pytest.mark.parametrize(
    ("emails", "key", "sure"),
    [
        (("tom@ours.io", "lena@eu.acme.com"), ACME, True),
        (("jane@gmail.com", "x@gtx.io"), ACME, True),
        (("someone@gmail.com", "tom@sales.ours.io"), None, False),
        (("a@gtx.io", "b@gtx.io", "c@box.com"), GTX, True),
        (("a@gtx.io", "c@box.com"), GTX, False),
        (("a@northwind.com",), TWIN_1, False),
    ],
)
def test_participants_are_known_by_contact_then_domain(emails: tuple[str, ...], key: int | None, sure: bool) -> None:
    found = _link(emails=emails)
    assert (found.account, found.sure) == (key, sure)


@pytest.mark.parametrize(
    ("title", "key", "sure"),
    [
        ("Acme Robotics kickoff", ROBOTICS, True),
        ("Acme kickoff", ACME, True),
        ("Weekly with GTX-Pro Logistics", GTX, True),
        ("Box renewal", BOX, True),
        ("a box of issues", BOX, False),
        ("Boxer shorts", None, False),
        ("Racme review", None, False),
        ("Northwind Traders Q3", TWIN_1, False),
        ("Call", None, False),
    ],
)
def test_titles_name_accounts(title: str, key: int | None, sure: bool) -> None:
    found = _link(title=title)
    assert (found.account, found.sure) == (key, sure)


def test_the_file_name_helps_where_the_title_does_not() -> None:
    assert _link(file="calls/2025-03-14_acme_robotics.vtt").account == ROBOTICS


@pytest.mark.parametrize(
    ("day", "deal", "sure", "words"),
    [
        ((2, 10), 10, True, "was open that day"),
        ((3, 1), 10, True, "was open that day"),
        ((4, 2), 10, True, "Said after The deal Acme rollout had closed"),
        ((7, 1), None, True, "None of its deals was open"),
        ((9, 1), 11, True, "was open that day"),
        ((11, 1), 12, False, "2 of its deals were open"),
    ],
)
def test_the_deal_is_the_one_of_that_day(day: tuple[int, int], deal: int | None, sure: bool, words: str) -> None:
    found = _link(emails=("x@acme.com",), day=day)
    assert (found.account, found.deal, found.sure) == (ACME, deal, sure)
    assert words in found.why


def test_without_date_no_deal_is_guessed() -> None:
    found = _link(emails=("x@acme-robotics.com",))
    assert (found.account, found.deal, found.sure) == (ROBOTICS, None, True)
    assert "no date" in found.why


def test_sides_come_from_the_list_then_the_domain() -> None:
    people = (
        Participant("Jane Doe", "jane@acme.com"),
        Participant("Tom Roe", "tom@ours.io"),
        Participant("Lena", "lena@gmail.com"),
        Participant("Kim", side="us"),
    )
    document = Document("x", "call", "Call", (), participants=people)
    wanted = {
        "Jane Doe": "customer",
        "jane": "customer",
        "Tom Roe": "us",
        "Lena": "",
        "Kim": "us",
        "Nobody": "",
        "": "",
    }
    assert {name: side_of(Turn("Hi.", name), document, DIRECTORY) for name in wanted} == wanted
    assert side_of(Turn("Hi.", "Kim", "customer"), document, DIRECTORY) == "customer"


def test_spelling_and_legal_forms_do_not_matter() -> None:
    assert squashed("GTXPro, Inc.") == squashed("GTX Pro") == "gtxpro"
    assert squashed("The Company") == "thecompany"


@settings(max_examples=100, deadline=None)
@given(st.text(max_size=60), st.text(max_size=20), st.text(max_size=20), st.lists(st.text(max_size=20), max_size=3))
def test_any_words_give_a_link_with_a_reason(title: str, account: str, deal: str, emails: list[str]) -> None:
    found = link(_document(title, tuple(emails), account, deal, (2, 10)), DIRECTORY)
    assert 0.0 <= found.confidence <= 1.0
    assert found.why.endswith(".")
    assert found.sure <= (found.account is not None or found.deal is not None)


def test_names_planted_in_titles_are_found_among_thousands() -> None:
    chance = random.Random(7)
    syllables = ["bar", "tel", "von", "mira", "kos", "lum", "dex", "tra", "pol", "zen", "ori", "fal", "gim", "hul"]
    names = {
        "".join(chance.choices(syllables, k=3)).title() + " " + "".join(chance.choices(syllables, k=2)).title()
        for _ in range(2_000)
    }
    directory = Directory(KnownAccount(key, name) for key, name in enumerate(sorted(names)))
    planted = chance.sample(sorted(directory.accounts.values(), key=lambda account: account.key), 300)
    found = [link(_document(f"Q3 review with {account.name} and team"), directory) for account in planted]
    assert all(each.account == account.key for each, account in zip(found, planted, strict=True))
    strangers = [link(_document(f"Q3 review number {number} and next steps"), directory) for number in range(300)]
    assert not any(each.sure for each in strangers)


def _call_with(*names: str) -> Document:
    people = tuple(Participant(name) for name in names)
    return Document("1", "call", "Recording 7", (Turn("Hello."),), participants=people)


def test_one_contacts_name_is_a_suggestion_and_two_of_one_account_settle_it() -> None:
    accounts = [KnownAccount(1, "Acme"), KnownAccount(2, "Globex")]
    people = {"Ada Byron": [1], "Grace Kay": [1], "Alan Mathison": [2]}
    directory = Directory(accounts, people=people)
    one, two = link(_call_with("Ada Byron"), directory), link(_call_with("ada byron", "Grace Kay"), directory)
    assert (one.account, one.sure) == (1, False)
    assert (two.account, two.sure) == (1, True)
    assert "Ada Byron" in one.why
    assert not link(_call_with("Ada Byron", "Alan Mathison"), directory).sure
    assert link(_call_with("Nobody Known"), directory).account is None


def test_what_a_legal_form_leaves_of_a_name_is_not_found_everywhere() -> None:
    directory = Directory([KnownAccount(1, "Y-corporation")])
    said = Document("1", "review", "Why y u do this (Y)", (Turn("Why y u do this (Y)"),))
    assert link(said, directory).account is None
    assert link(replace(said, title="Call with Y Corporation"), directory).account == 1


def test_a_name_in_the_title_of_a_tables_row_waits_for_a_person() -> None:
    directory = Directory([KnownAccount(1, "Globex Robotics")])
    row = Document("1", "review", "Globex Robotics told me about this app", (Turn("…"),), row=7)
    assert (link(row, directory).account, link(row, directory).sure) == (1, False)
