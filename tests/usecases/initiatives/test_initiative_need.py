"""By when customers need it: open deals' days, renewals year by year, and a day that a person set."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.cast import TODAY, Cast
from winward.records.accounts import Account
from winward.records.deals import Deal
from winward.usecases.initiatives.initiative_need import CustomerNeed, calendar_of, need_of, next_renewal

DAYS = st.dates(date(2000, 1, 1), date(2050, 12, 31))


def need(cast: Cast, by_hand: date | None = None, today: date = TODAY) -> CustomerNeed:
    themes = [cast.export.pk, cast.helpdesk.pk]
    return need_of(themes, calendar_of(themes, today, "EUR"), by_hand)


def won_by_acme(cast: Cast, closed: date, recurring: int | None = 12_000, value: int = 20_000) -> Deal:
    return Deal.objects.create(
        source=cast.source,
        external_id=f"WON-{closed}",
        name="Acme won",
        account=cast.accounts["Acme"],
        state="won",
        closed_on=closed,
        amount=value,
        value=value,
        recurring=recurring,
    )


def test_the_sentence_names_who_decides_on_what(cast: Cast) -> None:
    found = need(cast)
    assert found.sentence == "Needed by 1 December 2026: Acme decides on a deal of €60,000."
    assert (found.day, found.by_hand, found.value) == (date(2026, 12, 1), None, 60_000)


def test_a_day_set_by_hand_holds_and_the_computed_one_stands_beside_it(cast: Cast) -> None:
    found = need(cast, by_hand=date(2026, 11, 1))
    assert (found.day, found.computed) == (date(2026, 11, 1), date(2026, 12, 1))
    assert found.sentence == (
        "Needed by 1 November 2026, as set by hand. Deals and renewals say 1 December 2026: "
        "Acme decides on a deal of €60,000."
    )


def test_a_won_deal_renews_for_what_comes_again_every_year(cast: Cast) -> None:
    won_by_acme(cast, date(2025, 10, 15))
    renewal = need(cast).rows[0]
    assert (renewal.day, renewal.why, renewal.value) == (date(2026, 10, 15), "renews", 12_000)
    assert renewal.sentence == "Acme renews €12,000 a year."


def test_what_came_once_and_what_the_crm_doesnt_say_renews_not(cast: Cast) -> None:
    won_by_acme(cast, date(2025, 10, 15), recurring=0)
    won_by_acme(cast, date(2025, 10, 16), recurring=None)
    assert [row.why for row in need(cast).rows] == ["decides"]


@pytest.mark.parametrize(("left", "renews"), [(date(2026, 3, 1), False), (date(2025, 1, 1), True), (None, True)])
def test_who_left_since_renews_nothing_and_who_came_back_does(left: date | None, renews: bool, cast: Cast) -> None:
    won_by_acme(cast, date(2025, 10, 15))
    Account.objects.filter(name="Acme").update(churned_on=left)
    assert any(row.why == "renews" for row in need(cast).rows) is renews


def test_customers_who_never_asked_for_it_dont_count(cast: Cast) -> None:
    Deal.objects.filter(external_id="BIRCH-1").update(recurring=25_000, amount=25_000)
    # Birch praised the export; it asked for nothing.
    assert all(row.account != "Birch" for row in need(cast).rows)


def test_a_small_deal_soon_doesnt_set_the_day_for_the_large_one(cast: Cast) -> None:
    won_by_acme(cast, date(2025, 10, 15))
    found = need(cast)
    assert [row.day for row in found.rows] == [date(2026, 10, 15), date(2026, 12, 1)]
    assert found.computed == date(2026, 12, 1)
    assert [row.sets for row in found.rows] == [False, True]


def test_a_deal_past_its_day_is_shown_first_and_sets_no_day(cast: Cast) -> None:
    found = need(cast, today=date(2026, 12, 24))
    assert [row.overdue for row in found.rows] == [True]
    assert "was to decide on a deal of €60,000 by 1 December 2026; it is still open" in found.rows[0].sentence
    assert found.sentence == "Needed now: 1 deal was to be decided already and still waits."
    assert found.day is None


def test_without_a_day_and_without_deals_it_says_so(cast: Cast) -> None:
    Deal.objects.filter(external_id="ACME-2").update(closed_on=None)
    assert need(cast).sentence.startswith("No day is known by which it is needed")
    Deal.objects.filter(external_id="ACME-2").update(state="lost")
    assert need(cast).sentence == "No open deal and no renewal waits for it, as far as is known."


def test_a_deal_of_unknown_value_sets_the_day_where_none_is_known(cast: Cast) -> None:
    Deal.objects.filter(external_id="ACME-2").update(value=None)
    found = need(cast)
    assert found.sentence == "Needed by 1 December 2026: Acme decides on a deal of unknown value."
    assert found.unvalued == 1


@pytest.mark.parametrize(
    ("won", "today", "renews"),
    [
        (date(2024, 2, 29), date(2024, 3, 1), date(2025, 2, 28)),
        (date(2024, 2, 29), date(2025, 2, 28), date(2025, 2, 28)),
        (date(2024, 2, 29), date(2027, 3, 1), date(2028, 2, 29)),
        (date(2025, 9, 30), date(2026, 9, 30), date(2026, 9, 30)),
        (date(2026, 9, 30), date(2026, 9, 30), date(2027, 9, 30)),
        (date(2026, 12, 31), date(2026, 9, 30), date(2027, 12, 31)),
    ],
)
def test_renewals_fall_on_the_anniversary(won: date, today: date, renews: date) -> None:
    assert next_renewal(won, today) == renews


@given(won=DAYS, today=DAYS)
def test_a_renewal_is_ahead_at_least_a_year_after_and_on_the_same_day(won: date, today: date) -> None:
    day = next_renewal(won, today)
    assert day >= today
    assert day.year > won.year
    assert (day.month, day.day) == (won.month, won.day) or (won.month, won.day, day.day) == (2, 29, 28)
    earlier = day.year - 1
    assert earlier == won.year or date(earlier, day.month, min(day.day, 28)) < today
