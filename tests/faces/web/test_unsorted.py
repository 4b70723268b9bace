"""Sorting what is in no theme: a heap is put in a theme, a new one or none by one answer, which can be undone."""

import re

import pytest
from django.test import Client

from tests.cast import EXPORT, Cast, direction, say, signal
from winward.records.signals import Signal
from winward.records.themes import Theme
from winward.usecases.triage import triage

PUT = "/themes/unsorted/put"


@pytest.fixture
def asked(cast: Cast) -> Cast:
    """Two accounts ask for the same thing in other words; nothing has sorted it yet."""
    for name, words in (
        ("Mail of Cobalt", "Spreadsheets of everything, please."),
        ("Interview with Birch", "As sheets!"),
    ):
        passage = say(cast.documents[name], "Carl Stone", words)
        cast.signals[words] = signal(passage, words, "request", None, direction(EXPORT + 7, 0.2))
    return cast


def ids(cast: Cast) -> list[int]:
    return [cast.signals["Spreadsheets of everything, please."].pk, cast.signals["As sheets!"].pk]


def themes_of(signals: list[int]) -> set[str]:
    rows = Signal.objects.filter(pk__in=signals).select_related("theme")
    return {row.theme.title if row.theme else "" for row in rows}


def test_what_is_alike_lies_in_one_heap_with_the_nearest_themes(asked: Cast) -> None:
    found = triage()
    assert found.unsorted == 3
    heap = next(heap for heap in found.heaps if heap.signals == 2)
    assert {line.quote.words for line in heap.lines} == {"Spreadsheets of everything, please.", "As sheets!"}
    assert (heap.accounts, heap.lost, heap.open) == (2, 1, 0)
    assert {theme.title for theme in heap.suggestions} == {"Export without a network", "Helpdesk answers late"}


def test_the_same_words_are_one_line(asked: Cast) -> None:
    passage = say(asked.documents["Second call with Acme"], "Ada Field", "As sheets!")
    signal(passage, "As sheets!", "request", None, direction(EXPORT + 7, 0.2))
    heap = next(heap for heap in triage().heaps if heap.signals == 3)
    assert {line.said for line in heap.lines} == {"said once by 1 account", "said twice by 2 accounts"}


def test_a_heap_is_put_in_a_theme_and_taken_back(asked: Cast, as_editor: Client) -> None:
    signals = ids(asked)
    given = {"heap": signals[0], "signals": ".".join(map(str, signals)), "verdict": asked.export.pk}
    card = as_editor.post(PUT, given, headers={"HX-Request": "true"}).content.decode()
    assert "2 signals put in “Export without a network”." in card
    assert f'id="h{signals[0]}"' in card
    assert themes_of(signals) == {"Export without a network"}
    undo = re.search(r'action="(/undo/\d+/)"', card)
    assert undo is not None
    as_editor.post(undo[1], {"back": "/themes/unsorted/"})
    assert themes_of(signals) == {""}


def test_only_what_is_ticked_is_put(asked: Cast, as_editor: Client) -> None:
    kept, put = ids(asked)
    as_editor.post(PUT, {"heap": kept, "signals": [str(put)], "verdict": "named", "theme": "export without"})
    assert (themes_of([kept]), themes_of([put])) == ({""}, {"Export without a network"})


def test_a_heap_becomes_a_theme_and_taking_it_back_leaves_none(asked: Cast, as_editor: Client) -> None:
    signals = ids(asked)
    given = {"heap": signals[0], "signals": ".".join(map(str, signals)), "verdict": "new", "theme": "Spreadsheets"}
    page = as_editor.post(PUT, given, follow=True).content.decode()
    assert "2 signals became a theme of their own." in page
    assert themes_of(signals) == {"Spreadsheets"}
    undo = re.search(r'action="(/undo/\d+/)"', page)
    assert undo is not None
    as_editor.post(undo[1])
    assert themes_of(signals) == {""}
    assert not Theme.objects.filter(given_name="Spreadsheets", retired=False).exists()


def test_what_is_set_aside_is_not_asked_about_again(asked: Cast, as_editor: Client) -> None:
    signals = ids(asked)
    as_editor.post(PUT, {"heap": signals[0], "signals": ".".join(map(str, signals)), "verdict": "aside"})
    found = triage()
    assert (found.unsorted, found.aside) == (1, 2)
    assert not {line.quote.signal for heap in found.heaps for line in heap.lines} & set(signals)


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"verdict": "aside"}, "Choose the signals first."),
        ({"verdict": "named", "theme": "no such theme"}, "There is no theme “no such theme”."),
        ({"verdict": "4444444"}, "There is no theme 4444444."),
    ],
)
def test_what_cannot_be_done_is_said(asked: Cast, as_editor: Client, given: dict[str, str], said: str) -> None:
    signals = "" if given["verdict"] == "aside" else str(ids(asked)[0])
    page = as_editor.post(PUT, {"heap": "1", "signals": signals, **given}, follow=True).content.decode()
    assert said in page
    assert themes_of(ids(asked)) == {""}


def test_a_viewer_sorts_nothing(asked: Cast, as_viewer: Client) -> None:
    assert as_viewer.get("/themes/unsorted/").status_code == 403
    assert as_viewer.post(PUT, {"signals": str(ids(asked)[0]), "verdict": "aside"}).status_code == 403


def test_enter_in_the_field_for_a_name_means_that_name(asked: Cast, as_editor: Client) -> None:
    """A browser takes the form's first button for it."""
    page = as_editor.get("/themes/unsorted/").content.decode()
    for form in page.split("<article")[1:]:
        first = re.findall(r"<button[^>]*>", form)[0]
        assert 'value="named"' in first
