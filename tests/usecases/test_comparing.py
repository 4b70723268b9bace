"""Two parts of the deals beside each other, change over time, and what if."""

import pytest

from tests.cast import Cast
from tests.many_deals import ManyDeals, many_deals
from winward.records.deals import Deal
from winward.usecases.compare import compare_parts
from winward.usecases.over_time import over_time
from winward.usecases.quotes import NotFound
from winward.usecases.slices import Slice
from winward.usecases.what_if import what_if


@pytest.fixture
def many(db: None) -> ManyDeals:
    return many_deals()


def test_segments_beside_each_other(many: ManyDeals) -> None:
    found = compare_parts("segment", "SMB", "Enterprise")
    first = found.rows[0]
    assert (first.id, first.turn) == (many.sync.pk, "more")
    assert "fewer wins in Enterprise than in SMB" in first.sentence
    assert "Sync is lame" in found.sentence
    assert [row.turn for row in found.rows[1:]] == ["can't tell", "can't tell"]
    assert [side.name for side in found.sides] == ["SMB", "Enterprise"]
    for side in found.sides:
        closed = Deal.objects.filter(segment=side.name).exclude(state="open")
        assert (side.won, side.closed) == (closed.filter(state="won").count(), closed.count())
        assert side.low is not None
        assert side.high is not None
        assert side.low < side.won / side.closed < side.high


def test_what_isnt_named_is_chosen(many: ManyDeals) -> None:
    assert [side.name for side in compare_parts("quarter").sides] == ["2026 Q2", "2026 Q3"]
    assert {side.name for side in compare_parts("owner", b="Jo").sides} == {"Ida", "Jo"}
    assert compare_parts("product").sides == ()
    north = compare_parts("segment", asked=Slice(region="North"))
    assert sum(side.closed for side in north.sides) == Deal.objects.filter(region="North").exclude(state="open").count()


def test_what_nobody_has_is_refused(many: ManyDeals) -> None:
    for asked in (("segment", "Mars", ""), ("weather", "", ""), ("segment", "SMB", "SMB")):
        with pytest.raises(ValueError, match=r"No closed deal|is none of|different"):
            compare_parts(*asked)


def test_the_cast_has_too_few_deals_to_compare(cast: Cast) -> None:
    assert "12 closed deals with evidence are needed" in compare_parts("segment").sentence
    assert "Two periods" in over_time().sentence
    assert what_if([cast.export.pk]).past is None


def test_nothing_changed_over_time(many: ManyDeals) -> None:
    found = over_time()
    assert [period.name for period in found.periods] == ["2025 Q4", "2026 Q1", "2026 Q2", "2026 Q3"]
    assert sum(period.closed for period in found.periods) + found.left_out == 320
    assert {row.turn for row in found.rows} == {"can't tell"}
    export = next(row for row in found.rows if row.id == many.export.pk)
    assert all(period.high < 0.1 for period in export.periods)


def test_a_theme_that_came_to_cost_more_is_found(many: ManyDeals) -> None:
    """From the third quarter on, dull colours lose every deal."""
    colours = Deal.objects.filter(documents__passages__text__contains="Colours").values("pk")
    Deal.objects.filter(pk__in=colours, state="won", closed_on__gte="2026-04-01").update(state="lost")
    Deal.objects.filter(pk__in=colours, state="lost", closed_on__lt="2026-04-01").update(state="won")
    found = over_time()
    assert (found.rows[0].id, found.rows[0].turn) == (many.colours.pk, "more")
    assert "Colours are dull came to cost more" in found.sentence


def test_without_a_costly_theme_more_deals_are_won_but_never_more_than_were_lost(many: ManyDeals) -> None:
    one, both = what_if([many.export.pk]), what_if([many.export.pk, many.sync.pk])
    assert one.past is not None
    assert both.past is not None
    assert both.pipeline is not None
    assert 0 < one.past.gain.deals_low < one.past.gain.deals < one.past.gain.deals_high <= one.past.deals
    assert one.past.gain.deals < both.past.gain.deals <= both.past.deals
    assert both.past.gain.amount_high <= both.past.amount
    assert 0 < both.pipeline.gain.deals_high <= both.pipeline.deals <= many.open_deals
    assert "not a promise" in one.sentence
    assert one.quarters == ("2025 Q4", "2026 Q3")


def test_a_harmless_theme_promises_nothing(many: ManyDeals) -> None:
    assert what_if([many.colours.pk]).sentence.startswith(("It can't be told", "Deals with this theme were won"))


def test_what_isnt_a_theme_is_refused(many: ManyDeals) -> None:
    with pytest.raises(NotFound):
        what_if([999_999])
    with pytest.raises(ValueError, match="at least one"):
        what_if([])
