"""What reading will cost, what it has cost, and the cap that no request may pass."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from winward.text_models.language.prompt import SYSTEM, Sent, user_message
from winward.text_models.language.settings import Settings

# Bytes, not characters: what isn't Latin takes more tokens a character. English takes about 4 bytes a token, so this
# is on the safe side.
_BYTES_PER_TOKEN = 3
# The frame of a passage's answer. Its signals then take about as many tokens as the passage itself.
_ANSWER_FRAME = 25


class Tokens(NamedTuple):
    sent: int
    answered: int


@dataclass(frozen=True, slots=True)
class Estimate:
    """Of what has yet to be asked; what is kept costs nothing. money: in the currency of the prices."""

    requests: int
    tokens_in: int
    tokens_out: int
    money: float


class BudgetReached(RuntimeError):
    """The next request could pass the cap. What was answered is kept: a later run goes on from there."""


def tokens_in(text: str) -> int:
    return -(-len(text.encode("utf-8", "surrogatepass")) // _BYTES_PER_TOKEN)


def estimated(passages: Sequence[Sent]) -> Tokens:
    """Of one request with these passages."""
    return Tokens(
        tokens_in(SYSTEM) + tokens_in(user_message(passages)),
        sum(_ANSWER_FRAME + tokens_in(passage.text) for passage in passages),
    )


def estimate(requests: Sequence[Sequence[Sent]], settings: Settings) -> Estimate:
    each = [estimated(passages) for passages in requests]
    sent, answered = sum(one.sent for one in each), sum(one.answered for one in each)
    return Estimate(len(requests), sent, answered, settings.money(sent, answered))


class Purse:
    """Lets a request go only if even its longest answer stays under the cap, counting those that are under way."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._used = self._held = Tokens(0, 0)

    def hold(self, tokens: Tokens) -> None:
        """Raises BudgetReached."""
        after = _sum(_sum(self._used, self._held), tokens)
        most_tokens, most_money = self._settings.most_tokens, self._settings.most_money
        if most_tokens is not None and sum(after) > most_tokens:
            raise BudgetReached(f"the next request could pass the cap of {most_tokens:,} tokens")
        if most_money is not None and self._settings.money(*after) > most_money:
            raise BudgetReached(f"the next request could pass the cap of {most_money:,.2f}")
        self._held = _sum(self._held, tokens)

    def settle(self, held: Tokens, used: Tokens) -> None:
        self._held = Tokens(self._held.sent - held.sent, self._held.answered - held.answered)
        self._used = _sum(self._used, used)


def _sum(one: Tokens, other: Tokens) -> Tokens:
    return Tokens(one.sent + other.sent, one.answered + other.answered)
