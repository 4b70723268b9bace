import json
import tracemalloc
from collections import Counter
from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.real_data import REAL_DATA, needs_real_data
from tests.sources.documents.reading import opened, read, said
from winward.sources.documents import open_documents

GONG_CALL = {
    "metaData": {"id": "7782", "title": "Acme demo", "started": "2025-02-18T08:00:00-07:00", "duration": 60},
    "parties": [
        {"speakerId": "1", "name": "Jane", "emailAddress": "Jane@acme.com", "affiliation": "External", "title": "COO"},
        {"speakerId": "2", "name": "Tom", "emailAddress": "tom@ours.io", "affiliation": "Internal"},
    ],
    "context": [{"system": "Salesforce", "objects": [{"objectType": "Opportunity", "objectId": "006A"}]}],
}


def _gong(unit: int) -> str:
    transcript = [
        {
            "speakerId": "1",
            "topic": "Pricing",
            "sentences": [
                {"start": 1 * unit, "end": 3 * unit, "text": "It costs too much."},
                {"start": 3 * unit, "end": 5 * unit, "text": "Far too much."},
            ],
        },
        {"speakerId": "2", "sentences": [{"start": 6 * unit, "end": 58 * unit, "text": "I see."}]},
    ]
    return json.dumps({"callTranscripts": [{"callId": "7782", "transcript": transcript}], "calls": [GONG_CALL]})


def test_gong_joins_transcript_and_parties(tmp_path: Path) -> None:
    (document,), problems = read(tmp_path / "gong.json", _gong(1000))
    assert not problems
    assert (document.external_id, document.title, document.kind, document.deal) == (
        "gong/7782",
        "Acme demo",
        "call",
        "006A",
    )
    assert document.happened_at == datetime(2025, 2, 18, 15, tzinfo=UTC)
    assert said(document) == [("Jane", "It costs too much. Far too much."), ("Tom", "I see.")]
    assert [(turn.side, turn.start_ms, turn.end_ms) for turn in document.turns] == [
        ("customer", 1000, 5000),
        ("us", 6000, 58_000),
    ]
    assert document.participants[0].email == "jane@acme.com"


def test_gong_times_in_seconds_are_told_and_read_as_seconds(tmp_path: Path) -> None:
    (document,), (problem,) = read(tmp_path / "gong.json", _gong(1))
    assert document.turns[1].end_ms == 58_000
    assert "look like seconds" in problem.reason


def test_fireflies_counts_seconds(tmp_path: Path) -> None:
    transcript = {
        "id": "ff1",
        "title": "Weekly",
        "date": 1_736_150_400_000,
        "meeting_attendees": [{"displayName": "Jane", "email": "jane@acme.com"}],
        "sentences": [
            {"speaker_name": "Jane", "text": "Hi.", "start_time": 1.25, "end_time": 2.5},
            {"speaker_name": "Jane", "text": "Slow again.", "start_time": "2.6", "end_time": "4"},
        ],
    }
    (document,), _ = read(tmp_path / "f.json", json.dumps({"data": {"transcript": transcript}}))
    assert document.external_id == "fireflies/ff1"
    assert document.happened_at == datetime(2025, 1, 6, 8, tzinfo=UTC)
    assert [(t.text, t.start_ms, t.end_ms) for t in document.turns] == [("Hi. Slow again.", 1250, 4000)]


ZENDESK = {
    "users": [
        {"id": 1, "name": "Jane", "email": "jane@acme.com", "role": "end-user"},
        {"id": 2, "name": "Tom", "email": "tom@ours.io", "role": "agent"},
    ],
    "organizations": [{"id": 9, "name": "Acme"}],
    "tickets": [
        {
            "id": 35436,
            "subject": "Export fails",
            "created_at": "2025-01-02T03:04:05Z",
            "requester_id": 1,
            "organization_id": 9,
            "tags": ["export", "bug"],
            "comments": [
                {"id": 1, "author_id": 1, "plain_body": "The export fails.\n\nEvery day.", "public": True},
                {"id": 2, "author_id": 2, "html_body": "<p>We look &amp; see.</p>", "public": True},
            ],
        },
        {"id": 35437, "subject": "Empty", "requester_id": 1, "comments": []},
    ],
}


