"""Themes weighed on a part of the deals."""

from datetime import UTC, date, datetime

import pytest

from tests.cast import Cast
from tests.many_deals import ManyDeals, many_deals
from winward.records.deals import Deal
from winward.records.signals import Signal
from winward.usecases.list_themes import Themes, list_themes
from winward.usecases.slices import Slice, choices
from winward.usecases.theme_rows import ThemeRow
from winward.usecases.weigh import weigh

NOW = datetime(2026, 10, 1, tzinfo=UTC)


@pytest.fixture
def many(db: None) -> ManyDeals:
    return many_deals()


def row(found: Themes, theme: int) -> ThemeRow:
    return next(row for row in found.rows if row.id == theme)


def test_a_segment_is_weighed_on_its_own_deals(many: ManyDeals) -> None:
    enterprise, small = (list_themes(Slice(segment=segment)) for segment in ("Enterprise", "SMB"))
    assert row(enterprise, many.sync.pk).verdict == "costs"
    assert row(small, many.sync.pk).verdict == "can't tell"
    assert enterprise.sentence.startswith("Enterprise: we won")
    closed = Deal.objects.filter(segment="Enterprise").exclude(state="open").count()
    sync = row(enterprise, many.sync.pk)
    assert sync.won_with + sync.lost_with + sync.won_without + sync.lost_without == closed
    assert sync.raw_difference == pytest.approx(
        sync.won_with / (sync.won_with + sync.lost_with) - sync.won_without / (sync.won_without + sync.lost_without)
    )


def test_the_parts_are_the_whole(many: ManyDeals) -> None:
    """A slice that holds every deal says what the weighing says."""
    weigh(NOW, seed=3)
    stored, sliced = list_themes(), list_themes(Slice(first=date(2020, 1, 1), last=date(2030, 1, 1)))
    for one in stored.rows:
        other = row(sliced, one.id)
        assert (one.verdict, one.sentence, one.raw_difference) == (other.verdict, other.sentence, other.raw_difference)
        assert one.lost_value == pytest.approx(other.lost_value)
        assert one.lost_recurring == pytest.approx(other.lost_recurring)
        assert (one.signals_after, one.open_deals) == (other.signals_after, other.open_deals)
    assert stored.weighing is not None
    assert sliced.weighing is not None
    assert stored.weighing.unexplained == pytest.approx(sliced.weighing.unexplained)


def test_a_quarter_holds_the_deals_decided_in_it_and_all_open_ones(many: ManyDeals) -> None:
    found = list_themes(Slice(quarter="2026 Q2"))
    assert found.weighing is not None
    between = (date(2026, 4, 1), date(2026, 6, 30))
    assert found.weighing.won == Deal.objects.filter(state="won", closed_on__range=between).count()
    assert found.weighing.open == many.open_deals
    assert found.asked == "closed in 2026 Q2"
    assert list_themes(Slice(first=between[0], last=between[1])).rows == found.rows


def test_what_comes_again_every_year_is_kept_apart_from_what_comes_once(many: ManyDeals) -> None:
    weigh(NOW, seed=3)
    export = row(list_themes(), many.export.pk)
    assert export.lost_recurring is not None
    assert export.lost_one_off is not None
    assert export.lost_recurring == pytest.approx(3 * export.lost_one_off, rel=1e-3)
    assert export.lost_recurring + export.lost_one_off < export.lost_value
    whole = list_themes().weighing
    assert whole is not None
    assert whole.sums.again + whole.sums.once + whole.unsaid_recurring == pytest.approx(whole.lost_value)
    assert (whole.sums.currencies, whole.sums.converted) == (("GBP",), 18)


def test_without_recurring_amounts_nothing_is_said_of_them(many: ManyDeals) -> None:
    Deal.objects.update(recurring=None)
    found = list_themes(Slice(segment="Enterprise"))
    assert {one.lost_recurring for one in found.rows} == {None}


def test_what_was_said_after_the_outcome_is_counted_apart(many: ManyDeals) -> None:
    found = list_themes(Slice(region="North"))
    export = row(found, many.export.pk)
    said = Signal.objects.filter(theme=many.export, document__kind="call", document__deal__region="North")
    assert export.signals_after == 16
    assert export.won_with + export.lost_with + export.open_deals == said.values("document__deal").distinct().count()


def test_a_small_slice_says_how_few_deals_it_has(many: ManyDeals) -> None:
    found = list_themes(Slice(first=date(2026, 9, 28)))
    assert found.weighing is not None
    closed = found.weighing.won + found.weighing.lost
    assert closed < 12
    assert found.sentence == (
        f"closed since 2026-09-28: 12 closed deals with evidence are needed to tell anything; here are {closed}."
    )
    assert {one.verdict for one in found.rows} == {"can't tell"}


def test_our_side_never_brought_them_up(many: ManyDeals) -> None:
    assert list_themes(Slice(side="us")).rows == ()


def test_one_chooses_from_what_closed_deals_have(many: ManyDeals) -> None:
    offered = choices(date(2026, 9, 30))
    assert (offered.segment, offered.owner, offered.product) == (("Enterprise", "SMB"), ("Ida", "Jo"), ("Suite",))
    assert offered.quarter[:2] == ("2026 Q3", "2026 Q2")


def test_what_is_no_quarter_or_side_is_refused() -> None:
    for asked in ({"quarter": "Q9"}, {"side": "theirs"}):
        with pytest.raises(ValueError, match=r"is no|is none of"):
            Slice(**asked)


def test_the_cast_has_too_few_deals_anywhere(cast: Cast) -> None:
    found = list_themes(Slice(segment="Enterprise"))
    assert "12 closed deals" in found.sentence
    assert [(one.title, one.accounts, one.lost_with) for one in found.rows] == [
        ("Export without a network", 2, 0),
        ("Helpdesk answers late", 1, 0),
    ]
