"""What people say of signals is kept through reruns, other readers and newer exports, and can be taken back."""

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.db import connection

from winward.engine.reading import Reader
from winward.records.company import Company
from winward.records.decisions import Audit, Correction
from winward.records.documents import Document, Passage
from winward.records.signals import Signal
from winward.text_models import default_reader
from winward.usecases import correct, decide
from winward.usecases.bring_in import bring_in
from winward.usecases.decide import Decision
from winward.usecases.quotes import NotFound
from winward.usecases.read_evidence import read_evidence
from winward.usecases.readers import of_workspace
from winward.usecases.run import run

NOW = datetime(2026, 9, 30, tzinfo=UTC)
COSTLY = "Your price per seat is far too high for a team of our size."
OFFLINE = "We need the app to work offline, because there is no network on site."
AT_OUR_DESK = "The ledger lives on paper at the depot."
CALL = f"""Account: Dune
Date: 2026-02-03

Ada: Hello there. {COSTLY} {OFFLINE}

Sam: I see. {AT_OUR_DESK} We will send you an offer by Friday.

Ada: Good.
"""


@pytest.fixture(scope="module")
def reader() -> Reader:
    return default_reader(threads=1)


@pytest.fixture
def call(db: None, reader: Reader, tmp_path: Path) -> Path:
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    Company.objects.create(pk=1, name="Pinefield Software", currency="EUR")
    file = tmp_path / "call.txt"
    file.write_text(CALL, encoding="utf-8")
    bring_in([file])
    read_evidence(reader)
    return file


def of(words: str) -> Signal:
    return Signal.objects.get(quote=words)


def made(decision: Decision | None) -> Decision:
    assert decision is not None
    return decision


def read_by_another(reader: Reader) -> None:
    """A reader that finds nothing by itself."""
    deaf = replace(reader.heads, weights=0 * reader.heads.weights, bias=0 * reader.heads.bias - 30)
    read_evidence(replace(reader, heads=deaf, version="deaf"))


def bring_in_changed(file: Path, reader: Reader) -> None:
    file.write_text("Hm.\n\n" + CALL.replace("Hello there.", "Good morning to you all."), encoding="utf-8")
    bring_in([file])
    read_evidence(of_workspace(reader))


def test_what_is_right_is_checked_and_stays_what_it_is(call: Path, reader: Reader) -> None:
    number, kind = of(COSTLY).pk, of(COSTLY).kind
    made(correct.confirm_signal(number, by="eda"))
    assert of(COSTLY).checked
    read_by_another(reader)
    assert [(one.pk, one.kind, one.checked) for one in Signal.objects.all()] == [(number, kind, True)]


def test_another_kind_no_signal_and_other_words_hold_under_another_reader(call: Path, reader: Reader) -> None:
    costly, offline = of(COSTLY).pk, of(OFFLINE).pk
    made(correct.correct_signal(costly, "risk", by="eda"))
    made(correct.bound_signal(offline, " the app to work offline\r\n", by="eda"))
    made(correct.dismiss_signal(offline, by="eda"))
    read_by_another(reader)
    kept = {one.pk: (one.quote, one.kind, one.dismissed) for one in Signal.objects.all()}
    assert kept[costly] == (COSTLY, "risk", False)
    assert kept[offline][0] == "the app to work offline"
    assert kept[offline][2]
    assert len(kept) == 2


def test_they_hold_in_a_changed_export_with_the_ids_that_links_lead_to(call: Path, reader: Reader) -> None:
    costly, offline = of(COSTLY).pk, of(OFFLINE).pk
    made(correct.correct_signal(costly, "risk", by="eda"))
    said = made(correct.bound_signal(offline, "the app to work offline", by="eda"))
    passage = Passage.objects.get(text__contains=AT_OUR_DESK)
    made(correct.mark_signal(passage.pk, "The ledger lives on paper", "pain", by="eda"))
    bring_in_changed(call, reader)
    assert (of(COSTLY).pk, of(COSTLY).kind, of(COSTLY).checked) == (costly, "risk", True)
    assert of("the app to work offline").pk == offline
    assert not Signal.objects.filter(quote=OFFLINE).exists()
    assert (of("The ledger lives on paper").kind, of("The ledger lives on paper").checked) == ("pain", True)
    decide.undo(said.audit, by="eda")
    assert of(OFFLINE).pk == offline


def test_a_correction_whose_words_are_gone_waits(call: Path, reader: Reader) -> None:
    made(correct.correct_signal(of(COSTLY).pk, "risk", by="eda"))
    call.write_text(CALL.replace(COSTLY, "It is raining."), encoding="utf-8")
    bring_in([call])
    read_evidence(reader)
    assert not Signal.objects.filter(checked=True).exists()
    assert Correction.objects.get().quote == COSTLY
    bring_in_changed(call, reader)
    assert of(COSTLY).kind == "risk"


