"""Doubtful, crowded and costly signals come first, and no sentence twice."""

import numpy as np
import pytest

from winward.engine.reading.worth_checking import doubts, worth_checking

CERTAIN, DOUBTFUL = [0.99, 0.01, 0.01], [0.5, 0.01, 0.01]


def around(centre: int, count: int, seed: int = 0) -> np.ndarray:
    """Unit vectors near one of the axes."""
    vectors = np.random.default_rng(seed).normal(0, 0.02, (count, 32))
    vectors[:, centre] += 1
    return (vectors / np.linalg.norm(vectors, axis=1, keepdims=True)).astype(np.float32)


def chances(*rows: list[float]) -> np.ndarray:
    return np.array(rows, np.float32)


def test_doubt_is_entropy_or_a_close_second() -> None:
    found = doubts(chances([0.5, 0, 0], [0.99, 0, 0], [0.99, 0.98, 0], [0.01, 0, 0]))
    assert found[0] == pytest.approx(1)
    assert found[1] < 0.1
    assert found[2] > 0.95
    assert found[3] < 0.1


def test_the_doubtful_come_before_the_certain() -> None:
    vectors = np.concatenate([around(0, 1), around(1, 1)])
    picks = worth_checking(vectors, chances(CERTAIN, DOUBTFUL), np.zeros(2, np.float32), 2)
    assert [pick.row for pick in picks] == [1, 0]


def test_of_the_equally_doubtful_those_with_many_like_them_come_first() -> None:
    vectors = np.concatenate([around(0, 1), around(1, 9)])
    picks = worth_checking(vectors, chances(*[DOUBTFUL] * 10), np.zeros(10, np.float32), 1)
    assert picks[0].row > 0
    assert len(picks[0].alike) == 8
    assert picks[0].row not in picks[0].alike


def test_what_hangs_on_a_signal_brings_it_forward() -> None:
    vectors = np.concatenate([around(0, 1), around(1, 1)])
    picks = worth_checking(vectors, chances(DOUBTFUL, DOUBTFUL), np.array([0, 1], np.float32), 1)
    assert picks[0].row == 1


def test_the_same_thing_is_not_asked_ten_times() -> None:
    vectors = np.concatenate([around(0, 50), around(1, 5), around(2, 5)])
    picks = worth_checking(vectors, chances(*[DOUBTFUL] * 60), np.zeros(60, np.float32), 3)
    assert {pick.row // 50 + (pick.row >= 55) for pick in picks} == {0, 1, 2}


def test_few_and_none() -> None:
    assert worth_checking(np.zeros((0, 32), np.float32), chances().reshape(0, 3), np.zeros(0, np.float32), 10) == []
    assert len(worth_checking(around(0, 2), chances(CERTAIN, CERTAIN), np.zeros(2, np.float32), 10)) == 2
