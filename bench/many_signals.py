"""A workspace with as many signals as wanted, whose words and vectors are near to real ones: for bench/search.py.

Each signal is a question of a public set (banking77, CLINC150, StackOverflow titles: 53,703 texts) to which another's
last words were added, and its vector is the first's moved towards the other's: of each text there are about nineteen
to a million, each a little elsewhere. Themes are the sets' own 248 groups, so that they lie together as themes do.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import numpy as np
from bench.material import ACCOUNTS, SEGMENTS, company
from bench.themes_sets import banking77, clinc150, stackoverflow
from numpy.typing import NDArray
from pgvector import HalfVector
from pgvector.psycopg import register_vector

from winward.engine.reading.kinds import KINDS

DEALS, SIGNALS_A_DOCUMENT, SIGNALS_A_PASSAGE, BATCH = 20_000, 25, 2, 20_000
# How far a vector is moved towards another text's: the cosine to where it was is then about .94.
MOVED = 0.35
STATES = ("won", "lost", "open")
# Words that both halves of a passage share no sentence with: passages without a signal.
SILENT_EVERY = 10


@dataclass(frozen=True, slots=True)
class Pool:
    """Real texts, (texts, 384) their vectors, and the number of each one's group."""

    texts: list[str]
    vectors: NDArray[np.float32]
    groups: NDArray[np.int64]


def pool(data: Path) -> Pool:
    sets = [banking77(data), clinc150(data), stackoverflow(data)]
    groups = [f"{name} {group}" for name, one in enumerate(sets) for group in one.truth]
    return Pool(
        texts=[text.strip() for one in sets for text in one.texts],
        vectors=np.vstack([one.vectors for one in sets]),
        groups=np.unique(groups, return_inverse=True)[1],
    )


@dataclass(frozen=True, slots=True)
class Made:
    """Some signals: parallel. base: the pool's text that each is near to."""

    base: NDArray[np.int64]
    quotes: list[str]
    vectors: NDArray[np.float32]


def made(real: Pool, count: int, seed: int) -> Made:
    chance = np.random.default_rng(seed)
    base, other = chance.integers(len(real.texts), size=(2, count))
    moved = real.vectors[base] + MOVED * real.vectors[other]
    moved /= np.linalg.norm(moved, axis=1, keepdims=True)
    quotes = [
        f"{real.texts[one]} {' '.join(real.texts[two].split()[-4:])}" for one, two in zip(base, other, strict=True)
    ]
    return Made(base, quotes, moved)


