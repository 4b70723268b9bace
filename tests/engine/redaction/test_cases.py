"""The hand-made sentences: what must go goes, and what only looks like it stays."""

import pytest

from tests.engine.redaction.measured import HELD_OUT, PSEUDONYMS, Case, cases, measured
from winward.engine.redaction import redact

KNOWN, CASES = cases()


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.text[:40])
def test_each_sentence_loses_what_is_marked_and_nothing_else(case: Case) -> None:
    assert {(one.start, one.end, one.kind) for one in redact(case.text, KNOWN, PSEUDONYMS).replaced} == case.marked


def test_there_are_as_many_look_alikes_as_there_is_need_for() -> None:
    assert len(CASES) >= 200
    assert sum(not case.marked for case in CASES) >= 70


def test_sentences_that_nothing_was_fitted_to_fare_nearly_as_well() -> None:
    counts = measured(HELD_OUT).values()
    found, false, missed = (sum(getattr(count, name) for count in counts) for name in ("found", "false", "missed"))
    assert found / (found + false) >= 0.85
    assert found / (found + missed) >= 0.85
