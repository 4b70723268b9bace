"""Each outcome down to themes and owners: nothing counts twice, and what is missing is said."""

from datetime import date

import pytest

from tests.cast import TODAY, Cast, direction, say, signal
from winward.records.accounts import Account
from winward.records.deals import Deal
from winward.records.documents import Document
from winward.usecases.accountability import OwnerAnswer, ThemeAnswer, show_accountability, show_theme_account
from winward.usecases.decide import own_theme
from winward.usecases.quotes import NotFound


@pytest.fixture
def left(cast: Cast) -> Cast:
    """Birch, who bought for 25,000, left after asking for export; Dune stayed. Acme wrote two tickets."""
    Document.objects.update(customer_words=50)
    Account.objects.filter(name="Birch").update(churned_on=date(2026, 9, 20))
    wish = say(cast.documents["Interview with Birch"], "Bea Wood", "We still need export.")
    cast.signals["birch wish"] = signal(wish, wish.text, "need", cast.export, direction(0))
    for name, texts in {"Ticket 1": ("Export is down.", "Nobody answers."), "Ticket 2": ("It is slow.",)}.items():
        ticket = Document.objects.create(
            source=cast.source, external_id=name, content_hash=name, kind="ticket", title=name, customer_words=5,
            happened_at="2026-09-01T09:00:00Z", account=cast.accounts["Acme"],
        )  # fmt: skip
        for text, theme in zip(texts, (cast.export, cast.helpdesk), strict=False):
            if name == "Ticket 1":
                cast.signals[text] = signal(say(ticket, "Ada", text), text, "pain", theme, direction(0))
    return cast


def nobody() -> OwnerAnswer:
    return show_accountability(TODAY).owners[0]


def answer_of(title: str) -> ThemeAnswer:
    found = show_accountability(TODAY)
    return next(one for owner in found.owners for one in owner.themes if one.title == title)


def test_the_years_lost_value_goes_to_what_clearly_costs_with_its_interval_in_proportion(left: Cast) -> None:
    losses = answer_of("Export without a network").losses
    assert losses is not None
    assert (losses.deals, losses.value, losses.value_low, losses.value_high) == (2, 80_000, 30_000, 120_000)
    found = show_accountability(TODAY).losses
    assert found is not None
    assert (found.deals, found.value, found.clear + found.unclear + found.unexplained) == (2, 130_000, 130_000)


def test_older_losses_are_of_no_year_that_is_asked_for(left: Cast) -> None:
    Deal.objects.filter(external_id="COBALT-1").update(closed_on=date(2025, 6, 20))
    losses = answer_of("Export without a network").losses
    assert losses is not None
    assert (losses.deals, losses.value, losses.value_low) == (1, 20_000, 7_500)


def test_what_customers_said_in_the_year_before_they_left_is_set_beside_those_who_stayed(left: Cast) -> None:
    churn = answer_of("Export without a network").churn
    assert churn is not None
    assert (churn.left, churn.stayed, churn.value, churn.verdict) == (1, 0, 25_000, "can't tell")
    found = show_accountability(TODAY).churn
    assert (found.left, found.left_heard, found.stayed, found.stayed_heard) == (1, 1, 1, 0)
    assert (found.value, found.unexplained) == (25_000, 0)


def test_what_was_said_earlier_or_later_than_that_year_does_not_count(left: Cast) -> None:
    for day in ("2025-09-01T09:00:00Z", "2026-09-21T09:00:00Z"):
        Document.objects.filter(title="Interview with Birch").update(happened_at=day)
        churn = show_accountability(TODAY).churn
        assert [theme.left for theme in churn.themes if theme.left] == []
        assert churn.unexplained == churn.value == 25_000


def test_the_recurring_part_is_what_is_lost_where_the_crm_tells_it(left: Cast) -> None:
    Deal.objects.filter(external_id="BIRCH-1").update(recurring=10_000)
    assert show_accountability(TODAY).churn.value == 10_000


def test_a_customers_value_is_shared_equally_over_the_themes_that_it_brought_up(left: Cast) -> None:
    more = say(left.documents["Interview with Birch"], "Bea Wood", "And answer us sooner.")
    signal(more, more.text, "request", left.helpdesk, direction(1))
    shares = [theme.value for theme in show_accountability(TODAY).churn.themes]
    assert shares == [12_500, 12_500]


def test_a_ticket_counts_for_each_of_its_themes_and_once_in_all(left: Cast) -> None:
    export, helpdesk = (answer_of(title).tickets for title in ("Export without a network", "Helpdesk answers late"))
    assert export is not None
    assert helpdesk is not None
    assert (export.tickets, export.messages, export.carried, helpdesk.carried) == (1, 1, 0.5, 0.5)
    assert export.low < export.share == 0.5 < export.high
    assert export.by_quarter[-1] == 1
    load = show_accountability(TODAY).tickets
    assert (load.tickets, load.unsorted, load.quarters[-1]) == (2, 1, "2026 Q3")
    assert nobody().tickets + load.unsorted == load.tickets


def test_whose_share_grows_is_told_only_beyond_chance(left: Cast) -> None:
    for number in range(40):
        ticket = Document.objects.create(
            source=left.source, external_id=f"T{number}", content_hash=f"T{number}", kind="ticket", title="T",
            happened_at=f"{'2025-11' if number < 20 else '2026-08'}-01T09:00:00Z", account=left.accounts["Acme"],
        )  # fmt: skip
        if number >= 20:
            signal(say(ticket, "Ada", "Down."), "Down.", "pain", left.export, direction(0))
    export, helpdesk = (answer_of(title).tickets for title in ("Export without a network", "Helpdesk answers late"))
    assert export is not None
    assert helpdesk is not None
    assert (export.trend, helpdesk.trend) == ("growing", "can't tell")
    assert export.change_low is not None
    assert export.change_low > 0


def test_those_without_an_owner_come_first_and_totals_follow_owners(left: Cast) -> None:
    own_theme(left.export.pk, "Nia", by="eda")
    found = show_accountability(TODAY)
    assert [(owner.owner, len(owner.themes)) for owner in found.owners] == [("", 1), ("Nia", 1)]
    assert [owner.lost_value for owner in found.owners] == [0, 80_000]
    assert found.sentence.startswith("Nobody owns 1 of the 2 themes")
    own_theme(left.helpdesk.pk, "Nia", by="eda")
    assert "has an owner" in show_accountability(TODAY).sentence


def test_the_words_behind_the_numbers_are_at_hand(left: Cast) -> None:
    page = show_theme_account(left.export.pk, TODAY)
    assert [quote.signal for quote in page.left] == [left.signals["birch wish"].pk]
    assert [quote.signal for quote in page.tickets] == [left.signals["Export is down."].pk]
    with pytest.raises(NotFound):
        show_theme_account(999_999, TODAY)


def test_an_empty_workspace_has_nothing_to_answer_for(db: None) -> None:
    found = show_accountability(TODAY)
    assert (found.losses, found.churn.left, found.tickets.tickets, found.owners) == (None, 0, 0, ())
