"""Whatever bytes come, under whatever name: documents, problems, or one clear refusal."""

import json
import zipfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from winward.sources import limits
from winward.sources.documents import SUFFIXES, open_documents
from winward.sources.documents.decoding import UNSTORABLE
from winward.sources.evidence import Document, Problem
from winward.sources.limits import Unreadable

STARTS = [
    b"",
    b"WEBVTT\n\n",
    b"1\n00:00:01,000 --> 00:00:02,000\n",
    b'{"tickets": [',
    b'[{"speaker": "A", "text": "',
    b'{"conversation_parts": ',
    b'{"transcript": [{"sentences": [{"start": ',
    b"%PDF-1.4\n",
    b"PK\x03\x04",
    b"From: a@b.c\nMessage-ID: <x>\nContent-Type: text/html; charset=",
    b"From x\nFrom: a@b.c\nMessage-ID: <x>\n\n",
    b"<html><body>",
    b"Account: A\n\n",
    b"\xff\xfe",
]
LOOSE_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=4,
)
JSON_KEYS = [
    *("tickets", "users", "comments", "requester_id", "author_id", "body", "conversation_parts", "source", "author"),
    *("transcript", "sentences", "speakerId", "start", "end", "text", "speaker", "speaker_name", "parties", "metaData"),
    *("id", "date", "participants", "meeting_transcripts", "content", "start_time", "callId", "duration", "type"),
]
KEYED_JSON = st.recursive(
    LOOSE_JSON,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(JSON_KEYS), inner, max_size=6),
    max_leaves=15,
)
quick = settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


def _read(path: Path) -> list[Document | Problem]:
    """Everything of the file, having checked what holds of any document."""
    try:
        found = list(open_documents(path))
    except Unreadable:
        return []
    documents = [item for item in found if isinstance(item, Document)]
    assert documents
    for document in documents:
        assert document.external_id
        assert document.turns
        assert all(turn.text.strip() and not UNSTORABLE.search(turn.text) for turn in document.turns)
        document.title.encode()
        " ".join(turn.text + turn.speaker for turn in document.turns).encode()
    return found


@quick
@given(st.sampled_from(sorted(SUFFIXES)), st.sampled_from(STARTS), st.binary(max_size=300))
def test_arbitrary_bytes_are_read_or_refused(tmp_path: Path, suffix: str, start: bytes, rest: bytes) -> None:
    path = tmp_path / f"any{suffix}"
    path.write_bytes(start + rest)
    _read(path)


@quick
@given(KEYED_JSON)
def test_arbitrary_json_is_read_or_refused(tmp_path: Path, value: object) -> None:
    path = tmp_path / "any.json"
    path.write_text(json.dumps(value), encoding="utf-8")
    _read(path)


@quick
@given(
    st.sampled_from([".txt", ".vtt", ".srt", ".md", ".eml", ".html"]), st.sampled_from(STARTS), st.text(max_size=400)
)
def test_arbitrary_text_is_read_or_refused(tmp_path: Path, suffix: str, start: bytes, rest: str) -> None:
    path = tmp_path / f"any{suffix}"
    path.write_bytes(start + rest.encode(errors="surrogatepass"))
    _read(path)


def test_an_empty_file_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "nothing.vtt"
    path.touch()
    with pytest.raises(Unreadable, match=r"nothing\.vtt is empty"):
        open_documents(path)


def test_a_missing_file_and_a_folder_are_refused(tmp_path: Path) -> None:
    with pytest.raises(Unreadable, match="does not exist"):
        open_documents(tmp_path / "absent.txt")
    with pytest.raises(Unreadable, match="not a file"):
        open_documents(tmp_path)


def test_a_file_beyond_two_gigabytes_is_refused_unread(tmp_path: Path) -> None:
    path = tmp_path / "huge.json"
    with path.open("wb") as file:
        file.truncate(limits.LARGEST_FILE + 1)
    with pytest.raises(Unreadable, match=r"2\.0 GB allowed"):
        open_documents(path)


def test_one_document_beyond_its_limit_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "long.vtt"
    with path.open("wb") as file:
        file.write(b"WEBVTT\n\n" + b"a " * 50_000)
        file.truncate(limits.LARGEST_SINGLE_DOCUMENT + 1)
    with pytest.raises(Unreadable, match="allowed for one document"):
        open_documents(path)


@pytest.mark.parametrize("name", ["bomb.zip", "bomb.docx"])
def test_a_zip_bomb_is_refused(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        with archive.open("word/document.xml", "w") as entry:
            for _ in range(64):
                entry.write(bytes(1024**2))
        archive.writestr("general/2025-01-02.json", "[]")
    with pytest.raises(Unreadable, match="zip bomb"):
        open_documents(path)


def test_an_archive_of_too_many_entries_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "many.zip"
    with zipfile.ZipFile(path, "w") as archive:
        for number in range(12):
            archive.writestr(f"general/2025-01-{number + 10}.json", "[]")
    monkeypatch.setattr(limits, "MOST_ARCHIVE_ENTRIES", 10)
    with pytest.raises(Unreadable, match="12 files"):
        open_documents(path)


def test_a_truncated_archive_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "cut.docx"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("word/document.xml", "<w:document/>")
    path.write_bytes(path.read_bytes()[:40])
    with pytest.raises(Unreadable, match="damaged"):
        open_documents(path)


@pytest.mark.parametrize(
    ("name", "content", "advice"),
    [
        ("call.txt", bytes(range(32)) * 40, "binary data"),
        ("call.vtt", b"\x89PNG\r\n\x1a\n" + bytes(100), "is a picture"),
        ("call.mp3", b"ID3\x03" + bytes(100), "transcript"),
        ("old.doc", b"\xd0\xcf\x11\xe0" + bytes(100), "save it as .docx"),
        ("deals.csv", b"name,amount\na,1\n", "is a table"),
        ("code.py", b"print(1)\n", "no known type"),
        ("broken.pdf", b"%PDF-1.7\nnothing here", r"broken\.pdf"),
        ("blank.txt", b"   \n\n \t\n", "no words"),
        ("broken.json", b'{"tickets": [{"id": 1, ', "broken.json"),
    ],
)
def test_what_is_no_document_is_refused_with_advice(tmp_path: Path, name: str, content: bytes, advice: str) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(Unreadable, match=advice):
        open_documents(path)


def test_deeply_nested_json_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "deep.json"
    path.write_text('{"turns": ' + "[" * 200_000)
    with pytest.raises(Unreadable):
        open_documents(path)
