"""Decisions are kept apart from what is computed, leave an audit row, and can be undone."""

import pytest

from tests.cast import Cast
from winward.records.decisions import Audit, Correction
from winward.usecases import correct, decide
from winward.usecases.quotes import NotFound


def test_a_renamed_theme_keeps_its_computed_name(cast: Cast) -> None:
    decide.rename_theme(cast.export.pk, " Offline ", by="eda")
    cast.export.refresh_from_db()
    assert (cast.export.name, cast.export.given_name) == ("Export without a network", "Offline")
    audit = Audit.objects.get()
    assert (audit.who, audit.subject, audit.before, audit.after) == (
        "eda",
        f"theme:{cast.export.pk}",
        {"given_name": ""},
        {"given_name": "Offline"},
    )


def test_what_changes_nothing_leaves_no_trace(cast: Cast) -> None:
    assert decide.rename_theme(cast.export.pk, cast.export.name, by="eda") is None
    assert not Audit.objects.exists()


def test_a_corrected_kind_outlives_the_signal(cast: Cast) -> None:
    signal = cast.signals["acme export"]
    correct.correct_signal(signal.pk, "need", by="eda")
    signal.refresh_from_db()
    assert signal.kind == "need"
    correction = Correction.objects.get()
    assert (correction.document_id, correction.quote, correction.kind) == (signal.document_id, signal.quote, "need")


def test_each_decision_can_be_undone(cast: Cast) -> None:
    signal, note = cast.signals["acme export"], cast.documents["Note on Elm"]
    made = [
        decide.own_theme(cast.export.pk, "Eda", by="eda"),
        correct.dismiss_signal(signal.pk, by="eda"),
        decide.link_document(note.pk, None, None, by="eda"),
    ]
    for decision in made:
        assert decision is not None
        decide.undo(decision.audit, by="eda")
    for row in (cast.export, signal, note):
        row.refresh_from_db()
    assert (cast.export.owner, signal.dismissed, note.link, note.linked_by) == ("", False, "unsure", "")
    assert not Correction.objects.exists()
    assert Audit.objects.count() == 6


def test_undoing_never_overwrites_a_later_decision(cast: Cast) -> None:
    first = decide.own_theme(cast.export.pk, "Eda", by="eda")
    assert first is not None
    decide.own_theme(cast.export.pk, "Vic", by="vic")
    with pytest.raises(decide.ChangedSince):
        decide.undo(first.audit, by="eda")


def test_a_link_to_a_deal_brings_its_account(cast: Cast) -> None:
    note = cast.documents["Note on Elm"]
    decide.link_document(note.pk, None, cast.deals["ACME-2"].pk, by="eda")
    note.refresh_from_db()
    assert (note.account, note.link, note.linked_by) == (cast.accounts["Acme"], "sure", "eda")


def test_what_is_not_there_or_no_kind_is_refused(cast: Cast) -> None:
    with pytest.raises(NotFound):
        decide.rename_theme(0, "x", by="eda")
    with pytest.raises(NotFound):
        decide.link_document(cast.documents["Note on Elm"].pk, None, 0, by="eda")
    with pytest.raises(ValueError, match="is no kind"):
        correct.correct_signal(cast.signals["acme export"].pk, "joy", by="eda")
