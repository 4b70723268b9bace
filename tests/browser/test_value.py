"""From a theme to what it is worth: begun in one step, a number changed in place and undone."""

import re

from playwright.sync_api import Page, expect

from tests.browser.test_pages import check


def test_a_theme_becomes_a_chain_that_can_be_changed(page: Page) -> None:
    page.goto("/themes/")
    page.locator("main tbody th a").first.click()
    page.get_by_role("link", name="What is it worth to the business?").click()
    check(page)
    page.get_by_role("button", name=re.compile("^Deals won")).click()
    page.wait_for_url(re.compile(r"/value/\d+/$"))
    expect(page.locator(".versions")).to_contain_text("begun")
    check(page)
    share = page.locator("#q-share_reached")
    share.locator("summary").click()
    share.locator("[name=low]").fill("60")
    share.locator("[name=high]").fill("80")
    share.get_by_role("button", name="Save").click()
    expect(page.locator(".message")).to_contain_text("is changed")
    expect(share).to_contain_text("60 to 80")
    expect(page.locator(".versions")).to_contain_text("20 to 70 became 60 to 80")
    page.locator("[data-undo]").click()
    expect(share).to_contain_text("20 to 70")
    whole = page.locator("section[aria-labelledby=whole]")
    whole.locator("summary").click()
    check(page)
    whole.get_by_role("button", name="Take this chain away").click()
    expect(page.locator(".message")).to_contain_text("is taken away")
