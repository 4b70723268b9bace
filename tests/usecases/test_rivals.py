"""Rivals are suggested, never assumed; a person's word on one is kept, and what was said of it is read again."""

import pytest

from tests.cast import Cast, direction, say, signal
from winward.engine.reading.kinds import KINDS
from winward.records.competitors import Competitor
from winward.records.documents import Document
from winward.usecases import decide, rivals
from winward.usecases.rival_names import known_rivals


@pytest.fixture
def heard(cast: Cast) -> Cast:
    chances = [0.9 if kind == "competitor" else 0.0 for kind in KINDS]
    for name, text in (("Acme call", "We may move to Pipely."), ("Note on Elm", "Pipely does that for less.")):
        document = cast.documents.get(name) or next(iter(cast.documents.values()))
        signal(say(document, "Ada", text), text, "competitor", None, direction(5), kinds=chances)
    return cast


def test_a_name_set_beside_the_product_twice_is_suggested_and_changes_nothing_yet(heard: Cast) -> None:
    assert rivals.suggest_rivals() == 1
    listed = rivals.list_rivals()
    assert [(one.name, one.quotes) for one in listed.suggested] == [("Pipely", 2)]
    assert {quote.words for quote in listed.suggested[0].said} == {
        "We may move to Pipely.",
        "Pipely does that for less.",
    }
    assert "Pipely" not in known_rivals()


def test_a_named_rival_is_known_and_its_documents_are_read_again(heard: Cast) -> None:
    Document.objects.update(read_by="some reader")
    rivals.name_rival("Pipely", by="eda", aliases=["pipe ly"])
    assert {"Pipely", "pipe ly"} <= set(known_rivals())
    waiting = Document.objects.filter(read_by="")
    assert waiting.count() >= 1
    assert all(document.passages.filter(text__contains="Pipely").exists() for document in waiting)


def test_a_dismissed_name_is_not_suggested_again_and_both_words_can_be_undone(heard: Cast) -> None:
    rivals.suggest_rivals()
    said = rivals.dismiss_rival("Pipely", by="eda")
    assert said is not None
    assert rivals.suggest_rivals() == 0
    decide.undo(said.audit, by="eda")
    assert Competitor.objects.get().state == "suggested"
    named = rivals.name_rival("Pipely", by="eda")
    assert named is not None
    decide.undo(named.audit, by="eda")
    assert "Pipely" not in known_rivals()


def test_the_crms_competitors_are_known_but_its_fillers_are_not(cast: Cast) -> None:
    deals = list(cast.deals.values())
    for deal, name in zip(deals, ("Northwind", "None", "n/a"), strict=False):
        deal.competitor = name
        deal.save()
    assert known_rivals() == ("Northwind",)
    assert [(one.name, one.deals) for one in rivals.list_rivals().known] == [("Northwind", 1)]
    rivals.dismiss_rival("Northwind", by="eda")
    assert known_rivals() == ()


def test_our_own_names_and_familiar_people_are_no_suggestions(cast: Cast) -> None:
    document = next(iter(cast.documents.values()))
    chances = [0.9 if kind == "competitor" else 0.0 for kind in KINDS]
    for text in ("Pinefield Software does that.", "Ada has it.", "We switched to Pinefield Software.", "Acme has it."):
        signal(say(document, "Ada", text), text, "competitor", None, direction(5), kinds=chances)
    assert rivals.suggest_rivals() == 0


def test_a_rival_needs_a_name(cast: Cast) -> None:
    with pytest.raises(ValueError, match="needs a name"):
        rivals.name_rival(" - ", by="eda")
