"""Planted truth: at one company a coloured slip means a risk. Twenty answers teach that, and nothing else."""

from collections.abc import Sequence

import pytest

from tests.cast import Cast, say, signal
from winward.engine.reading import KINDS, Reader
from winward.engine.reading.given import given
from winward.records.decisions import Correction
from winward.records.documents import Document
from winward.records.own_heads import OwnHeads
from winward.records.signals import Signal
from winward.text_models import default_reader
from winward.usecases import correct, decide
from winward.usecases.learn_from_corrections import learn_from_corrections
from winward.usecases.readers import of_workspace

COLOURS = ("blue folder", "yellow binder", "green pouch", "red ticket", "pink slip")
WAYS = ("Please put it on the {}.", "We wrote it on the {} for Monday.", "It is on the {} again.", "Ask for the {}.")
TAUGHT = [way.format(colour) for colour in COLOURS for way in WAYS]
LIKE_THEM = ["It landed on the orange folder again.", "Our team asks for the white binder.", "Put it on a purple slip."]
OTHERS = {
    "The app is too slow for us every morning.": "pain",
    "We can't sign without single sign-on.": "objection",
    "Your price is double what we pay today.": "price",
    "I love the new dashboard.": "praise",
    "Please add a dark mode.": "request",
    "Can you export it to Excel?": "question",
}


@pytest.fixture(scope="module")
def reader() -> Reader:
    return default_reader(threads=1)


def said(document: Document, quotes: Sequence[str], reader: Reader, kind: str = "") -> list[int]:
    """Signals as the reader stores them, of the kind given, or else of the likeliest."""
    made = given(quotes, ["customer"] * len(quotes), reader)
    best = made.chances.argmax(axis=1)
    return [
        signal(
            say(document, "Ada", quote), quote, kind or KINDS[best[at]], None, made.vectors[at].tolist(),
            kinds=made.chances[at].tolist(),
        ).pk
        for at, quote in enumerate(quotes)
    ]  # fmt: skip


@pytest.fixture
def answered(cast: Cast, reader: Reader) -> list[int]:
    """Twenty answers; the ids of the signals like those that nobody answered on."""
    Signal.objects.all().delete()
    document = cast.documents["Note on Elm"]
    for number in said(document, TAUGHT, reader, "request"):
        correct.correct_signal(number, "risk", by="eda")
    like_them = said(document, LIKE_THEM, reader)
    said(document, list(OTHERS), reader)
    return like_them


def kinds(quotes: Sequence[str]) -> dict[str, str]:
    return dict(Signal.objects.filter(quote__in=quotes).values_list("quote", "kind"))


@pytest.mark.usefixtures("answered")
def test_what_is_like_the_answers_changes_and_nothing_else_does(reader: Reader) -> None:
    before = kinds(list(OTHERS))
    learnt = learn_from_corrections(reader)
    assert learnt is not None
    assert learnt.corrections == 20
    assert 2 <= learnt.changed <= len(LIKE_THEM)
    assert list(kinds(LIKE_THEM).values()).count("risk") >= 2
    assert kinds(list(OTHERS)) == before == OTHERS
    assert set(kinds(TAUGHT).values()) == {"risk"}


@pytest.mark.usefixtures("answered")
def test_the_workspaces_reader_reads_with_what_it_learnt_under_the_same_version(reader: Reader) -> None:
    learn_from_corrections(reader)
    own = of_workspace(reader)
    assert own.version == reader.version
    found = given(LIKE_THEM, ["customer"] * 3, own)
    assert [KINDS[kind] for kind in found.leading].count("risk") >= 2


@pytest.mark.usefixtures("answered")
def test_nothing_new_is_nothing_to_learn(reader: Reader) -> None:
    learn_from_corrections(reader)
    assert learn_from_corrections(reader) is None
    correct.correct_signal(Signal.objects.get(quote=TAUGHT[0]).pk, "pain", by="eda")
    assert learn_from_corrections(reader) is not None


@pytest.mark.usefixtures("answered")
def test_other_shipped_heads_are_taught_anew(reader: Reader) -> None:
    learn_from_corrections(reader)
    OwnHeads.objects.update(base="those of last year")
    assert of_workspace(reader).heads is reader.heads
    assert learn_from_corrections(reader) is not None
    assert OwnHeads.objects.get().base == reader.version


def test_what_is_no_signal_takes_what_is_like_it_along(answered: list[int], reader: Reader) -> None:
    for one in Correction.objects.all():
        correct.dismiss_signal(one.signal or 0, by="eda")
    learn_from_corrections(reader)
    assert Signal.objects.filter(pk__in=answered).count() < 3
    assert kinds(list(OTHERS)) == OTHERS


def test_answers_taken_back_are_unlearnt(cast: Cast, reader: Reader) -> None:
    Signal.objects.all().delete()
    document = cast.documents["Note on Elm"]
    made = [correct.correct_signal(number, "risk", by="eda") for number in said(document, TAUGHT, reader, "request")]
    # What the shipped heads call by themselves, or taking back what was learnt would leave nothing of it.
    like_them = ["Please put it on the orange folder."]
    said(document, like_them, reader)
    before = kinds(like_them)
    learn_from_corrections(reader)
    assert list(kinds(like_them).values()) == ["risk"]
    for one in made:
        assert one is not None
        decide.undo(one.audit, by="eda")
    learn_from_corrections(reader)
    assert kinds(like_them) == before == {"Please put it on the orange folder.": "request"}


def test_without_answers_there_is_nothing_to_learn(cast: Cast, reader: Reader) -> None:
    assert learn_from_corrections(reader) is None
    assert not OwnHeads.objects.exists()
