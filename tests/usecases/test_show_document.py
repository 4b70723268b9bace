import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.cast import Cast, say
from winward.usecases import show_document as module
from winward.usecases.quotes import NotFound
from winward.usecases.show_document import Mark, show_document, stretches

TEXT = "We can’t export — at all. 😀 So we stay."
SPANS = st.tuples(st.integers(0, len(TEXT) - 1), st.integers(1, len(TEXT))).filter(lambda span: span[0] < span[1])


@given(st.lists(SPANS, max_size=5))
def test_marked_text_put_together_is_the_text_and_each_mark_holds_its_words(spans: list[tuple[int, int]]) -> None:
    marks = [(start, end, Mark(number, "pain", None, "")) for number, (start, end) in enumerate(spans)]
    cut = list(stretches(TEXT, marks))
    assert "".join(stretch.text for stretch in cut) == TEXT
    for start, end, mark in marks:
        assert "".join(stretch.text for stretch in cut if mark in stretch.marks) == TEXT[start:end]


def test_signals_are_marked_speakers_told_apart_and_what_is_not_spoken_is_known(cast: Cast) -> None:
    page = show_document(cast.documents["Second call with Acme"].pk)
    marked = [s.text for passage in page.passages for s in passage.stretches if s.marks]
    assert marked == [
        "we can’t export when the line is down",
        "The weather, too.",
        "Your helpdesk took three days to answer.",
    ]
    assert [passage.voice for passage in page.passages] == [1, 0, 0]
    assert page.signals == 3
    mail = show_document(cast.documents["Mail of Cobalt"].pk)
    assert [passage.spoken for passage in mail.passages] == [True, False]


def test_a_long_document_goes_on_on_the_next_page_and_opens_where_a_passage_is(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "PAGE", 2)
    document = cast.documents["Second call with Acme"]
    say(document, "Ada Field", "Bye.")
    first = show_document(document.pk)
    assert (len(first.passages), first.next_from) == (2, 2)
    there = show_document(document.pk, passage_id=cast.signals["acme helpdesk"].passage_id)
    assert there.from_ordinal == 2
    assert there.next_from is None


def test_a_document_that_is_not_there(cast: Cast) -> None:
    with pytest.raises(NotFound, match="no document 0"):
        show_document(0)
