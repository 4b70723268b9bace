import pytest

from tests.cast import EXPORT, Cast, direction, say, signal
from winward.usecases.quotes import NotFound
from winward.usecases.show_signal import show_signal


def test_what_others_said_comes_nearest_first(cast: Cast) -> None:
    page = show_signal(cast.signals["acme export"].pk)
    assert [one.quote.signal for one in page.related] == [
        cast.signals["cobalt export"].pk,
        cast.signals["birch praise"].pk,
    ]
    assert page.related[0].closeness > page.related[1].closeness


def test_nearly_the_same_words_are_folded_into_one_with_their_count(cast: Cast) -> None:
    assert show_signal(cast.signals["acme export"].pk).said == "said twice by 1 account"
    mail = cast.documents["Mail of Cobalt"]
    for number in range(3):
        again = say(mail, "Carl Stone", f"On a plane it is no use, {number}.")
        signal(again, again.text, "pain", cast.export, direction(EXPORT, 0.5 + number / 100))
    related = show_signal(cast.signals["acme export"].pk).related
    assert related[0].said == "said 4 times by 1 account"


def test_the_words_around_the_quote_are_the_passage(cast: Cast) -> None:
    found = cast.signals["acme export"]
    page = show_signal(found.pk)
    assert page.before + page.quote.words + page.after == found.passage.text


def test_the_trail_walked_so_far_stays_in_order(cast: Cast) -> None:
    walked = [cast.signals["birch praise"].pk, cast.signals["cobalt export"].pk]
    page = show_signal(cast.signals["acme export"].pk, trail=[*walked, 999_999])
    assert [quote.signal for quote in page.trail] == walked
    assert not {one.quote.signal for one in page.related} & set(walked)


def test_a_signal_that_is_not_there(cast: Cast) -> None:
    with pytest.raises(NotFound, match="no signal 0"):
        show_signal(0)
