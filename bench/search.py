"""Related signals and search over a million signals with vectors: how quick, and how near to exact.

    python -m bench.search ../shared/data [--signals 1000000] [--queries 200] [--exact 20] [--workspace FOLDER]
    python -m bench.search ../shared/data --features

Fills a workspace (see bench/many_signals.py), indexes its vectors, and asks: half the questions are texts that are not
in it, half are signals. Beside the time on the clock stands the processor's, of this process and the database's, which
other work on the machine changes little. Recall is the share of the exact first ten that are among the first ten found;
exact compares every signal that passes the filters. A workspace that is named is filled once, kept, and asked again.

--features: reviews whose feature phrase people marked; of those about the same phrase, how many are among the ten
nearest, by meaning and words together, by meaning alone and by words alone (see bench/features.py).
"""

import argparse
import random
import subprocess
import time
from collections.abc import Callable, Sequence
from contextlib import nullcontext
from datetime import date
from pathlib import Path
from statistics import mean
from typing import Any, NamedTuple
from urllib.parse import urlencode

import psycopg
from bench.features import print_features
from bench.many_signals import SEGMENTS, Pool, fill, made, pool
from bench.workspaces import WINWARD, address, load, print_table, throwaway, timed
from django.db import connection

from winward.faces.boot import open_workspace
from winward.records.related_rows import FEW, Candidate, Filters, Question, expected, related

# CANDIDATES: as many as the card of a signal asks for. Exact is: of all that pass, the AGAIN times as many that differ
# least in the signs of their vectors, by their vectors (of 25,000, the 600 that differ least held .999 of the first
# ten): to read all vectors takes a minute a question.
CANDIDATES, FIRST, ALL, AGAIN = 60, 10, 10**8, 1_000
HEADINGS = ("filter", "let pass", "way", "p50 ms", "p95 ms", "processor p50", "p95", "recall@10", "by meaning")


class Took(NamedTuple):
    """Milliseconds on the clock, and of the processor."""

    clock: float
    processor: float


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", type=Path)
    parser.add_argument("--signals", type=int, default=1_000_000)
    parser.add_argument("--queries", type=int, default=200)
    parser.add_argument("--exact", type=int, default=20)
    parser.add_argument("--workspace", type=Path)
    parser.add_argument("--features", action="store_true")
    asked = parser.parse_args()
    if asked.features:
        return print_features(asked.data)
    real = pool(asked.data)
    with nullcontext(asked.workspace) if asked.workspace else throwaway("search") as folder:
        _filled(folder, real, asked.signals)
        open_workspace(folder)
        _print_questions(_questions(real, asked.signals, asked.queries), asked.exact)
        _print_pages(real, asked.signals, asked.queries)
    return None


def _filled(folder: Path, real: Pool, signals: int) -> None:
    if not folder.exists():
        subprocess.run([*WINWARD, "init", str(folder)], check=True, stdout=subprocess.DEVNULL)
    with psycopg.connect(address(folder), autocommit=True) as database:
        if database.execute("SELECT to_regclass('signal_nearest')").fetchone() != (None,):
            return
        print(f"{signals:,} signals written in {timed(lambda: fill(database, real, signals)):.0f} s")
    open_workspace(folder)
    from winward.records import theme_rows

    print(f"their vectors indexed in {timed(theme_rows.index_vectors):.0f} s ({load()})")


