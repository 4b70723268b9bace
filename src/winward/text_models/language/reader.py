"""The language model reader: passages to signals, every quote checked, and nothing lost when the model fails."""

import asyncio
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pyarrow as pa

from winward.engine.reading import Reader, read
from winward.engine.redaction import KnownNames, Pseudonyms
from winward.text_models.language.answers import unpacked
from winward.text_models.language.budget import Estimate, estimate
from winward.text_models.language.cache import Cache
from winward.text_models.language.calls import Line
from winward.text_models.language.conversation import Answers, Conversation, OnAnswered
from winward.text_models.language.prompt import PROMPT_VERSION
from winward.text_models.language.questions import Question, questions, requests
from winward.text_models.language.report import Report
from winward.text_models.language.rows import in_order, signal_rows, verified
from winward.text_models.language.settings import Settings

if TYPE_CHECKING:
    from pydantic_ai.models import Model


def silent(_answered: int, _total: int) -> None:
    pass


@dataclass(frozen=True, slots=True)
class LanguageReader:
    """Built by `language_reader`. One thread at a time."""

    settings: Settings
    embedded: Reader
    cache: Cache
    known: KnownNames
    pseudonyms: Pseudonyms
    report: Report
    conversation: Conversation

    @property
    def version(self) -> str:
        """Changes with model, prompt and embedded reader."""
        return (
            f"language/{self.settings.provider}/{self.settings.model}/prompt-{PROMPT_VERSION}+{self.embedded.version}"
        )

    def read(self, passages: pa.RecordBatch) -> pa.RecordBatch:
        """PASSAGES in, SIGNALS out, in order. With a column `document` no request holds passages of two documents.

        A passage for which the model gave no readable answer, twice, is read by the embedded reader. Raises
        BudgetReached, Refused and Unavailable; what was answered until then is kept.
        """
        asked = self._questions(passages)
        answers = self._kept(asked)
        self.report.passages += len(asked)
        self.report.kept += sum(question.key in answers for question in asked)
        unanswered = _unanswered(asked, answers)
        if unanswered:
            # In a thread of its own, so that it works where an event loop runs already.
            with ThreadPoolExecutor(1) as aside:
                answers |= aside.submit(asyncio.run, self.conversation.hold(unanswered)).result()
        return self._signals(passages, asked, answers)

    def estimate(self, passages: pa.RecordBatch) -> Estimate:
        """What `read` will ask for and cost, as far as it isn't kept. Asks nothing."""
        asked = self._questions(passages)
        groups = requests(_unanswered(asked, self._kept(asked)), self.settings.passages_per_request)
        return estimate([[question.sent for question in group] for group in groups], self.settings)

    def _questions(self, passages: pa.RecordBatch) -> list[Question]:
        of = self.settings
        return questions(
            passages, self.known, self.pseudonyms, (of.provider, of.url, of.model, of.structure, of.temperature)
        )

    def _kept(self, asked: Sequence[Question]) -> Answers:
        contents = {question.key: self.cache.get(question.key) for question in asked}
        claims = {key: unpacked(content) for key, content in contents.items() if content is not None}
        return {key: claimed for key, claimed in claims.items() if claimed is not None}

    def _signals(self, passages: pa.RecordBatch, asked: Sequence[Question], answers: Answers) -> pa.RecordBatch:
        answered = [(question, answers[question.key]) for question in asked if question.key in answers]
        found = [one for question, claims in answered for one in verified(question, claims, self.report)]
        left = pa.array([question.row for question in asked if question.key not in answers], pa.int64())
        self.report.fallen_back += len(left)
        by_row = passages.set_column(
            passages.schema.get_field_index("passage"), "passage", pa.array(range(passages.num_rows), pa.int64())
        )
        by_embedded = read(by_row.take(left), self.embedded)
        return in_order([signal_rows(found, passages, self.embedded.embed), by_embedded], passages)


def _unanswered(asked: Sequence[Question], answers: Answers) -> list[Question]:
    """One question for each answer that isn't there."""
    return list({question.key: question for question in asked if question.key not in answers}.values())


def language_reader(
    settings: Settings,
    embedded: Reader,
    cache: Cache,
    known: KnownNames,
    pseudonyms: Pseudonyms,
    on_answered: OnAnswered = silent,
    model: "Model | None" = None,
) -> LanguageReader:
    """embedded: gives the vectors, and reads what the model fails on. known: whose names are redacted before anything
    is sent. model: instead of the one that the settings name."""
    report = Report()
    conversation = Conversation(settings, Line(settings, report, model), cache, report, on_answered)
    return LanguageReader(settings, embedded, cache, known, pseudonyms, report, conversation)
