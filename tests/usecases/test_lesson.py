"""The lesson of a lost deal: kept by people, audited, undone; and no loss is forgotten."""

from datetime import date

import pytest

from tests.cast import Cast
from winward.records.decisions import Audit
from winward.records.losses import Lesson
from winward.usecases import decide
from winward.usecases.lesson import learn, lesson_of
from winward.usecases.list_decisions import list_decisions
from winward.usecases.list_lessons import list_lessons
from winward.usecases.quotes import NotFound


def test_what_is_given_is_kept_and_the_rest_stays(cast: Cast) -> None:
    deal = cast.deals["ACME-1"].pk
    learn(deal, "eda", text=" Show offline export in the first demo. ", owner="Sam")
    learn(deal, "vic", state="done")
    taken = lesson_of(deal)
    assert taken is not None
    assert (taken.text, taken.owner, taken.state, taken.by) == (
        "Show offline export in the first demo.",
        "Sam",
        "done",
        "vic",
    )
    assert learn(deal, "vic", state="done") is None
    assert Audit.objects.count() == 2


def test_it_is_undone_step_by_step_until_there_is_none(cast: Cast) -> None:
    deal = cast.deals["ACME-1"].pk
    first, second = learn(deal, "eda", text="Ask early."), learn(deal, "eda", owner="Sam")
    assert first
    assert second
    decide.undo(second.audit, by="eda")
    taken = lesson_of(deal)
    assert taken is not None
    assert (taken.text, taken.owner) == ("Ask early.", "")
    decide.undo(first.audit, by="eda")
    assert lesson_of(deal) is None


def test_undoing_never_overwrites_what_somebody_wrote_since(cast: Cast) -> None:
    deal = cast.deals["ACME-1"].pk
    first = learn(deal, "eda", text="Ask early.")
    assert first
    learn(deal, "vic", text="Ask on the first day.")
    with pytest.raises(decide.ChangedSince):
        decide.undo(first.audit, by="eda")


def test_the_list_of_decisions_leads_to_it(cast: Cast) -> None:
    learn(cast.deals["ACME-1"].pk, "eda", text="Ask early.")
    made = list_decisions().rows[0]
    assert (made.page, made.id, made.about, made.words) == (
        "post-mortem",
        cast.deals["ACME-1"].pk,
        "Acme 1: platform",
        "lesson: Ask early.",
    )


def test_what_cannot_be_kept_is_refused(cast: Cast) -> None:
    with pytest.raises(NotFound):
        learn(0, "eda", text="x")
    with pytest.raises(ValueError, match="Birch 1: platform is won"):
        learn(cast.deals["BIRCH-1"].pk, "eda", text="x")
    with pytest.raises(ValueError, match="is no state"):
        learn(cast.deals["ACME-1"].pk, "eda", state="perhaps")
    with pytest.raises(ValueError, match="at most"):
        learn(cast.deals["ACME-1"].pk, "eda", text="x" * 2_001)
    assert not Audit.objects.exists()


def test_losses_without_a_lesson_come_first_and_the_largest_of_them(cast: Cast) -> None:
    found = list_lessons()
    assert [one.deal.reference for one in found.waiting] == ["COBALT-1", "ACME-1"]
    assert found.quarters == ("2026 Q3", "2026 Q2")
    assert found.sentence == "2 deals lost in 2026 Q2 and 2026 Q3 have no lesson yet. No lesson was taken so far."
    learn(cast.deals["COBALT-1"].pk, "eda", text="Ask early.", owner="Sam")
    learn(cast.deals["ACME-1"].pk, "eda", owner="Eda")
    after = list_lessons()
    assert [(one.deal.reference, one.owner) for one in after.waiting] == [("ACME-1", "Eda")]
    assert [(row.deal.reference, row.lesson.owner) for row in after.rows] == [("COBALT-1", "Sam")]


def test_that_none_is_to_be_taken_is_an_answer_and_old_losses_wait_no_longer(cast: Cast) -> None:
    learn(cast.deals["ACME-1"].pk, "eda", state="dropped")
    cast.deals["COBALT-1"].closed_on = date(2026, 3, 31)
    cast.deals["COBALT-1"].save()
    found = list_lessons()
    assert found.waiting == ()
    assert found.sentence.startswith("Every deal lost in 2026 Q2 and 2026 Q3 has its lesson.")
    assert [row.lesson.state for row in found.rows] == [Lesson.State.DROPPED]


def test_where_nothing_closed_there_is_nothing_to_learn(db: None) -> None:
    assert "nothing to learn from" in list_lessons().sentence
