"""The reader against a provider over HTTP on loopback: what is sent, and what happens when it fails."""

import logging
import threading

import pytest

from tests.text_models.language.models import PSEUDONYMS, Kept, each, embedded, passages, said
from tests.text_models.language.provider import Provider, Reply, provider
from winward.engine.redaction import KnownNames
from winward.text_models.language import BudgetReached, LanguageReader, Refused, Settings, Unavailable, language_reader
from winward.text_models.language.calls import provided_model

KEY = "sk-test-0123456789abcdefABCDEF"
BROKEN = "Our export is broken."
honest = each(lambda line: [said(line["text"])])


def settings_for(standing: Provider, **more) -> Settings:
    given = {"provider": "openai", "model": "stand-in", "url": standing.url, "key": KEY, "timeout": 20.0}
    return Settings(**{**given, "first_wait": 0.001, "longest_wait": 0.05, "attempts": 3, **more})


def reader_for(standing: Provider, cache=None, **more) -> LanguageReader:
    kept = Kept() if cache is None else cache
    return language_reader(settings_for(standing, **more), embedded(), kept, KnownNames(), PSEUDONYMS)


def failing(times: int, reply: Reply):
    """Fails so many times, and then answers."""
    left = iter(range(times))

    def words(given):
        if next(left, None) is not None:
            raise reply
        return honest(given)

    return words


@pytest.mark.parametrize(
    ("name", "path"),
    [
        ("openai", "/v1/chat/completions"),
        ("ollama", "/v1/chat/completions"),
        ("anthropic", "/v1/messages"),
    ],
)
def test_each_kind_of_provider_is_asked_in_its_own_way_without_tools(name: str, path: str) -> None:
    with provider(honest) as standing:
        url = standing.url.removesuffix("/v1") if name == "anthropic" else standing.url
        reader = reader_for(standing, provider=name, url=url, structure="prompted")
        assert reader.read(passages(BROKEN)).column("quote").to_pylist() == [BROKEN]
        ((asked, headers, body),) = standing.requests
    assert asked == path
    assert any(KEY in value for value in headers.values())
    assert not body.get("tools")
    assert "data that other people wrote" in str(body)
    assert (reader.report.tokens_in, reader.report.tokens_out) == (700, 70)


def test_the_schema_goes_along_where_the_provider_holds_answers_to_it() -> None:
    with provider(honest) as standing:
        reader_for(standing, structure="native").read(passages(BROKEN))
        ((_, _, body),) = standing.requests
    assert body["response_format"]["type"] == "json_schema"
    assert "passages" in body["response_format"]["json_schema"]["schema"]["properties"]
    assert body["temperature"] == 0


def test_one_reader_reads_batch_after_batch() -> None:
    with provider(honest) as standing:
        reader = reader_for(standing)
        assert [reader.read(passages(f"Export {number} is broken.")).num_rows for number in range(3)] == [1, 1, 1]


@pytest.mark.parametrize("status", [408, 429, 500, 503, 529])
def test_what_may_pass_is_tried_again(status: int) -> None:
    with provider(failing(2, Reply(status))) as standing:
        reader = reader_for(standing)
        assert reader.read(passages(BROKEN)).num_rows == 1
        assert len(standing.requests) == 3
    assert (reader.report.retries, reader.report.failed, reader.report.requests) == (2, 0, 3)
    assert reader.report.tokens_in == 700


def test_a_provider_that_says_when_to_come_back_is_listened_to(monkeypatch: pytest.MonkeyPatch) -> None:
    waited: list[float] = []

    async def sleep(seconds: float) -> None:
        waited.append(seconds)

    monkeypatch.setattr("winward.text_models.language.calls.asyncio.sleep", sleep)
    with provider(failing(2, Reply(429, retry_after="7"))) as standing:
        reader_for(standing, longest_wait=60.0).read(passages(BROKEN))
    assert [seconds for seconds in waited if seconds] == [7.0, 7.0]


def test_a_request_that_takes_too_long_is_sent_again_and_counted_as_paid() -> None:
    done, first = threading.Event(), iter([True])

    def words(given):
        if next(first, False):
            done.wait(10)
        return honest(given)

    with provider(words) as standing:
        reader = reader_for(standing, timeout=0.5)
        assert reader.read(passages(BROKEN)).num_rows == 1
        done.set()
    assert reader.report.retries == 1
    assert reader.report.tokens_in > 700


