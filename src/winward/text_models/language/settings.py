"""What a language model reader is told about its model, its provider and its budget."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal, get_args

Provider = Literal["openai", "anthropic", "ollama"]
Structure = Literal["native", "prompted"]
_PROVIDERS: dict[str, Provider] = {name: name for name in get_args(Provider)}
_STRUCTURES: dict[str, Structure] = {name: name for name in get_args(Structure)}
_PASSAGES = 10
_AT_ONCE = 4
# Named here, so that no variable of a provider's own can send the texts elsewhere.
URLS: dict[Provider, str] = {
    "openai": "https://api.openai.com/v1",
    "anthropic": "https://api.anthropic.com",
    "ollama": "http://localhost:11434/v1",
}


class Misconfigured(ValueError):
    """A setting is missing or makes no sense; the message names it and says what to do."""


@dataclass(frozen=True, slots=True)
class Settings:
    """provider: "openai" means any OpenAI-compatible endpoint at `url`. url: "" for the provider's own.

    price_in, price_out: money per million tokens. most_money, most_tokens: what one reader may use, None for no cap.
    structure: "native" asks the provider to hold the answer to its schema, "prompted" only describes it.
    most_answer_tokens: the longest answer to one request. timeout, first_wait, longest_wait: seconds.
    attempts: how often a request is sent before it counts as failed. Raises Misconfigured.
    """

    provider: Provider
    model: str
    url: str = ""
    key: str = field(default="", repr=False)
    structure: Structure = "native"
    temperature: float | None = 0.0
    price_in: float = 0.0
    price_out: float = 0.0
    most_money: float | None = None
    most_tokens: int | None = None
    passages_per_request: int = _PASSAGES
    most_answer_tokens: int = 4096
    concurrency: int = _AT_ONCE
    attempts: int = 5
    timeout: float = 120.0
    first_wait: float = 0.5
    longest_wait: float = 60.0

    def __post_init__(self) -> None:
        if not self.model:
            raise Misconfigured("name the language model")
        if self.most_money is not None and not self.price_in + self.price_out:
            raise Misconfigured("a cap in money needs the prices of a million tokens in and out")
        if min(self.passages_per_request, self.most_answer_tokens, self.concurrency, self.attempts) < 1:
            raise Misconfigured("passages per request, answer tokens, concurrency and attempts are at least 1")

    def money(self, tokens_in: int, tokens_out: int) -> float:
        return (tokens_in * self.price_in + tokens_out * self.price_out) / 1_000_000


def settings_from(environment: Mapping[str, str]) -> Settings | None:
    """The settings in environment variables, or None where WINWARD_LANGUAGE_MODEL names no model.

    Raises Misconfigured.
    """
    given = {name: environment.get(f"WINWARD_LANGUAGE_{name}", "").strip() for name in _NAMES}
    if not given["MODEL"]:
        return None
    provider = _PROVIDERS.get(given["PROVIDER"] or "openai")
    structure = _STRUCTURES.get(given["STRUCTURE"] or "native")
    if provider is None or structure is None:
        raise Misconfigured(
            "WINWARD_LANGUAGE_PROVIDER is openai, anthropic or ollama; WINWARD_LANGUAGE_STRUCTURE is native or prompted"
        )
    return Settings(
        provider,
        given["MODEL"],
        url=given["URL"],
        key=given["KEY"],
        structure=structure,
        price_in=_number("PRICE_IN", given) or 0.0,
        price_out=_number("PRICE_OUT", given) or 0.0,
        most_money=_number("MOST_MONEY", given),
        most_tokens=_whole("MOST_TOKENS", given),
        passages_per_request=_whole("PASSAGES", given) or _PASSAGES,
        concurrency=_whole("CONCURRENCY", given) or _AT_ONCE,
    )


_NAMES = (
    "MODEL", "PROVIDER", "URL", "KEY", "STRUCTURE", "PRICE_IN", "PRICE_OUT", "MOST_MONEY", "MOST_TOKENS", "PASSAGES",
    "CONCURRENCY",
)  # fmt: skip


def _number(name: str, given: Mapping[str, str]) -> float | None:
    try:
        return float(given[name]) if given[name] else None
    except ValueError:
        raise Misconfigured(f"WINWARD_LANGUAGE_{name} is a number") from None


def _whole(name: str, given: Mapping[str, str]) -> int | None:
    number = _number(name, given)
    return None if number is None else int(number)
