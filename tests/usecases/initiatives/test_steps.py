"""Next steps: one verb, one owner, one day; tied to what they are for."""

from datetime import date, timedelta

import pytest

from tests.aligning import Aligning
from tests.cast import TODAY, Cast
from winward.records.initiatives import Initiative, Risk, Step
from winward.records.themes import Theme
from winward.usecases import decide
from winward.usecases.initiatives.steps import (
    add_step,
    change_step,
    finish_step,
    list_steps,
    my_steps,
    next_step,
    remove_step,
    steps_of,
)
from winward.usecases.quotes import NotFound

pytestmark = pytest.mark.django_db


def add(aligning: Aligning, what: str, owner: str = "ana", days: int | None = 3) -> int:
    due = TODAY + timedelta(days=days) if days is not None else None
    return add_step(what, "ana", {"initiative": aligning.initiative.pk}, owner, due)[0]


def test_the_one_next_step_is_the_first_due_that_somebody_has(aligning: Aligning) -> None:
    add(aligning, "Nobody does this", owner="", days=1)
    add(aligning, "Some day", days=None)
    add(aligning, "Later", days=20)
    first = add(aligning, "Ask Otto", days=4)
    rows = steps_of("initiative", aligning.initiative.pk, TODAY)
    following = next_step(rows)
    assert following
    assert following.id == first
    finish_step(first, "ana", TODAY)
    after = next_step(steps_of("initiative", aligning.initiative.pk, TODAY))
    assert after
    assert after.what == "Later"


def test_without_owner_or_day_it_is_kept_but_no_step_yet(aligning: Aligning) -> None:
    _, decision = add_step("Call Acme", "ana", {"initiative": aligning.initiative.pk})
    assert decision.sentence == "Kept, but not yet a step: Call Acme (nobody yet, no day)."
    row = list_steps(TODAY).rows[0]
    assert (row.when, row.lacks) == ("not yet a step", "an owner and a day")
    assert next_step([row]) is None


def test_steps_by_when_and_owner(aligning: Aligning) -> None:
    for what, owner, days in (("a", "Ana", -2), ("b", "ana", 7), ("c", "ines", 8), ("d", "ines", None)):
        add(aligning, what, owner, days)
    assert [(row.what, row.when) for row in list_steps(TODAY).rows] == [
        ("a", "overdue"), ("b", "next 7 days"), ("c", "later"), ("d", "not yet a step"),
    ]  # fmt: skip
    assert list_steps(TODAY).sentence == (
        "4 open steps: 1 overdue; 1 due within 7 days; 1 without an owner or a day, so not yet a step."
    )
    assert [row.what for row in list_steps(TODAY, owner="ANA").rows] == ["a", "b"]
    assert [row.what for row in list_steps(TODAY, when="overdue").rows] == ["a"]
    assert list_steps(TODAY, owner="otto").sentence == "No open steps of otto."
    assert [row.what for row in my_steps("ana", TODAY, most=1).rows] == ["a"]


def test_a_step_is_due_to_the_end_of_its_day(aligning: Aligning) -> None:
    add(aligning, "Today", days=0)
    assert list_steps(TODAY).rows[0].when == "next 7 days"


def test_done_open_again_and_taken_away(aligning: Aligning) -> None:
    number = add(aligning, "Ask Otto")
    done = finish_step(number, "ana", TODAY)
    assert done
    assert list_steps(TODAY).rows == ()
    assert [row.when for row in list_steps(TODAY, when="done").rows] == ["done"]
    decide.undo(done.audit, "ana")
    assert [row.id for row in list_steps(TODAY).rows] == [number]
    gone = remove_step(number, "ana")
    assert gone
    with pytest.raises(NotFound):
        finish_step(number, "ana", TODAY)
    decide.undo(gone.audit, "ana")
    assert list_steps(TODAY).rows


def test_only_what_is_said_changes(aligning: Aligning) -> None:
    number = add(aligning, "Ask Otto")
    change_step(number, "ana", owner="ines")
    change_step(number, "ana", due_on="")
    now = Step.objects.get(pk=number)
    assert (now.what, now.owner, now.due_on) == ("Ask Otto", "ines", None)
    with pytest.raises(ValueError):  # noqa: PT011
        change_step(number, "ana", what="  ")


def test_it_is_tied_to_what_is_there(aligning: Aligning, cast: Cast) -> None:
    risk = aligning.initiative.risks.get()
    ties = {"risk": risk.pk, "deal": cast.deals["ACME-2"].pk}
    number = add_step("Ask a tester", "ana", ties, "ana", date(2026, 10, 2))[0]
    step = Step.objects.get(pk=number)
    assert (step.initiative, step.risk, step.deal) == (aligning.initiative, risk, cast.deals["ACME-2"])
    assert [row.id for row in steps_of("deal", cast.deals["ACME-2"].pk, TODAY)] == [number]
    Risk.objects.update(removed=True)
    refused = (({}, ValueError), ({"planet": 3}, ValueError), ({"theme": 999}, NotFound), ({"risk": risk.pk}, NotFound))
    for wrong, problem in refused:
        with pytest.raises(problem):
            add_step("Ask", "ana", wrong)


def test_the_steps_of_what_was_taken_away_are_out(aligning: Aligning) -> None:
    add(aligning, "Ask Otto")
    Initiative.objects.update(removed=True)
    assert list_steps(TODAY).rows == ()


def test_a_step_of_a_theme_leads_there(cast: Cast) -> None:
    Theme.objects.filter(pk=cast.export.pk).update(given_name="Offline")
    add_step("Ask for a demo", "ana", {"theme": cast.export.pk}, "ana", TODAY)
    row = list_steps(TODAY).rows[0]
    assert (row.page, row.page_id, row.about) == ("theme", cast.export.pk, "Offline")
