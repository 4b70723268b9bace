"""The customer's people in a deal, and who is missing among them."""

import pytest

from tests.cast import Cast, direction, say, signal
from winward.records.accounts import Contact
from winward.records.signals import Signal
from winward.usecases.people.deal_side import deal_side
from winward.usecases.people.stakeholders import Described, Place, Seated, seat_new_person
from winward.usecases.quotes import NotFound


def contact(cast: Cast, name: str, role: str, account: str = "Acme") -> Contact:
    return Contact.objects.create(
        source=cast.source, external_id=f"C-{name}", account=cast.accounts[account], name=name, role=role
    )


def test_an_open_deal_without_champion_and_buyer_says_so(cast: Cast) -> None:
    side = deal_side("ACME-2")
    assert side.sentence == "No champion and no economic buyer is named."
    assert [(one.name, one.part) for one in side.suggested] == [("Ada Field", "user")]


def test_roles_and_words_suggest_parts(cast: Cast) -> None:
    contact(cast, "Ann Lee", "CFO")
    contact(cast, "Cy Moss", "Head of compliance")
    Signal.objects.filter(pk=cast.signals["acme export again"].pk).update(polarity=0.8)
    side = deal_side("ACME-2")
    assert {one.name: one.part for one in side.suggested} == {
        "Ann Lee": "economic buyer", "Ada Field": "champion", "Cy Moss": "blocker"
    }  # fmt: skip
    assert "It may be" in side.sentence
    assert "Ann Lee (as CFO they may hold the budget)" in side.sentence


def test_whoever_says_how_it_is_decided_may_decide(cast: Cast) -> None:
    text = "The board signs off in May."
    signal(say(cast.documents["Renewal call with Acme"], "Bo Hill", text), text, "decision", None, direction(4))
    assert {one.name: one.part for one in deal_side("ACME-2").suggested}["Bo Hill"] == "decides"


def test_our_own_people_are_not_suggested(cast: Cast) -> None:
    assert [one.name for one in deal_side("ACME-1").suggested] == ["Ada Field"]


def test_who_has_a_seat_is_suggested_no_more(cast: Cast) -> None:
    ann, deal = contact(cast, "Ann Lee", "CFO"), cast.deals["ACME-2"]
    who = Described("Ann Lee", "customer", role="CFO", contact=ann.pk)
    seat_new_person(who, Place(deal=deal.pk), Seated(part="economic buyer"), "eda")
    side = deal_side(deal.pk)
    assert [(one.name, one.part) for one in side.seats] == [("Ann Lee", "economic buyer")]
    assert "Ann Lee" not in {one.name for one in side.suggested}
    assert side.sentence == "No champion is named."


def test_the_same_contact_is_one_person_in_two_deals(cast: Cast) -> None:
    ann = contact(cast, "Ann Lee", "CFO")
    who = Described("Ann Lee", "customer", contact=ann.pk)
    first, _ = seat_new_person(who, Place(deal=cast.deals["ACME-2"].pk), Seated(), "eda")
    second, _ = seat_new_person(who, Place(deal=cast.deals["ACME-1"].pk), Seated(), "eda")
    assert first == second


def test_a_closed_deal_says_who_stood_where(cast: Cast) -> None:
    assert deal_side("BIRCH-1").sentence == "Nobody of the customer’s side is named with their part."


def test_there_is_no_such_deal(cast: Cast) -> None:
    with pytest.raises(NotFound):
        deal_side("X-1")
