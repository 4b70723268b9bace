"""Mutual action plans: what people write into them, what it moves, and who may see them without signing in."""

from datetime import date, timedelta

import pytest

from tests.aligning import Aligning
from tests.cast import Cast
from winward.records.action_plans import ActionPlan, PlanLink, PlanStep
from winward.records.decisions import Audit
from winward.usecases import decide
from winward.usecases.plans import action_plans
from winward.usecases.plans.action_plans import add_step, change_plan, change_step, finish_step, make_plan, remove_step
from winward.usecases.plans.plan_dates import Circle
from winward.usecases.plans.shared_plan import links_of, share, shared, take_back
from winward.usecases.plans.show_plan import list_plans, show_plan
from winward.usecases.quotes import NotFound

TODAY, DAY = date(2026, 11, 23), date(2026, 12, 18)


@pytest.fixture
def plan(aligning: Aligning) -> int:
    """Review (10 days, customer) → contract (5 days, us) → go-live, for a Friday in 20 working days."""
    number, _ = make_plan("Live with Acme", DAY, "eda", initiative_id=aligning.initiative.pk)
    review, _ = add_step(number, "Security review", "eda", TODAY, side="customer", owner="Otto", days=10)
    contract, _ = add_step(number, "Contract", "eda", TODAY, days=5, after=[review])
    add_step(number, "Go live", "eda", TODAY, side="customer", days=0, after=[contract])
    return number


def step(name: str) -> int:
    return PlanStep.objects.get(name=name).pk


def test_it_says_what_must_begin_when(plan: int) -> None:
    shown = show_plan(plan, TODAY)
    assert shown.sentence == (
        "On course: 0 of 3 done, with 5 working days to spare; “Security review” must begin by 30 November."
    )
    assert shown.drives == ("Security review", "Contract", "Go live")
    assert [row.says for row in shown.rows] == ["5 working days to spare"] * 3


def test_a_slip_is_seen_before_it_happens(plan: int) -> None:
    decision = change_step(step("Security review"), "eda", TODAY, expected_on=date(2026, 12, 16))
    assert decision
    assert decision.sentence == (
        "“Security review” is expected on 16 December 2026. “Security review”, “Contract” and “Go live” can now end 8 "
        "working days later. As it stands all is done on 23 December, 3 working days after the customer’s day, "
        "18 December."
    )
    shown = show_plan(plan, TODAY)
    assert shown.sentence == (
        "Late by 3 working days: 0 of 3 done; the customer’s day moves from 18 December to 23 December unless "
        "“Security review” is done by 11 December."
    )
    assert {row.state for row in shown.rows} == {"late"}


def test_where_the_latest_day_went_by_it_says_where_days_can_be_saved(plan: int) -> None:
    shown = show_plan(plan, date(2026, 12, 14))
    assert shown.sentence.endswith("unless 10 working days are saved in “Security review” and “Contract”.")


def test_done_steps_free_what_waited_and_can_be_undone(plan: int) -> None:
    decision = finish_step(step("Security review"), "eda", TODAY)
    assert decision
    assert decision.sentence.startswith("“Security review” is done.")
    assert "“Contract” and “Go live” can now end 9 working days earlier." in decision.sentence
    assert show_plan(plan, TODAY).done == 1
    decide.undo(decision.audit, "eda")
    assert show_plan(plan, TODAY).done == 0


def test_a_plan_that_is_done_says_when(plan: int) -> None:
    for name in ("Security review", "Contract", "Go live"):
        finish_step(step(name), "eda", TODAY)
    assert show_plan(plan, TODAY).sentence == (
        "Done: all 3 steps, the last today, 19 working days before the customer’s day."
    )


def test_another_customers_day_moves_every_latest_day(plan: int) -> None:
    decision = change_plan(plan, "eda", TODAY, customer_day=date(2026, 12, 4))
    assert decision
    assert "The customer’s day is 4 December 2026 now. As it stands all is done on 11 December" in decision.sentence
    assert show_plan(plan, TODAY).slack == -5


def test_what_waits_for_itself_is_refused_and_nothing_is_written(plan: int) -> None:
    before = Audit.objects.count()
    with pytest.raises(Circle, match="“Security review”"):
        change_step(step("Security review"), "eda", TODAY, after=[step("Go live")])
    assert Audit.objects.count() == before


def test_a_circle_that_undoing_made_is_told_and_can_be_mended(plan: int) -> None:
    freed = change_step(step("Contract"), "eda", TODAY, after=[])
    assert freed
    change_step(step("Security review"), "eda", TODAY, after=[step("Contract")])
    decide.undo(freed.audit, "eda")
    shown = show_plan(plan, TODAY)
    assert "would wait for itself" in shown.sentence
    assert len(shown.rows) == 3
    change_step(step("Contract"), "eda", TODAY, days=4)
    change_step(step("Security review"), "eda", TODAY, after=[])
    assert show_plan(plan, TODAY).sentence.startswith("On course")


