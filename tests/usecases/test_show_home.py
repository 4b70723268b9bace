import pytest

from tests.cast import TODAY, Cast
from winward.records.themes import Theme
from winward.usecases.show_home import show_home, win_rate


def test_it_says_whether_we_are_winning(cast: Cast) -> None:
    home = show_home(TODAY)
    assert home.sentence.startswith("We won 1 of 2 deals closed this quarter: 50% (90% interval ")
    assert [rate.quarter for rate in home.win_rates][-1] == "2026 Q3"
    assert len(home.win_rates) == 5


def test_it_says_what_changed_and_what_waits(cast: Cast) -> None:
    Theme.objects.filter(pk=cast.export.pk).update(trend="growing", growth=2.3, growth_low=1.4, growth_high=3.7)
    home = show_home(TODAY)
    assert home.changes[0].what == "A theme that grows"
    assert "2.3 times as often as before, for how much is said (90% interval 1.4 to 3.7)" in home.changes[0].sentence
    assert home.unsure_links == 1
    assert [row.title for row in home.costliest] == ["Export without a network"]


@pytest.mark.django_db
def test_an_empty_workspace() -> None:
    home = show_home(TODAY)
    assert not home.has_evidence
    assert home.win_rates == ()


def test_the_interval_of_a_rate_holds_the_rate_and_stays_between_none_and_all() -> None:
    for won, lost in ((0, 3), (3, 0), (12, 18), (1, 0)):
        rate = win_rate("2026 Q3", won, lost)
        assert rate.low is not None
        assert rate.rate is not None
        assert rate.high is not None
        assert 0 <= rate.low <= rate.rate <= rate.high <= 1
    assert win_rate("2026 Q3", 0, 0).rate is None
