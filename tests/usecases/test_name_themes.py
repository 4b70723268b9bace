"""A language model's names are suggestions: they rest on quotes that were shown, and a person's name stays."""

import json
from collections.abc import Callable, Sequence

from pydantic_ai.messages import ModelMessage, ModelResponse, TextPart
from pydantic_ai.models.function import AgentInfo, FunctionModel

from tests.cast import Cast
from tests.text_models.language.models import PSEUDONYMS, QUICK, Kept
from winward.engine.redaction import known_names
from winward.records.themes import Theme
from winward.text_models.language import Writer, language_writer
from winward.usecases.name_themes import Proposed, name_themes
from winward.usecases.show_theme import show_theme

KNOWN = known_names(["Ada Field"], [])


def _writer(answer: Callable[[str], Sequence[dict[str, object]]], sent: list[str] | None = None) -> Writer:
    def answered(messages: list[ModelMessage], _info: AgentInfo) -> ModelResponse:
        message = str(messages[-1].parts[-1].content)
        if sent is not None:
            sent.append(message)
        return ModelResponse([TextPart(json.dumps({"sentences": answer(message)}))])

    return language_writer(QUICK, Kept(), KNOWN, PSEUDONYMS, FunctionModel(answered))


def test_a_proposal_is_kept_with_the_quotes_that_it_relies_on(cast: Cast) -> None:
    writer = _writer(lambda _: [{"text": "No export without a network.", "quotes": [1]}])
    assert name_themes(writer) == Proposed(asked=2, proposed=2)
    page = show_theme(cast.export.pk)
    assert page.proposed == "No export without a network"
    assert [quote.signal for quote in page.proposed_from] == [cast.export.typical[0]]
    assert page.row.title == "Export without a network"


def test_one_that_relies_on_no_quote_shown_is_rejected_and_counted(cast: Cast) -> None:
    for answer in ([{"text": "Made up", "quotes": [99]}], [{"text": "Made up", "quotes": []}], []):
        assert name_themes(_writer(lambda _, answer=answer: answer)) == Proposed(asked=2, rejected=2)
    assert show_theme(cast.export.pk).proposed == ""


def test_what_is_too_long_for_a_name_is_rejected(cast: Cast) -> None:
    long = "They can't export anything at all when the line is down and on site it always is"
    assert name_themes(_writer(lambda _: [{"text": long, "quotes": [1]}])).rejected == 2


def test_a_theme_that_a_person_named_is_not_asked_about(cast: Cast) -> None:
    Theme.objects.filter(pk=cast.export.pk).update(given_name="Offline", proposed_name="Before")
    assert name_themes(_writer(lambda _: [{"text": "Slow help", "quotes": [1]}])).asked == 1
    page = show_theme(cast.export.pk)
    assert page.row.title == "Offline"
    assert page.proposed == ""


def test_nothing_is_asked_twice(cast: Cast) -> None:
    sent: list[str] = []
    writer = _writer(lambda _: [{"text": "Slow help", "quotes": [1]}], sent)
    name_themes(writer)
    name_themes(writer)
    assert len(sent) == 2
