import pytest

from tests.cast import Cast
from winward.usecases.quotes import NotFound
from winward.usecases.show_deal import show_deal


def test_what_was_stated_stands_beside_what_was_found(cast: Cast) -> None:
    page = show_deal("ACME-1")
    assert page.row.stated_reason == "Price"
    assert [(one.theme, one.mentions, one.share) for one in page.found] == [
        ("Export without a network", 1, 0.5),
        ("Helpdesk answers late", 1, None),
    ]
    assert page.unexplained == 0.5
    assert page.sentence == "Lost on 10 September 2026. “Export without a network” is associated with 50% of the loss."


def test_its_evidence_is_in_order_with_the_strongest_quotes(cast: Cast) -> None:
    page = show_deal(cast.deals["ACME-1"].pk)
    assert [item.title for item in page.evidence] == ["Second call with Acme"]
    assert page.evidence[0].signals == 3
    assert {quote.account for quote in page.evidence[0].quotes} == {"Acme"}


def test_an_open_deal_says_what_came_up(cast: Cast) -> None:
    assert show_deal("ACME-2").sentence == "Still open. What came up: Export without a network."
    assert show_deal("ELM-1").sentence == "Still open; no theme has come up yet."


def test_a_deal_is_found_by_the_crm_s_id_before_the_row_s_number(cast: Cast) -> None:
    elm, dune = cast.deals["ELM-1"], cast.deals["DUNE-1"]
    elm.external_id = str(dune.pk)
    elm.save()
    assert show_deal(str(dune.pk)).row.id == elm.pk
    assert show_deal(dune.pk).row.id == dune.pk


def test_a_deal_that_is_not_there(cast: Cast) -> None:
    with pytest.raises(NotFound, match="no deal X-1"):
        show_deal("X-1")