def fill(connection: Any, real: Pool, signals: int) -> None:
    """Write everything, index the words, and leave the tables analysed. The index of vectors is not made here."""
    register_vector(connection)
    for index in ("signal_words", "passage_words"):
        connection.execute(f"DROP INDEX {index}")
    connection.execute("INSERT INTO source (id, name, made_at) VALUES (1, 'Filled', now())")
    _deals(connection)
    _themes(connection, real)
    _documents(connection, signals // SIGNALS_A_DOCUMENT)
    for start in range(0, signals, BATCH):
        _signals(connection, real, start, min(BATCH, signals - start))
    connection.execute("SET maintenance_work_mem = '1GB'")
    connection.execute("CREATE INDEX signal_words ON signal USING gin (words)")
    connection.execute("CREATE INDEX passage_words ON passage USING gin (search)")
    connection.execute("VACUUM ANALYZE")


def _deals(connection: Any) -> None:
    accounts = [
        (n, 1, f"A-{n}", company(n), company(n).lower(), "", "", "", "", "", "{}") for n in range(1, ACCOUNTS + 1)
    ]
    copy_in(
        connection,
        "account (id, source_id, external_id, name, name_key, domain, industry, segment, region, owner_name, extra)",
        accounts,
    )
    chance = np.random.default_rng(3)
    states, segments = chance.integers(3, size=DEALS), chance.integers(3, size=DEALS)
    copy_in(
        connection,
        "deal (id, source_id, external_id, name, account_id, state, stage, currency, value_note, segment, region, "
        "competitor, stated_reason, extra)",
        [
            (n + 1, 1, f"D-{n}", f"Deal {n}", 1 + n % ACCOUNTS, STATES[states[n]], "", "EUR", "",
             SEGMENTS[segments[n]], "", "", "", "{}")
            for n in range(DEALS)
        ],
    )  # fmt: skip


def _themes(connection: Any, real: Pool) -> None:
    rows = []
    for group in range(real.groups.max() + 1):
        members = np.flatnonzero(real.groups == group)
        centre = HalfVector(real.vectors[members].mean(axis=0))
        rows.append((group + 1, real.texts[members[0]][:60], "", "", "{}", 0, centre, 0.4, "{}", False, False, False))
    columns = "id, name, given_name, owner, terms, area, centre, floor, typical, retired, pinned, hidden"
    with connection.cursor() as cursor:
        cursor.executemany(
            f"INSERT INTO theme ({columns}, proposed_name, proposed_from, trend, made_at) "
            f"VALUES ({', '.join(['%s'] * 12)}, '', '{{}}', '', now())",
            rows,
        )


def _documents(connection: Any, count: int) -> None:
    chance = np.random.default_rng(4)
    deals, days = chance.integers(1, DEALS + 1, size=count), chance.integers(1_200, size=count)
    first = datetime(2023, 7, 1, 10, tzinfo=UTC)
    copy_in(
        connection,
        "document (id, source_id, external_id, content_hash, kind, title, happened_at, account_id, deal_id, link, "
        "link_why, link_confidence, named_account, named_deal, linked_by, participants, customer_words, file, read_by, "
        "extra)",
        [
            (n + 1, 1, f"call-{n}", str(n), "call", f"Call {n}", first + timedelta(days=int(days[n])),
             1 + (int(deals[n]) - 1) % ACCOUNTS, int(deals[n]), "sure", "", 1.0, "", "", "", "[]", 400, "filled",
             "filled", "{}")
            for n in range(count)
        ],
    )  # fmt: skip


def _signals(connection: Any, real: Pool, start: int, count: int) -> None:
    """Passages of two signals each, and after every tenth one without any."""
    new, chance = made(real, count, seed=start), np.random.default_rng(start + 1)
    numbers = [1 + (start + at) // SIGNALS_A_PASSAGE for at in range(count)]
    documents = [1 + (start + at) // SIGNALS_A_DOCUMENT for at in range(count)]
    us = chance.random(count) < 0.2
    copy_in(connection, "passage (id, document_id, ordinal, start, text, speaker, side, spoken)",
          _passages(new.quotes, numbers, documents, us, real))  # fmt: skip
    kinds = np.minimum(chance.geometric(0.25, size=count) - 1, len(KINDS) - 1)
    unsorted, dismissed = chance.random((2, count)) < np.array([[0.15], [0.001]])
    even = [round(1 / len(KINDS), 3)] * len(KINDS)
    signs = np.where(new.vectors > 0, "1", "0")
    rows = (
        (start + at + 1, numbers[at], documents[at], 0 if at % 2 == 0 else len(new.quotes[at - 1]) + 1,
         len(new.quotes[at]) + (0 if at % 2 == 0 else len(new.quotes[at - 1]) + 1), new.quotes[at], KINDS[kinds[at]],
         even, 0.5, "", "us" if us[at - at % 2] else "customer", bool(dismissed[at]),
         None if unsorted[at] else int(real.groups[new.base[at]]) + 1, 0.5, "singular" if unsorted[at] else "",
         "".join(signs[at]))
        for at in range(count)
    )  # fmt: skip
    columns = 'id, passage_id, document_id, start, "end", quote, kind, kinds, strength, about, side, dismissed, '
    copy_in(
        connection,
        f"signal ({columns} theme_id, fit, unsorted_why, signs)",
        rows,
    )
    vectors = ((start + at + 1, HalfVector(new.vectors[at])) for at in range(count))
    copy_in(connection, "signal_vector (signal_id, vector)", vectors, ("int8", "halfvec"))


def _passages(
    quotes: Sequence[str], numbers: Sequence[int], documents: Sequence[int], us: NDArray[np.bool_], real: Pool
) -> Iterator[tuple[object, ...]]:
    for at in range(0, len(quotes), SIGNALS_A_PASSAGE):
        side = "us" if us[at] else "customer"
        yield (numbers[at], documents[at], numbers[at], 0, " ".join(quotes[at : at + 2]), "Kim", side, True)
        if numbers[at] % SILENT_EVERY == 0:
            silent = f"By the way, {real.texts[numbers[at] % len(real.texts)]}"
            yield (10**9 + numbers[at], documents[at], 10**9 + numbers[at], 0, silent, "Sam", "us", True)


def copy_in(connection: Any, into: str, rows: Any, types: Sequence[str] = ()) -> None:
    """types: the columns', where they are sent in binary, as vectors should be."""
    form = " WITH (FORMAT BINARY)" if types else ""
    with connection.transaction(), connection.cursor().copy(f"COPY {into} FROM STDIN{form}") as copy:
        if types:
            copy.set_types(types)
        for row in rows:
            copy.write_row(row)
