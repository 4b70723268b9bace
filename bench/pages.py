"""How fast the pages answer over 100,000 deals and 1,000,000 signals, to four people at once.

    python -m bench.pages [--scale 0.1] [--seconds 60] [--vectors]

The tables are filled by SQL, `winward serve` answers, and four threads, each a signed-in person on a connection of
their own, open page after page without a pause. Everything, this script included, shares the machine's cores.
The card of a signal and search need the index of vectors, which takes long to build: only with --vectors.
"""

import argparse
import http.client
import random
import re
import secrets
import socket
import subprocess
import time
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote_plus, urlencode

import psycopg
from bench.filling import DEALS_WITH_MUCH_EVIDENCE, THEMES, Size, fill, size
from bench.material import ACCOUNTS, SEGMENTS, company, sentences
from bench.workspaces import WINWARD, address, load, print_table, throwaway, timed

from winward.faces.boot import open_workspace

USERS = 4
Chance = random.Random
Pages = Mapping[str, Callable[[Chance], str]]
Times = dict[str, list[float]]


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--scale", type=float, default=1.0)
    parser.add_argument("--seconds", type=float, default=60.0)
    parser.add_argument("--vectors", action="store_true")
    asked = parser.parse_args()
    wanted = size(asked.scale)
    with throwaway("pages") as folder:
        _fill(folder, wanted, asked.vectors)
        pages = list_and_theme_pages(wanted) | other_pages(wanted) | (near_pages(wanted) if asked.vectors else {})
        password = _person(folder)
        with _served(folder) as port:
            _walk(port, password, pages, seconds=5.0)
            times = _walk(port, password, pages, asked.seconds)
    _print(times, asked.seconds)


def list_and_theme_pages(wanted: Size) -> Pages:
    states = ("won", "lost", "open")
    return {
        "home": lambda _: "/",
        "themes": lambda _: "/themes/",
        "theme": lambda chance: f"/themes/{chance.randint(1, THEMES)}/",
        "deals": lambda _: "/deals/",
        "deals, further on": lambda chance: _deals(after=_cursor(chance, wanted)),
        "deals of a state": lambda chance: _deals(state=chance.choice(states)),
        "deals of a segment": lambda chance: _deals(segment=chance.choice(SEGMENTS)),
        "deals of a quarter": lambda chance: _deals(quarter=_quarter(chance)),
        "deals by all three": lambda chance: _deals(
            state="lost", segment=chance.choice(SEGMENTS), quarter=_quarter(chance)
        ),
        "deals of no segment": lambda _: _deals(segment="none such"),
        "deals searched": lambda chance: _deals(search=company(chance.randrange(ACCOUNTS))),
        "signals": lambda _: "/signals/",
        "signals, further on": lambda chance: f"/signals/?after={chance.randint(1, wanted.signals)}",
        "signals of a kind": lambda chance: f"/signals/?kind={chance.choice(('pain', 'price', 'question'))}",
        "signals of a theme": lambda chance: f"/signals/?theme={chance.randint(1, THEMES)}",
        "signals of a theme and kind": lambda chance: f"/signals/?theme={chance.randint(1, THEMES)}&kind=pain",
        "signals worth checking": lambda _: "/signals/check/",
        "signals of a side": lambda _: "/signals/?side=us",
        "signals unsorted": lambda _: "/signals/?state=unsorted",
        "signals dismissed": lambda _: "/signals/?state=dismissed",
        "sources": lambda _: "/sources/",
        "links": lambda _: "/sources/links/",
    }


def other_pages(wanted: Size) -> Pages:
    return {
        "deal": lambda chance: f"/deals/{chance.randint(1, wanted.deals)}/",
        "deal with most evidence": lambda chance: f"/deals/{chance.randint(1, DEALS_WITH_MUCH_EVIDENCE)}/",
        "document": lambda chance: f"/documents/{chance.randint(1, wanted.documents)}/",
    }


def near_pages(wanted: Size) -> Pages:
    said = sentences(1_000)
    return {
        "signal": lambda chance: f"/signals/{chance.randint(1, wanted.signals)}/",
        "search": lambda chance: f"/search/?text={quote_plus(' '.join(chance.choice(said).split()[:2]))}",
    }


def _deals(**asked: str) -> str:
    return f"/deals/?{urlencode(asked)}"


def _cursor(chance: Chance, wanted: Size) -> str:
    return f"2025-{chance.randint(1, 12):02d}-15.{chance.randint(1, wanted.deals)}"


def _quarter(chance: Chance) -> str:
    return f"2025 Q{chance.randint(1, 4)}"


