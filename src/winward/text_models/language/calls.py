"""One request to the language model: sent, sent again where that may help, and told plainly where it may not."""

import asyncio
import random
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from winward.text_models.language.budget import Purse, Tokens
from winward.text_models.language.report import Report
from winward.text_models.language.settings import URLS, Settings

if TYPE_CHECKING:
    from pydantic_ai.exceptions import ModelAPIError
    from pydantic_ai.messages import ModelResponse
    from pydantic_ai.models import Model, ModelRequestParameters
    from pydantic_ai.settings import ModelSettings

_NO_TOKENS = Tokens(0, 0)


class Refused(RuntimeError):
    """No request of this kind can succeed: wrong key, no such model, nothing left to pay with."""


class Failed(RuntimeError):
    """This one request did not succeed, after all its attempts; another may."""


class TurnedDown(Failed):
    """The provider is there, but doesn't take this request, or answers it with what is no answer."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What one request says. system: what is wanted, ours alone. message: the data. name, schema: of the answer.

    expected: the tokens that it is likely to take.
    """

    system: str
    message: str
    name: str
    schema: dict[str, Any]
    expected: Tokens


def provided_model(settings: Settings) -> "Model":
    """The model behind the settings. Imported here: pydantic-ai takes more than a second to load."""
    key, url = settings.key or "none", settings.url or URLS[settings.provider]
    if settings.provider == "anthropic":
        from pydantic_ai.models.anthropic import AnthropicModel
        from pydantic_ai.providers.anthropic import AnthropicProvider

        return AnthropicModel(settings.model, provider=AnthropicProvider(api_key=key, base_url=url))
    from pydantic_ai.models.openai import OpenAIChatModel
    from pydantic_ai.providers.ollama import OllamaProvider
    from pydantic_ai.providers.openai import OpenAIProvider
    from pydantic_ai.providers.openai_compatible import OpenAICompatibleProvider

    if settings.provider == "ollama":
        return OpenAIChatModel(settings.model, provider=OllamaProvider(url, key))
    if settings.url:
        return OpenAIChatModel(
            settings.model, provider=OpenAICompatibleProvider("openai-compatible", base_url=url, api_key=key)
        )
    return OpenAIChatModel(settings.model, provider=OpenAIProvider(base_url=url, api_key=key))


class Line:
    """The way to one model. No error of the provider's gets past it: they may repeat the key, or what was sent."""

    def __init__(self, settings: Settings, report: Report, model: "Model | None" = None) -> None:
        self._settings = settings
        self._report = report
        self._purse = Purse(settings)
        self._model = model

    @asynccontextmanager
    async def open(self) -> AsyncIterator[None]:
        """Connections last as long as the event loop that they were made in."""
        self._model = self._model or provided_model(self._settings)
        async with self._model:
            yield

    async def ask(self, asked: Asked) -> str:
        """The model's words. Raises BudgetReached, Refused and Failed."""
        for attempt in range(1, self._settings.attempts + 1):
            try:
                return await self._send(asked)
            except _Again as again:
                if attempt == self._settings.attempts:
                    raise Failed(f"{self._settings.model} {again.reason}, {attempt} times") from None
                self._report.retries += 1
                await asyncio.sleep(self._wait(attempt, again.after))
        raise AssertionError("attempts is at least 1")

    def _wait(self, attempt: int, asked_for: float | None) -> float:
        """Seconds: twice as long each time, never alike for two requests, and never less than the provider asks for."""
        longest = self._settings.longest_wait
        waited: float = min(longest, self._settings.first_wait * 2 ** (attempt - 1)) * random.uniform(0.5, 1.0)
        return max(waited, min(asked_for or 0.0, longest))

    async def _send(self, asked: Asked) -> str:
        expected = asked.expected
        held = Tokens(expected.sent, self._settings.most_answer_tokens)
        self._purse.hold(held)
        used = _NO_TOKENS
        try:
            self._report.requests += 1
            response = await self._request(asked)
            used = Tokens(
                response.usage.input_tokens or expected.sent, response.usage.output_tokens or expected.answered
            )
            return "".join(part.content for part in response.parts if part.part_kind == "text")
        except _Again as again:
            # A request that timed out may have been answered, and billed, all the same.
            used = held if again.billed else _NO_TOKENS
            raise
        finally:
            self._purse.settle(held, used)
            self._report.spent(used, self._settings)

    async def _request(self, asked: Asked) -> "ModelResponse":
        from pydantic_ai.direct import model_request
        from pydantic_ai.exceptions import ModelAPIError, UnexpectedModelBehavior
        from pydantic_ai.messages import ModelRequest

        assert self._model is not None, "open the line first"
        try:
            return await asyncio.wait_for(
                model_request(
                    self._model,
                    [ModelRequest.user_text_prompt(asked.message, instructions=asked.system)],
                    model_settings=self._model_settings(),
                    model_request_parameters=self._parameters(asked),
                ),
                self._settings.timeout,
            )
        except TimeoutError:
            raise _Again("took too long", None, billed=True) from None
        except UnexpectedModelBehavior:
            raise TurnedDown(f"{self._settings.model} sent what is no answer") from None
        except ModelAPIError as error:
            raise self._told(error) from None

    def _model_settings(self) -> "ModelSettings":
        from pydantic_ai.settings import ModelSettings

        # The client's own retries know neither of the budget nor of the report.
        settings = ModelSettings(
            max_tokens=self._settings.most_answer_tokens, timeout=self._settings.timeout, max_retries=0
        )
        if self._settings.temperature is not None:
            settings["temperature"] = self._settings.temperature
        return settings

    def _parameters(self, asked: Asked) -> "ModelRequestParameters":
        """No tools: the model can do nothing but answer."""
        from pydantic_ai.models import ModelRequestParameters
        from pydantic_ai.output import OutputObjectDefinition

        if self._settings.structure == "prompted":
            return ModelRequestParameters()
        schema = OutputObjectDefinition(json_schema=asked.schema, name=asked.name, strict=True)
        return ModelRequestParameters(output_mode="native", output_object=schema)

    def _told(self, error: "ModelAPIError") -> Exception:
        from pydantic_ai import exceptions as known

        name = self._settings.model
        status = error.status_code if isinstance(error, known.ModelHTTPError) else None
        answered = f"answered with status {status}" if status else "could not be reached"
        if isinstance(error, known.ModelTimeoutError):
            return _Again("took too long", error.retry_after, billed=True)
        if status in (401, 402, 403, 404) or isinstance(error, known.ModelQuotaExceededError):
            return Refused(f"{name} {answered}: check model, address, key and credit")
        if status is None or status in (408, 409, 425, 429) or status >= 500:
            return _Again(answered, error.retry_after, billed=False)
        return TurnedDown(f"{name} {answered}")


class _Again(Exception):
    """Worth another try. after: seconds that the provider asked for."""

    def __init__(self, reason: str, after: float | None, billed: bool) -> None:
        super().__init__(reason)
        self.reason, self.after, self.billed = reason, after, billed
