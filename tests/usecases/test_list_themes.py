import pytest

from tests.cast import Cast
from winward.records.themes import Theme
from winward.usecases.list_themes import list_themes


def test_the_costly_come_first_and_what_none_can_tell_is_a_group_of_its_own(cast: Cast) -> None:
    themes = list_themes()
    assert [(row.title, row.verdict) for row in themes.rows] == [
        ("Export without a network", "costs"),
        ("Helpdesk answers late", "can't tell"),
    ]
    assert themes.rows[0].sentence == (
        "We won 6 of 29 deals where this came up, 9 to 31 points less often than in similar deals."
    )
    assert themes.weighing is not None
    assert themes.weighing.unexplained == 50_000


def test_a_name_given_by_a_person_wins(cast: Cast) -> None:
    Theme.objects.filter(pk=cast.export.pk).update(given_name="Offline")
    assert list_themes().rows[0].title == "Offline"


def test_a_theme_without_a_stake_is_listed_last(cast: Cast) -> None:
    Theme.objects.create(name="New", centre=[1.0] * 384)
    assert list_themes().rows[-1].verdict == "not weighed"


@pytest.mark.django_db
def test_no_themes() -> None:
    assert list_themes().rows == ()


def test_a_theme_says_whether_it_grows(cast: Cast) -> None:
    Theme.objects.filter(pk=cast.export.pk).update(trend="growing", growth=2.3, growth_low=1.4, growth_high=3.7)
    Theme.objects.filter(pk=cast.helpdesk.pk).update(trend="growing", growth=None, growth_low=2.0)
    first, second = list_themes().rows
    assert first.moving_in_short == "growing ×2.3"
    assert "2.3 times as often" in first.moving_sentence
    assert second.moving_in_short == "new"