def test_what_waited_for_a_step_that_is_taken_out_waits_for_what_it_waited_for(plan: int) -> None:
    decision = remove_step(step("Contract"), "eda", TODAY)
    assert decision
    assert decision.sentence == (
        "Took “Contract” out of the plan. “Go live” can now end 5 working days earlier. 10 working days are left to "
        "spare."
    )
    shown = show_plan(plan, TODAY)
    assert shown.rows[-1].waits_for == ("Security review",)
    decide.undo(decision.audit, "eda")
    assert show_plan(plan, TODAY).rows[-1].waits_for == ("Contract",)


def test_saving_a_step_as_it_is_changes_nothing(plan: int) -> None:
    remove_step(step("Contract"), "eda", TODAY)
    assert change_step(step("Go live"), "eda", TODAY, name="Go live", after=[step("Security review")]) is None


@pytest.mark.parametrize("template", ["evaluation", "early access"])
def test_a_template_is_a_plan_to_begin_with(template: str, aligning: Aligning) -> None:
    number, decision = make_plan("Live", DAY, "eda", initiative_id=aligning.initiative.pk, template=template)
    shown = show_plan(number, TODAY)
    assert len(shown.rows) >= 8
    assert {row.side for row in shown.rows} == {"us", "customer"}
    decide.undo(decision.audit, "eda")
    with pytest.raises(NotFound):
        show_plan(number, TODAY)


@pytest.mark.parametrize(
    "fields",
    [{"name": " "}, {"name": "Go live"}, {"side": "theirs"}, {"days": -1}, {"done_on": TODAY + timedelta(1)}],
)
def test_what_makes_no_sense_is_refused(fields: dict[str, object], plan: int) -> None:
    with pytest.raises(ValueError, match=r"."):
        change_step(step("Contract"), "eda", TODAY, **fields)


def test_a_plan_belongs_somewhere(cast: Cast) -> None:
    with pytest.raises(ValueError, match="initiative or to a deal"):
        make_plan("Live", DAY, "eda")
    with pytest.raises(NotFound):
        make_plan("Live", DAY, "eda", deal_id=999)
    with pytest.raises(NotFound):
        make_plan("Live", DAY, "eda", initiative_id=999)


def test_plans_are_listed_what_is_late_first(plan: int, cast: Cast) -> None:
    late, _ = make_plan("Late", TODAY, "eda", deal_id=cast.deals["ACME-2"].pk)
    add_step(late, "Wait", "eda", TODAY, days=3)
    assert [one.id for one in list_plans(TODAY)] == [late, plan]
    assert [one.id for one in list_plans(TODAY, deal_id=cast.deals["ACME-2"].pk)] == [late]
    action_plans.remove_plan(late, "eda")
    assert [one.id for one in list_plans(TODAY)] == [plan]


class TestShared:
    def test_whoever_has_the_link_sees_the_plan_until_the_day(self, plan: int) -> None:
        token, _ = share(plan, DAY, "eda", TODAY)
        seen = shared(token, DAY)
        assert (seen.plan.name, seen.us, seen.until) == ("Live with Acme", "Pinefield Software", DAY)
        assert [(link.by, link.over) for link in links_of(plan, TODAY)] == [("eda", False)]
        with pytest.raises(NotFound, match="no longer shared"):
            shared(token, DAY + timedelta(1))

    def test_a_link_taken_back_leads_nowhere_until_that_is_undone(self, plan: int) -> None:
        token, _ = share(plan, DAY, "eda", TODAY)
        decision = take_back(PlanLink.objects.get().pk, "eda")
        assert decision
        with pytest.raises(NotFound, match="no longer shared"):
            shared(token, TODAY)
        decide.undo(decision.audit, "eda")
        assert shared(token, TODAY)

    def test_a_token_that_was_changed_or_is_another_plans_leads_nowhere(self, plan: int) -> None:
        token, _ = share(plan, DAY, "eda", TODAY)
        for wrong in ("", token[:-1], token + "x", token.swapcase()):
            with pytest.raises(NotFound, match="no longer shared"):
                shared(wrong, TODAY)
        PlanLink.objects.update(plan=ActionPlan.objects.create(name="Another", customer_day=DAY))
        with pytest.raises(NotFound, match="no longer shared"):
            shared(token, TODAY)

    def test_a_plan_taken_away_is_shared_no_more(self, plan: int) -> None:
        token, _ = share(plan, DAY, "eda", TODAY)
        action_plans.remove_plan(plan, "eda")
        with pytest.raises(NotFound, match="no longer shared"):
            shared(token, TODAY)

    def test_a_link_ends_within_a_year(self, plan: int) -> None:
        for until in (TODAY - timedelta(1), TODAY + timedelta(400)):
            with pytest.raises(ValueError, match="within a year"):
                share(plan, until, "eda", TODAY)
