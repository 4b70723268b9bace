"""Stand-ins for language models, and the embedded reader that stands behind them, with planted heads."""

import json
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
import pyarrow as pa
from pydantic_ai.messages import ModelMessage, ModelResponse, TextPart
from pydantic_ai.models.function import AgentInfo, FunctionModel
from pydantic_ai.usage import RequestUsage

from winward.engine.reading import KINDS, PASSAGES, Reader
from winward.engine.reading.batches import VECTOR_SIZE
from winward.engine.redaction import KnownNames, Pseudonyms
from winward.text_models.language import Cache, LanguageReader, Settings, language_reader
from winward.text_models.language.conversation import OnAnswered
from winward.text_models.language.reader import silent

PSEUDONYMS = Pseudonyms(b"a secret for the tests")
QUICK = Settings("openai", "stand-in", first_wait=0.001, longest_wait=0.01)

Line = dict[str, Any]
Answer = Callable[[list[Line]], Any]


class Kept(dict[str, bytes]):
    """A cache in memory."""

    def put(self, key: str, content: bytes) -> None:
        self[key] = content


def embed(texts: Sequence[str]) -> np.ndarray:
    vectors = np.zeros((len(texts), VECTOR_SIZE), np.float32)
    vectors[:, 0] = ["broken" in text for text in texts]
    vectors[:, 1] = 1
    return vectors


class PlantedHeads:
    """Whatever is broken is a pain; nothing else is anything."""

    thresholds = np.full(len(KINDS), 0.5, np.float32)

    def probabilities(self, texts: Sequence[str], vectors: np.ndarray) -> np.ndarray:
        chances = np.full((len(texts), len(KINDS)), 0.02, np.float32)
        chances[["broken" in text for text in texts], KINDS.index("pain")] = 0.98
        return chances

    def called(self, chances: np.ndarray) -> np.ndarray:
        return chances >= self.thresholds


def embedded() -> Reader:
    return Reader(embed, PlantedHeads(), "planted")


def passages(*texts: str, side: str = "customer", documents: Sequence[int] = ()) -> pa.RecordBatch:
    batch = pa.RecordBatch.from_arrays(
        [
            pa.array(range(100, 100 + len(texts)), pa.int64()),
            pa.array(texts, pa.string()),
            pa.array([side] * len(texts)),
        ],
        schema=PASSAGES,
    )
    return batch.append_column("document", pa.array(documents, pa.int64())) if documents else batch


def lines(message: str) -> list[Line]:
    """The passages and their neighbours of a user message, as the model is handed them."""
    return [json.loads(line) for line in message.splitlines() if line.startswith("{")]


def said(quote: str, kind: str = "pain", chance: float = 0.9, **more: Any) -> Line:
    kinds = [{"kind": kind, "probability": chance}]
    return {"quote": quote, "kinds": kinds, "strength": 0.5, "polarity": -0.5, "about": "", **more}


def answer(by_number: dict[int, list[Line]]) -> str:
    return json.dumps({"passages": [{"number": number, "signals": signals} for number, signals in by_number.items()]})


def each(signals: Callable[[Line], list[Line]]) -> Answer:
    """A model that answers each numbered line by itself."""
    return lambda given: answer({line["number"]: signals(line) for line in given if "number" in line})


class StandIn:
    """A model that is a function from the lines it is handed to its words. asked: the user messages that it got."""

    def __init__(self, words: Answer) -> None:
        self.asked: list[str] = []
        self.model = FunctionModel(self._respond)
        self._words = words

    def _respond(self, messages: list[ModelMessage], info: AgentInfo) -> ModelResponse:
        assert not info.function_tools
        assert not info.output_tools
        message = str(messages[-1].parts[-1].content)
        self.asked.append(message)
        words = self._words(lines(message))
        usage = RequestUsage(input_tokens=1000, output_tokens=100)
        return ModelResponse(parts=[TextPart(words if isinstance(words, str) else json.dumps(words))], usage=usage)

    def reader(
        self,
        settings: Settings = QUICK,
        cache: Cache | None = None,
        known: KnownNames | None = None,
        on_answered: OnAnswered = silent,
    ) -> LanguageReader:
        kept = Kept() if cache is None else cache
        known = known or KnownNames()
        return language_reader(settings, embedded(), kept, known, PSEUDONYMS, on_answered, self.model)
