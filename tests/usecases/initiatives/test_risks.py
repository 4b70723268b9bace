"""Risks by size; one that comes true makes a step, both or neither."""

from collections.abc import Callable

import pytest

from tests.aligning import Aligning
from tests.cast import TODAY
from winward.records import initiative_rows
from winward.records.decisions import Audit
from winward.records.initiatives import Risk, Step
from winward.usecases import decide
from winward.usecases.initiatives.risks import (
    add_risk,
    change_risk,
    fire_risk,
    list_risks,
    remove_risk,
    settle_risk,
    top_risks,
)
from winward.usecases.list_decisions import list_decisions
from winward.usecases.quotes import NotFound

pytestmark = pytest.mark.django_db


def test_the_likeliest_and_worst_first_and_what_came_true_before_all(aligning: Aligning) -> None:
    number = aligning.initiative.pk
    for what, likelihood, severity in (("small", "low", "low"), ("worst", "high", "high"), ("dire", "low", "high")):
        add_risk(number, "ana", what=what, likelihood=likelihood, severity=severity)
    conflict = "Conflicts when two edit"
    assert [row.what for row in list_risks(number)] == ["worst", conflict, "dire", "small"]
    by_name = {row.what: row.id for row in list_risks(number)}
    settle_risk(by_name["worst"], "closed", "ana")
    fire_risk(by_name["small"], "ana", "ines", TODAY)
    assert [row.what for row in list_risks(number)] == ["small", conflict, "dire", "worst"]
    assert [row.what for row in top_risks(number, 2)] == ["small", conflict]


def test_one_that_comes_true_is_fired_and_makes_a_step_and_both_go_back_together(aligning: Aligning) -> None:
    risk = aligning.initiative.risks.get()
    step, decision = fire_risk(risk.pk, "ana", "ines", TODAY, "Ask two pilots to stop")
    made = Step.objects.get(pk=step)
    assert (made.what, made.owner, made.due_on, made.initiative) == (
        "Ask two pilots to stop", "ines", TODAY, aligning.initiative,
    )  # fmt: skip
    assert (made.removed, Risk.objects.get(pk=risk.pk).state) == (False, "fired")
    assert Audit.objects.count() == 1
    said = list_decisions().rows[0]
    assert (said.words, said.page, said.id) == (
        "a risk came true, and a step was made of it", "initiative", aligning.initiative.pk,
    )  # fmt: skip
    undoing = decide.undo(decision.audit, "ana")
    assert (Step.objects.get(pk=step).removed, Risk.objects.get(pk=risk.pk).state) == (True, "open")
    decide.undo(undoing.audit, "ana")
    assert (Step.objects.get(pk=step).removed, Risk.objects.get(pk=risk.pk).state) == (False, "fired")


def test_neither_is_written_where_writing_breaks_off(aligning: Aligning, monkeypatch: pytest.MonkeyPatch) -> None:
    risk = aligning.initiative.risks.get()
    write = initiative_rows.write_firing

    def break_off(number: int, values: dict[str, object]) -> None:
        write(number, values)
        raise ConnectionError

    monkeypatch.setattr(initiative_rows, "write_firing", break_off)
    with pytest.raises(ConnectionError):
        fire_risk(risk.pk, "ana", "ines", TODAY)
    assert (Risk.objects.get(pk=risk.pk).state, Step.objects.count(), Audit.objects.count()) == ("open", 0, 0)


def test_it_comes_true_once_and_needs_somebody_and_a_day(aligning: Aligning) -> None:
    risk = aligning.initiative.risks.get()
    for owner, day in (("", TODAY), ("ines", None)):
        with pytest.raises(ValueError, match="Name who acts"):
            fire_risk(risk.pk, "ana", owner, day)
    change_risk(risk.pk, "ana", owner="mara", reduced="Lock the order")
    step, _ = fire_risk(risk.pk, "ana", "", TODAY)
    assert Step.objects.values_list("what", "owner").get(pk=step) == ("Lock the order", "mara")
    with pytest.raises(ValueError, match="already"):
        fire_risk(risk.pk, "ana", "mara", TODAY)


def test_after_it_was_closed_the_firing_cant_be_undone(aligning: Aligning) -> None:
    risk = aligning.initiative.risks.get()
    _, decision = fire_risk(risk.pk, "ana", "ines", TODAY)
    settle_risk(risk.pk, "closed", "ana")
    with pytest.raises(decide.ChangedSince):
        decide.undo(decision.audit, "ana")


def test_it_is_changed_taken_away_and_brought_back(aligning: Aligning) -> None:
    risk = aligning.initiative.risks.get()
    change_risk(risk.pk, "ana", severity="high")
    assert change_risk(risk.pk, "ana", severity="high") is None
    assert list_risks(aligning.initiative.pk)[0].size == 9
    gone = remove_risk(risk.pk, "ana")
    assert gone
    assert list_risks(aligning.initiative.pk) == []
    with pytest.raises(NotFound):
        change_risk(risk.pk, "ana", owner="x")
    decide.undo(gone.audit, "ana")
    assert len(list_risks(aligning.initiative.pk)) == 1


@pytest.mark.parametrize(
    "wrong",
    [
        lambda number: add_risk(number, "ana"),
        lambda number: add_risk(number, "ana", what=" "),
        lambda number: add_risk(number, "ana", what="Late", likelihood="certain"),
        lambda number: add_risk(number, "ana", what="Late", colour="red"),
        lambda number: settle_risk(Risk.objects.get().pk, "fired", "ana"),
    ],
)
def test_what_makes_no_sense_is_refused(wrong: Callable[[int], object], aligning: Aligning) -> None:
    with pytest.raises(ValueError):  # noqa: PT011
        wrong(aligning.initiative.pk)
