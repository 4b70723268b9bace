"""A theme is merged by typing a part of its name, undone, and split between two quotes, on a desk and on a phone."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from tests.browser.test_pages import check


@pytest.fixture(autouse=True, scope="module")
def patience() -> Iterator[None]:
    """What the themes cost is weighed in the background meanwhile, on the same cores."""
    expect.set_options(timeout=30_000)
    yield
    expect.set_options(timeout=5_000)


def test_merge_undo_and_split(page: Page) -> None:
    page.goto("/themes/")
    page.locator("[data-pick] a[href^='/themes/']").first.click()
    page.wait_for_url(re.compile(r"/themes/\d+/$"))
    theme = page.url
    page.keyboard.press("e")
    into = page.locator("#theme-titles option").first.get_attribute("value") or ""
    page.locator("#theme-into").fill(into)
    page.keyboard.press("Enter")
    expect(page.locator(".message")).to_contain_text(f"is part of “{into}” now")
    assert page.url != theme
    page.locator("[data-undo]").click()
    expect(page.locator(".message")).to_contain_text("Undone")
    page.goto(theme)
    expect(page).to_have_url(theme)
    boxes = page.locator("[form=choose]")
    expect(page.locator("#choose")).to_be_hidden()
    boxes.nth(0).check()
    boxes.nth(1).check()
    check(page)
    page.get_by_role("button", name="Split between them").click()
    page.wait_for_url(re.compile("/split/"))
    check(page)
    page.get_by_role("button", name="Split it so").click()
    expect(page.locator(".message")).to_contain_text("became a theme of its own")
    page.locator("[data-undo]").click()
    expect(page.locator(".message")).to_contain_text("Undone")