def test_zendesk_tickets_have_their_people_and_organization(tmp_path: Path) -> None:
    (document,), (problem,) = read(tmp_path / "t.json", json.dumps(ZENDESK))
    assert (document.external_id, document.kind, document.account) == ("zendesk/35436", "ticket", "Acme")
    assert said(document) == [("Jane", "The export fails."), ("Jane", "Every day."), ("Tom", "We look & see.")]
    assert [turn.side for turn in document.turns] == ["customer", "customer", "us"]
    assert document.extra["tags"] == "export, bug"
    assert problem.row == 2


def test_zendesk_jsonl_has_one_ticket_a_line(tmp_path: Path) -> None:
    lines = "\n".join(json.dumps(ZENDESK["tickets"][0] | {"id": number}) for number in (1, 2, 3))
    documents, _ = read(tmp_path / "t.json", lines)
    assert [document.external_id for document in documents] == ["zendesk/1", "zendesk/2", "zendesk/3"]


def test_intercom_reads_source_and_parts(tmp_path: Path) -> None:
    author = {"type": "user", "id": "u", "name": "Jane", "email": "jane@acme.com"}
    conversation = {
        "type": "conversation",
        "id": "503",
        "created_at": 1_734_537_511,
        "source": {"subject": "", "body": "<p>Hello<br>there</p><p>Two</p>", "author": author},
        "conversation_parts": {
            "type": "conversation_part.list",
            "conversation_parts": [
                {"part_type": "comment", "body": "<p>Okay!</p>", "author": {"type": "admin", "name": "Tom"}},
                {"part_type": "assignment", "body": None, "author": {"type": "admin", "name": "Tom"}},
                {"part_type": "comment", "body": "<p>I am Fin</p>", "author": {"type": "bot", "name": "Fin"}},
            ],
        },
    }
    (document,), _ = read(
        tmp_path / "i.json", json.dumps({"type": "conversation.list", "conversations": [conversation]})
    )
    assert document.external_id == "intercom/503"
    assert said(document) == [("Jane", "Hello\nthere"), ("Jane", "Two"), ("Tom", "Okay!")]
    assert [turn.side for turn in document.turns] == ["customer", "customer", "us", "us"]


@needs_real_data
def test_intercoms_own_examples_are_read(tmp_path: Path) -> None:
    yaml = pytest.importorskip("yaml")
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # Ten times as fast, where it was built.
    spec = yaml.load((REAL_DATA / "specs" / "intercom.yaml").read_text(encoding="utf-8"), Loader=loader)
    answer = spec["paths"]["/conversations/{conversation_id}"]["get"]["responses"]["200"]
    example = answer["content"]["application/json"]["examples"]["conversation found"]["value"]
    (document,), _ = read(tmp_path / "i.json", json.dumps(example, default=str))
    assert (document.external_id, document.turns[0].text) == ("intercom/503", "this is the message body")


def words(texts: Iterable[str]) -> list[str]:
    return " ".join(texts).split()


@needs_real_data
def test_every_real_meeting_is_read_word_for_word() -> None:
    for path in sorted((REAL_DATA / "meetings_product").glob("*.json")):
        (document,), problems = opened(path)
        turns = json.loads(path.read_text(encoding="utf-8"))["meeting_transcripts"]
        assert not problems
        # A nod stands after the turn that it fell into, so the order may differ by a nod.
        assert Counter(words(t.text for t in document.turns)) == Counter(words(t["content"] for t in turns))
        assert {t.speaker for t in document.turns} == {t["speaker"] for t in turns}


def test_a_list_of_turns_is_one_document(tmp_path: Path) -> None:
    turns = [{"speaker": "A", "text": "One."}, {"speaker": "A", "content": "Two."}, {"speaker": "B", "text": "Three."}]
    (document,), _ = read(tmp_path / "talk.json", json.dumps(turns))
    assert said(document) == [("A", "One. Two."), ("B", "Three.")]
    assert document.external_id == "talk.json"


