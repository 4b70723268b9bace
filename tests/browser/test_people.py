"""People get seats on the map and answers are kept, on a desk by keys and on a phone from the list."""

import re

from playwright.sync_api import Page, expect

from tests.browser.test_pages import check


def test_from_an_empty_table_to_a_kept_answer(page: Page) -> None:
    page.goto("/themes/")
    page.locator("[form=choose]").nth(0).check()
    page.get_by_role("button", name="Start an initiative").click()
    page.wait_for_url(re.compile(r"/initiatives/\d+/$"))
    page.locator(".tabs a", has_text="People").click()
    expect(page.locator("main")).to_contain_text("Nobody has a seat yet")
    check(page)
    for name, kind in (("Wenzel Ott", "security"), ("Kaja Lund", "tech lead")):
        seat(page, name, kind)
    expect(page.locator(".answer")).to_contain_text("None of 2 whose yes is needed are for it")
    check(page)
    stands_on_the_map(page)
    expect(page).to_have_url(re.compile(r"/stakeholders/\d+/"))
    sitting = page.locator(".sitting:target")
    sitting.get_by_text("Note where they stand").click()
    sitting.get_by_label("Where they stand").select_option("for it")
    sitting.get_by_role("button", name="Note it").click()
    expect(sitting.locator(".moved")).to_contain_text("for it since")
    sitting.get_by_text("Keep the answer").first.click()
    sitting.get_by_label("What they answered").first.fill("The tablets that got lost in May")
    sitting.get_by_role("button", name="Keep it", exact=True).first.click()
    expect(sitting.locator(".answered")).to_contain_text("The tablets that got lost in May")
    page.evaluate("document.querySelectorAll('main details').forEach((one) => { one.open = true; })")
    check(page)


def seat(page: Page, name: str, kind: str) -> None:
    form = page.locator("details:has(#person-name)")
    if not page.locator("#person-name").is_visible():
        form.locator("summary").first.click()
    page.locator("#person-name").fill(name)
    page.locator("#person-kind").select_option(kind)
    page.get_by_role("button", name="Give them a seat").click()
    expect(page.locator("main")).to_contain_text(f"{name} has a seat in")


def stands_on_the_map(page: Page) -> None:
    """On a desk a place of the map is reached by keys; on a phone the list says the same."""
    chip = page.locator(".people-map .chip", has_text="Wenzel Ott")
    if chip.is_visible():
        chip.focus()
        page.keyboard.press("Enter")
    else:
        page.locator("table.people").get_by_role("link", name="Wenzel Ott").click()
