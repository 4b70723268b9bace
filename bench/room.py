"""How fast the room answers at the server: each option that is moved, and what is worked out once.

    python -m bench.room [--people 10] [--terms 15] [--moves 300]

Django's test client asks on a filled workspace, so that all of the server's work counts but the network's.
Seconds on the clock and of this process (the database's own are in the clock's only).
"""

import argparse
import random
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median, quantiles
from typing import Any

import psycopg
from bench.filling import fill, size
from bench.room_filled import fill_room
from bench.workspaces import address, load, print_table, throwaway

from winward.faces.boot import open_workspace

SCALE = 0.01
SEED = 3
MOVED = {"HX-Request": "true", "HX-Target": "room-table"}


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--people", type=int, default=10)
    parser.add_argument("--terms", type=int, default=15)
    parser.add_argument("--moves", type=int, default=300)
    asked = parser.parse_args()
    with throwaway("room") as folder:
        with psycopg.connect(address(folder), autocommit=True) as connection:
            fill(connection, size(SCALE))
        rows = measured(folder, asked.people, asked.terms, asked.moves)
    print(f"{asked.people} people × {asked.terms} terms × 4 options, milliseconds at the server ({load()})")
    print_table(("", "asked", "p50", "p95", "p50, processor", "p95, processor", "queries"), rows)


def measured(folder: Path, people: int, terms: int, moves: int) -> list[tuple[str, ...]]:
    open_workspace(folder)
    client, initiative = signed_in(), fill_room(people, terms)
    page = f"/initiatives/{initiative}/room/"
    packages = list(tables(initiative, moves))
    client.get(page)  # imports and templates
    return [
        row("an option moved", [lambda more=more: client.get(page + more, headers=MOVED) for more in packages]),
        row("the page", [lambda more=more: client.get(page + more) for more in packages[:50]]),
        row("packages, worked out", [lambda: client.get(f"{page}packages/{packages[0]}")]),
        row("packages, kept", [lambda more=more: client.get(f"{page}packages/{more}") for more in packages[:50]]),
        row("concessions and trades", [lambda more=more: client.get(f"{page}ways/{more}") for more in packages[:20]]),
    ]


def signed_in() -> Any:
    from django.conf import settings
    from django.contrib.auth.models import User
    from django.test import Client

    from winward.usecases.prepare import set_user

    settings.ALLOWED_HOSTS = ["testserver"]
    set_user("reader", "not a real password", "editor")
    client = Client()
    client.force_login(User.objects.get(username="reader"))
    return client


def tables(initiative: int, moves: int) -> "list[str]":
    """Addresses, each a package that differs from the one before in one option."""
    from winward.records.agreements import Option, Term

    chance = random.Random(SEED)
    terms = Term.objects.filter(initiative=initiative).order_by("place")
    options = [list(Option.objects.filter(term=term).values_list("pk", flat=True)) for term in terms]
    package, made = [chance.choice(own) for own in options], []
    for _ in range(moves):
        at = chance.randrange(len(options))
        package[at] = chance.choice(options[at])
        made.append("?" + "&".join(f"o={number}" for number in package))
    return made


def row(name: str, asking: list[Callable[[], Any]]) -> tuple[str, ...]:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    clock, processor = [], []
    for ask in asking:
        started, used = time.perf_counter(), time.process_time()
        answer = ask()
        clock.append(1000 * (time.perf_counter() - started))
        processor.append(1000 * (time.process_time() - used))
        assert answer.status_code == 200, answer
    with CaptureQueriesContext(connection) as queries:
        asking[-1]()
    high = (lambda values: quantiles(values, n=20)[-1]) if len(asking) > 1 else (lambda values: values[0])
    figures = (median(clock), high(clock), median(processor), high(processor))
    return (name, str(len(asking)), *(f"{value:.1f}" for value in figures), str(len(queries)))


if __name__ == "__main__":
    main()
