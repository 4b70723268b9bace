"""The pages of what losses teach: warnings and their answers, and stated reasons beside what was found."""

from datetime import UTC, datetime

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from tests.usecases.losing import SAID, Losing, losing
from winward.records.losses import LossWarning
from winward.usecases.warn import warn
from winward.usecases.weigh import weigh

NOW = datetime(2026, 9, 30, tzinfo=UTC)


@pytest.fixture
def company(db: None) -> Losing:
    made = losing()
    weigh(NOW, seed=3)
    warn(NOW, seed=3)
    return made


def warned() -> LossWarning:
    return LossWarning.objects.select_related("deal").order_by("pk")[0]


def test_the_page_of_warnings_gives_reasons_and_how_often_they_were_right(
    company: Losing, as_editor: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_max_num_queries(24):
        page = as_editor.get("/deals/warnings/").content.decode()
    assert "2 open deals look like ones we lost" in page
    assert warned().deal.name in page
    assert SAID["offline"] in page
    assert "Had it run since" in page
    assert "Lost deals most like it" in page
    assert "What was done where it was won" in page


def test_a_warning_stands_on_its_deal_and_at_home(company: Losing, as_viewer: Client) -> None:
    page = as_viewer.get(f"/deals/{warned().deal_id}/").content.decode()
    assert "It looks like deals we lost" in page
    assert "Note what was done" not in page
    home = as_viewer.get("/").content.decode()
    assert "An open deal that looks like an old loss" in home
    assert "2 open deals</a> look like ones we lost" in home


def test_an_editor_answers_a_warning_and_takes_it_back(company: Losing, as_editor: Client) -> None:
    deal = warned().deal_id
    answered = as_editor.post(f"/deals/{deal}/warning", {"answer": "Showed the plan.", "back": "/deals/warnings/"})
    assert answered.headers["Location"] == "/deals/warnings/"
    page = as_editor.get("/deals/warnings/").content.decode()
    assert "Showed the plan." in page
    assert warned().answered_by == "eda"
    undo = page.split('action="/undo/')[1].split("/")[0]
    as_editor.post(f"/undo/{undo}/")
    assert warned().answer == ""


def test_only_editors_answer_and_only_deals_that_were_warned_of(
    company: Losing, as_editor: Client, client: Client
) -> None:
    assert as_editor.post(f"/deals/{company.deals[0].pk}/warning", {"answer": "x"}).status_code == 404
    client.logout()
    assert client.post(f"/deals/{warned().deal_id}/warning", {"answer": "x"}).status_code == 302
    assert warned().answer == ""


def test_a_viewer_may_not_answer(company: Losing, as_viewer: Client) -> None:
    assert as_viewer.post(f"/deals/{warned().deal_id}/warning", {"answer": "x"}).status_code == 403


def test_the_page_of_stated_reasons_leads_to_deals_and_quotes(
    company: Losing, as_viewer: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_max_num_queries(20):
        page = as_viewer.get("/deals/stated/").content.decode()
    assert "lost deals the form and the evidence name different needs" in page
    assert "By stated reason" in page
    assert "so that chance singles nobody out" in page
    assert f"?reason=Price&amp;theme={company.themes['offline'].pk}#deals" in page
    narrowed = as_viewer.get(f"/deals/stated/?reason=Price&theme={company.themes['offline'].pk}").content.decode()
    assert "The form says “Price”; the evidence holds “Offline”." in narrowed
    assert SAID["offline"] in narrowed


@pytest.mark.parametrize(("page", "says"), [("warnings", "No warning stands"), ("stated", "Nothing to compare yet")])
def test_an_empty_workspace_says_what_it_takes(page: str, says: str, as_viewer: Client) -> None:
    assert says in as_viewer.get(f"/deals/{page}/").content.decode()
