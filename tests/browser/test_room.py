"""The room by mouse, keyboard and touch: options are moved, positions are dragged, kept and undone."""

import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.browser.conftest import SLOW_MS, Site
from tests.browser.test_pages import check
from tests.command_line import environment

STEPS = 6


@pytest.fixture(scope="module")
def room(sample_workspace: Path) -> str:
    """Mara, Otto (who must agree), Ines (whom nobody asked) and Sol (who advises) over three terms."""
    size = ["--people", "4", "--terms", "3", "--options", "3"]
    command = [sys.executable, "-m", "bench.room_filled", str(sample_workspace), *size]
    done = subprocess.run(command, env=environment(), capture_output=True, text=True, check=True)
    return f"/initiatives/{done.stdout.split()[-1]}/room/"


@pytest.fixture
def touched(browser: Browser, site: Site, signed_in: Path) -> Iterator[Page]:
    """A page on a phone that is touched."""
    context = browser.new_context(
        base_url=site.address,
        storage_state=signed_in,
        viewport={"width": 390, "height": 844},
        has_touch=True,
        is_mobile=True,
    )
    context.set_default_timeout(SLOW_MS)
    yield context.new_page()
    context.close()


def test_moving_an_option_recolours_by_mouse_and_keyboard(page: Page, room: str) -> None:
    page.goto(room)
    check(page)
    row = page.locator("#room-table tbody tr").first
    before = tones(row)
    row.locator(".step:not([disabled])").first.click()
    expect(page).to_have_url(re.compile(r"/room/\?o=\d+&o=\d+&o=\d+$"))
    expect(row.locator("td")).not_to_have_class(before)
    moved = page.url
    select = row.locator("select")
    select.focus()
    select.press(
        "ArrowDown" if select.input_value() == select.locator("option").first.get_attribute("value") else "ArrowUp"
    )
    expect(page).not_to_have_url(moved)
    expect(select).to_be_focused()
    page.go_back()
    expect(page).to_have_url(moved)
    expect(page.locator("#packages")).to_contain_text("Fair to all")
    expect(page.locator("#ways")).to_contain_text("no")
    check(page)


def test_moving_an_option_recolours_by_touch(touched: Page, room: str) -> None:
    touched.goto(room)
    row = touched.locator("#room-table tbody tr").nth(1)
    before = tones(row)
    row.locator(".step:not([disabled])").first.tap()
    expect(touched).to_have_url(re.compile(r"\?o="))
    assert tones(row) != before


def tones(row: Locator) -> list[str]:
    return [cell.get_attribute("class") or "" for cell in row.locator("td").all()]


def test_a_rank_is_dragged_by_mouse_kept_and_undone(page: Page, room: str) -> None:
    terms = open_position(page, room, "Mara")
    first = order(terms)
    drag_by_mouse(page, handles(terms).nth(2), handles(terms).nth(0), 0.02)
    expect(page.locator("#kept")).to_contain_text("Mara ranks")
    assert order(terms) == [first[2], first[0], first[1]]
    drag_by_mouse(page, handles(terms).nth(2), handles(terms).nth(1), 0.5)
    expect(terms.locator(".level")).to_have_count(2)
    expect(page.locator("#kept")).to_contain_text("alike")
    page.reload()
    assert order(terms) == [first[2], first[0], first[1]]
    expect(terms.locator(".level")).to_have_count(2)
    handles(terms).nth(0).press("Delete")
    expect(terms.locator(".unranked .handle")).to_have_count(1)
    expect(page.locator("#kept")).not_to_contain_text(f"ranks {first[2]}")
    page.locator("[data-undo]").click()
    expect(page.locator(".message").first).to_contain_text("Undone")
    assert order(terms) == [first[2], first[0], first[1]]


def test_a_rank_is_dragged_by_touch(touched: Page, room: str) -> None:
    terms = open_position(touched, room, "Otto")
    first = order(terms)
    drag_by_touch(touched, handles(terms).nth(2), handles(terms).nth(0))
    expect(touched.locator("#kept")).to_contain_text("Otto ranks")
    wanted = [first[2], first[0], first[1]]
    assert order(terms) == wanted
    touched.reload()
    assert order(terms) == wanted