def test_loose_turns_are_grouped_by_their_call(tmp_path: Path) -> None:
    rows = [{"call_id": call, "speaker": "A", "text": f"{call} {n}"} for call in ("x", "y") for n in range(3)]
    documents, _ = read(tmp_path / "talk.jsonl", "\n".join(map(json.dumps, rows)))
    assert [document.external_id for document in documents] == ["talk.jsonl#x", "talk.jsonl#y"]


def test_lines_with_a_text_are_documents_and_bad_lines_problems(tmp_path: Path) -> None:
    lines = [
        '{"id": "r1", "kind": "review", "text": "Slow.", "date": "2025-01-02", "account": "Acme", "stars": 2}',
        '{"id": "r2", "text": ',
        '{"nothing": "here"}',
        '{"text": "Lovely.\\u0000\\ud800"}',
    ]
    documents, problems = read(tmp_path / "all.jsonl", "\n".join(lines))
    assert [(d.external_id, d.row, d.turns[0].text) for d in documents] == [
        ("all.jsonl#r1", 1, "Slow."),
        ("all.jsonl#4", 4, "Lovely."),
    ]
    assert (documents[0].kind, documents[0].account, documents[0].extra) == ("review", "Acme", {"stars": "2"})
    assert [problem.row for problem in problems] == [2, 3]


def test_what_stands_before_a_break_is_read(tmp_path: Path) -> None:
    whole = json.dumps([{"id": 1, "text": "One."}, {"id": 2, "text": "Two."}])
    documents, (problem,) = read(tmp_path / "cut.json", whole[:-12])
    assert [document.turns[0].text for document in documents] == ["One."]
    assert "breaks off" in problem.reason


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(st.tuples(st.sampled_from("AB"), st.text(alphabet="abc é😀\"\\'\n", max_size=30)), min_size=1, max_size=8),
    st.sampled_from(["list", "lines", "object"]),
)
def test_generated_turns_come_back_in_order(tmp_path: Path, turns: list[tuple[str, str]], shape: str) -> None:
    rows = [{"speaker": who, "text": f"x{words}x"} for who, words in turns]
    wrapped = {"list": rows, "object": {"transcript": rows}}
    content = "\n".join(map(json.dumps, rows)) if shape == "lines" else json.dumps(wrapped[shape], ensure_ascii=False)
    (document,), problems = read(tmp_path / ("x.jsonl" if shape == "lines" else "x.json"), content)
    assert not problems
    assert " ".join(turn.text for turn in document.turns) == " ".join(row["text"] for row in rows)


SHAPES = {"lines": ("", "\n", ""), "list": ("[", ",", "]"), "tickets": ('{"tickets": [', ",", "]}")}
TICKETS, MEGABYTE = 1_600, 1024**2


@pytest.mark.parametrize("shape", SHAPES)
def test_a_large_file_streams_in_steady_memory(tmp_path: Path, shape: str) -> None:
    said = [{"author_id": at, "body": "It is slow again and again. " * 60} for at in range(5)]
    start, between, end = SHAPES[shape]
    path = tmp_path / ("x.jsonl" if shape == "lines" else "x.json")
    ticket = json.dumps({"id": 1, "requester_id": 1, "comments": said})
    path.write_text(start + between.join([ticket] * TICKETS) + end, "utf-8")
    assert path.stat().st_size > 12 * MEGABYTE
    # What Python holds: the largest size that the system names may be that of whoever began the process.
    tracemalloc.start()
    try:
        assert sum(len(document.turns) for document in open_documents(path)) == 5 * TICKETS
        held = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert held < 10 * MEGABYTE


def test_reviews_under_a_name_of_their_own_are_a_document_each(tmp_path: Path) -> None:
    rows = [{"reviewId": "7", "text": "It crashes."}, {"reviewId": "9", "text": "It crashes."}]
    path = tmp_path / "reviews.json"
    path.write_text(json.dumps({"reviews": rows}), encoding="utf-8")
    found, _ = opened(path)
    assert [document.external_id for document in found] == ["reviews.json#7", "reviews.json#9"]
    assert {document.kind for document in found} == {"review"}
