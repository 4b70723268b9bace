"""What was redacted is shown as such wherever a quote, its document or its speaker stands, and stays plain text."""

import pytest
from django.test import Client

from tests.cast import Cast, say, signal
from winward.records.signals import Signal

SAID = "Please ask [person kxtrb] at <b>[e-mail dfgwz]</b> for the export."
SHOWN = (
    'Please ask <span class="redacted" title="a person\'s name, redacted">[person kxtrb]</span> at &lt;b&gt;'
    '<span class="redacted" title="an e-mail address, redacted">[e-mail dfgwz]</span>&lt;/b&gt; for the export.'
)
SPEAKER = '<span class="redacted" title="a person\'s name, redacted">[person bcdfg]</span>'


@pytest.fixture
def said(cast: Cast) -> Signal:
    passage = say(cast.documents["Note on Elm"], "[person bcdfg]", SAID)
    return signal(passage, SAID, "request", None, [0.0] * 384)


@pytest.mark.parametrize("page", ["/signals/{0.pk}/", "/documents/{0.document_id}/", "/signals/?state=unsorted"])
def test_pseudonyms_are_set_apart_on_every_page_of_words(page: str, said: Signal, as_viewer: Client) -> None:
    shown = as_viewer.get(page.format(said)).content.decode()
    assert SHOWN in shown
    assert SPEAKER in shown


def test_no_title_of_a_window_holds_marks(said: Signal, as_viewer: Client) -> None:
    document = said.document
    document.title = "Call with [person bcdfg]"
    document.save()
    shown = as_viewer.get(f"/documents/{document.pk}/").content.decode()
    assert "<title>Call with [person bcdfg]" in shown
    assert f"<h1>Call with {SPEAKER}</h1>" in shown
