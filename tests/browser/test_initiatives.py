"""Two themes are ticked and become an initiative, which gets a step and a risk, on a desk and on a phone."""

import re

from playwright.sync_api import Page, expect

from tests.browser.test_pages import check


def test_from_ticked_themes_to_a_step_done(page: Page) -> None:
    page.goto("/themes/")
    boxes = page.locator("[form=choose]")
    expect(page.locator("#choose")).to_be_hidden()
    boxes.nth(0).check()
    boxes.nth(1).check()
    page.get_by_role("button", name="Start an initiative").click()
    page.wait_for_url(re.compile(r"/initiatives/\d+/$"))
    expect(page.locator("main")).to_contain_text("No next step: who does what by when?")
    page.locator("#next-what").fill("Ask two customers to try it")
    page.locator("#next-owner").fill("casey")
    page.locator("#next-due").fill("2027-01-15")
    page.keyboard.press("Enter")
    expect(page.locator(".next-step")).to_contain_text("Ask two customers to try it")
    page.get_by_text("Add a risk").click()
    page.get_by_label("What may go wrong").fill("Nobody has time to test")
    page.get_by_role("button", name="Add risk").click()
    expect(page.locator(".risks")).to_contain_text("Nobody has time to test")
    page.evaluate("document.querySelectorAll('main details').forEach((one) => { one.open = true; })")
    check(page)
    page.get_by_role("button", name="Done", exact=True).click()
    expect(page.locator(".message")).to_contain_text("Done: Ask two customers to try it")
    page.locator("[data-undo]").click()
    expect(page.locator(".next-step")).to_contain_text("Ask two customers to try it")
    page.goto("/steps/")
    expect(page.locator("main")).to_contain_text("Ask two customers to try it")
    check(page)