def test_positions_are_put_by_keyboard_alone(page: Page, room: str) -> None:
    terms = open_position(page, room, "Sol")
    check(page)
    first = order(terms)
    handles(terms).nth(0).press("ArrowDown")
    said = page.locator("#moved")
    expect(said).to_have_text(f"{first[0]}: place 2 of 3.")
    expect(handles(terms).nth(1)).to_be_focused()
    page.keyboard.press("ArrowLeft")
    expect(said).to_have_text(f"{first[0]}: place 1 of 2, beside {first[1]}.")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowUp")
    expect(said).to_have_text(f"{first[0]}: place 1 of 3.")
    ranking = page.locator("[data-ranking=option]").first
    line = ranking.locator(".line .handle")
    line.press("Delete")
    expect(said).to_have_text("No line is drawn.")
    line.press("ArrowUp")
    line.press("ArrowUp")
    expect(said).to_have_text(re.compile("^Good enough down to "))
    middle = ranking.locator(".level .item .handle").nth(1).inner_text()
    expect(said).to_have_text(f"Good enough down to {middle}.")
    refused = ranking.locator("[name=refused]").last
    was = refused.is_checked()
    refused.click()
    expect(page.locator("#kept")).to_contain_text("can accept" if was else "can’t accept")
    page.reload()
    expect(ranking.locator(".level:nth-of-type(2) + .line")).to_have_count(1)
    expect(refused).to_be_checked(checked=not was)


def test_what_if_is_looked_at_and_discarded(page: Page, room: str) -> None:
    page.goto(room)
    page.locator("#who").select_option(label="Mara")
    page.get_by_role("button", name="See it").click()
    expect(page.locator(".supposed")).to_contain_text("Nothing of this is stored")
    check(page)
    page.get_by_role("link", name="Discard").click()
    expect(page.locator(".supposed")).to_have_count(0)


def test_what_the_room_leads_to_is_sound(page: Page, room: str) -> None:
    for more in ("terms/", "history/"):
        page.goto(room + more)
        check(page)


def open_position(page: Page, room: str, name: str) -> Locator:
    """Somebody's ranking of the terms."""
    page.goto(room)
    page.locator("#room-words").get_by_role("link", name=f"What {name} ranks").click()
    page.wait_for_url(re.compile(r"/position/$"))
    return page.locator("[data-ranking=term]")


def handles(ranking: Locator) -> Locator:
    return ranking.locator(".levels .handle")


def order(ranking: Locator) -> list[str]:
    return handles(ranking).all_inner_texts()


def drag_by_mouse(page: Page, what: Locator, onto: Locator, part: float) -> None:
    """part: how far down the row it is dropped on."""
    what.scroll_into_view_if_needed()
    start, row = what.bounding_box(), onto.locator("xpath=ancestor::li").bounding_box()
    assert start
    assert row
    page.mouse.move(start["x"] + 30, start["y"] + start["height"] / 2)
    page.mouse.down()
    page.mouse.move(start["x"] + 34, row["y"] + part * row["height"], steps=STEPS)
    page.mouse.up()


def drag_by_touch(page: Page, what: Locator, onto: Locator) -> None:
    """A finger that is put down, moved and lifted: the browser makes pointer events of it."""
    what.scroll_into_view_if_needed()
    start, row = what.bounding_box(), onto.locator("xpath=ancestor::li").bounding_box()
    assert start
    assert row
    finger = page.context.new_cdp_session(page)
    x, y, to = start["x"] + 30, start["y"] + start["height"] / 2, row["y"] + 2
    put = {"type": "touchStart", "touchPoints": [{"x": x, "y": y}]}
    moves = [
        {"type": "touchMove", "touchPoints": [{"x": x, "y": y + (to - y) * n / STEPS}]} for n in range(1, STEPS + 1)
    ]
    for event in (put, *moves, {"type": "touchEnd", "touchPoints": []}):
        finger.send("Input.dispatchTouchEvent", event)
