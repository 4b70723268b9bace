"""What people write comes in, changes and goes by decisions that can be undone."""

from datetime import date

import pytest

from tests.aligning import Aligning
from winward.records.initiatives import Initiative, Risk, Step
from winward.records.themes import Theme
from winward.usecases import decide
from winward.usecases.initiatives.initiative_rows import existing, served
from winward.usecases.list_decisions import list_decisions
from winward.usecases.quotes import NotFound

pytestmark = pytest.mark.django_db


def test_what_is_added_can_be_taken_back(aligning: Aligning) -> None:
    number, decision = decide.add("risk", {"initiative_id": aligning.initiative.pk, "what": "Late"}, "ana", "Added.")
    assert not Risk.objects.get(pk=number).removed
    decide.undo(decision.audit, "ana")
    assert Risk.objects.get(pk=number).removed


def test_a_day_is_changed_and_put_back(aligning: Aligning) -> None:
    number, _ = decide.add("step", {"initiative_id": aligning.initiative.pk, "what": "Call Otto"}, "ana", "Added.")
    changed = decide.change("step", number, {"due_on": "2026-12-01"}, "ana", "Due on 1 December.")
    assert changed
    assert Step.objects.get(pk=number).due_on == date(2026, 12, 1)
    assert decide.change("step", number, {"due_on": "2026-12-01"}, "ana", "Due on 1 December.") is None
    decide.undo(changed.audit, "ana")
    assert Step.objects.get(pk=number).due_on is None


def test_lists_and_rankings_are_kept_whole(aligning: Aligning) -> None:
    seat = aligning.seats["Sol"]
    wanted = {"ranks": {"terms": [[1], [2, 3]], "options": {}}, "refused": [aligning.options["Date", "June"].pk]}
    changed = decide.change("seat", seat.pk, wanted, "ana", "Ranked.")
    before = seat.ranks
    seat.refresh_from_db()
    assert (seat.ranks, seat.refused) == (wanted["ranks"], wanted["refused"])
    assert changed
    decide.undo(changed.audit, "ana")
    seat.refresh_from_db()
    assert (seat.ranks, seat.refused) == (before, [])


def test_the_list_of_decisions_says_what_was_done_and_where(aligning: Aligning) -> None:
    risk = aligning.initiative.risks.get()
    decide.change("risk", risk.pk, {"state": "closed"}, "ana", "Closed.")
    last = list_decisions().rows[0]
    assert (last.page, last.id, last.about) == ("initiative", aligning.initiative.pk, aligning.initiative.name)
    assert last.words == "risk: state: closed"


def test_a_merged_theme_gives_way_to_the_one_it_went_into(aligning: Aligning) -> None:
    first = Theme.objects.get(pk=aligning.initiative.themes[0])
    other = Theme.objects.exclude(pk=first.pk).first()
    assert other
    Theme.objects.filter(pk=first.pk).update(merged_into=other, retired=True)
    assert [one.title for one in served(aligning.initiative)] == [other.title]


def test_a_removed_initiative_is_not_found(aligning: Aligning) -> None:
    Initiative.objects.update(removed=True)
    with pytest.raises(NotFound):
        existing(aligning.initiative.pk)
