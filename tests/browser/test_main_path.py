"""What a new user does: sign in, bring a file in, run, see the themes, open a quote's document."""

import csv
import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import Site

SLOW_MS = 120_000


@pytest.fixture
def looks() -> dict[str, object]:
    return {"viewport": {"width": 1280, "height": 800}}


@pytest.fixture
def notes(tmp_path: Path) -> Path:
    file = tmp_path / "spring notes.csv"
    with file.open("w", newline="", encoding="utf-8") as out:
        rows = csv.writer(out)
        rows.writerow(["Note ID", "Note", "Date", "Company"])
        rows.writerow(
            ["spring-1", "They can't sign without an unalterable audit trail of every record.", "2026-10-02", ""]
        )
        rows.writerow(
            ["spring-2", "The planning board takes a minute to load for them, every morning.", "2026-10-03", ""]
        )
        rows.writerow(["spring-3", "We need the mobile app to work offline in the basements.", "not a day", ""])
    return file


def test_who_is_not_signed_in_sees_nothing(browser: Browser, site: Site) -> None:
    page = browser.new_page(base_url=site.address)
    for address in ("/", "/themes/", "/deals/", "/signals/1/", "/documents/1/", "/sources/", "/search/?text=a"):
        page.goto(address)
        assert "/sign-in/" in page.url
    page.fill("input[name=username]", site.user)
    page.fill("input[name=password]", "wrong")
    page.press("input[name=password]", "Enter")
    expect(page.get_by_role("alert")).to_be_visible()
    page.close()


def test_from_a_file_to_the_words_behind_a_theme(page: Page, notes: Path) -> None:
    page.goto("/sources/")
    page.set_input_files("input[type=file]", notes)
    page.get_by_role("button", name="Look at them").click()
    expect(page.locator("main")).to_contain_text("Note ID")
    page.get_by_role("button", name=re.compile("Bring")).click()
    expect(page.locator("main")).to_contain_text("not a day", timeout=SLOW_MS)
    page.goto("/sources/")
    page.get_by_role("button", name="Start a run").click()
    expect(page.locator("main")).to_contain_text("documents read", timeout=SLOW_MS)
    page.goto("/themes/")
    page.get_by_role("link", name=re.compile("audit", re.I)).first.click()
    quote = page.locator("main a[href^='/signals/']:not([href*='?'])").first
    words = quote.inner_text()
    quote.click()
    expect(page.locator("main")).to_contain_text(words.strip())
    page.locator("main a[href^='/documents/']").first.click()
    expect(page.locator("mark").first).to_be_visible()
    expect(page.locator("main")).to_contain_text(words.strip())


def test_a_theme_is_named_and_the_name_taken_back(page: Page) -> None:
    page.goto("/themes/")
    page.locator("main a[href^='/themes/'][data-open]").first.click()
    before = page.locator("h1").inner_text()
    page.get_by_text("Rename, own, merge, pin or hide").click()
    page.fill("input[name=name]", "What dispatchers wait for")
    page.locator("form[action$='/name'] button").click()
    expect(page.locator("h1")).to_have_text("What dispatchers wait for")
    page.get_by_role("button", name=re.compile("Undo|Take it back", re.I)).first.click()
    expect(page.locator("h1")).to_have_text(before)


def test_the_keyboard_leads_everywhere(page: Page) -> None:
    page.goto("/")
    page.keyboard.press("g")
    page.keyboard.press("t")
    page.wait_for_url("**/themes/")
    page.keyboard.press("j")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(r"/themes/\d+/"))
    page.keyboard.press("/")
    expect(page.locator("#find")).to_be_focused()
    page.keyboard.type("sap integration")
    page.keyboard.press("Enter")
    page.wait_for_url("**/search/**")
    expect(page.locator("main")).to_contain_text(re.compile("SAP", re.I))
    page.locator("h1").click()
    page.keyboard.press("?")
    expect(page.get_by_role("dialog")).to_be_visible()


def test_pages_work_without_javascript(browser: Browser, site: Site, signed_in: Path) -> None:
    context = browser.new_context(base_url=site.address, storage_state=signed_in, java_script_enabled=False)
    page = context.new_page()
    for address in ("/", "/themes/", "/deals/", "/signals/", "/sources/"):
        page.goto(address)
        expect(page.locator("h1")).to_be_visible()
    page.goto("/search/?text=offline")
    expect(page.locator("main")).to_contain_text("offline")
    context.close()
