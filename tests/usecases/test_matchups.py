"""Deals against each rival, by whatever name, and what is said where we win and where we lose."""

from datetime import date

import pytest

from tests.cast import Cast, direction, say, signal
from winward.engine.reading.kinds import KINDS
from winward.records.deals import Deal
from winward.records.documents import Document
from winward.usecases.matchups import Matchup, list_matchups
from winward.usecases.quotes import NotFound
from winward.usecases.rivals import dismiss_rival, list_rivals, name_rival
from winward.usecases.show_rival import show_rival

OF_RIVALS = [0.9 if kind == "competitor" else 0.0 for kind in KINDS]


@pytest.fixture
def met(cast: Cast) -> Cast:
    """Northwind in three deals, once beside Contoso and once under another spelling; Contoso in two."""
    fields = {"ACME-1": "Northwind; Contoso", "BIRCH-1": "north-wind", "COBALT-1": "Northwind Ltd", "ACME-2": "Contoso"}
    for reference, field in fields.items():
        Deal.objects.filter(external_id=reference).update(competitor=field)
    name_rival("Northwind", by="eda", aliases=["Northwind Ltd"])
    Document.objects.update(customer_words=50)
    return cast


def rows() -> dict[str, Matchup]:
    return {row.name: row for row in list_matchups().rows}


def test_spellings_and_several_names_in_one_field_are_joined(met: Cast) -> None:
    found = rows()
    assert {name: (row.won, row.lost, row.open) for name, row in found.items()} == {
        "Northwind": (1, 2, 0),
        "Contoso": (0, 1, 1),
    }
    assert {one.name: one.deals for one in list_rivals().known} == {"Northwind": 3, "Contoso": 2}


def test_each_rate_lies_in_its_interval_and_few_deals_name_nobody_harder(met: Cast) -> None:
    for row in rows().values():
        assert 0 <= row.low < row.rate < row.high <= 1
        assert row.verdict == "can't tell"
        assert (row.difference_low, row.difference_high) == (-1.0, 1.0)
    assert rows()["Northwind"].raw_rate == pytest.approx(1 / 3)


def test_deals_without_a_rival_stand_beside(met: Cast) -> None:
    without = list_matchups().without
    assert (without.won, without.lost) == (1, 0)


def test_a_rival_that_is_only_talked_of_before_the_outcome_counts(met: Cast) -> None:
    call = met.documents["Mail of Cobalt"]
    signal(
        say(call, "Carl", "Contoso does that."), "Contoso does that.", "competitor", None, direction(5), kinds=OF_RIVALS
    )
    row = rows()["Contoso"]
    assert (row.lost, row.heard_only) == (2, 1)


def test_a_rival_named_after_the_outcome_was_not_met(met: Cast) -> None:
    call = met.documents["Mail of Cobalt"]
    Document.objects.filter(pk=call.pk).update(happened_at="2026-07-01T09:00:00Z")
    signal(
        say(call, "Carl", "Contoso does that."), "Contoso does that.", "competitor", None, direction(5), kinds=OF_RIVALS
    )
    assert rows()["Contoso"].lost == 1


def test_a_dismissed_name_is_no_rival(met: Cast) -> None:
    dismiss_rival("Contoso", by="eda")
    assert set(rows()) == {"Northwind"}


def test_where_rivals_are_written_down_for_lost_deals_only_it_says_so(cast: Cast) -> None:
    Deal.objects.filter(state="lost").update(competitor="Northwind")
    assert "100% of the lost deals" in list_matchups().note


def test_one_rival_is_found_by_any_spelling_with_its_parts_and_deals(met: Cast) -> None:
    page = show_rival("NORTHWIND LTD")
    assert page.matchup.name == "Northwind"
    assert {part.name: (part.won, part.lost) for part in page.segments} == {"Enterprise": (0, 2), "Mid-market": (1, 0)}
    assert [(part.name, part.won, part.lost) for part in page.halves] == [("2026 H1", 0, 1), ("2026 H2", 1, 1)]
    assert [deal.closed_on for deal in page.lost] == [date(2026, 9, 10), date(2026, 6, 20)]
    assert page.compared == len(page.themes) * 2 == 4


def test_words_that_name_the_rival_come_first_and_praise_and_objections_stand_on_their_sides(met: Cast) -> None:
    mail = met.documents["Mail of Cobalt"]
    said = signal(say(mail, "Carl", "Northwind has it."), "Northwind has it.", "competitor", None, direction(5),
                  kinds=OF_RIVALS, strength=0.1)  # fmt: skip
    page = show_rival("Northwind")
    assert [quote.signal for quote in page.won_on] == [met.signals["birch praise"].pk]
    assert [quote.signal for quote in page.lost_on] == [said.pk, met.signals["cobalt export"].pk]


def test_nobody_knows_a_rival_of_that_name(met: Cast) -> None:
    with pytest.raises(NotFound, match="Fabrikam"):
        show_rival("Fabrikam")


def test_without_any_deal_there_is_nothing_to_tell(db: None) -> None:
    found = list_matchups()
    assert (found.rows, found.typical, found.compared) == ((), (), 0)
    assert found.sentence == "No closed deal names a rival yet."
