"""The hand-made sentences: what must go goes, and what only looks like it stays."""

import pytest

from tests.engine.redaction.measured import PSEUDONYMS, Case, cases
from winward.engine.redaction import redact

KNOWN, CASES = cases()


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.text[:40])
def test_each_sentence_loses_what_is_marked_and_nothing_else(case: Case) -> None:
    assert {(one.start, one.end, one.kind) for one in redact(case.text, KNOWN, PSEUDONYMS).replaced} == case.marked


def test_there_are_as_many_look_alikes_as_there_is_need_for() -> None:
    assert len(CASES) >= 200
    assert sum(not case.marked for case in CASES) >= 70
