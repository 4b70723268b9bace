"""What a language model reader did, counted."""

from dataclasses import dataclass

from winward.text_models.language.budget import Tokens
from winward.text_models.language.settings import Settings


@dataclass(slots=True)
class Report:
    """Over all batches of one reader.

    passages: that say something. kept: answered from the cache. answered: by the model. fallen_back: read by the
    embedded reader, since the model gave no readable answer. exact, repaired, rejected: quotes found word for word,
    found once blanks and marks are made alike, and not found. unreadable: signals without quote or known kind.
    unknown_kinds: kinds named that are none of ours. malformed: answers that could not be read. failed: requests
    without an answer after all attempts. retries: requests sent again. money: in the currency of the prices.
    """

    passages: int = 0
    kept: int = 0
    answered: int = 0
    fallen_back: int = 0
    exact: int = 0
    repaired: int = 0
    rejected: int = 0
    unreadable: int = 0
    unknown_kinds: int = 0
    malformed: int = 0
    failed: int = 0
    requests: int = 0
    retries: int = 0
    tokens_in: int = 0
    tokens_out: int = 0
    money: float = 0.0

    def spent(self, tokens: Tokens, settings: Settings) -> None:
        self.tokens_in += tokens.sent
        self.tokens_out += tokens.answered
        self.money += settings.money(*tokens)
