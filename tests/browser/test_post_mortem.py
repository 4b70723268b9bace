"""From the list of losses without a lesson to a post-mortem, its lesson taken by keyboard and undone, and one page."""

import re
from io import BytesIO

import pytest
from pdfminer.high_level import extract_text
from pdfminer.pdfpage import PDFPage
from playwright.sync_api import Page, expect

from tests.browser.test_pages import check

LESSON = "Show the app without a network in the first demo."


@pytest.fixture(autouse=True)
def first_without_a_lesson(page: Page) -> None:
    page.goto("/deals/lessons/")
    check(page)
    page.locator("main a[href$='/post-mortem/']").first.click()
    page.wait_for_url(re.compile(r"/deals/\d+/post-mortem/$"))


def test_the_lesson_is_taken_and_undone(page: Page) -> None:
    check(page)
    page.keyboard.press("e")
    expect(page.locator("#lesson-text")).to_be_focused()
    page.keyboard.type(LESSON)
    page.keyboard.press("Tab")
    page.keyboard.type("Sam")
    page.locator("#lesson-condition").fill("Somebody of ours on site in spring.")
    page.get_by_role("button", name="Keep the lesson").click()
    expect(page.locator(".message")).to_contain_text("The lesson is kept")
    expect(page.locator(".own").first).to_have_text("Somebody of ours on site in spring.")
    expect(page.locator(".own").last).to_have_text(LESSON)
    check(page)
    page.locator("[data-undo]").click()
    expect(page.locator(".message")).to_contain_text("Undone")
    expect(page.locator("aside")).to_contain_text("None was taken yet")


def test_it_prints_on_one_page(page: Page) -> None:
    printed = page.pdf(format="A4")
    assert sum(1 for _ in PDFPage.get_pages(BytesIO(printed))) == 1
    words = extract_text(BytesIO(printed))
    assert "What would have had to be true" in words
    assert "Keep the lesson" not in words


def test_the_same_on_paper_and_as_a_file(page: Page) -> None:
    for link, kind in (("One page as PDF", "application/pdf"), ("As a file for the browser", "text/html")):
        target = page.get_by_role("link", name=link).get_attribute("href")
        assert target
        answer = page.request.get(target)
        assert answer.ok
        assert answer.headers["content-type"].startswith(kind)
