"""The pages of the sample company, served as a user serves them, in a real headless Chromium."""

import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

from tests.command_line import environment
from tests.sample_workspace import winward

# Chromium looks for its maker's servers at every start; a machine without a network makes it wait for them.
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update",
         "--disable-sync", "--no-first-run"]  # fmt: skip
# Only a guard against waiting for ever: on busy cores everything takes many times as long.
PATIENCE_S, SLOW_MS = 300, 60_000


@dataclass(frozen=True)
class Site:
    address: str
    user: str
    password: str


def _chromium() -> str | None:
    named = os.environ.get("CHROMIUM")
    return named or next(filter(None, map(shutil.which, ("chromium", "google-chrome", "chromium-browser"))), None)


@pytest.fixture(scope="package")
def site(sample_workspace: Path) -> Iterator[Site]:
    made = winward("user", "casey", "--role", "admin", folder=sample_workspace)
    password = re.search(r"signs in with (\S+)", made.stdout)
    assert password, made.stderr
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "winward.faces.cli", "-w", str(sample_workspace), "serve", "--port", str(port)]
    server = subprocess.Popen(command, env=environment())
    try:
        _wait_for(f"http://127.0.0.1:{port}/health")
        yield Site(f"http://127.0.0.1:{port}", "casey", password[1])
    finally:
        server.send_signal(signal.SIGINT)
        server.wait(timeout=PATIENCE_S)


def _wait_for(address: str) -> None:
    give_up = time.monotonic() + PATIENCE_S
    while True:
        try:
            urllib.request.urlopen(address, timeout=PATIENCE_S).close()
            return
        except OSError:
            if time.monotonic() > give_up:
                raise
            time.sleep(0.2)


# Closed when its tests are done: while it is open, an event loop runs in this thread, and Django refuses to work there.
@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        path = _chromium() or playwright.chromium.executable_path
        if not Path(path).exists():
            pytest.skip("there is no Chromium here; `make chromium` installs one, or name yours in CHROMIUM")
        chromium = playwright.chromium.launch(executable_path=path, args=FLAGS, timeout=1_000 * PATIENCE_S)
        expect.set_options(timeout=SLOW_MS)
        yield chromium
        chromium.close()


@pytest.fixture(params=["desktop light", "phone dark"])
def looks(request: pytest.FixtureRequest) -> dict[str, object]:
    if request.param == "desktop light":
        return {"viewport": {"width": 1280, "height": 800}, "color_scheme": "light"}
    return {"viewport": {"width": 390, "height": 844}, "color_scheme": "dark"}


@pytest.fixture(scope="package")
def signed_in(browser: Browser, site: Site, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The cookies of a signed-in person."""
    context = browser.new_context(base_url=site.address)
    context.set_default_timeout(SLOW_MS)
    page = context.new_page()
    page.goto("/")
    page.fill("input[name=username]", site.user)
    page.fill("input[name=password]", site.password)
    page.press("input[name=password]", "Enter")
    page.wait_for_url(f"{site.address}/")
    kept = tmp_path_factory.mktemp("browser") / "cookies.json"
    context.storage_state(path=kept)
    context.close()
    return kept


@pytest.fixture
def context(browser: Browser, site: Site, signed_in: Path, looks: dict[str, object]) -> Iterator[BrowserContext]:
    opened = browser.new_context(base_url=site.address, storage_state=signed_in, **looks)  # type: ignore[arg-type]
    opened.set_default_timeout(SLOW_MS)
    yield opened
    opened.close()


@pytest.fixture
def page(context: BrowserContext) -> Iterator[Page]:
    """A page on which nothing may go wrong unseen: no script error, and nothing that the policy had to block."""
    opened = context.new_page()
    wrong: list[str] = []
    opened.on("pageerror", lambda error: wrong.append(str(error)))
    opened.on("console", lambda message: wrong.append(message.text) if message.type == "error" else None)
    yield opened
    assert wrong == []
