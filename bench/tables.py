"""Reads a table of 100,000 deals: seconds and memory of each step, and whether memory grows with the rows.

python bench/tables.py
"""

import csv
import random
import tempfile
import time
import tracemalloc
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

from winward.sources.joining import NameIndex
from winward.sources.tables import open_table, propose_mapping, read_table

HEADINGS = ["Record ID", "Deal Name", "Deal Stage", "Associated Company", "Amount", "Create Date", "Close Date", "Note"]
STAGES = ["closedwon", "closedlost", "Proposal", "Negotiation"]


def write_deals(path: Path, rows: int) -> None:
    chance = random.Random(7)
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow(HEADINGS)
        for number in range(rows):
            opened = date(2023, 1, 1) + timedelta(days=chance.randrange(700))
            closed = opened + timedelta(days=chance.randrange(10, 200))
            amount = f"${chance.randrange(1, 400):,},{chance.randrange(1000):03d}"
            company = f"Company {chance.randrange(5000)} Ltd"
            note = "asked for\na second, longer look" if number % 10 == 0 else ""
            writer.writerow([number, f"Deal {number}", chance.choice(STAGES), company, amount, opened, closed, note])


def measured(step: Callable[[], object]) -> tuple[float, float]:
    """Seconds of processor time, and then, in a second run, the peak of memory in MiB."""
    started = time.process_time()
    step()
    seconds = time.process_time() - started
    tracemalloc.start()
    step()
    peak = tracemalloc.get_traced_memory()[1] / 2**20
    tracemalloc.stop()
    return seconds, peak


def read_all(path: Path) -> int:
    table = open_table(path)
    return sum(1 for _ in read_table(table, propose_mapping(table)))


def spelled(number: int) -> str:
    chance = random.Random(number)
    syllables = (
        "ba",
        "cor",
        "del",
        "fin",
        "gra",
        "hon",
        "jo",
        "kel",
        "lum",
        "mar",
        "nor",
        "pe",
        "qui",
        "ros",
        "sol",
        "tra",
    )
    return " ".join("".join(chance.choices(syllables, k=3)).title() for _ in range(2)) + " Ltd"


def misspelt(name: str, number: int) -> str:
    place = 3 + number % 5
    return f"{name[:place]}x{name[place + 1 :].removesuffix(' Ltd')}, Inc."


def look_up(names: int, look_ups: int) -> None:
    index = NameIndex((number, str(number), spelled(number)) for number in range(names))
    for number in range(look_ups):
        index.find(misspelt(spelled(number), number))


def main() -> None:
    print(f"{'step':40} {'seconds':>8} {'peak MiB':>9}")
    with tempfile.TemporaryDirectory() as folder:
        for rows in (10_000, 100_000):
            path = Path(folder) / f"deals_{rows}.csv"
            write_deals(path, rows)
            seconds, peak = measured(lambda path=path: read_all(path))
            print(f"{f'map and read {rows:,} deals':40} {seconds:8.2f} {peak:9.1f}")
    for names, look_ups in ((5_000, 100_000), (50_000, 100_000)):
        seconds, peak = measured(lambda names=names, look_ups=look_ups: look_up(names, look_ups))
        print(f"{f'{look_ups:,} misspelt names among {names:,}':40} {seconds:8.2f} {peak:9.1f}")


if __name__ == "__main__":
    main()
