import json
import zipfile
from datetime import UTC, datetime
from pathlib import Path

from tests.sources.documents.reading import opened, said

USERS = [
    {"id": "U1", "name": "jane", "profile": {"real_name": "Jane Doe", "email": "jane@acme.com"}},
    {"id": "U2", "name": "tom", "profile": {"real_name": "Tom Roe", "email": "tom@ours.io"}},
]
FIRST = [
    {
        "type": "message",
        "user": "U1",
        "text": "Hi <@U2>, see <https://x.io|the page> &amp; tell.",
        "ts": "1735812000.000100",
    },
    {"type": "message", "user": "U2", "subtype": "channel_join", "text": "<@U2> joined", "ts": "1735812001.0"},
    {
        "type": "message",
        "user": "U1",
        "text": "Export fails",
        "ts": "1735812002.0",
        "thread_ts": "1735812002.0",
        "reply_count": 1,
    },
    {"type": "message", "bot_id": "B1", "text": "Build green", "ts": "1735812003.0"},
]
SECOND = [{"type": "message", "user": "U2", "text": "Since when?", "ts": "1735898400.0", "thread_ts": "1735812002.0"}]


def _export(path: Path, days: dict[str, str]) -> Path:
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("users.json", json.dumps(USERS))
        archive.writestr("channels.json", json.dumps([{"id": "C1", "name": "acme"}]))
        for name, content in days.items():
            archive.writestr(name, content)
    return path


def test_days_and_threads_are_documents(tmp_path: Path) -> None:
    days = {"acme/2025-01-02.json": json.dumps(FIRST), "acme/2025-01-03.json": json.dumps(SECOND)}
    (day, thread), problems = opened(_export(tmp_path / "slack.zip", days))
    assert not problems
    assert (day.external_id, day.kind, day.title) == ("slack/C1/2025-01-02", "message", "#acme 2025-01-02")
    assert said(day) == [("Jane Doe", "Hi @Tom Roe, see the page & tell.")]
    assert day.happened_at == datetime(2025, 1, 2, 10, 0, 0, 100, tzinfo=UTC)
    assert thread.external_id == "slack/C1/1735812002.0"
    assert said(thread) == [("Jane Doe", "Export fails"), ("Tom Roe", "Since when?")]
    assert [person.email for person in thread.participants] == ["jane@acme.com", "tom@ours.io"]


def test_a_broken_day_is_reported_and_the_rest_lands(tmp_path: Path) -> None:
    days = {"acme/2025-01-01.json": "[{", "acme/2025-01-02.json": json.dumps(FIRST)}
    documents, (problem,) = opened(_export(tmp_path / "slack.zip", days))
    assert len(documents) == 2
    assert problem.column == "acme/2025-01-01.json"
