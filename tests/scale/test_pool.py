"""The pool gives what one process gives, in the same order, whatever happens to its processes."""

import os
import time
from collections.abc import Iterator
from pathlib import Path

import pyarrow as pa
import pytest

from tests.scale.planted import Deadly, Refusing, Slow, planted, texts
from winward.engine.reading import PASSAGES
from winward.scale import Stopped, read_here, read_in_pool

PIECES, SIZE = 12, 40


def pieces() -> Iterator[tuple[str, pa.RecordBatch]]:
    for at in range(PIECES):
        said = texts(SIZE, start=at * SIZE)
        yield f"piece {at}", pa.record_batch([range(SIZE), said, ["customer"] * SIZE], schema=PASSAGES)


def test_the_pool_gives_the_rows_of_one_process_in_their_order() -> None:
    here = list(read_here(pieces(), planted()))
    assert sum(found.num_rows for _, found in here) == PIECES * SIZE * 4 // 5
    assert list(read_in_pool(pieces(), planted(), processes=2)) == here


def test_what_a_killed_process_was_reading_is_read_again(tmp_path: Path) -> None:
    here = list(read_here(pieces(), planted()))
    reader = planted(Deadly(tmp_path, "person 100.", times=2))
    assert list(read_in_pool(pieces(), reader, processes=2)) == here
    killed = {int(path.name) for path in tmp_path.iterdir()}
    assert len(killed) == 2
    assert not any(alive(process) for process in killed)


def test_a_piece_that_kills_every_process_ends_the_reading_and_is_named(tmp_path: Path) -> None:
    reader = planted(Deadly(tmp_path, "person 100.", times=99))
    with pytest.raises(Stopped, match=r"piece 2 ended 3 times \(exit code -9\)"):
        list(read_in_pool(pieces(), reader, processes=2))
    assert len(list(tmp_path.iterdir())) == 3


def test_what_the_reader_raises_is_raised() -> None:
    with pytest.raises(ValueError, match="not today"):
        list(read_in_pool(pieces(), planted(Refusing()), processes=2))


def test_whoever_stops_listening_stops_the_processes(tmp_path: Path) -> None:
    found = read_in_pool(pieces(), planted(Slow(tmp_path, seconds=0.2)), processes=2)
    next(found)
    started = [int(path.name) for path in tmp_path.iterdir()]
    assert started
    found.close()
    assert not any(alive(process) for process in started)


def test_no_more_than_a_few_pieces_are_in_hand() -> None:
    taken = 0

    def counted() -> Iterator[tuple[str, pa.RecordBatch]]:
        nonlocal taken
        for piece in pieces():
            taken += 1
            yield piece

    for given, _ in enumerate(read_in_pool(counted(), planted(), processes=2), start=1):
        assert taken - given < 4


def alive(process: int) -> bool:
    """Waits a little for one that was told to end."""
    for _ in range(50):
        try:
            os.kill(process, 0)
        except ProcessLookupError:
            return False
        time.sleep(0.1)
    return True