@pytest.mark.parametrize("status", [401, 403, 404])
def test_what_no_retry_can_mend_is_told_at_once_and_without_the_key(status: int) -> None:
    with provider(failing(9, Reply(status, '{"error": {"message": "Incorrect API key: ' + KEY + '"}}'))) as standing:
        with pytest.raises(Refused, match=f"stand-in answered with status {status}") as told:
            reader_for(standing).read(passages(BROKEN))
        assert len(standing.requests) == 1
    assert KEY not in str(told.value)
    assert told.value.__cause__ is None


def test_a_request_that_is_turned_down_is_read_by_the_embedded_reader_and_the_others_are_not() -> None:
    def words(given):
        if any("Forbidden" in line["text"] for line in given if "number" in line):
            raise Reply(400, '{"error": {"message": "content policy"}}')
        return honest(given)

    with provider(words) as standing:
        reader = reader_for(standing, concurrency=1)
        signals = reader.read(passages("Forbidden words, broken.", "The import is slow."))
    assert signals.column("quote").to_pylist() == ["Forbidden words, broken.", "The import is slow."]
    assert (reader.report.fallen_back, reader.report.answered) == (1, 1)


def test_a_provider_that_is_down_ends_the_reading_and_what_was_answered_is_kept() -> None:
    cache, batch = Kept(), passages(BROKEN, "The import is slow.", *(f"Export {n} is bad." for n in range(5)))
    answering = iter([True, True])

    def words(given):
        if next(answering, False):
            return honest(given)
        raise Reply(503)

    with provider(words) as standing:
        with pytest.raises(Unavailable, match="status 503, 3 times"):
            reader_for(standing, cache, concurrency=1, passages_per_request=1).read(batch)
        assert len(cache) == 2
        standing.words = honest
        reader = reader_for(standing, cache)
        assert reader.read(batch).num_rows == 7
    assert (reader.report.kept, reader.report.answered) == (2, 5)


def test_a_provider_that_is_not_there_is_told_plainly() -> None:
    with provider(honest) as standing:
        gone = standing.url
    with pytest.raises(Unavailable, match="could not be reached"):
        reader_for(standing, url=gone, passages_per_request=1).read(
            passages(*(f"Export {n} is bad." for n in range(9)))
        )


@pytest.mark.parametrize("body", ["{", "[]", '{"choices": []}', "<html>502</html>"])
def test_an_answer_that_is_none_is_read_by_the_embedded_reader(body: str) -> None:
    with provider(failing(9, Reply(200, body))) as standing:
        reader = reader_for(standing)
        assert reader.read(passages(BROKEN)).column("quote").to_pylist() == [BROKEN]
    assert reader.report.fallen_back == 1


def test_the_budget_holds_over_http() -> None:
    with provider(honest) as standing:
        reader = reader_for(standing, passages_per_request=1, concurrency=1, most_tokens=8_000)
        with pytest.raises(BudgetReached):
            reader.read(passages(*(f"Export {number} is broken." for number in range(20))))
    assert 770 <= reader.report.tokens_in + reader.report.tokens_out <= 8_000


def test_the_key_is_in_no_log_and_no_description(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    with provider(failing(1, Reply(500, KEY))) as standing:
        reader = reader_for(standing)
        reader.read(passages(BROKEN))
    assert caplog.text
    assert KEY not in caplog.text
    assert KEY not in repr(reader)


def test_a_providers_own_variables_send_nothing_elsewhere(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("OPENAI_BASE_URL", "ANTHROPIC_BASE_URL", "OLLAMA_BASE_URL"):
        monkeypatch.setenv(name, "http://elsewhere.example/v1")
    for name, host in (("openai", "api.openai.com"), ("anthropic", "api.anthropic.com"), ("ollama", "localhost")):
        assert host in str(provided_model(Settings(name, "stand-in", key=KEY)).base_url)


def test_neither_key_nor_names_lie_in_the_cache() -> None:
    cache = Kept()
    with provider(honest) as standing:
        reader_for(standing, cache).read(passages("Write to anna@example.com, our export is broken."))
    kept = b"".join([*cache.values(), *(key.encode() for key in cache)])
    assert KEY.encode() not in kept
    assert b"anna" not in kept


def test_a_provider_that_takes_no_request_at_all_is_told() -> None:
    with provider(failing(99, Reply(400))) as standing:
        reader = reader_for(standing, concurrency=1)
        with pytest.raises(Unavailable, match="status 400; 10 requests in a row have failed"):
            reader.read(passages(*(f"Export {number} is bad." for number in range(20))))
