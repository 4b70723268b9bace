import numpy as np

from winward.engine.themes import Lineage, keep_identity, lineage


def _ids(*groups: tuple[int, int]) -> np.ndarray:
    return np.concatenate([np.full(size, label) for label, size in groups])


def _events(previous: np.ndarray, current: np.ndarray) -> tuple[Lineage, ...]:
    previous, current = previous.astype(np.int64), current.astype(np.int32)
    fit = np.linspace(1, 0.5, len(current), dtype=np.float32)
    return lineage(previous, current, keep_identity(previous, current), fit)


def test_ids_are_kept_whatever_the_new_numbers_are() -> None:
    previous, current = _ids((70, 30), (12, 20), (-1, 5)), _ids((1, 30), (0, 20), (-1, 5))
    assert keep_identity(previous.astype(np.int64), current.astype(np.int32)) == (12, 70)
    assert {event.kind for event in _events(previous, current)} == {"continued"}


def test_growth_alone_changes_no_id_and_is_no_event() -> None:
    previous, current = _ids((4, 10), (-1, 90)), np.zeros(100)
    assert keep_identity(previous.astype(np.int64), current.astype(np.int32)) == (4,)
    assert _events(previous, current) == (Lineage("continued", 4, 0, 10, 1.0, (0, 1, 2)),)


def test_a_split_keeps_the_id_with_the_larger_part() -> None:
    events = _events(_ids((9, 50)), _ids((0, 30), (1, 20)))
    assert events == (
        Lineage("continued", 9, 0, 30, 0.6, (0, 1, 2)),
        Lineage("split from", 9, 1, 20, 1.0, (30, 31, 32)),
    )


def test_a_merge_keeps_the_id_of_the_larger_part() -> None:
    events = _events(_ids((5, 30), (6, 20)), np.zeros(50))
    assert events == (
        Lineage("continued", 5, 0, 30, 1.0, (0, 1, 2)),
        Lineage("merged into", 6, 0, 20, 1.0, (30, 31, 32)),
    )


def test_what_nobody_said_before_is_new_and_what_fell_apart_is_retired() -> None:
    events = _events(_ids((3, 12), (-1, 8)), _ids((-1, 12), (0, 8)))
    assert [event.kind for event in events] == ["new", "retired"]
    assert all(event.rows == () for event in events)


def test_without_a_before_or_a_now_nothing_breaks() -> None:
    assert keep_identity(np.array([], dtype=np.int64), np.array([], dtype=np.int32)) == ()
    assert [event.kind for event in _events(np.full(4, -1), np.array([0, 0, 1, 1]))] == ["new", "new"]
    assert [event.kind for event in _events(np.full(4, 2), np.full(4, -1))] == ["retired"]
