"""Every page in a real browser: it answers, nothing is cut off sideways, and axe finds no fault."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

# The lists lead to the rest: the first link of each kind on them is opened.
LISTS = ["/", "/themes/", "/themes/?segment=Enterprise", "/themes/compare/", "/themes/over-time/", "/themes/what-if/",
         "/themes/map/", "/themes/unsorted/", "/deals/", "/deals/?state=lost",
         "/initiatives/", "/steps/",
         "/deals/warnings/", "/deals/stated/", "/signals/",
         "/sources/", "/sources/links/", "/search/?text=offline", "/search/?q=xyzzy", "/rivals/",
         "/accountability/"]  # fmt: skip


@pytest.mark.parametrize("address", LISTS)
def test_a_list_is_sound(page: Page, address: str) -> None:
    answer = page.goto(address)
    assert answer is not None
    assert answer.ok
    check(page)


@pytest.mark.parametrize(
    ("start", "link"),
    [
        ("/themes/", "main a[href^='/themes/'][data-open]"),
        ("/initiatives/", "main a[href^='/initiatives/'][data-open]"),
        ("/deals/?state=lost", "main a[href^='/deals/']:not([href*='?'])"),
        ("/signals/", "main a[href^='/signals/']:not([href*='?'])"),
        ("/signals/", "main a[href^='/documents/']"),
        ("/sources/", "main a[href^='/sources/imports/']"),
        ("/rivals/", "main a[href^='/rivals/'][data-open]"),
        ("/accountability/", "main a[href^='/accountability/'][data-open]"),
    ],
)
def test_what_a_list_leads_to_is_sound(page: Page, start: str, link: str) -> None:
    page.goto(start)
    target = page.locator(link).first.get_attribute("href")
    assert target
    answer = page.goto(target)
    assert answer is not None
    assert answer.ok
    check(page)


def check(page: Page) -> None:
    assert page.locator("h1").count() == 1
    sideways = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    assert sideways <= 0, f"{page.url} can be scrolled sideways by {sideways} pixels"
    found = Axe().run(page)
    assert found.violations_count == 0, found.generate_report()
