"""Ten signals at a time, one key each: who may, what each answer does, and what was learnt from them."""

import re

import pytest
from django.test import Client
from procrastinate.contrib.django.models import ProcrastinateJob

from tests.cast import Cast, say
from winward.records.decisions import Correction
from winward.records.documents import Passage
from winward.records.own_heads import OwnHeads
from winward.records.signals import Signal
from winward.usecases import readers
from winward.usecases.learn_from_corrections import learn_from_corrections

HTMX = {"HX-Request": "true"}


@pytest.fixture
def batch(cast: Cast, as_editor: Client) -> list[int]:
    page = as_editor.get("/signals/check/").content.decode()
    found = re.search(r'name="batch" value="([\d.]+)"', page)
    assert found
    return [int(number) for number in found[1].split(".")]


def say_of(client: Client, number: int, verdict: str, batch: list[int], **more: str) -> str:
    joined = ".".join(map(str, batch))
    return client.post(
        f"/signals/{number}/say", {"verdict": verdict, "batch": joined, **more}, headers=HTMX
    ).content.decode()


def test_each_card_says_what_the_reader_takes_it_for_and_why_to_look(cast: Cast, as_editor: Client) -> None:
    Signal.objects.update(kinds=[0, 0.5, 0.3, 0, 0, 0, 0, 0, 0, 0, 0])
    page = as_editor.get("/signals/check/").content.decode()
    assert "Not sure: pain; maybe also request." in page
    assert "The reader may well be wrong" in page
    assert "like it; in 1 open deal worth €60k" in page


def test_an_answer_gives_back_the_card_and_how_far_the_batch_is(batch: list[int], as_editor: Client) -> None:
    answer = say_of(as_editor, batch[0], "request", batch)
    assert "answered" in answer
    assert "request" in answer
    assert f"1 of {len(batch)} checked" in answer
    assert Signal.objects.get(pk=batch[0]).kind == "request"


def test_every_answer_has_its_effect(batch: list[int], as_editor: Client) -> None:
    right, none, words, side = batch[:4]
    kind = Signal.objects.get(pk=right).kind
    quote = Signal.objects.get(pk=words).quote
    say_of(as_editor, right, "right", batch)
    say_of(as_editor, none, "none", batch)
    say_of(as_editor, words, "words", batch, words=quote[:12])
    assert "our side" in say_of(as_editor, side, "other side", batch)
    found = {one.pk: one for one in Signal.objects.filter(pk__in=batch)}
    assert (found[right].kind, found[right].checked) == (kind, True)
    assert found[none].dismissed
    assert found[words].quote == quote[:12].strip()
    assert (found[side].side, found[side].checked) == ("us", False)


def test_words_that_do_not_stand_there_are_refused_on_the_card(batch: list[int], as_editor: Client) -> None:
    assert "stand in this passage" in say_of(as_editor, batch[0], "words", batch, words="never said")
    assert not Correction.objects.exists()


def test_an_answer_is_undone_on_its_card(batch: list[int], as_editor: Client) -> None:
    answer = say_of(as_editor, batch[0], "none", batch)
    undo = re.search(r'hx-post="(/undo/\d+/)"', answer)
    assert undo
    joined = ".".join(map(str, batch))
    card = as_editor.post(undo[1], {"batch": joined, "signal": batch[0]}, headers=HTMX).content.decode()
    assert "answered" not in card
    assert not Signal.objects.get(pk=batch[0]).checked


def test_after_the_last_answer_it_says_what_they_changed(batch: list[int], as_editor: Client) -> None:
    for number in batch:
        answer = say_of(as_editor, number, "right", batch)
    assert "Learning from your answers" in answer
    learn_from_corrections(readers.shipped())
    joined = ".".join(map(str, batch))
    page = as_editor.get(f"/signals/check/learnt?batch={joined}").content.decode()
    assert f"Your {len(batch)} answers changed" in page
    assert OwnHeads.objects.get().corrections == len(batch)


def test_without_a_script_the_form_leads_back_to_the_same_ten(batch: list[int], as_editor: Client) -> None:
    joined = ".".join(map(str, batch))
    here = f"/signals/check/?batch={joined}"
    answer = as_editor.post(f"/signals/{batch[0]}/say", {"verdict": "right", "batch": joined, "back": here})
    assert answer.headers["Location"] == here
    page = as_editor.get(here).content.decode()
    assert f"1 of {len(batch)} checked" in page
    assert "right: it stays" in page.lower()


def test_many_answers_make_one_job(batch: list[int], as_editor: Client) -> None:
    for number in batch[:3]:
        say_of(as_editor, number, "right", batch)
    assert ProcrastinateJob.objects.filter(task_name__endswith="learn_now").count() == 1


def test_a_signal_tells_who_said_what_of_it(cast: Cast, as_editor: Client) -> None:
    number = cast.signals["acme export"].pk
    as_editor.post(f"/signals/{number}/say", {"verdict": "request"})
    assert "Eda said: request, not pain" in as_editor.get(f"/signals/{number}/").content.decode()


def test_words_are_marked_and_a_side_is_said_on_the_documents_page(cast: Cast, as_editor: Client) -> None:
    document = cast.documents["Second call with Acme"]
    say(document, "Ada Field", "We keep it on paper for now.")
    page = as_editor.post(
        f"/documents/{document.pk}/mark", {"words": "keep it on paper", "kind": "pain"}, follow=True
    ).content.decode()
    assert "is marked as pain now" in page
    assert Signal.objects.get(quote="keep it on paper").checked
    page = as_editor.post(
        f"/documents/{document.pk}/mark", {"words": "never said", "kind": "pain"}, follow=True
    ).content.decode()
    assert "stand in this document" in page
    as_editor.post(f"/documents/{document.pk}/side", {"speaker": "Ada Field", "side": "us"})
    assert set(Passage.objects.filter(document=document).values_list("side", flat=True)) == {"us"}


def test_decisions_are_listed_and_undone_there(cast: Cast, as_editor: Client) -> None:
    signal = cast.signals["acme export"]
    as_editor.post(f"/signals/{signal.pk}/say", {"verdict": "none"})
    page = as_editor.get("/decisions/").content.decode()
    assert "no signal" in page
    assert "we can’t export when the line is down" in page
    undo = re.search(r'action="(/undo/\d+/)"', page)
    assert undo
    page = as_editor.post(undo[1], {"back": "/decisions/"}, follow=True).content.decode()
    assert "taken back" in page
    assert not Signal.objects.get(pk=signal.pk).dismissed


@pytest.mark.parametrize("address", ["/signals/check/", "/signals/check/learnt"])
def test_a_viewer_checks_nothing(address: str, cast: Cast, as_viewer: Client) -> None:
    assert as_viewer.get(address).status_code == 403
    assert "/signals/check/" not in as_viewer.get("/signals/").content.decode()


def test_a_workspace_without_signals_says_so(as_editor: Client) -> None:
    assert "Nothing to check" in as_editor.get("/signals/check/").content.decode()
