import numpy as np

from winward.engine.themes import Lineage, keep_identity


def _ids(*groups: tuple[int, int]) -> np.ndarray:
    return np.concatenate([np.full(size, label) for label, size in groups])


def test_ids_are_kept_whatever_the_new_numbers_are() -> None:
    previous = _ids((70, 30), (12, 20), (-1, 5)).astype(np.int64)
    current = _ids((1, 30), (0, 20), (-1, 5)).astype(np.int32)
    identity = keep_identity(previous, current)
    assert identity.ids == (12, 70)
    assert {event.kind for event in identity.events} == {"continued"}


def test_growth_alone_changes_no_id_and_is_no_event() -> None:
    previous = _ids((4, 10), (-1, 90)).astype(np.int64)
    identity = keep_identity(previous, np.zeros(100, dtype=np.int32))
    assert identity.ids == (4,)
    assert identity.events == (Lineage("continued", 4, 0, 10, 1.0),)


def test_a_split_keeps_the_id_with_the_larger_part() -> None:
    previous = _ids((9, 50)).astype(np.int64)
    identity = keep_identity(previous, _ids((0, 30), (1, 20)).astype(np.int32))
    assert identity.ids == (9, None)
    assert identity.events == (Lineage("continued", 9, 0, 30, 0.6), Lineage("split from", 9, 1, 20, 1.0))


def test_a_merge_keeps_the_id_of_the_larger_part() -> None:
    previous = _ids((5, 30), (6, 20)).astype(np.int64)
    identity = keep_identity(previous, np.zeros(50, dtype=np.int32))
    assert identity.ids == (5,)
    assert identity.events == (Lineage("continued", 5, 0, 30, 1.0), Lineage("merged into", 6, 0, 20, 1.0))


def test_what_nobody_said_before_is_new_and_what_fell_apart_is_retired() -> None:
    previous = _ids((3, 12), (-1, 8)).astype(np.int64)
    identity = keep_identity(previous, _ids((-1, 12), (0, 8)).astype(np.int32))
    assert identity.ids == (None,)
    assert [event.kind for event in identity.events] == ["new", "retired"]


def test_without_a_before_or_a_now_nothing_breaks() -> None:
    nothing, unsorted = np.array([], dtype=np.int64), np.full(4, -1)
    assert keep_identity(nothing, nothing.astype(np.int32)).ids == ()
    first = keep_identity(unsorted.astype(np.int64), np.array([0, 0, 1, 1], dtype=np.int32))
    assert [event.kind for event in first.events] == ["new", "new"]
    last = keep_identity(np.array([2, 2, 2, 2], dtype=np.int64), unsorted.astype(np.int32))
    assert [event.kind for event in last.events] == ["retired"]