def _questions(real: Pool, signals: int, count: int) -> list[Question]:
    unseen, chance = made(real, count // 2, seed=10**9), random.Random(5)
    texts = [
        Question(text=text, vector=list(vector)) for text, vector in zip(unseen.quotes, unseen.vectors, strict=True)
    ]
    return [*texts, *(Question(signal=chance.randint(1, signals)) for _ in range(count - len(texts)))]


def filters(chance: random.Random) -> dict[str, Filters]:
    """From wide to selective."""
    segment, kind, theme = chance.choice(SEGMENTS), chance.choice(("need", "pain", "price")), chance.randint(1, 248)
    account, month = chance.randint(1, 5_000), date(2024, chance.randint(1, 12), 1)
    return {
        "none": Filters(),
        "customers' words": Filters(side="customer"),
        "other accounts": Filters(besides=account),
        "lost deals": Filters(deal_state="lost"),
        "a kind": Filters(kind=kind),
        "lost, a segment": Filters(deal_state="lost", segment=segment),
        "a month": Filters(since=month, until=month.replace(day=28)),
        "kind, lost, segment": Filters(kind=kind, deal_state="lost", segment=segment),
        "a theme": Filters(theme=theme),
        "a theme, lost": Filters(theme=theme, deal_state="lost"),
        "an account": Filters(account=account),
    }


def _print_questions(questions: Sequence[Question], exact: int) -> None:
    print(f"{len(questions)} questions each, one after another, by the filter")
    rows = [_row(name, questions, exact) for name in filters(random.Random(1))]
    print(f"({load()})")
    print_table(HEADINGS, rows)


def _row(name: str, questions: Sequence[Question], exact: int) -> tuple[str, ...]:
    chance, took, recalls = random.Random(2), [], []
    for at, question in enumerate(questions):
        chosen = filters(chance)[name]
        found, time_taken = measured(lambda: related(question, chosen, CANDIDATES))  # noqa: B023
        took.append(time_taken)
        if at % max(len(questions) // exact, 1) == 0:
            recalls.append(_recalls(found, related(question, chosen, CANDIDATES, few=ALL, fewest=ALL, again=AGAIN)))
    way = "all compared" if expected(chosen) <= FEW else "the index"
    fused, meant = (f"{mean(one):.3f}" for one in zip(*recalls, strict=True))
    row = (name, f"{expected(chosen):,}", way, *_quantiles(took), fused, meant)
    print("  ".join(row), flush=True)
    return row


def measured(ask: Callable[[], list[Candidate]]) -> tuple[list[Candidate], Took]:
    before, started = _processor(), time.perf_counter()
    found = ask()
    clock = (time.perf_counter() - started) * 1_000
    return found, Took(clock, _processor() - before)


def _processor() -> float:
    """Milliseconds that this process and the one that serves it in the database have worked."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        backend = cursor.fetchone()[0]
    worked = Path(f"/proc/{backend}/schedstat").read_text().split()[0]
    return time.process_time() * 1_000 + int(worked) / 1e6


def _recalls(found: Sequence[Candidate], exact: Sequence[Candidate]) -> tuple[float, float]:
    fused = _share({one.signal for one in exact[:FIRST]}, {one.signal for one in found[:FIRST]})
    return fused, _share(_nearest(exact), _nearest(found))


def _nearest(found: Sequence[Candidate]) -> set[int]:
    return {one.signal for one in found if one.by_meaning is not None and one.by_meaning <= FIRST}


def _share(wanted: set[int], got: set[int]) -> float:
    return len(wanted & got) / len(wanted) if wanted else 1.0


def _quantiles(took: Sequence[Took]) -> tuple[str, ...]:
    columns = [sorted(column) for column in zip(*took, strict=True)]
    return tuple(f"{column[int(share * (len(column) - 1))]:.0f}" for column in columns for share in (0.5, 0.95))


def _print_pages(real: Pool, signals: int, count: int) -> None:
    """The pages as they are drawn for a signed-in person, in this process."""
    from django.contrib.auth.models import User
    from django.test import Client

    person, _ = User.objects.get_or_create(username="bench")
    client, chance, unseen = Client(headers={"host": "localhost"}), random.Random(9), made(real, count, seed=10**9 + 1)
    client.force_login(person)
    pages: dict[str, Callable[[int], str]] = {
        "signal": lambda at: f"/signals/{chance.randint(1, signals)}/",
        "signal, deals we lost": lambda at: f"/signals/{chance.randint(1, signals)}/?only=lost",
        "signal, same theme": lambda at: f"/signals/{chance.randint(1, signals)}/?only=theme",
        "search, a question": lambda at: f"/search/?{urlencode({'text': unseen.quotes[at]})}",
        "search, two words": lambda at: f"/search/?{urlencode({'text': ' '.join(unseen.quotes[at].split()[:2])})}",
        "search, lost deals": lambda at: f"/search/?{urlencode({'text': unseen.quotes[at], 'state': 'lost'})}",
    }
    rows = [
        (name, *_quantiles([measured(lambda: _opened(client, page(at)))[1] for at in range(count)]))  # noqa: B023
        for name, page in pages.items()
    ]
    print(f"\npages, {count} of each ({load()})")
    print_table(("page", "p50 ms", "p95 ms", "processor p50", "p95"), rows)


def _opened(client: Any, path: str) -> list[Candidate]:
    if client.get(path).status_code != 200:
        raise SystemExit(f"{path} was not answered")
    return []


if __name__ == "__main__":
    main()