def test_other_words_take_the_place_with_id_and_theme_and_a_vector_of_their_own(call: Path, reader: Reader) -> None:
    before = of(OFFLINE)
    old = before.meaning.vector
    said = made(correct.bound_signal(before.pk, "the app to work offline", by="eda"))
    now = of("the app to work offline")
    assert (now.pk, now.kind, now.theme_id, now.unsorted_why) == (
        before.pk, before.kind, before.theme_id, before.unsorted_why,
    )  # fmt: skip
    assert now.meaning.vector != old
    assert now.quote == now.passage.text[now.start : now.end]
    decide.undo(said.audit, by="eda")
    assert (of(OFFLINE).pk, of(OFFLINE).checked) == (before.pk, False)
    assert not Correction.objects.exists()


@pytest.mark.parametrize(
    ("words", "why"), [("the app works offline", "stand in this passage"), (" \n ", "needs words"),
                       (AT_OUR_DESK, "stand in this passage"), (COSTLY, "a signal already")]
)  # fmt: skip
def test_other_words_must_stand_in_the_same_passage(call: Path, words: str, why: str) -> None:
    with pytest.raises(ValueError, match=why):
        correct.bound_signal(of(OFFLINE).pk, words, by="eda")
    assert not Audit.objects.exists()


def test_what_the_reader_missed_is_a_signal_at_once_and_undone_it_is_none(call: Path) -> None:
    passage = Passage.objects.get(text__contains=AT_OUR_DESK)
    said = made(correct.mark_signal(passage.pk, AT_OUR_DESK, "pain", by="eda"))
    marked = of(AT_OUR_DESK)
    assert (marked.kind, marked.checked, marked.dismissed, marked.side) == ("pain", True, False, passage.side)
    assert sum(part * part for part in marked.meaning.vector) == pytest.approx(1, abs=0.01)
    decide.undo(said.audit, by="eda")
    assert of(AT_OUR_DESK).dismissed
    assert not Correction.objects.exists()


def test_marking_what_is_a_signal_already_corrects_it(call: Path) -> None:
    costly = of(COSTLY)
    made(correct.mark_signal(costly.passage_id, COSTLY, "risk", by="eda"))
    assert (of(COSTLY).pk, of(COSTLY).kind) == (costly.pk, "risk")


def test_words_are_marked_in_the_passage_where_they_stand(call: Path) -> None:
    document = Document.objects.get().pk
    made(correct.mark_words(document, AT_OUR_DESK, "pain", by="eda"))
    assert of(AT_OUR_DESK).checked
    with pytest.raises(ValueError, match="stand in this document"):
        correct.mark_words(document, "never said", "pain", by="eda")


def test_what_is_not_there_is_refused(call: Path) -> None:
    with pytest.raises(NotFound):
        correct.confirm_signal(0, by="eda")
    with pytest.raises(NotFound):
        correct.mark_signal(0, "words", "pain", by="eda")
    with pytest.raises(ValueError, match="is no kind"):
        correct.mark_signal(of(COSTLY).passage_id, COSTLY, "joy", by="eda")
    with pytest.raises(ValueError, match="is no side"):
        correct.side_speaker(of(COSTLY).document_id, "Ada", "theirs", by="eda")
    with pytest.raises(NotFound):
        correct.side_speaker(of(COSTLY).document_id, "Nobody", "us", by="eda")


def test_the_other_side_holds_for_all_that_they_said_and_through_newer_exports(call: Path, reader: Reader) -> None:
    costly = of(COSTLY)
    words = Document.objects.get().customer_words
    said = made(correct.side_speaker(costly.document_id, "Ada", "us", by="eda"))
    assert set(Passage.objects.filter(speaker="Ada").values_list("side", flat=True)) == {"us"}
    assert of(COSTLY).side == "us"
    document = Document.objects.get()
    assert document.read_by == ""
    assert document.customer_words < words
    bring_in_changed(call, reader)
    run(reader, NOW)
    assert set(Passage.objects.filter(speaker="Ada").values_list("side", flat=True)) == {"us"}
    assert of(OFFLINE).side == "us"
    decide.undo(said.audit, by="eda")
    assert set(Passage.objects.filter(speaker="Ada").values_list("side", flat=True)) == {costly.side}
    bring_in_changed(call, reader)
    assert set(Passage.objects.filter(speaker="Ada").values_list("side", flat=True)) == {costly.side}


def test_our_sides_pitch_is_no_evidence_once_we_know_that_it_is_ours(call: Path, reader: Reader) -> None:
    pain = "The export breaks every single week and it costs us days."
    call.write_text(CALL.replace("Hello there.", pain), encoding="utf-8")
    bring_in([call])
    read_evidence(reader)
    assert of(pain).kind == "pain"
    made(correct.other_side(of(pain).pk, by="eda"))
    read_evidence(reader)
    assert not Signal.objects.filter(quote=pain, kind="pain").exists()
