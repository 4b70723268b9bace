from datetime import date, timedelta

import pytest

from tests.cast import Cast
from winward.records.deals import Deal
from winward.usecases.list_deals import PAGE, list_deals


def references(**asked: str) -> list[str]:
    return [row.reference for row in list_deals(**asked).rows]


def test_those_without_a_closing_day_come_first_then_the_newest(cast: Cast) -> None:
    assert references() == ["ELM-1", "ACME-2", "ACME-1", "BIRCH-1", "COBALT-1", "DUNE-1"]


def test_each_filter_narrows_the_list(cast: Cast) -> None:
    assert references(state="lost") == ["ACME-1", "COBALT-1"]
    assert references(segment="Small") == ["ELM-1", "DUNE-1"]
    assert references(quarter="2026 Q3") == ["ACME-1", "BIRCH-1"]
    assert references(state="lost", quarter="2026 Q2") == ["COBALT-1"]


def test_a_deal_is_found_by_its_name_its_account_or_its_id(cast: Cast) -> None:
    assert references(search="acme") == ["ACME-2", "ACME-1"]
    assert references(search="DUNE-1") == ["DUNE-1"]
    assert references(search="nobody") == []


def test_every_deal_is_on_exactly_one_page(cast: Cast) -> None:
    days = [None, date(2026, 1, 1), date(2026, 1, 2)]
    Deal.objects.bulk_create(
        Deal(source=cast.source, external_id=f"X-{n}", name=f"X {n}", state="won", closed_on=days[n % 3])
        for n in range(3 * PAGE + 7)
    )
    seen: list[int] = []
    page = list_deals()
    seen += [row.id for row in page.rows]
    while page.after:
        page = list_deals(after=page.after)
        seen += [row.id for row in page.rows]
    assert len(seen) == len(set(seen)) == Deal.objects.count()


def test_the_filters_offer_what_there_is(cast: Cast) -> None:
    deals = list_deals()
    assert deals.segments == ("Enterprise", "Mid-market", "Small")
    assert deals.quarters[0] == "2026 Q3"
    assert deals.sentence == "Where something was recorded before the outcome, we won 2 of 4 deals (50%)."


def test_a_cursor_that_is_none_is_refused(cast: Cast) -> None:
    with pytest.raises(ValueError, match="isoformat"):
        list_deals(after=f"{timedelta(1)}.3")


def test_only_deals_where_a_theme_came_up(cast: Cast) -> None:
    found = list_deals(state="lost", theme=cast.export.pk)
    assert found.theme == "Export without a network"
    assert [row.reference for row in found.rows] == ["ACME-1", "COBALT-1"]
    cast.signals["acme export"].dismissed = True
    cast.signals["acme export"].save()
    assert [row.reference for row in list_deals(state="lost", theme=cast.export.pk).rows] == ["COBALT-1"]
