"""Rivals one by one, and who answers for what, with an owner given on the spot."""

from datetime import date

import pytest
from django.test import Client

from tests.cast import Cast
from winward.records.accounts import Account
from winward.records.deals import Deal
from winward.records.documents import Document
from winward.records.themes import Theme


@pytest.fixture
def told(cast: Cast) -> Cast:
    Deal.objects.filter(external_id__in=["ACME-1", "BIRCH-1"]).update(competitor="Northwind")
    Document.objects.update(customer_words=50)
    Account.objects.filter(name="Birch").update(churned_on=date(2026, 9, 20))
    return cast


def page(client: Client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200
    return response.content.decode()


def test_the_list_of_rivals_leads_to_each(told: Cast, as_viewer: Client) -> None:
    assert 'href="/rivals/northwind/"' in page(as_viewer, "/rivals/")
    drawn = page(as_viewer, "/rivals/northwind/")
    assert "Against Northwind we won 1 of 2 deals" in drawn
    assert "Export works fine for us" in drawn
    assert "By half-year" in drawn


def test_a_rival_that_nobody_knows_is_not_found_and_says_how_to_name_it(told: Cast, as_viewer: Client) -> None:
    response = as_viewer.get("/rivals/fabrikam/")
    assert response.status_code == 404
    assert "No rival is known as “fabrikam”" in response.content.decode()


def test_who_answers_for_what_shows_all_three_outcomes(told: Cast, as_editor: Client) -> None:
    drawn = page(as_editor, "/accountability/")
    assert "Nobody owns any of the 2 themes" in drawn
    assert "customer left" in drawn
    assert "No tickets are here" in drawn
    assert "Give it an owner" in drawn


def test_an_owner_given_there_owns_the_theme_and_can_be_undone(told: Cast, as_editor: Client) -> None:
    answered = as_editor.post(f"/accountability/{told.export.pk}/owner", {"owner": "Nia"}, follow=True)
    assert Theme.objects.get(pk=told.export.pk).owner == "Nia"
    assert "Nia owns this theme now." in answered.content.decode()
    assert "Nia" in page(as_editor, f"/accountability/{told.export.pk}/")


def test_a_viewer_sees_it_and_gives_no_owner(told: Cast, as_viewer: Client) -> None:
    assert "Give it an owner" not in page(as_viewer, "/accountability/")
    assert as_viewer.post(f"/accountability/{told.export.pk}/owner", {"owner": "Nia"}).status_code == 403


@pytest.mark.parametrize(
    ("without", "said"), [("churn", "No account has a day on which it left"), ("all", "Churn date")]
)
def test_what_is_missing_says_what_to_bring_in(cast: Cast, as_viewer: Client, without: str, said: str) -> None:
    if without == "all":
        Theme.objects.all().delete()
    assert said in page(as_viewer, "/accountability/")


def test_a_theme_that_is_gone_answers_for_nothing(told: Cast, as_viewer: Client) -> None:
    assert as_viewer.get("/accountability/999999/").status_code == 404
