from datetime import date

import numpy as np
import pytest

from tests.cast import EXPORT, HELPDESK, Cast, direction, say, signal
from winward.records.accounts import Account
from winward.records.deals import Deal
from winward.records.related_rows import Filters, Question, expected, related
from winward.records.signals import Signal
from winward.usecases.quotes import NotFound
from winward.usecases.related import related_to, related_to_text


def shown(cast: Cast, filters: Filters, of: str = "acme export") -> list[str]:
    return [one.quote.words for one in related_to(cast.signals[of].pk, filters).others]


def test_the_nearest_in_meaning_come_first_and_the_same_words_are_its_own(cast: Cast) -> None:
    found = related_to(cast.signals["acme export"].pk)
    assert [one.quote.signal for one in found.others] == [
        cast.signals["cobalt export"].pk,
        cast.signals["birch praise"].pk,
    ]
    assert found.own is not None
    assert found.own.said == "said twice by 1 account"
    assert [quote.signal for quote in found.own.repeats] == [cast.signals["acme export again"].pk]


@pytest.mark.parametrize(
    ("filters", "left"),
    [
        (Filters(kind="praise"), ["birch praise"]),
        (Filters(deal_state="lost"), ["cobalt export"]),
        (Filters(segment="Mid-market"), ["birch praise"]),
        (Filters(since=date(2026, 7, 1)), ["birch praise"]),
        (Filters(until=date(2026, 6, 1)), ["cobalt export"]),
        (Filters(since=date(2026, 7, 7), until=date(2026, 7, 7)), ["birch praise"]),
        (Filters(deal_state="won", segment="Enterprise"), []),
        (Filters(side="us"), []),
    ],
)
def test_each_filter_leaves_what_is_like_it(cast: Cast, filters: Filters, left: list[str]) -> None:
    assert shown(cast, filters) == [cast.signals[name].quote for name in left]


def test_a_deal_without_a_segment_is_of_its_account_s(cast: Cast) -> None:
    won = cast.signals["birch praise"]
    Deal.objects.filter(pk=won.document.deal_id).update(segment="")
    assert shown(cast, Filters(segment="Mid-market")) == []
    Account.objects.filter(pk=won.document.account_id).update(segment="Mid-market")
    assert shown(cast, Filters(segment="Mid-market")) == [won.quote]
    Deal.objects.filter(pk=won.document.deal_id).update(segment="Enterprise")
    assert won.quote not in shown(cast, Filters(segment="Mid-market"))


def test_an_account_and_all_others(cast: Cast) -> None:
    acme = cast.accounts["Acme"].pk
    assert cast.signals["cobalt export"].quote in shown(cast, Filters(besides=acme))
    assert shown(cast, Filters(account=cast.accounts["Cobalt"].pk)) == [cast.signals["cobalt export"].quote]
    assert shown(cast, Filters(theme=cast.helpdesk.pk), of="acme export") == []


def test_an_account_known_by_its_deal_only(cast: Cast) -> None:
    birch = cast.documents["Interview with Birch"]
    birch.account = None
    birch.save(update_fields=["account"])
    number = cast.accounts["Birch"].pk
    assert shown(cast, Filters(account=number)) == [cast.signals["birch praise"].quote]
    assert cast.signals["birch praise"].quote not in shown(cast, Filters(besides=number))


def test_a_dismissed_signal_is_found_by_nothing_but_still_has_its_related(cast: Cast) -> None:
    Signal.objects.filter(pk=cast.signals["cobalt export"].pk).update(dismissed=True)
    assert cast.signals["cobalt export"].quote not in shown(cast, Filters())
    assert shown(cast, Filters(), of="cobalt export")


def test_what_our_side_repeats_is_not_counted_for_the_customer(cast: Cast) -> None:
    call = cast.documents["Second call with Acme"]
    echo = say(call, "Sam Seller", "So you can’t export when the line is down.", side="us")
    signal(echo, echo.text, "pain", None, direction(EXPORT, 0.5))
    again = say(cast.documents["Interview with Birch"], "Bea Wood", "No export on a plane, no use.")
    signal(again, again.text, "pain", None, direction(EXPORT, 0.5))
    by_words = {one.quote.words: one for one in related_to(cast.signals["acme helpdesk"].pk).others}
    assert by_words == {}
    found = {one.quote.side: one for one in related_to(cast.signals["acme export"].pk).others if one.times > 0}
    assert found["us"].said == "said once"
    plane = next(one for one in related_to(cast.signals["acme export"].pk).others if "plane" in one.quote.words)
    assert (plane.times, plane.accounts) == (2, 2)


def test_words_find_what_vectors_put_far_away(cast: Cast) -> None:
    renewal = cast.documents["Renewal call with Acme"]
    odd = say(renewal, "Ada Field", "SCIM provisioning, please.")
    near = np.array(direction(9)) + 0.25 * np.array(direction(HELPDESK))
    first = signal(odd, odd.text, "request", None, list(near))
    other = say(cast.documents["Mail of Cobalt"], "Carl Stone", "We asked for SCIM.")
    signal(other, other.text, "request", None, list(np.array(direction(11)) + 0.25 * np.array(direction(9))))
    found = related_to(first.pk).others
    assert [(one.quote.words, one.why) for one in found[:1]] == [("We asked for SCIM.", "both")]


def test_where_one_thing_is_said_over_and_over_the_rest_still_shows(cast: Cast) -> None:
    mail = cast.documents["Mail of Cobalt"]
    passage = say(mail, "Carl Stone", "\n".join(f"No export, {number}." for number in range(160)))
    for number in range(160):
        signal(passage, f"No export, {number}.", "pain", None, direction(EXPORT, 0.6))
    found = related_to(cast.signals["acme export"].pk).others
    assert max(one.times for one in found) >= 160
    assert cast.signals["birch praise"].quote in [one.quote.words for one in found]


def test_comparing_all_and_following_the_index_find_the_same(cast: Cast) -> None:
    question = Question(text="export on site", vector=direction(EXPORT))
    for filters in (Filters(kind="pain"), Filters(deal_state="lost"), Filters(besides=cast.accounts["Acme"].pk)):
        assert related(question, filters, 20, few=0) == related(question, filters, 20)


def test_how_many_pass_is_expected_without_counting(cast: Cast) -> None:
    assert expected(Filters(account=cast.accounts["Acme"].pk)) >= 1


def test_a_text_without_a_vector_is_compared_by_its_words(cast: Cast) -> None:
    found = related_to_text("helpdesk", None)
    assert found.own is None
    assert [(one.quote.signal, one.why, one.closeness) for one in found.others] == [
        (cast.signals["acme helpdesk"].pk, "words", 0.0)
    ]


def test_a_signal_that_is_not_there(cast: Cast) -> None:
    with pytest.raises(NotFound, match="no signal 0"):
        related_to(0)
