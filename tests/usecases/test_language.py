"""Where a language model is configured, a run reads with it: redacted out, verified in, nothing paid twice."""

import pytest

from tests.cast import Cast
from tests.text_models.language.models import each, said
from tests.text_models.language.provider import Provider, Reply, provider
from winward.records.documents import Document
from winward.records.signals import Signal
from winward.text_models import default_reader
from winward.text_models.language import Refused
from winward.usecases.language import expected_cost, language_model
from winward.usecases.read_evidence import read_evidence

whole = each(lambda line: [said(line["text"]), said("Words that nobody said at all.")])


def configure(monkeypatch: pytest.MonkeyPatch, standing: Provider, folder: object) -> None:
    given = {"MODEL": "stand-in", "URL": standing.url, "KEY": "sk-test-1", "PRICE_IN": "1", "PRICE_OUT": "2"}
    for name, value in given.items():
        monkeypatch.setenv(f"WINWARD_LANGUAGE_{name}", value)
    monkeypatch.setattr("winward.usecases.language._kept_answers", lambda: folder)


def test_without_a_configured_model_there_is_none(cast: Cast) -> None:
    assert language_model(default_reader(1)) is None


def test_it_reads_what_waits_and_a_rerun_asks_nothing(
    cast: Cast, monkeypatch: pytest.MonkeyPatch, tmp_path: object
) -> None:
    reader = default_reader(1)
    with provider(whole) as standing:
        configure(monkeypatch, standing, tmp_path)
        language = language_model(reader)
        assert language is not None
        expected = expected_cost(language)
        assert expected.requests > 0
        assert not standing.requests
        done = read_evidence(reader, language=language)
        asked = len(standing.requests)
        assert asked == expected.requests
        Document.objects.update(read_by="")
        again = language_model(reader)
        assert again is not None
        assert read_evidence(reader, language=again).signals == done.signals
        assert len(standing.requests) == asked
    assert not Document.objects.exclude(read_by=language.version).exists()
    assert language.report.rejected > 0
    assert not Signal.objects.filter(quote__contains="nobody said").exists()
    sent = str([body for _, _, body in standing.requests])
    assert "Ada" not in sent


def test_a_refusal_ends_the_run_and_loses_nothing(
    cast: Cast, monkeypatch: pytest.MonkeyPatch, tmp_path: object
) -> None:
    def refuse(_lines: object) -> str:
        raise Reply(401)

    reader = default_reader(1)
    before = set(Signal.objects.values_list("quote", flat=True))
    with provider(refuse) as standing:
        configure(monkeypatch, standing, tmp_path)
        language = language_model(reader)
        assert language is not None
        with pytest.raises(Refused):
            read_evidence(reader, language=language)
    assert set(Signal.objects.values_list("quote", flat=True)) == before