def _fill(folder: Path, wanted: Size, vectors: bool) -> None:
    with psycopg.connect(address(folder), autocommit=True) as connection:
        seconds = timed(lambda: fill(connection, wanted))
        print(f"{wanted.deals:,} deals, {wanted.documents:,} documents, {wanted.passages:,} passages and "
              f"{wanted.signals:,} signals written in {seconds:.0f} s")  # fmt: skip
    if vectors:
        open_workspace(folder)
        from winward.records import theme_rows

        print(f"index of vectors built in {timed(theme_rows.index_vectors):.0f} s")


def _person(folder: Path) -> str:
    open_workspace(folder)
    from winward.usecases.prepare import set_user

    password = secrets.token_urlsafe(12)
    set_user("reader", password, "editor")
    return password


@contextmanager
def _served(folder: Path) -> Iterator[int]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    serving = subprocess.Popen(
        [*WINWARD, "--workspace", str(folder), "serve", "--port", str(port)], stdout=subprocess.DEVNULL
    )
    try:
        _wait_for(port)
        yield port
    finally:
        serving.terminate()
        serving.wait(timeout=60)


def _wait_for(port: int, patience_s: float = 60.0) -> None:
    give_up = time.monotonic() + patience_s
    while time.monotonic() < give_up:
        try:
            return Person(port).open("/health")[1]
        except OSError:
            time.sleep(0.2)
    raise SystemExit("The server did not answer.")


class Person:
    """A browser's worth of HTTP: one connection that is kept, and the cookies."""

    def __init__(self, port: int) -> None:
        self._connection = http.client.HTTPConnection("127.0.0.1", port, timeout=120)
        self._cookies: dict[str, str] = {}

    def open(self, path: str, form: Mapping[str, str] | None = None) -> tuple[int, bytes]:
        headers = {"Cookie": "; ".join(f"{name}={value}" for name, value in self._cookies.items())}
        if form is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        body = urlencode(form) if form is not None else None
        self._connection.request("GET" if form is None else "POST", path, body, headers)
        answer = self._connection.getresponse()
        for cookie in answer.headers.get_all("Set-Cookie") or []:
            name, _, value = cookie.partition(";")[0].partition("=")
            self._cookies[name] = value
        return answer.status, answer.read()

    def sign_in(self, password: str) -> None:
        _, page = self.open("/sign-in/")
        token = re.search(rb'name="csrfmiddlewaretoken" value="([^"]+)"', page)
        form = {"username": "reader", "password": password, "csrfmiddlewaretoken": token[1].decode() if token else ""}
        status, _ = self.open("/sign-in/", form)
        if status != 302:
            raise SystemExit(f"Signing in was answered with {status}.")


def _walk(port: int, password: str, pages: Pages, seconds: float) -> Times:
    with ThreadPoolExecutor(USERS) as pool:
        walks = [pool.submit(_one_walk, port, password, pages, seconds, number) for number in range(USERS)]
        times: Times = defaultdict(list)
        for walk in walks:
            for name, found in walk.result().items():
                times[name] += found
    return times


def _one_walk(port: int, password: str, pages: Pages, seconds: float, number: int) -> Times:
    person, chance, times = Person(port), Chance(number), defaultdict(list)
    person.sign_in(password)
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        for name in chance.sample(list(pages), len(pages)):
            path, started = pages[name](chance), time.monotonic()
            status, _ = person.open(path)
            times[name].append((time.monotonic() - started) * 1_000)
            if status != 200:
                raise SystemExit(f"{path} was answered with {status}.")
    return times


def _print(times: Times, seconds: float) -> None:
    count = sum(len(found) for found in times.values())
    print(f"{USERS} people without a pause: {count / seconds:.0f} pages a second ({load()}, this script included)")
    rows = [(name, *_figures(found)) for name, found in times.items()]
    lists = [one for name in list_and_theme_pages(size(1.0)) for one in times[name]]
    everything = [one for found in times.values() for one in found]
    rows += [("list and theme pages", *_figures(lists)), ("all", *_figures(everything))]
    print_table(("page", "opened", "p50 ms", "p95 ms", "max ms"), rows)


def _figures(found: list[float]) -> tuple[str, ...]:
    ordered = sorted(found)
    middle, late = ordered[len(ordered) // 2], ordered[int(0.95 * (len(ordered) - 1))]
    return f"{len(ordered):,}", f"{middle:.0f}", f"{late:.0f}", f"{ordered[-1]:.0f}"


if __name__ == "__main__":
    main()
