"""Each page answers, from few queries, and holds what nobody may miss on it."""

from datetime import date

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from tests.cast import Cast
from winward.records.company import Company
from winward.records.deals import StageChange

PAGES = {
    "/": "What costs deals",
    "/themes/": "Export without a network",
    "/themes/map/": "speak of “Export without a network”",
    "/themes/unsorted/": "The weather, too.",
    "/themes/{theme}/": "we can’t export when the line is down",
    "/deals/": "Acme 1: platform",
    "/deals/?state=lost&segment=Enterprise&quarter=2026+Q3&search=acme": "Acme 1: platform",
    "/deals/{deal}/": "Price",
    "/deals/warnings/": "No warning stands",
    "/deals/stated/": "Export without a network",
    "/signals/": "we can’t export when the line is down",
    "/signals/?state=unsorted": "nobody else said anything like it",
    "/signals/{signal}/": "Who else says so",
    "/documents/{document}/": "How did the trial go?",
    "/search/?text=export": "passage",
    "/search/": "Search what was said",
    "/ask/": "Ask in plain words",
    "/ask/?question=why+do+they+object": "Not enough evidence",
    "/sources/": "deals.csv",
    "/sources/imports/{import}/": "“n/a” is no sum.",
    "/sources/links/": "Note on Elm",
    "/rivals/": "Name a rival",
    "/accountability/": "Nobody owns any of the 2 themes",
    "/accountability/{theme}/": "Nobody owns it yet",
    "/signals/check/": "Worth checking",
    "/decisions/": "Nobody has decided anything yet",
}


def address(page: str, cast: Cast) -> str:
    numbers = {
        "{theme}": cast.export.pk,
        "{deal}": cast.deals["ACME-1"].pk,
        "{signal}": cast.signals["acme export"].pk,
        "{document}": cast.documents["Second call with Acme"].pk,
        "{import}": cast.source.import_set.get().pk,
    }
    for name, number in numbers.items():
        page = page.replace(name, str(number))
    return page


@pytest.mark.parametrize("page", PAGES)
def test_it_answers_from_few_queries(
    page: str, cast: Cast, as_editor: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_max_num_queries(22):
        response = as_editor.get(address(page, cast))
    assert response.status_code == 200
    assert PAGES[page] in response.content.decode()


@pytest.mark.parametrize(
    "page",
    [
        "/",
        "/themes/",
        "/deals/",
        "/signals/",
        "/sources/",
        "/sources/links/",
        "/search/",
        "/rivals/",
        "/accountability/",
        "/decisions/",
    ],
)
def test_an_empty_workspace_says_what_to_do(page: str, as_viewer: Client) -> None:
    assert as_viewer.get(page).status_code == 200


@pytest.mark.parametrize("page", PAGES)
def test_nothing_on_it_needs_an_inline_style_or_script(page: str, cast: Cast, as_editor: Client) -> None:
    content = as_editor.get(address(page, cast)).content.decode()
    assert " style=" not in content
    assert "<style" not in content
    assert "<script>" not in content
    assert " onclick=" not in content


@pytest.mark.parametrize("page", ["/", "/themes/", "/documents/1/", "/sources/"])
def test_who_is_not_signed_in_is_sent_to_sign_in(page: str, client: Client, db: None) -> None:
    assert client.get(page).headers["Location"].startswith("/sign-in/")


def test_health_needs_no_sign_in(client: Client, db: None) -> None:
    assert client.get("/health").status_code == 200


@pytest.mark.parametrize("page", ["/themes/999/", "/deals/999/", "/signals/999/", "/documents/999/", "/nowhere/"])
def test_what_is_not_there_is_said_so(page: str, as_viewer: Client) -> None:
    response = as_viewer.get(page)
    assert response.status_code == 404
    assert "Not found" in response.content.decode()


def test_a_quarter_that_is_none_is_refused_in_words(as_viewer: Client, cast: Cast) -> None:
    response = as_viewer.get("/deals/?quarter=soon")
    assert response.status_code == 400
    assert "is no quarter" in response.content.decode()


def test_home_says_in_one_line_what_the_company_is(cast: Cast, as_viewer: Client) -> None:
    Company.objects.update(about="All of it is invented. It was drawn from a model.")
    page = as_viewer.get("/").content.decode()
    assert "All of it is invented.</p>" in page
    assert "drawn from a model" not in page


def test_a_viewer_of_an_empty_workspace_is_told_who_can_fill_it(as_viewer: Client) -> None:
    page = as_viewer.get("/themes/").content.decode()
    assert "Bring in evidence" not in page
    assert "contributor" in page


def test_a_deal_is_one_timeline_of_stages_and_evidence(cast: Cast, as_viewer: Client) -> None:
    deal = cast.deals["ACME-1"]
    StageChange.objects.create(deal=deal, stage="Discovery", entered_on=date(2020, 1, 1))
    StageChange.objects.create(deal=deal, stage="Closed Lost", entered_on=date(2029, 1, 1))
    page = as_viewer.get(f"/deals/{deal.pk}/").content.decode()
    assert page.index("Discovery") < page.index("Second call with Acme") < page.index("Closed Lost")
