"""A mutual action plan by keyboard: a step changed and undone, and the plan shared with somebody who can't sign in."""

import re

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.test_pages import check


@pytest.fixture(autouse=True)
def plan(page: Page) -> None:
    page.goto("/plans/")
    check(page)
    page.get_by_role("link", name="live without a signal").first.click()
    page.wait_for_url(re.compile(r"/plans/\d+/$"))


def test_a_step_is_changed_by_keyboard_and_undone(page: Page) -> None:
    check(page)
    page.keyboard.press("j")
    page.keyboard.press("j")
    page.keyboard.press("j")
    page.keyboard.press("e")
    row = page.locator("tr.picked")
    expect(row.locator("input[name=name]")).to_be_focused()
    check(page)
    row.locator("input[name=days]").fill("30")
    row.locator("input[name=expected_on]").fill("")
    row.locator("input[name=days]").press("Enter")
    expect(page.locator(".message")).to_contain_text("can now end")
    expect(page.locator(".answer")).to_contain_text("Late by")
    check(page)
    page.keyboard.press("u")
    expect(page.locator(".message")).to_contain_text("Undone")
    expect(page.locator(".answer")).to_contain_text("On course")


def test_a_link_shows_it_to_who_cannot_sign_in_until_it_is_taken_back(
    page: Page, browser: Browser, looks: dict[str, object]
) -> None:
    page.get_by_role("button", name="Make a link").click()
    address = page.locator("a.token").first.get_attribute("href")
    assert address
    stranger = browser.new_context(**looks)  # type: ignore[arg-type]
    seen = stranger.new_page()
    seen.goto(address)
    expect(seen.locator("h1")).to_contain_text("live without a signal")
    expect(seen.locator("nav, form, script")).to_have_count(0)
    check(seen)
    page.get_by_role("button", name="Take back the link").first.click()
    expect(page.locator(".message")).to_contain_text("leads nowhere")
    answer = seen.goto(address)
    assert answer is not None
    assert answer.status == 404
    check(seen)
    stranger.close()
