"""Initiatives begin from themes, carry what these cost and who waits, and change by decisions that can be undone."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.aligning import Aligning
from tests.cast import TODAY, Cast
from winward.records.initiatives import Initiative, Step
from winward.records.signals import Signal
from winward.records.stakeholders import Stance
from winward.records.stakes import Attribution, Stake
from winward.records.themes import Theme
from winward.usecases import decide
from winward.usecases.initiatives.initiatives import (
    change_initiative,
    put_effort,
    put_state,
    remove_initiative,
    serve,
    serve_no_more,
    start_initiative,
)
from winward.usecases.initiatives.list_initiatives import initiatives_of, list_initiatives
from winward.usecases.initiatives.show_initiative import show_initiative
from winward.usecases.quotes import NotFound

pytestmark = pytest.mark.django_db


def both_cost(cast: Cast) -> None:
    """The helpdesk cost deals, too: the rest of what Cobalt would have paid."""
    Stake.objects.filter(theme=cast.helpdesk).update(
        verdict="costs", lost_value=30_000, lost_value_low=10_000, lost_value_high=70_000
    )
    Attribution.objects.create(deal=cast.deals["COBALT-1"], theme=cast.helpdesk, share=1 / 3, value=30_000)


def test_it_is_named_after_its_themes_and_owned_by_whoever_owns_all_of_them(cast: Cast) -> None:
    Theme.objects.update(owner="ines")
    number, decision = start_initiative([cast.export.pk, cast.helpdesk.pk], "ana")
    made = Initiative.objects.get(pk=number)
    assert (made.name, made.owner) == ("Export without a network and Helpdesk answers late", "ines")
    assert made.themes == [cast.export.pk, cast.helpdesk.pk]
    decide.undo(decision.audit, "ana")
    with pytest.raises(NotFound):
        show_initiative(number, TODAY)


def test_many_themes_make_a_short_name_and_one_given_wins(cast: Cast) -> None:
    Theme.objects.filter(pk=cast.helpdesk.pk).update(given_name="The helpdesk answers much too late in the evening")
    themes = [cast.export.pk, cast.helpdesk.pk]
    assert Initiative.objects.get(pk=start_initiative(themes, "ana")[0]).name == "Export without a network and 1 more"
    named = start_initiative(themes, "ana", "  Work   offline ")[0]
    assert Initiative.objects.get(pk=named).name == "Work offline"


def test_a_merged_theme_stands_for_the_one_that_took_it_in(cast: Cast) -> None:
    number = start_initiative([cast.helpdesk.pk], "ana")[0]
    Theme.objects.filter(pk=cast.helpdesk.pk).update(merged_into=cast.export, retired=True)
    assert [row.id for row in show_initiative(number, TODAY).themes] == [cast.export.pk]
    assert [one for one, *_ in initiatives_of(cast.export.pk)] == [number]
    again = start_initiative([cast.helpdesk.pk, cast.export.pk], "ana")[0]
    assert Initiative.objects.get(pk=again).themes == [cast.export.pk]


@pytest.mark.parametrize(("themes", "problem"), [([], ValueError), ([999], NotFound)])
def test_it_needs_themes_that_are_there(themes: list[int], problem: type[Exception], cast: Cast) -> None:
    with pytest.raises(problem):
        start_initiative(themes, "ana")
    assert not Initiative.objects.exists()


def test_a_deal_that_two_themes_share_is_counted_once(cast: Cast) -> None:
    both_cost(cast)
    page = show_initiative(start_initiative([cast.export.pk, cast.helpdesk.pk], "ana")[0], TODAY)
    # Export: half of Acme's 40,000 and two thirds of Cobalt's 90,000; the helpdesk: the last third of Cobalt's.
    assert page.stakes.lost == 20_000 + 60_000 + 30_000
    assert page.stakes.lost_deals == 2
    # The ends of both ranges add up to 190,000, but the two deals were worth 130,000.
    assert (page.stakes.low, page.stakes.high) == (40_000, 130_000)


def test_what_several_initiatives_share_is_counted_once_over_all(cast: Cast) -> None:
    both_cost(cast)
    start_initiative([cast.export.pk], "ana")
    start_initiative([cast.export.pk, cast.helpdesk.pk], "ana")
    found = list_initiatives(TODAY)
    assert [row.stakes.lost for row in found.rows] == [110_000, 80_000]
    assert found.sentence.startswith("2 initiatives are under way. €110k of lost revenue goes with what they serve")
    assert "€60k is open" in found.sentence


def test_a_theme_of_which_nobody_can_tell_adds_nothing_to_the_lost(cast: Cast) -> None:
    page = show_initiative(start_initiative([cast.helpdesk.pk], "ana")[0], TODAY)
    assert (page.stakes.lost, page.stakes.unclear) == (0, 1)
    assert page.sentence == "It can't be told yet whether its theme costs deals."


def test_an_open_deal_in_which_two_themes_came_up_is_exposed_once(cast: Cast) -> None:
    renewal = cast.documents["Renewal call with Acme"]
    Signal.objects.filter(pk=cast.signals["acme helpdesk"].pk).update(document=renewal)
    page = show_initiative(start_initiative([cast.export.pk, cast.helpdesk.pk], "ana")[0], TODAY)
    assert (page.stakes.open_deals, page.stakes.open_value) == (1, 60_000)


def test_it_carries_the_best_words_of_each_theme_and_who_asked(cast: Cast) -> None:
    page = show_initiative(start_initiative([cast.export.pk, cast.helpdesk.pk], "ana")[0], TODAY)
    assert {quote.theme for quote in page.quotes} == {"Export without a network", "Helpdesk answers late"}
    assert len({quote.words for quote in page.quotes}) == len(page.quotes)
    assert [(one.name, one.signals) for one in page.asking] == [("Acme", 3), ("Cobalt", 1)]


def test_words_change_one_by_one_and_only_what_differs_is_undone(aligning: Aligning) -> None:
    number = aligning.initiative.pk
    same = {"name": aligning.initiative.name, "owner": "Ana", "goal": "Win field teams"}
    changed = change_initiative(number, "ana", **same, needed_by="2027-03-12")
    assert changed
    assert changed.sentence == "Changed: goal and needed by."
    change_initiative(number, "ana", owner="Ines")
    decide.undo(changed.audit, "ana")
    now = Initiative.objects.get(pk=number)
    assert (now.owner, now.goal, now.needed_by) == ("Ines", "", None)
    assert change_initiative(number, "ana", owner="Ines") is None


@pytest.mark.parametrize("fields", [{"name": " "}, {"needed_by": "soon"}, {"colour": "red"}, {"goal": "x" * 4_001}])
def test_what_makes_no_sense_is_refused(fields: dict[str, str], aligning: Aligning) -> None:
    with pytest.raises(ValueError):  # noqa: PT011
        change_initiative(aligning.initiative.pk, "ana", **fields)


def test_its_state_changes_and_goes_back(aligning: Aligning) -> None:
    decision = put_state(aligning.initiative.pk, "agreed", "ana")
    assert decision
    decide.undo(decision.audit, "ana")
    assert Initiative.objects.get(pk=aligning.initiative.pk).state == "aligning"
    with pytest.raises(ValueError, match="stopped"):
        put_state(aligning.initiative.pk, "done", "ana")


def test_themes_are_added_and_taken_out_but_one_stays(aligning: Aligning, cast: Cast) -> None:
    number = aligning.initiative.pk
    serve(number, cast.helpdesk.pk, "ana")
    assert serve(number, cast.helpdesk.pk, "ana") is None
    serve_no_more(number, cast.export.pk, "ana")
    assert Initiative.objects.get(pk=number).themes == [cast.helpdesk.pk]
    with pytest.raises(ValueError, match="at least one"):
        serve_no_more(number, cast.helpdesk.pk, "ana")


def test_effort_is_kept_by_skill_and_undone(aligning: Aligning) -> None:
    decision = put_effort(aligning.initiative.pk, [("design", "1", "2"), ("", "3", "4"), ("backend", "4", "")], "ana")
    assert decision
    assert Initiative.objects.get(pk=aligning.initiative.pk).effort == [
        {"skill": "design", "low": 1.0, "high": 2.0},
        {"skill": "backend", "low": 4.0, "high": 4.0},
    ]
    decide.undo(decision.audit, "ana")
    assert Initiative.objects.get(pk=aligning.initiative.pk).effort[0]["high"] == 6


def test_the_list_says_whose_yes_is_open_and_what_is_next(aligning: Aligning) -> None:
    Stance.objects.create(seat=aligning.seats["Ines"], stance=2, on=date(2026, 9, 2), by="ana")
    Stance.objects.create(seat=aligning.seats["Mara"], stance=1, on=date(2026, 9, 5), by="ana")
    Stance.objects.create(seat=aligning.seats["Sol"], stance=-2, on=date(2026, 9, 5), by="ana")
    for due, owner in ((5, "ana"), (2, "ines"), (1, "")):
        Step.objects.create(
            what=f"In {due}", initiative=aligning.initiative, owner=owner, due_on=TODAY + timedelta(days=due)
        )
    row = list_initiatives(TODAY).rows[0]
    assert (row.yeses.yes, row.yeses.no, row.yeses.open) == (("Ines", "Mara"), ("Sol",), ("Otto",))
    assert row.next_step
    assert row.next_step.what == "In 2"
    assert (row.needed_by, row.stakes.open_value) == (date(2026, 12, 1), 60_000)


def test_filters_and_what_is_over_stands_last(aligning: Aligning, cast: Cast) -> None:
    over = start_initiative([cast.export.pk], "ana")[0]
    put_state(over, "shipped", "ana")
    assert [row.id for row in list_initiatives(TODAY).rows] == [aligning.initiative.pk, over]
    assert [row.id for row in list_initiatives(TODAY, state="shipped").rows] == [over]
    assert [row.id for row in list_initiatives(TODAY, owner="ana").rows] == [aligning.initiative.pk]
    assert [state for *_, state in initiatives_of(cast.export.pk)] == ["aligning", "shipped"]
    remove_initiative(aligning.initiative.pk, "ana")
    assert list_initiatives(TODAY).sentence == "No initiative is under way."


def test_three_hundred_take_as_many_queries_as_one(aligning: Aligning, cast: Cast) -> None:
    with CaptureQueriesContext(connection) as one:
        list_initiatives(TODAY)
    Initiative.objects.bulk_create(Initiative(name=f"No {at}", themes=[cast.export.pk]) for at in range(299))
    with CaptureQueriesContext(connection) as many:
        assert len(list_initiatives(TODAY).rows) == 300
    assert len(many) == len(one) < 12
