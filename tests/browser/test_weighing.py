"""Themes on a part of the deals, compared, and taken away, as a person does it."""

import csv
import re
from pathlib import Path

from playwright.sync_api import Page, expect

from tests.browser.test_pages import check


def test_filters_weigh_anew_and_a_row_says_itself_in_words(page: Page) -> None:
    page.goto("/themes/")
    page.select_option("select[name=region]", "DACH")
    page.wait_for_url(re.compile("region=DACH"))
    expect(page.locator(".answer")).to_contain_text("DACH: we won")
    row = page.locator("tr.expanded").first
    expect(row).to_be_hidden()
    page.locator(".expand summary").first.focus()
    page.keyboard.press("Enter")
    expect(row).to_be_visible()
    expect(row).to_contain_text("deals where this came up")
    check(page)


def test_two_quarters_are_compared(page: Page) -> None:
    page.goto("/themes/compare/")
    page.select_option("select[name=by]", "quarter")
    page.wait_for_url(re.compile("by=quarter"))
    expect(page.locator(".answer")).to_contain_text(re.compile(r"Between 20\d\d Q\d and 20\d\d Q\d"))
    page.select_option("select[name=a]", "2026 Q1")
    page.wait_for_url(re.compile("a=2026"))
    expect(page.locator(".answer")).to_contain_text("Between 2026 Q1")
    check(page)


def test_ticked_themes_are_taken_away_together(page: Page) -> None:
    page.goto("/themes/what-if/")
    for at in (0, 1):
        page.locator("input[name=theme]").nth(at).check()
    page.get_by_role("button", name="Show").click()
    expect(page.locator(".answer")).to_contain_text("Had these 2 themes made no difference")
    expect(page.locator(".gains")).to_contain_text("90% interval")
    check(page)


def test_a_theme_says_whether_it_changed_once_its_page_is_there(page: Page) -> None:
    page.goto("/themes/")
    page.locator("main a[data-open]").first.click()
    expect(page.locator("#changed")).to_be_visible()
    expect(page.locator("#gone")).to_be_visible()
    check(page)


def test_the_table_shown_is_the_table_taken_away(page: Page, tmp_path: Path) -> None:
    page.goto("/themes/?segment=Mid-Market")
    shown = page.locator("tr.row th a").all_inner_texts()
    with page.expect_download() as download:
        page.get_by_role("link", name="CSV").click()
    download.value.save_as(tmp_path / "themes.csv")
    with (tmp_path / "themes.csv").open(encoding="utf-8-sig", newline="") as file:
        assert [row["theme"] for row in csv.DictReader(file)] == shown
    with page.expect_download() as picture:
        page.get_by_role("link", name="PNG").click()
    picture.value.save_as(tmp_path / "themes.png")
    assert (tmp_path / "themes.png").read_bytes().startswith(b"\x89PNG")
