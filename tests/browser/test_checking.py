"""Five signals are checked by keyboard alone, one is undone, words are marked, and axe finds no fault on the way."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.test_pages import check


@pytest.fixture(autouse=True)
def ten(page: Page) -> None:
    page.goto("/signals/check/")
    expect(page.locator(".check.picked")).to_have_count(1)


def test_the_page_is_sound(page: Page) -> None:
    assert page.locator(".check").count() == 10
    check(page)


def test_five_signals_by_keyboard(page: Page) -> None:
    first = page.locator(".check.picked").get_attribute("id")
    page.keyboard.press("y")
    expect(page.locator("#learnt")).to_contain_text("1 of 10 checked")
    expect(page.locator(f"#{first}")).to_have_class(re.compile("answered"))
    page.keyboard.press("2")
    expect(page.locator("#learnt")).to_contain_text("2 of 10 checked")
    page.keyboard.press("x")
    expect(page.locator("#learnt")).to_contain_text("3 of 10 checked")
    expect(page.locator(".check.answered").nth(2)).to_contain_text("no signal")
    page.keyboard.press("u")
    expect(page.locator("#learnt")).to_contain_text("2 of 10 checked")
    page.keyboard.press("q")
    expect(page.locator("#learnt")).to_contain_text("3 of 10 checked")
    page.keyboard.press("j")
    page.keyboard.press("y")
    expect(page.locator("#learnt")).to_contain_text("4 of 10 checked")
    words_by_keyboard(page)
    expect(page.locator("#learnt")).to_contain_text("5 of 10 checked")
    check(page)


def words_by_keyboard(page: Page) -> None:
    page.keyboard.press("b")
    area = page.locator(".check.picked textarea")
    expect(area).to_be_focused()
    right = " ".join(area.input_value().split()[:4])
    page.keyboard.type(right)
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator(".check.answered").last).to_contain_text(right)


def test_a_side_is_told_and_the_card_stays_open(page: Page) -> None:
    picked = page.locator(".check.picked").get_attribute("id")
    page.keyboard.press("s")
    expect(page.locator(f"#{picked} figcaption .side")).to_have_text("our side")
    expect(page.locator(".check.picked")).to_have_attribute("id", picked or "")
    page.keyboard.press("s")
    expect(page.locator(f"#{picked} figcaption .side")).to_have_count(0)


def test_selected_words_fill_the_form_that_marks_them(page: Page) -> None:
    page.locator(".check.picked figcaption a[href^='/documents/']").click()
    page.wait_for_url(re.compile("/documents/"))
    plain = page.locator(".passage:not(:has(mark)) p").first
    plain.evaluate("""(words) => {
        getSelection().setBaseAndExtent(words.firstChild, 0, words.firstChild, Math.min(12, words.textContent.length));
        words.dispatchEvent(new MouseEvent("mouseup", { bubbles: true }));
    }""")
    expect(page.locator("#missed")).to_have_value(re.compile(r"\w"))
    assert plain.inner_text().startswith(page.locator("#missed").input_value())
    check(page)
