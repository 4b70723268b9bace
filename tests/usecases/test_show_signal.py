import pytest

from tests.cast import Cast
from winward.records.documents import Document
from winward.usecases.quotes import NotFound
from winward.usecases.show_signal import show_signal


def test_what_others_said_comes_nearest_first(cast: Cast) -> None:
    page = show_signal(cast.signals["acme export"].pk)
    assert [one.quote.signal for one in page.related] == [
        cast.signals["cobalt export"].pk,
        cast.signals["birch praise"].pk,
    ]
    assert page.related[0].closeness > page.related[1].closeness


def test_nearly_the_same_words_stand_with_the_signal(cast: Cast) -> None:
    page = show_signal(cast.signals["acme export"].pk)
    assert page.said == "said twice by 1 account"
    assert [quote.signal for quote in page.same] == [cast.signals["acme export again"].pk]


def test_one_can_ask_for_some_of_the_related(cast: Cast) -> None:
    number = cast.signals["acme export"].pk
    assert [one.quote.deal_state for one in show_signal(number, only="won").related] == ["won"]
    assert [one.quote.deal_state for one in show_signal(number, only="lost").related] == ["lost"]
    assert {one.quote.theme_id for one in show_signal(number, only="theme").related} == {cast.export.pk}
    assert "Acme" not in {one.quote.account for one in show_signal(number, only="others").related}
    with pytest.raises(ValueError, match="is none of"):
        show_signal(number, only="best")


def test_what_can_be_asked_for_depends_on_what_is_known(cast: Cast) -> None:
    assert show_signal(cast.signals["acme export"].pk).only == ("theme", "others", "lost", "won", "open")
    Document.objects.filter(title="Second call with Acme").update(account=None, deal=None)
    assert show_signal(cast.signals["acme weather"].pk).only == ("lost", "won", "open")


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
