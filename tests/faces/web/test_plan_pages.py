"""The pages of mutual action plans, and the one that is seen without signing in."""

from datetime import timedelta

import pytest
from django.core import signing
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from tests.aligning import Aligning
from tests.cast import Cast
from winward.records.action_plans import ActionPlan, PlanLink, PlanStep
from winward.records.decisions import Audit
from winward.usecases.plans.action_plans import add_step, make_plan
from winward.usecases.plans.shared_plan import SALT, share

TODAY = timezone.localdate()
DAY = TODAY + timedelta(40)


@pytest.fixture
def plan(aligning: Aligning) -> ActionPlan:
    number, _ = make_plan("Live with Acme", DAY, "eda", outcome="Exports on site", initiative_id=aligning.initiative.pk)
    review, _ = add_step(number, "Security review", "eda", TODAY, side="customer", owner="Otto", days=10)
    add_step(number, "Go live", "eda", TODAY, days=0, after=[review])
    return ActionPlan.objects.get(pk=number)


def step(name: str) -> PlanStep:
    return PlanStep.objects.get(name=name)


def test_an_initiatives_only_plan_is_its_plan_page(
    plan: ActionPlan, as_viewer: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_max_num_queries(20):
        page = as_viewer.get(f"/initiatives/{plan.initiative_id}/plan/").content.decode()
    assert "On course: 0 of 2 done" in page
    assert "Security review" in page
    assert "aria-current" in page
    assert "Add a step" not in page
    assert " style=" not in page


def test_no_plan_yet_says_how_to_begin_one(aligning: Aligning, as_editor: Client) -> None:
    page = as_editor.get(f"/initiatives/{aligning.initiative.pk}/plan/").content.decode()
    assert "No plan yet" in page
    assert "Begin it" in page
    assert "No action plan yet" in as_editor.get("/plans/").content.decode()


def test_a_plan_is_begun_from_a_deal_with_a_template(cast: Cast, as_editor: Client) -> None:
    deal = cast.deals["ACME-2"]
    form = {"name": "Live", "customer_day": DAY.isoformat(), "deal": deal.pk, "template": "evaluation"}
    answer = as_editor.post("/plans/new", form, follow=True)
    assert "Planned “Live”" in answer.content.decode()
    page = as_editor.get(f"/deals/{deal.pk}/plan/").content.decode()
    assert "Review security" in page
    assert f'href="/deals/{deal.pk}/plan/"' in as_editor.get(f"/deals/{deal.pk}/").content.decode()
    assert "Live" in as_editor.get("/plans/").content.decode()


def test_a_plan_without_a_day_is_refused_in_words(cast: Cast, as_editor: Client) -> None:
    form = {"name": "Live", "customer_day": "soon", "deal": cast.deals["ACME-2"].pk}
    assert "Give a day" in as_editor.post("/plans/new", form, follow=True).content.decode()
    assert not ActionPlan.objects.exists()


def test_steps_are_added_changed_done_opened_and_taken_out(plan: ActionPlan, as_editor: Client) -> None:
    where = f"/plans/{plan.pk}/steps"
    form = {"name": "Contract", "side": "us", "owner": "Sol", "days": "5", "waits": "1"}
    page = as_editor.post(f"{where}/add", form | {"after": [step("Security review").pk]}, follow=True).content.decode()
    assert "Added “Contract”." in page
    contract = step("Contract")
    assert contract.after == [step("Security review").pk]
    page = as_editor.post(f"{where}/{contract.pk}", {"ask": "done"}, follow=True).content.decode()
    assert "“Contract” is done." in page
    assert "data-undo" in page
    page = as_editor.post(f"{where}/{contract.pk}", {"ask": "open"}, follow=True).content.decode()
    assert "“Contract” is open again." in page
    soon = (TODAY + timedelta(70)).isoformat()
    page = as_editor.post(f"{where}/{contract.pk}", form | {"expected_on": soon}, follow=True).content.decode()
    assert "after the customer’s day" in page
    assert step("Contract").after == []
    page = as_editor.post(f"{where}/{contract.pk}", {"ask": "remove"}, follow=True).content.decode()
    assert "Took “Contract” out" in page
    assert Audit.objects.filter(subject=f"plan_step:{contract.pk}", who="eda").count() == 5


def test_a_circle_is_refused_on_the_page(plan: ActionPlan, as_editor: Client) -> None:
    form = {"waits": "1", "after": [step("Go live").pk]}
    address = f"/plans/{plan.pk}/steps/{step('Security review').pk}"
    assert "would wait for itself" in as_editor.post(address, form, follow=True).content.decode()


def test_the_plan_itself_is_changed_and_taken_away(plan: ActionPlan, as_editor: Client) -> None:
    form = {"name": "Live", "outcome": "", "customer_day": (DAY + timedelta(7)).isoformat()}
    assert "The customer’s day is" in as_editor.post(f"/plans/{plan.pk}/change", form, follow=True).content.decode()
    page = as_editor.post(f"/plans/{plan.pk}/remove", follow=True).content.decode()
    assert "Took the plan “Live” away." in page
    assert as_editor.get(f"/plans/{plan.pk}/").status_code == 404


@pytest.mark.parametrize("address", ["new", "{plan}/change", "{plan}/steps/add", "{plan}/share"])
def test_who_may_only_read_changes_nothing(address: str, plan: ActionPlan, as_viewer: Client) -> None:
    assert as_viewer.post(f"/plans/{address.format(plan=plan.pk)}").status_code == 403


class TestShared:
    def address(self, plan: ActionPlan) -> str:
        token, _ = share(plan.pk, DAY, "eda", TODAY)
        return f"/shared/plans/{token}/"

    def test_it_is_seen_without_signing_in_and_holds_nothing_else(self, plan: ActionPlan, client: Client) -> None:
        answer = client.get(self.address(plan))
        page = answer.content.decode()
        assert answer.status_code == 200
        assert "Security review" in page
        assert "Otto" in page
        assert "Export that works offline" not in page
        for part in ("<nav", "<form", "<script", 'name="find"', "/initiatives/", "/deals/", "/sign-in/", " style="):
            assert part not in page
        assert answer.headers["X-Robots-Tag"].startswith("noindex")
        assert answer.headers["Referrer-Policy"] == "no-referrer"
        assert "no-store" in answer.headers["Cache-Control"]
        assert "default-src 'none'" in answer.headers["Content-Security-Policy"]
        assert not answer.cookies

    def test_it_takes_nothing(self, plan: ActionPlan, client: Client) -> None:
        assert client.post(self.address(plan), {"ask": "done"}).status_code == 405

    def test_every_way_of_being_wrong_is_answered_alike(self, plan: ActionPlan, client: Client) -> None:
        address = self.address(plan)
        other = ActionPlan.objects.create(name="Secret plan", customer_day=DAY)
        link = PlanLink.objects.get()
        wrong = [
            address[:-2] + "/",
            f"/shared/plans/{signing.Signer(salt=SALT).sign_object((link.pk, other.pk))}/",
            f"/shared/plans/{signing.Signer(salt='another').sign_object((link.pk, plan.pk))}/",
        ]
        answers = [client.get(one) for one in wrong]
        PlanLink.objects.update(until=TODAY - timedelta(1))
        answers.append(client.get(address))
        PlanLink.objects.update(until=DAY, removed=True)
        answers.append(client.get(address))
        assert {answer.status_code for answer in answers} == {404}
        assert len({answer.content for answer in answers}) == 1
        assert b"Secret" not in answers[0].content

    def test_links_are_made_shown_and_taken_back(self, plan: ActionPlan, as_editor: Client, client: Client) -> None:
        page = as_editor.post(f"/plans/{plan.pk}/share", {"until": DAY.isoformat()}, follow=True).content.decode()
        assert "Whoever has the link can see" in page
        assert "/shared/plans/" in page
        link = PlanLink.objects.get()
        assert link.by == "eda"
        page = as_editor.post(f"/plans/{plan.pk}/links/{link.pk}/take-back", follow=True).content.decode()
        assert "leads nowhere any more" in page
        assert "/shared/plans/" not in page

    def test_nothing_else_is_open_without_signing_in(self, plan: ActionPlan, client: Client) -> None:
        for address in (f"/plans/{plan.pk}/", "/plans/", f"/initiatives/{plan.initiative_id}/plan/"):
            assert client.get(address).status_code == 302
