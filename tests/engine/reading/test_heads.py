"""Which kinds a sentence has, by its chances: reached, or likely enough to be heard at all."""

import numpy as np
import pytest

from winward.engine.reading import KINDS, Heads
from winward.engine.reading.batches import VECTOR_SIZE
from winward.engine.reading.features import FEATURES


@pytest.fixture
def heads() -> Heads:
    """An objection has to be surer than anything else."""
    thresholds = np.full(len(KINDS), 0.4, np.float32)
    thresholds[KINDS.index("objection")] = 0.8
    ones = np.ones(len(KINDS), np.float32)
    return Heads(np.zeros((len(KINDS), VECTOR_SIZE + FEATURES), np.float32), -ones, ones, 0 * ones, thresholds)


def kinds(heads: Heads, **chances: float) -> set[str]:
    row = np.array([[chances.get(kind, 0.01) for kind in KINDS]], np.float32)
    return {kind for kind, has in zip(KINDS, heads.called(row)[0], strict=True) if has}


def test_a_sentence_has_each_kind_that_reaches_its_threshold(heads: Heads) -> None:
    assert kinds(heads, need=0.5, objection=0.9, pain=0.3) == {"need", "objection"}


def test_what_may_be_an_objection_is_heard_under_its_likeliest_plain_kind(heads: Heads) -> None:
    assert kinds(heads, objection=0.6, pain=0.2, need=0.1, decision=0.3) == {"pain"}


def test_several_weak_hints_together_are_worth_hearing(heads: Heads) -> None:
    assert kinds(heads, need=0.35, request=0.3) == {"need"}


def test_one_weak_hint_is_not(heads: Heads) -> None:
    assert kinds(heads, need=0.3) == set()
