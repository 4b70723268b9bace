"""A question asked by keyboard in a real browser: its answer, its quotes, and that it says so where it has none."""

from playwright.sync_api import Page, expect

from tests.browser.test_pages import check


def test_a_question_by_keyboard_leads_to_a_signal(page: Page) -> None:
    page.goto("/themes/")
    page.keyboard.press("g")
    page.keyboard.press("a")
    expect(page.locator("#question")).to_be_focused()
    check(page)
    page.keyboard.type("Does the mobile app work offline?")
    page.keyboard.press("Enter")
    expect(page.locator(".answer")).to_contain_text("bear on this")
    expect(page.locator(".said-on").first).to_contain_text("account")
    check(page)
    page.locator("h1").click()
    page.keyboard.press("j")
    page.keyboard.press("Enter")
    page.wait_for_url("**/signals/**")


def test_a_suggested_question_has_an_answer(page: Page) -> None:
    page.goto("/ask/")
    page.locator("main li a").first.click()
    expect(page.locator(".said-on").first).to_be_visible()


def test_nonsense_is_not_answered(page: Page) -> None:
    page.goto("/ask/?question=why+do+purple+giraffes+dance+on+the+moon%3F")
    expect(page.locator(".answer")).to_contain_text("Not enough evidence")
    expect(page.locator(".said-on")).to_have_count(0)
    check(page)
