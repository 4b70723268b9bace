from datetime import UTC, datetime

import pytest

from tests.cast import EXPORT, HELPDESK, Cast, direction, say, signal
from winward.records.documents import Document
from winward.records.themes import Theme
from winward.usecases.find_trends import Found, find_trends
from winward.usecases.timelines import timeline

MONTHS = [datetime(2025, month, 5, tzinfo=UTC) for month in range(1, 13)]


def _heard(cast: Cast, month: datetime, name: str, export: int, helpdesk: int, times: int = 1) -> None:
    """Reviews of the month, of no account: `export` speak of the one theme, `helpdesk` of the other."""
    for number in range(max(export, helpdesk)):
        document = Document.objects.create(
            source=cast.source, external_id=f"{name} {month} {number}", content_hash="x", kind="review",
            title=name, happened_at=month, customer_words=10,
        )  # fmt: skip
        for theme, axis, most in ((cast.export, EXPORT, export), (cast.helpdesk, HELPDESK, helpdesk)):
            for again in range(times if number < most else 0):
                passage = say(document, "", f"It says {theme.name} {again}")
                signal(passage, passage.text, "pain", theme, direction(axis))


@pytest.fixture
def history(cast: Cast) -> Cast:
    """A year in which export came up in 2 of 8 reviews a month, and of late in all."""
    Document.objects.update(customer_words=0)
    for at, month in enumerate(MONTHS):
        _heard(cast, month, "review", 8 if at >= 9 else 2, 8)
    return cast


def _trend(theme: Theme) -> tuple[str, float | None]:
    theme.refresh_from_db(fields=["trend", "growth", "growth_low", "growth_high"])
    return theme.trend, theme.growth


def test_what_came_up_more_of_late_grows(history: Cast) -> None:
    assert find_trends() == Found(1, 0, 2)
    trend, growth = _trend(history.export)
    assert trend == "growing"
    assert growth is not None
    assert 2 < growth < 5
    assert history.export.growth_low < growth < history.export.growth_high
    assert _trend(history.helpdesk)[0] == ""


def test_one_account_that_says_it_twenty_times_is_one_voice(history: Cast) -> None:
    acme = history.accounts["Acme"]
    Document.objects.filter(happened_at=MONTHS[-1], title="review").update(account=acme)
    Document.objects.filter(happened_at=MONTHS[-2], title="review").update(account=acme)
    Document.objects.filter(happened_at=MONTHS[-3], title="review").update(account=acme)
    assert find_trends().growing == 0


def test_a_retired_theme_keeps_no_trend(history: Cast) -> None:
    find_trends()
    Theme.objects.filter(pk=history.export.pk).update(retired=True)
    find_trends()
    assert _trend(history.export) == ("", None)


def test_too_short_a_history_says_nothing(cast: Cast) -> None:
    Document.objects.update(customer_words=0)
    _heard(cast, MONTHS[0], "review", 3, 3)
    assert find_trends() == Found(0, 0, 2)
    assert "too little history" in timeline(cast.export, {}).sentence


@pytest.mark.django_db
def test_an_empty_workspace() -> None:
    assert find_trends() == Found(0, 0, 0)
    assert timeline(Theme(name="None"), {}).months == ()
