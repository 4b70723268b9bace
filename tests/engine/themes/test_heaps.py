"""Heaps: each row lies in one, with rows that are alike to its leader."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from winward.engine.themes import heaps


def unit(rows: list[list[float]]) -> np.ndarray:
    vectors = np.array(rows, dtype=np.float32)
    return vectors / np.linalg.norm(vectors, axis=1, keepdims=True)


def test_what_is_alike_lies_together_the_nearest_first() -> None:
    vectors = unit([[1, 0, 0], [0, 1, 0], [0.8, 0.3, 0], [1, 0.05, 0], [0, 0.9, 0.1]])
    assert heaps(vectors, alike=0.9) == [[0, 3, 2], [1, 4]]


def test_nothing_makes_no_heap() -> None:
    assert heaps(np.zeros((0, 4), dtype=np.float32)) == []


@given(arrays(np.float32, (12, 3), elements=st.floats(-1, 1, width=32)), st.floats(0.1, 0.95))
def test_every_row_lies_in_one_heap_and_is_alike_to_its_leader(vectors: np.ndarray, alike: float) -> None:
    vectors = vectors / np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), 1e-6)
    found = heaps(vectors, alike)
    assert sorted(row for heap in found for row in heap) == list(range(12))
    leaders = [heap[0] for heap in found]
    assert leaders == sorted(leaders)
    for heap in found:
        for row in heap[1:]:
            assert vectors[row] @ vectors[heap[0]] >= alike - 1e-5
