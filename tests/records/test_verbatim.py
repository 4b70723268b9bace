"""The database itself holds that a quote is the exact text of its passage at its offsets."""

import psycopg
import pytest
from django.db import DatabaseError

from winward.records import signal_rows
from winward.records.documents import Document, Passage
from winward.records.imports import Source
from winward.records.signal_rows import SignalRow
from winward.records.signals import Signal

pytestmark = pytest.mark.django_db
TEXT = "We can’t export — at all. 😀 So we stay with Excel."


@pytest.fixture
def passage() -> Passage:
    source = Source.objects.create(name="files")
    document = Document.objects.create(source=source, external_id="1", content_hash="x", kind="call", title="A call")
    return Passage.objects.create(document=document, ordinal=0, start=0, text=TEXT)


def write(passage: Passage, start: int, end: int, quote: str) -> Signal:
    return Signal.objects.create(
        passage=passage,
        document=passage.document,
        start=start,
        end=end,
        quote=quote,
        kind="pain",
        kinds=[0.0] * 11,
        strength=0.5,
        signs="0" * 384,
    )


def test_an_exact_quote_lands_even_behind_an_emoji(passage: Passage) -> None:
    start = TEXT.index("So we")
    assert write(passage, start, len(TEXT), TEXT[start:]).pk


@pytest.mark.parametrize(
    ("start", "end", "quote"),
    [
        (0, 15, "We can't export"),  # a straight apostrophe for a curly one
        (1, 16, TEXT[:15]),
        (0, 14, TEXT[:15]),
        (0, 0, ""),
        (-1, 4, TEXT[:4]),
        (40, 900, TEXT[40:]),
    ],
)
def test_any_other_quote_is_refused(passage: Passage, start: int, end: int, quote: str) -> None:
    with pytest.raises(DatabaseError, match="is not the text of passage"):
        write(passage, start, end, quote)


def test_one_wrong_quote_in_a_bulk_write_refuses_all(passage: Passage) -> None:
    with pytest.raises(psycopg.errors.CheckViolation):
        copy_in(passage, [(0, 2, "We"), (3, 8, "can’t"), (3, 9, "wrong!")])


def copy_in(passage: Passage, rows: list[tuple[int, int, str]]) -> None:
    vector, kinds = "[" + ",".join(["0"] * 384) + "]", [0.0] * 11
    made = [
        SignalRow(passage.pk, passage.document_id, start, end, quote, "pain", kinds, 0.5, 0.0, "", "", vector)
        for start, end, quote in rows
    ]
    signal_rows.add(made)


def test_a_stored_quote_cannot_be_changed(passage: Passage) -> None:
    signal = write(passage, 0, 2, "We")
    with pytest.raises(DatabaseError, match="never change"):
        Signal.objects.filter(pk=signal.pk).update(quote="They")


def test_evidence_cannot_be_changed(passage: Passage) -> None:
    with pytest.raises(DatabaseError, match="never change"):
        Passage.objects.filter(pk=passage.pk).update(text="We love it")
