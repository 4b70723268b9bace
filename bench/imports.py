"""How long 100,000 deals and 1,000,000 passages take to come in, in what memory, and that a second time adds nothing.

    python -m bench.imports [--scale 0.1]

The files are made here and brought in by `winward import` as a process of its own. Beside it stands the least that the
database can do: the same rows, read from a file, by one plain COPY into the same empty tables.
"""

import argparse
import tempfile
from pathlib import Path
from typing import Any

import psycopg
from bench.material import write_calls, write_crm, write_transcripts
from bench.workspaces import Watched, address, load, print_table, throwaway, timed, winward

DEALS, DOCUMENTS, TURNS, FILES = 100_000, 20_000, 50, 4
SINGLE_CALLS = 1_000
HEADINGS = ("what", "seconds", "rows/s", "peak MiB", "at 25%", "50%", "75%", "100%", "new", "changed")


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--scale", type=float, default=1.0)
    scale = parser.parse_args().scale
    with tempfile.TemporaryDirectory() as files, throwaway("imports") as folder:
        crm, calls = Path(files) / "crm", Path(files) / "calls"
        write_crm(crm, int(DEALS * scale))
        write_transcripts(calls, int(DOCUMENTS * scale), TURNS, FILES)
        single = Path(files) / "single"
        write_calls(single, int(SINGLE_CALLS * scale), TURNS)
        rows = _brought_in(crm, calls, single, scale)
        print(f"import ({load()})")
        print_table(HEADINGS, [_line(*row) for row in rows])
        print()
        print_table(("plain COPY of the same rows", "seconds"), _plain(address(folder), Path(files)))


def _brought_in(crm: Path, calls: Path, single: Path, scale: float) -> list[tuple[str, Watched, int]]:
    deals, passages, alone = int(DEALS * scale), int(DOCUMENTS * scale) * TURNS, int(SINGLE_CALLS * scale)
    return [
        (f"{deals:,} deals", winward("import", str(crm)), deals),
        ("the same again", winward("import", str(crm)), deals),
        (f"{passages:,} passages", winward("import", str(calls)), passages),
        ("the same again", winward("import", str(calls)), passages),
        (f"{alone:,} calls, a file each", winward("import", str(single)), alone),
    ]


def _line(what: str, run: Watched, count: int) -> tuple[str, ...]:
    resident = [f"{run.resident_at(share):.0f}" for share in (0.25, 0.5, 0.75, 1.0)]
    added, changed = (sum(one[name] for one in run.said) for name in ("added", "changed"))
    speed = f"{count / run.seconds:,.0f}"
    return (what, f"{run.seconds:.1f}", speed, f"{run.peak:.0f}", *resident, f"{added:,}", f"{changed:,}")


def _plain(database: str, files: Path) -> list[tuple[str, str]]:
    """The floor: everything copied out, and copied back into the emptied tables; then without the index of words."""
    with psycopg.connect(database, autocommit=True) as connection:
        documents = _copied_out(connection, "document", files)
        passages = _copied_out(connection, "passage", files)
        connection.execute("TRUNCATE document CASCADE")
        figures = [("documents", timed(lambda: _copied_in(connection, *documents)))]
        figures.append(("passages", timed(lambda: _copied_in(connection, *passages))))
        connection.execute("TRUNCATE passage CASCADE")
        connection.execute("DROP INDEX passage_words")
        figures.append(("passages, without the index of words", timed(lambda: _copied_in(connection, *passages))))
        built = "CREATE INDEX passage_words ON passage USING gin (search)"
        figures.append(("the index of words built at once", timed(lambda: connection.execute(built))))
    return [(what, f"{seconds:.1f}") for what, seconds in figures]


def _copied_out(connection: Any, table: str, files: Path) -> tuple[str, Path]:
    """The table's rows in a file, and the statement that reads it. Generated columns are left to the database."""
    stored = """SELECT string_agg(quote_ident(column_name), ', ') FROM information_schema.columns
                WHERE table_name = %s AND table_schema = 'public' AND is_generated = 'NEVER'"""
    names, path = connection.execute(stored, [table]).fetchone()[0], files / f"{table}.copy"
    with connection.cursor().copy(f"COPY {table} ({names}) TO STDOUT") as copy, path.open("wb") as file:
        for block in copy:
            file.write(block)
    return f"COPY {table} ({names}) FROM STDIN", path


def _copied_in(connection: Any, statement: str, path: Path) -> None:
    with connection.cursor().copy(statement) as copy, path.open("rb") as file:
        while block := file.read(1 << 20):
            copy.write(block)


if __name__ == "__main__":
    main()
